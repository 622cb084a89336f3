"""Which state may follow which."""

from kyanh_portal.base.workflow import Workflow
from nghiquyet.choices import Status

resolution_flow = Workflow(
    {
        Status.DRAFT: {Status.ADOPTED},
        Status.ADOPTED: {Status.ISSUED, Status.DRAFT},
    }
)
