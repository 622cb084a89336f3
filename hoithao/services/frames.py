"""Score frames by staff: draft, its criteria, in force from a day, the next version. One in force is never changed."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from hoithao.choices import CriterionSort, FrameStatus
from hoithao.models import Criterion, MonthTally, RuleFrame
from hoithao.scoring import read_bands, read_conditions, read_cuts, shown
from hoithao.services.tallies import recount_all
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken

RULES = [
    "attendance_share", "attendance_strict", "least_minutes", "least_minutes_with_theme", "large_cell", "least_minutes_large",
    "most_excused_running", "themes_a_quarter", "post_days_before", "report_within_days", "cuts", "uncounted",
]  # fmt: skip
TREE = ["order", "code", "name", "sort", "most", "measure", "bands", "proof", "needs", "counts_if", "full_if", "is_key"]


def drafting(frame) -> RuleFrame:
    """The frame under its lock, for a change; raises RuleBroken once it is in force."""
    frame = RuleFrame.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=frame.pk)
    if frame.status != FrameStatus.DRAFT:
        raise RuleBroken("Khung đang áp dụng thì không sửa được. Lập bản mới từ khung này rồi sửa bản ấy.")
    return frame


def _check(frame) -> None:
    try:
        read_cuts(frame.cuts)
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field="cuts") from None


@transaction.atomic
def draft_frame(*, by, code, name, source, organisation=None, kind=None, **values) -> RuleFrame:
    """A new frame as a draft; it rules nothing until it is put in force. A known code gets its next version."""
    last = RuleFrame.objects.filter(code=code).aggregate(last=Max("version"))["last"] or 0
    frame = RuleFrame(
        code=code, version=last + 1, name=name, source=source, organisation=organisation, kind=kind, **values
    )
    _check(frame)
    frame.save()
    record("frame.drafted", frame, by=by, code=code, version=frame.version)
    return frame


@transaction.atomic
def change_frame(frame, *, by, **values) -> RuleFrame:
    """Change a draft."""
    frame = drafting(frame)
    for name, value in values.items():
        setattr(frame, name, value)
    _check(frame)
    frame.save()
    record("frame.changed", frame, by=by)
    return frame


@transaction.atomic
def next_version(frame, *, by) -> RuleFrame:
    """A draft with everything the frame holds: what staff change when a rule changes."""
    copy = draft_frame(
        by=by, code=frame.code, name=frame.name, source=frame.source, organisation=frame.organisation, kind=frame.kind,
        note=frame.note, is_synthetic=frame.is_synthetic, **{name: getattr(frame, name) for name in RULES},
    )  # fmt: skip
    made: dict[int, Criterion] = {}
    pending = list(frame.criteria.order_by("order", "pk"))
    while pending:
        ready = [one for one in pending if one.parent_id is None or one.parent_id in made]
        for one in ready:
            made[one.pk] = Criterion.objects.create(
                frame=copy, parent=made.get(one.parent_id), **{name: getattr(one, name) for name in TREE}
            )
        pending = [one for one in pending if one.pk not in made]
    return copy


@transaction.atomic
def put_criterion(frame, *, by, criterion=None, parent=None, code, name, sort=CriterionSort.POINTS, most=Decimal(0), **more) -> Criterion:  # fmt: skip
    """Add or change a criterion of a draft; conditions and scales are read at once, so that a slip is told at its field."""
    frame = drafting(frame)
    one = criterion or Criterion(frame=frame, order=(frame.criteria.aggregate(last=Max("order"))["last"] or 0) + 1)
    for key, value in {"parent": parent, "code": code, "name": name, "sort": sort, "most": most, **more}.items():
        setattr(one, key, value)
    if parent is not None and (parent.frame_id != frame.pk or parent.parent_id or parent == one):
        raise RuleBroken("Chọn tiêu chí cha ở hàng đầu của khung này.", field="parent")
    for field in ("proof", "needs", "counts_if", "full_if"):
        try:
            read_conditions(getattr(one, field))
        except RuleBroken as broken:
            raise RuleBroken(broken.message, field=field) from None
    try:
        bands = read_bands(one.bands, one.measure)
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field="bands") from None
    if one.sort == CriterionSort.BAND and not bands:
        raise RuleBroken("Ghi thang điểm, mỗi dòng một mức, như 75-<90 : 3.", field="bands")
    if any(band.points > one.most for band in bands):
        raise RuleBroken(f"Thang có mức cao hơn điểm tối đa {shown(one.most)}.", field="bands")
    one.save()
    record("frame.criterion_put", frame, by=by, code=one.code)
    return one


@transaction.atomic
def remove_criterion(criterion, *, by) -> None:
    """Take a criterion and those below it out of a draft."""
    frame = drafting(criterion.frame)
    record("frame.criterion_removed", frame, by=by, code=criterion.code)
    criterion.delete()


def leaves_of(criteria) -> list[Criterion]:
    """The criteria that are scored: those without lines below them."""
    criteria = list(criteria)
    parents = {one.parent_id for one in criteria}
    return [one for one in criteria if one.pk not in parents and not one.is_group]


def problems_of(frame) -> list[str]:
    """What keeps a draft from being put in force: sums that do not add up, no criteria, levels without points."""
    criteria = list(frame.criteria.all())
    leaves, out = leaves_of(criteria), []
    if not leaves:
        return ["Khung chưa có tiêu chí nào."]
    for group in criteria:
        below = [one for one in criteria if one.parent_id == group.pk]
        if group.is_group and not below:
            out.append(f"Nhóm {group.code} chưa có tiêu chí nào.")
        if below and (got := sum(one.most for one in below)) != group.most:
            out.append(f"{group.code}: các dòng dưới cộng {shown(got)} điểm, nhóm ghi {shown(group.most)}.")
    total = sum(one.most for one in leaves)
    if frame.has_points and total != 100:
        out.append(f"Các tiêu chí cộng {shown(total)} điểm, phải là 100.")
    if not frame.has_points and any(not one.is_yes_no or one.most != 1 for one in leaves):
        out.append("Khung không có mức thì mỗi tiêu chí là đạt hoặc chưa đạt, ghi điểm tối đa 1.")
    return out


@transaction.atomic
def put_in_force(frame, *, by, valid_from: dt.date, valid_to: dt.date | None = None) -> RuleFrame:
    """From this day the frame rules meetings of its branch and kind; the one before ends the day before.

    Meetings scored already keep their frame. Raises RuleBroken where the draft is not sound.
    """
    frame = drafting(frame)
    if valid_to and valid_to < valid_from:
        raise RuleBroken("Ngày cuối phải từ ngày bắt đầu trở đi.", field="valid_to")
    if problems := problems_of(frame):
        raise RuleBroken(f"Chưa áp dụng được. {' '.join(problems)}")
    before = RuleFrame.objects.in_force().filter(
        organisation=frame.organisation, kind=frame.kind, valid_from__lt=valid_from
    )
    for old in before.exclude(valid_to__lt=valid_from):
        old.valid_to = valid_from - dt.timedelta(days=1)
        old.save(update_fields=["valid_to", "updated_at"])
    frame.status, frame.valid_from, frame.valid_to = FrameStatus.IN_FORCE, valid_from, valid_to
    frame.save()
    _count_again(valid_from)
    record("frame.in_force", frame, by=by, valid_from=valid_from.isoformat())
    return frame


def _count_again(since: dt.date) -> None:
    """Roll-ups of months already counted that the frame reaches back to: what is short is judged by the new one."""
    months = MonthTally.objects.filter(month__gte=since.replace(day=1)).values_list("month", flat=True).distinct()
    if months := list(months):
        recount_all(months)


@transaction.atomic
def discard_frame(frame, *, by) -> None:
    """Throw a draft away; one that was ever in force stays."""
    frame = drafting(frame)
    record("frame.discarded", frame, by=by, code=frame.code, version=frame.version)
    frame.delete()
