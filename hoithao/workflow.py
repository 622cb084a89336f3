"""Which state of a meeting, and of its score, may follow which."""

from hoithao.choices import ScoreState, Status
from kyanh_portal.base.workflow import Workflow

meeting_flow = Workflow(
    {
        Status.PLANNED: {Status.OPEN, Status.CANCELLED},
        Status.OPEN: {Status.CLOSED},
    }
)

score_flow = Workflow(
    {
        ScoreState.DRAFT: {ScoreState.AGREED, ScoreState.ADOPTED},
        ScoreState.AGREED: {ScoreState.ADOPTED},
        ScoreState.ADOPTED: {ScoreState.SENT},
        ScoreState.SENT: {ScoreState.CONFIRMED, ScoreState.ADJUSTED},
    }
)
