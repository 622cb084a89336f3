"""What this app adds to the superior's six-month table: study of resolutions, inspection and supervision, cell by cell."""

from hoithao.half_years import Item, add_column
from nghiquyet.choices import CheckState
from nghiquyet.models import StudySession, Supervision


def _studied(user, cells, half):
    """Sessions of study of a cell; make-up sessions belong to the one they make up for."""
    rows = StudySession.objects.visible_to(user).filter(
        organisation__in=cells, held_on__range=(half.first, half.last), is_make_up=False
    )
    return [
        Item(one.organisation_id, one.held_on, str(one.resolution), one.get_absolute_url(), f"{one.get_depth_display()}: {one.attended}/{one.summoned} dự")
        for one in rows.select_related("resolution__document")
    ]  # fmt: skip


def _checked(user, cells, half):
    """Inspections and supervisions announced in the half year of which the cell is a subject, within what the user may see."""
    inside = {cell.pk for cell in cells}
    rows = Supervision.objects.visible_to(user).filter(subjects__in=inside).distinct()
    found = []
    for one in rows.prefetch_related("subjects", "steps"):
        told = [step.on for step in one.steps.all() if step.state not in (CheckState.PLANNED, CheckState.PREPARING)]
        if told and half.first <= min(told) <= half.last:
            found += [
                Item(subject.pk, min(told), str(one), one.get_absolute_url(), one.get_state_display())
                for subject in one.subjects.all()
                if subject.pk in inside
            ]
    return found


add_column(
    "hoc-tap", "Học nghị quyết, chuyên đề", "Buổi học tập, quán triệt của chi bộ; không tính buổi học bù", _studied
)
add_column(
    "ktgs", "Kiểm tra, giám sát (phần được xem)",
    "Cuộc kiểm tra, giám sát công bố trong kỳ mà chi bộ là đối tượng. Hồ sơ chỉ Ủy ban Kiểm tra, đoàn, lãnh đạo cơ quan ra quyết định và "
    "bí thư nơi được kiểm tra xem được: số 0 ở đây không có nghĩa là không có cuộc nào", _checked,
)  # fmt: skip
