"""Which state may follow which."""

from kyanh_portal.base.workflow import Workflow
from nghiquyet.choices import CheckState, DutyState, ReportState, Status

resolution_flow = Workflow(
    {
        Status.DRAFT: {Status.ADOPTED},
        Status.ADOPTED: {Status.ISSUED, Status.DRAFT},
    }
)

# resolutions.md 6.2; "mở lại" (done → doing) is rare and asks for a reason.
duty_flow = Workflow(
    {
        DutyState.DRAFT: {DutyState.GIVEN, DutyState.CANCELLED},
        DutyState.GIVEN: {DutyState.RECEIVED, DutyState.OBJECTED, DutyState.CANCELLED},
        DutyState.OBJECTED: {DutyState.GIVEN, DutyState.CANCELLED},
        DutyState.RECEIVED: {DutyState.DOING, DutyState.SUBMITTED, DutyState.PAUSED, DutyState.CANCELLED},
        DutyState.DOING: {DutyState.SUBMITTED, DutyState.PAUSED, DutyState.CANCELLED},
        DutyState.PAUSED: {DutyState.DOING, DutyState.CANCELLED},
        DutyState.SUBMITTED: {DutyState.DONE, DutyState.DOING},
        DutyState.DONE: {DutyState.DOING},
    }
)

# resolutions.md 7: a correction replaces the row by a new version; the old one stays.
report_flow = Workflow(
    {
        ReportState.OPEN: {ReportState.SENT, ReportState.EXCUSED},
        ReportState.RETURNED: {ReportState.SENT, ReportState.EXCUSED},
        ReportState.SENT: {ReportState.RECEIVED, ReportState.RETURNED},
        ReportState.RECEIVED: {ReportState.LOCKED, ReportState.REPLACED, ReportState.RETURNED},
        ReportState.LOCKED: {ReportState.RECEIVED},
    }
)

# resolutions.md 8.2
check_flow = Workflow(
    {
        CheckState.PLANNED: {CheckState.PREPARING},
        CheckState.PREPARING: {CheckState.ANNOUNCED},
        CheckState.ANNOUNCED: {CheckState.SELF_REPORT},
        CheckState.SELF_REPORT: {CheckState.VERIFYING, CheckState.CONFERENCE},
        CheckState.VERIFYING: {CheckState.CONFERENCE},
        CheckState.CONFERENCE: {CheckState.REPORTED},
        CheckState.REPORTED: {CheckState.NOTICE, CheckState.VERIFYING, CheckState.HANDED_OVER},
        CheckState.NOTICE: {CheckState.REMEDY, CheckState.CLOSED},
        CheckState.REMEDY: {CheckState.CLOSED},
    }
)
