"""Record study sessions, and how organisations make a resolution their own."""

from django.db import transaction

from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line
from nghiquyet.choices import Taken
from nghiquyet.models import Concretisation, StudyPlan, StudySession, TemplateItem
from nghiquyet.services.targets import require_issued


@transaction.atomic
def plan_study(*, by, resolution, level, depth, due_on, clause=None, note="") -> StudyPlan:
    """Until when a level studies the resolution, or is told of it."""
    require_issued(resolution)
    plan, _ = StudyPlan.objects.update_or_create(
        resolution=resolution,
        level=level,
        depth=depth,
        defaults={"due_on": due_on, "clause": clause, "note": clean_line(note)},
    )
    record("study.planned", plan, by=by, path=resolution.path)
    return plan


@transaction.atomic
def record_session(*, by, resolution, organisation, held_on, summoned, attended, **fields) -> StudySession:
    """One session held; its attendance is judged against those summoned."""
    require_issued(resolution)
    if not organisation.path.startswith(resolution.path):
        raise RuleBroken(f"Nghị quyết này không áp dụng cho {organisation.label}.", field="organisation")
    if held_on > latest_day():
        raise RuleBroken(f"Ngày {vn_date(held_on)} chưa đến. Ghi ngày đã học.", field="held_on")
    if resolution.dated and held_on < resolution.dated:
        raise RuleBroken(
            f"Nghị quyết ban hành ngày {vn_date(resolution.dated)}, không thể học trước ngày ấy.", field="held_on"
        )
    if attended > summoned:
        raise RuleBroken(f"{attended} dự nhiều hơn {summoned} triệu tập. Đếm lại rồi ghi.", field="attended")
    if fields.get("essays_in", 0) > attended:
        raise RuleBroken("Bài thu hoạch nhiều hơn số người dự. Đếm lại rồi ghi.", field="essays_in")
    session = StudySession.objects.create(
        resolution=resolution,
        organisation=organisation,
        held_on=held_on,
        summoned=summoned,
        attended=attended,
        **fields,
    )
    record("study.recorded", session, by=by, path=organisation.path)
    return session


@transaction.atomic
def take_point(
    *, by, resolution, organisation, taken, target=None, duty=None, own_resolution=None, paper="", reason="", is_synthetic=False
) -> Concretisation:  # fmt: skip
    """A target or duty is made the unit's own (linked paper or act), or does not apply, with the reason."""
    if (target is None) == (duty is None):
        raise RuleBroken("Chọn một chỉ tiêu hoặc một nhiệm vụ.")
    if taken == Taken.DONE and own_resolution is None and not clean_line(paper):
        raise RuleBroken("Ghi văn bản hoặc việc cụ thể của đơn vị.", field="paper")
    if taken == Taken.NOT_APPLICABLE and not clean_line(reason):
        raise RuleBroken("Ghi vì sao không áp dụng ở đơn vị.", field="reason")
    row, _ = Concretisation.objects.update_or_create(
        organisation=organisation, resolution=resolution, target=target, duty=duty,
        defaults={
            "taken": taken, "own_resolution": own_resolution, "paper": clean_line(paper), "reason": clean_line(reason),
            "is_synthetic": is_synthetic,
        },
    )  # fmt: skip
    record("study.point_taken", row, by=by, path=organisation.path, taken=taken)
    return row


@transaction.atomic
def add_template_item(*, by, cell_type, text, valid_from, paper="", source="", order=1) -> TemplateItem:
    """One more thing that cells of a type write into their plan."""
    if not clean_line(text):
        raise RuleBroken("Ghi mục phải có.", field="text")
    item = TemplateItem.objects.create(
        cell_type=cell_type, text=clean_line(text), paper=clean_line(paper), valid_from=valid_from, order=order,
        source=clean_line(source) or "chưa xác nhận; Ban Tổ chức sửa",
    )  # fmt: skip
    record("study.template_changed", item, by=by)
    return item


@transaction.atomic
def end_template_item(item, *, by, valid_to) -> TemplateItem:
    """No longer asked for after a day; the row stays for the days before."""
    if valid_to < item.valid_from:
        raise RuleBroken(f"Mục này áp dụng từ {vn_date(item.valid_from)}. Chọn ngày sau đó.", field="valid_to")
    item.valid_to = valid_to
    item.save(update_fields=["valid_to"])
    record("study.template_changed", item, by=by)
    return item
