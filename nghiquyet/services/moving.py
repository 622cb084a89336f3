"""Move a resolution along its way: guards, kept versions, a line of history for each step."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_text
from nghiquyet.choices import Reason, Status
from nghiquyet.models import Comment, DraftVersion, ResolutionMove
from nghiquyet.services.drafting import empty_parts, locked
from nghiquyet.services.parts import frame_of, parts_of
from nghiquyet.services.wording import edits_since_vote, frame_with_edits, unchecked, with_edits
from nghiquyet.workflow import find_move

# What a submission holds. Practice of offices, not a rule: staff tick what lies in the folder.
DOSSIER = {
    "to_trinh": "Tờ trình của cơ quan chủ trì",
    "du_thao": "Dự thảo nghị quyết",
    "bang_tiep_thu": "Bảng tiếp thu, giải trình ý kiến",
    "tham_tra": "Văn phòng thẩm tra thể thức, thẩm quyền",
    "tai_lieu": "Tài liệu kèm theo (báo cáo khảo sát, số liệu)",
}


def keep_version(resolution, reason, *, by, until=None, asked=()) -> DraftVersion:
    """The draft word for word, as it goes out now."""
    version = DraftVersion.objects.create(
        resolution=resolution, number=resolution.versions.count() + 1, draft_number=resolution.draft_number,
        reason=reason, title=resolution.title, parts=parts_of(resolution),
        frame=frame_of(resolution), taken_by=by, until=until,
    )  # fmt: skip
    version.asked.set(asked)
    return version


def log_move(resolution, source, target, *, by, note="") -> None:
    """A line of the way."""
    ResolutionMove.objects.create(resolution=resolution, source=source, target=target, by=by, note=clean_text(note))


def open_comments(resolution):
    """Comments without an answer."""
    return Comment.objects.filter(version__resolution=resolution, verdict="")


# Guards: each returns what is missing, in words (with the page to mend it where that is another); empty means the step may be taken.
def _lead_named(resolution, note):
    lacking = [] if resolution.lead_id else ["Chưa ghi cơ quan chủ trì soạn thảo."]
    return lacking if resolution.due_month else [*lacking, "Chưa ghi tháng trình."]


def _group_named(resolution, note):
    return [] if resolution.drafting_group.strip() else ["Chưa lập tổ biên tập (ghi theo chức vụ)."]


def _has_parts(resolution, note):
    return [] if resolution.clauses.exists() else ["Đề cương chưa có phần nào."]


def _no_empty_parts(resolution, note):
    clauses = list(resolution.clauses.all())
    page = resolution.get_text_url()
    empty = [
        (f"Phần “{c.heading or 'chưa có tên'}” chưa có lời văn.", f"{page}#phan-{c.pk}") for c in empty_parts(clauses)
    ]
    return empty if clauses else [("Nghị quyết chưa có phần nào.", page)]


def _not_thematic(resolution, note):
    return ["Nghị quyết chuyên đề phải lấy ý kiến trước khi trình."] if resolution.is_thematic else []


def _deadline_passed(resolution, note):
    version = resolution.versions.filter(reason=Reason.COMMENTS).last()
    if version is None or version.until is None or version.until < today() or note.strip():
        return []
    return [f"Hạn góp ý là ngày {vn_date(version.until)}. Kết thúc sớm hơn thì ghi lý do."]


def _comments_answered(resolution, note):
    number = open_comments(resolution).count()
    return [f"Còn {number} ý kiến chưa tiếp thu, giải trình."] if number else []


def _dossier_complete(resolution, note):
    return [f"Hồ sơ trình thiếu: {name}." for code, name in DOSSIER.items() if code not in resolution.dossier]


def _as_voted(resolution, note):
    version = resolution.versions.filter(reason=Reason.SUBMITTED).last()
    if version is None:
        return []
    edits = edits_since_vote(resolution)
    voted = version.frame or frame_of(resolution)  # versions kept before the frame was kept know the parts alone
    now = {"title": resolution.title, **frame_of(resolution)}
    if (
        with_edits(version.parts, edits) == parts_of(resolution)
        and frame_with_edits(version.title, voted, edits) == now
    ):
        return []
    return ["Lời văn khác bản đã biểu quyết và các chỗ đã ghi biên tập kỹ thuật. Trả về dự thảo và biểu quyết lại."]


def _wording_checked(resolution, note):
    number = len(unchecked(resolution))
    page = f"{resolution.get_absolute_url()}#bien-tap"
    return [(f"Còn {number} chỗ biên tập kỹ thuật chưa có người thứ hai xác nhận.", page)] if number else []


GUARDS = {
    "lead_named": _lead_named, "group_named": _group_named, "has_parts": _has_parts, "no_empty_parts": _no_empty_parts,
    "not_thematic": _not_thematic, "deadline_passed": _deadline_passed, "comments_answered": _comments_answered,
    "dossier_complete": _dossier_complete, "as_voted": _as_voted,
    "wording_checked": _wording_checked,
}  # fmt: skip


def lacking_for(resolution, move, note="") -> list[tuple[str, str]]:
    """What stands in the way of a move: (words, page to mend it)."""
    found = [line for name in move.guards for line in GUARDS[name](resolution, note)]
    return [line if isinstance(line, tuple) else (line, resolution.get_absolute_url()) for line in found]


@transaction.atomic
def move_resolution(resolution, target: str, *, by, note="", until: dt.date | None = None, asked=()):
    """Take one step. Refused where the way does not lead there, a guard stands in it, or a reason is missing."""
    resolution = locked(resolution)
    move = find_move(resolution.organisation.is_cell, resolution.status, target)
    if move is None:
        raise RuleBroken(
            f"Nghị quyết đang ở bước “{resolution.get_status_display()}”, không chuyển thẳng sang"
            f" “{Status(target).label}” được. Tải lại trang để thấy bước tiếp theo."
        )
    if move.needs_note and not note.strip():
        raise RuleBroken("Ghi một câu lý do.", field="note")
    lacking = lacking_for(resolution, move, note)
    if lacking:
        raise RuleBroken(f"Chưa chuyển được: {lacking[0][0]}", missing=lacking)
    source = resolution.status
    _on_the_way(resolution, move, by=by, until=until, asked=asked)
    resolution.status = target
    resolution.save()
    log_move(resolution, source, target, by=by, note=note)
    record("resolution.moved", resolution, by=by, before=source, after=target)
    return resolution


def _on_the_way(resolution, move, *, by, until, asked) -> None:
    if move.target == Status.COMMENTS:
        if until is None or until < today():
            raise RuleBroken("Ghi hạn góp ý, từ hôm nay trở đi.", field="until")
        keep_version(resolution, Reason.COMMENTS, by=by, until=until, asked=asked)
    elif move.source == Status.COMMENTS:
        resolution.versions.filter(reason=Reason.COMMENTS, closed_on=None).update(closed_on=today())
    if move.target == Status.SUBMITTED:
        keep_version(resolution, Reason.SUBMITTED, by=by)
    if move.target == Status.DRAFT and move.source != Status.OUTLINE:
        if move.source == Status.REVISION:
            keep_version(resolution, Reason.REVISED, by=by)
        resolution.draft_number += 1
        resolution.base = resolution.in_favour = resolution.adopted_on = None


@transaction.atomic
def tick_dossier(resolution, *, by, codes) -> None:
    """Which papers of the submission lie in the folder; each tick keeps who and when."""
    resolution = locked(resolution)
    if resolution.document_id:
        raise RuleBroken("Nghị quyết đã ban hành, hồ sơ trình giữ nguyên.")
    stamp = {"by": str(by or ""), "at": timezone.now().isoformat(timespec="seconds")}
    resolution.dossier = {code: resolution.dossier.get(code, stamp) for code in DOSSIER if code in codes}
    resolution.save()
    record("resolution.dossier", resolution, by=by, complete=len(resolution.dossier) == len(DOSSIER))


@transaction.atomic
def plan_drafting(resolution, *, by, lead=None, due_month=None, drafting_group="") -> None:
    """Who leads, by which month, and the drafting group by posts."""
    resolution = locked(resolution)
    if resolution.document_id:
        raise RuleBroken("Nghị quyết đã ban hành.")
    resolution.lead, resolution.drafting_group = lead, clean_text(drafting_group)
    resolution.due_month = due_month.replace(day=1) if due_month else None
    resolution.save()
    record("resolution.planned", resolution, by=by)
