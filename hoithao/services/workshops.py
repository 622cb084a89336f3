"""What a workshop adds to a meeting: papers, remarks, points of disagreement, the conclusion by point."""

from django.db import transaction
from django.db.models import Max

from hoithao.choices import RemarkSort
from hoithao.models import Conclusion, Disagreement, Paper, Remark
from hoithao.services.meetings import locked, require_unlocked
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line, clean_text


def _next(rows) -> int:
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1


def _open(meeting):
    meeting = locked(meeting)
    require_unlocked(meeting)
    return meeting


@transaction.atomic
def add_paper(meeting, *, by, organisation, title, author, text="", is_synthetic=False) -> Paper:
    """A paper from an organisation, presented in its turn."""
    meeting = _open(meeting)
    if not organisation.path.startswith(meeting.organisation.path):
        raise RuleBroken("Đơn vị này không thuộc cấp ủy tổ chức hội thảo.", field="organisation")
    if not clean_line(title):
        raise RuleBroken("Ghi tên tham luận.", field="title")
    paper = Paper.objects.create(
        meeting=meeting, order=_next(meeting.papers), organisation=organisation, cell_type=organisation.cell_type,
        title=clean_line(title), author=clean_line(author), text=clean_text(text), is_synthetic=is_synthetic,
    )  # fmt: skip
    record("workshop.paper_added", paper, by=by)
    return paper


@transaction.atomic
def add_remark(meeting, *, by, speaker, text, sort=RemarkSort.FLOOR, is_synthetic=False) -> Remark:
    """A remark from the floor, or steering, opening and closing words, by post."""
    meeting = _open(meeting)
    if not clean_line(speaker):
        raise RuleBroken("Ghi chức danh người phát biểu.", field="speaker")
    if not clean_text(text):
        raise RuleBroken("Ghi nội dung phát biểu.", field="text")
    remark = Remark.objects.create(
        meeting=meeting, order=_next(meeting.remarks), sort=sort, speaker=clean_line(speaker), text=clean_text(text),
        is_synthetic=is_synthetic,
    )  # fmt: skip
    record("workshop.remark_added", remark, by=by, sort=sort)
    return remark


@transaction.atomic
def add_disagreement(
    meeting, *, by, matter, first_view, second_view="", settled="", first_by="", second_by="", other_views="",
    carried_by="", is_synthetic=False,
) -> Disagreement:  # fmt: skip
    """A matter on which opinions differed, the positions with who held them, what was settled or who studies it on."""
    meeting = _open(meeting)
    if not clean_line(matter):
        raise RuleBroken("Ghi vấn đề.", field="matter")
    row = Disagreement.objects.create(
        meeting=meeting, order=_next(meeting.disagreements), matter=clean_line(matter), first_view=clean_text(first_view),
        second_view=clean_text(second_view), settled=clean_text(settled), first_by=clean_line(first_by),
        second_by=clean_line(second_by), other_views=clean_text(other_views), carried_by=clean_line(carried_by),
        is_synthetic=is_synthetic,
    )  # fmt: skip
    record("workshop.disagreement_added", row, by=by)
    return row


@transaction.atomic
def conclude(meeting, *, by, heading, text="", is_synthetic=False) -> Conclusion:
    """One point of the conclusion; a clause of a resolution may follow from it."""
    meeting = _open(meeting)
    if not clean_line(heading):
        raise RuleBroken("Ghi ý chính của kết luận.", field="heading")
    point = Conclusion.objects.create(
        meeting=meeting,
        order=_next(meeting.conclusions),
        heading=clean_line(heading),
        text=clean_text(text),
        is_synthetic=is_synthetic,
    )
    record("workshop.conclusion_added", point, by=by)
    return point
