"""Which state may follow which, who moves it, and what must be true first (resolutions.md 3.3)."""

from dataclasses import dataclass

from chibo.choices import Role
from kyanh_portal.base.workflow import Workflow
from nghiquyet.choices import CheckState, DutyState, Life, ReportState, Status

OFFICE = (Role.OFFICE,)
DRAFTERS = (Role.OFFICE, Role.ORGANISING, Role.COMMITTEE_SECRETARY)


@dataclass(frozen=True)
class Move:
    """One step: from, to, the words of its button, who may, guards by name (nghiquyet.services.moving), a reason asked."""

    source: str
    target: str
    verb: str
    roles: tuple[str, ...] = OFFICE
    guards: tuple[str, ...] = ()
    needs_note: bool = False
    consequence: str = ""


MOVES = (
    Move(Status.PROPOSED, Status.PLANNED, "Đưa vào chương trình", guards=("lead_named",), consequence="Nghị quyết vào chương trình làm việc, có cơ quan chủ trì và tháng trình."),
    Move(Status.PROPOSED, Status.NOT_TAKEN, "Không đưa vào chương trình", needs_note=True),
    Move(Status.PLANNED, Status.OUTLINE, "Xây dựng đề cương", DRAFTERS, ("group_named",), consequence="Tổ biên tập bắt đầu từ đề cương."),
    Move(Status.PLANNED, Status.POSTPONED, "Hoãn", needs_note=True),
    Move(Status.OUTLINE, Status.DRAFT, "Chuyển sang dự thảo", DRAFTERS, ("has_parts",), consequence="Đề cương đã thống nhất; bắt đầu viết lời văn."),
    Move(Status.DRAFT, Status.COMMENTS, "Gửi lấy ý kiến", guards=("no_empty_parts",), consequence="Bản này được giữ lại nguyên văn để góp ý; lời văn khóa đến khi hết hạn."),
    Move(Status.DRAFT, Status.SUBMITTED, "Trình thông qua", guards=("not_thematic", "no_empty_parts", "dossier_complete")),
    Move(Status.COMMENTS, Status.REVISION, "Kết thúc lấy ý kiến", guards=("deadline_passed",), consequence="Tổ biên tập tiếp thu, giải trình từng ý kiến. Kết thúc trước hạn thì ghi lý do."),
    Move(Status.REVISION, Status.SUBMITTED, "Trình thông qua", guards=("comments_answered", "no_empty_parts", "dossier_complete"), consequence="Bản trình được giữ nguyên văn để biểu quyết."),
    Move(Status.REVISION, Status.DRAFT, "Lập dự thảo lần sau", DRAFTERS, ("comments_answered",), consequence="Dự thảo mang số lần tiếp theo, có thể lấy ý kiến lại."),
    Move(Status.SUBMITTED, Status.DRAFT, "Yêu cầu hoàn thiện", needs_note=True),
    Move(Status.SUBMITTED, Status.ADOPTED, "Ghi biểu quyết"),
    Move(Status.SUBMITTED, Status.REJECTED, "Ghi biểu quyết"),
    Move(Status.REJECTED, Status.DRAFT, "Soạn lại", DRAFTERS, needs_note=True),
    Move(Status.REJECTED, Status.POSTPONED, "Hoãn", needs_note=True),
    Move(Status.ADOPTED, Status.SIGNING, "Hoàn chỉnh, trình ký", guards=("as_voted", "wording_checked"), consequence="Lời văn phải đúng bản đã biểu quyết và các chỗ đã ghi biên tập kỹ thuật, có người thứ hai xác nhận. In ra, trình người có thẩm quyền ký."),
    Move(Status.ADOPTED, Status.DRAFT, "Trả về dự thảo", needs_note=True),
    Move(Status.SIGNING, Status.DRAFT, "Trả về dự thảo", needs_note=True),
    Move(Status.SIGNING, Status.ISSUED, "Ban hành"),
    Move(Status.NOT_TAKEN, Status.PLANNED, "Đưa vào chương trình", guards=("lead_named",)),
    Move(Status.POSTPONED, Status.PLANNED, "Đưa lại vào chương trình", guards=("lead_named",)),
)  # fmt: skip
# A cell decides at its meeting: drafted, voted, issued, by its secretary.
CELL_MOVES = (
    Move(Status.DRAFT, Status.ADOPTED, "Ghi biểu quyết", (Role.CELL_SECRETARY,)),
    Move(Status.DRAFT, Status.REJECTED, "Ghi biểu quyết", (Role.CELL_SECRETARY,)),
    Move(Status.REJECTED, Status.DRAFT, "Soạn lại", (Role.CELL_SECRETARY,), needs_note=True),
    Move(Status.ADOPTED, Status.ISSUED, "Ban hành", (Role.CELL_SECRETARY,)),
    Move(Status.ADOPTED, Status.DRAFT, "Trả về dự thảo", (Role.CELL_SECRETARY,), needs_note=True),
)
# These have pages of their own, with more to answer than a note.
OWN_PAGES = {Status.ADOPTED, Status.REJECTED, Status.ISSUED}


def _flow(moves) -> Workflow:
    found: dict[str, set[str]] = {}
    for move in moves:
        found.setdefault(move.source, set()).add(move.target)
    return Workflow(found)


committee_flow, cell_flow = _flow(MOVES), _flow(CELL_MOVES)
# What another paper may do to an issued resolution, by where it stands.
life_flow = Workflow(
    {
        Life.IN_FORCE: {Life.AMENDED, Life.REVIEWED, Life.REPLACED, Life.ENDED},
        Life.AMENDED: {Life.AMENDED, Life.REVIEWED, Life.REPLACED, Life.ENDED},
        Life.REVIEWED: {Life.EXTENDED, Life.ENDED, Life.REPLACED},
        Life.EXTENDED: {Life.AMENDED, Life.REVIEWED, Life.REPLACED, Life.ENDED},
    }
)


def moves_of(is_cell: bool) -> tuple[Move, ...]:
    return CELL_MOVES if is_cell else MOVES


def flow_of(is_cell: bool) -> Workflow:
    return cell_flow if is_cell else committee_flow


def find_move(is_cell: bool, source: str, target: str) -> Move | None:
    """The move between two states, where there is one."""
    return next((m for m in moves_of(is_cell) if (m.source, m.target) == (source, target)), None)


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
