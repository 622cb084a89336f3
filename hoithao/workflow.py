"""Which state of a meeting, of its score, of an ordered paper, may follow which."""

from hoithao.choices import OrderState, ScoreState, Status
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
paper_flow = Workflow(
    {
        OrderState.ORDERED: {OrderState.SENT, OrderState.WITHDRAWN},
        OrderState.SENT: {OrderState.SENT, OrderState.CHANGES, OrderState.ACCEPTED, OrderState.WITHDRAWN},
        OrderState.CHANGES: {OrderState.SENT, OrderState.WITHDRAWN},
    }
)
