"""Which state of a meeting may follow which."""

from hoithao.choices import Status
from kyanh_portal.base.workflow import Workflow

meeting_flow = Workflow(
    {
        Status.PLANNED: {Status.OPEN, Status.CANCELLED},
        Status.OPEN: {Status.CLOSED},
    }
)
