"""Found an organisation by decision, give it a right, disband it, write down when it was handed over (members.md 3.1, 3.5)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from chibo.choices import Arranged
from chibo.figures import is_base_on
from chibo.models import Delegation, Lineage, Organisation
from chibo.rulebooks import rulebook_on
from chibo.rules import founding_faults, months_after, more_than_half, two_thirds
from chibo.services.days import check_day
from chibo.services.organisations import establish_organisation
from chibo.services.rearranging import merge
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line


@transaction.atomic
def found(
    *, by, kind, valid_from: dt.date, decision: str, official=None, members=None, consent="", **fields
) -> Organisation:
    """Found an organisation by decision: so many members are foreseen, checked by the thresholds of the day; what only a consent
    allows needs it (294-QĐ/TW 20)."""
    decision, consent = clean_line(decision), clean_line(consent)
    if not decision:
        raise RuleBroken("Ghi số, ngày của quyết định.", field="decision")
    if members is not None and official is not None and official > members:
        raise RuleBroken("Số chính thức không quá tổng số đảng viên.", field="official")
    parent = fields.get("parent")
    if kind.is_body and parent is not None and is_base_on(parent, valid_from):
        book = rulebook_on(valid_from)
        if not book["base_has_bodies"] and not consent:
            rule = "không có cơ quan giúp việc (06-HD/TW 17.1)" if book["base_has_bodies"] is False else f"có cơ quan giúp việc khi tỉnh ủy quyết định ({book.source})"  # fmt: skip
            raise RuleBroken(f"Đảng ủy cơ sở {rule}. Ghi số, ngày văn bản cho phép nếu có.", field="consent")
    told = ""
    if official is not None:
        total = official if members is None else members
        for sentence, mended in founding_faults(kind.code, kind.is_cell, official, total, valid_from):
            if not (mended and consent):
                raise RuleBroken(f"{sentence}. Theo {rulebook_on(valid_from).source}.", field="consent" if mended else "official")  # fmt: skip
        told = f"{total} đảng viên, {official} chính thức"
    new = establish_organisation(by=by, kind=kind, valid_from=valid_from, **fields)
    told = "; ".join(one for one in (told, consent and f"đồng ý: {consent}") if one)
    Lineage.objects.create(organisation=new, kind=Arranged.ESTABLISHED, effective_on=valid_from, decision=decision, told=told[:400], by=by, is_synthetic=new.is_synthetic, settled_at=timezone.now() if valid_from <= today() else None)  # fmt: skip
    return new


@transaction.atomic
def hand_over(line: Lineage, *, by, handed_over_on=None, seal_returned_on=None) -> Lineage:
    """When the handover was done and the seal and files were returned after an end (294-QĐ/TW 10.5, 15.2)."""
    for name, day in (("handed_over_on", handed_over_on), ("seal_returned_on", seal_returned_on)):
        if day:
            check_day(day, name)
            if day < months_after(line.effective_on, -3):
                raise RuleBroken(f"Thôi hoạt động từ {vn_date(line.effective_on)}; ngày này sớm hơn quá ba tháng. Kiểm tra lại năm.", field=name)  # fmt: skip
    line.handed_over_on, line.seal_returned_on = handed_over_on, seal_returned_on
    line.save(update_fields=["handed_over_on", "seal_returned_on", "updated_at"])
    record("organisation.handed_over", line.organisation, by=by, line=line.pk)
    return line


@transaction.atomic
def disband(organisation, effective_on: dt.date, decision: str, *, by, heir, proposed_base, proposed, decided_base, decided) -> Lineage:  # fmt: skip
    """Giải tán, a discipline: proposed by two thirds of the superior, decided by more than half of the committee above that; the
    superior sends the members on (294-QĐ/TW 9.3.5)."""
    for name, base, votes, needed, whose in (
        ("proposed", proposed_base, proposed, two_thirds(proposed_base), "Cấp trên trực tiếp đề nghị"),
        ("decided", decided_base, decided, more_than_half(decided_base), "Cấp trên của cấp ấy quyết định"),
    ):
        if votes > base:
            raise RuleBroken("Số tán thành không quá số ủy viên đương nhiệm.", field=name)
        if votes < needed:
            raise RuleBroken(f"{whose}: {votes}/{base} phiếu, cần ít nhất {needed} (294-QĐ/TW 9.3.5). Chưa giải tán được.", field=name)  # fmt: skip
    told = f"đề nghị {proposed}/{proposed_base}, quyết định {decided}/{decided_base}"
    return merge(organisation, heir, effective_on, decision, by=by, kind=Arranged.DISBANDED, told=told)


@transaction.atomic
def delegate(organisation, right, starts_on, decision, *, by, ends_on=None) -> Delegation:
    """Record a right that the superior gave, or gave for a time."""
    check_day(starts_on, "starts_on", ahead=12, after=organisation.valid_from, what="ngày lập tổ chức")
    if ends_on and ends_on < starts_on:
        raise RuleBroken("Ngày hết hiệu lực phải sau ngày bắt đầu.", field="ends_on")
    if Delegation.objects.filter(organisation=organisation, right=right).on(starts_on).exists():
        raise RuleBroken("Quyền này đang được giao rồi.", field="right")
    row = Delegation.objects.create(organisation=organisation, right=right, starts_on=starts_on, ends_on=ends_on, decision=clean_line(decision))  # fmt: skip
    record("organisation.delegated", row, by=by, right=right)
    return row
