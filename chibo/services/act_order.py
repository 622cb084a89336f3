"""Which act on an organisation may follow which, and who signs the handover (members.md 3.5)."""

import datetime as dt

from chibo.choices import Arranged
from chibo.figures import is_base_on
from chibo.models import Organisation
from chibo.services.bases import committee_of
from chibo.services.faces import ONE_DAY
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.errors import RuleBroken


def check_begun(organisation, day: dt.date) -> None:
    if organisation.valid_from and day <= organisation.valid_from:
        raise RuleBroken(f"{organisation.label} lập ngày {vn_date(organisation.valid_from)}. Chọn ngày sau đó.", field="effective_on")  # fmt: skip


def check_in_order(kind, organisation, day: dt.date) -> None:
    """Refuse an act after the organisation ended, an end told twice, or an end before what was written of later days."""
    check_begun(organisation, day)
    if organisation.valid_to and day > organisation.valid_to + ONE_DAY:
        raise RuleBroken(f"{organisation.label} đã thôi hoạt động từ {vn_date(organisation.valid_to)}.", field="effective_on")  # fmt: skip
    if kind not in Arranged.ends():
        return
    told = organisation.lineage.filter(kind__in=Arranged.ends()).first()
    if told:
        raise RuleBroken(f"{organisation.label} đã có quyết định thôi hoạt động: {told.get_kind_display().lower()} từ {vn_date(told.effective_on)} ({told.decision}). Không làm lần nữa.", field="effective_on")  # fmt: skip
    later = organisation.lineage.filter(effective_on__gt=day).first() or organisation.ancestry.filter(effective_on__gt=day).first()  # fmt: skip
    if later:
        raise RuleBroken(f"{organisation.label} còn biến động ngày {vn_date(later.effective_on)} ({later.get_kind_display().lower()}). Chọn ngày sau đó.", field="effective_on")  # fmt: skip


def check_can_receive(organisation, heir, day: dt.date) -> None:
    """Refuse a place that does not work yet, works no longer, or lies below what it is to take in."""
    if heir.valid_from and heir.valid_from > day:
        raise RuleBroken(f"{heir.label} lập ngày {vn_date(heir.valid_from)}, chưa tiếp nhận được vào ngày này. Chọn ngày từ đó trở đi.", field="effective_on")  # fmt: skip
    if heir.valid_to and heir.valid_to < day:
        raise RuleBroken(f"Nơi tiếp nhận đã thôi hoạt động vào ngày này (từ {vn_date(heir.valid_to)}). Chọn nơi khác.", field="heir")  # fmt: skip
    if heir.pk != organisation.pk and heir.path_on(day).startswith(organisation.path_on(day)):
        raise RuleBroken("Không chuyển một tổ chức vào chính nó hay vào đơn vị trực thuộc của nó.", field="heir")


def who_signs(organisation, heir, day: dt.date) -> str:
    """Who decides on a collective handover and who signs it, by how far it goes (06-HD/TW 10.5b; 38-HD/BTCTW II.4.3.3b)."""
    by = "(06-HD/TW 10.5b; 38-HD/BTCTW II.4.3.3b)"
    before = Organisation.objects.none().worn_on(day - ONE_DAY, [Organisation.objects.select_related("kind", "parent").get(pk=organisation.pk)])[0]  # fmt: skip
    if organisation.kind.is_cell and not organisation.kind.is_base:
        gives = committee_of(before, day - ONE_DAY) or before.parent
        takes = _committee_of_heir(heir, day)
        if gives == takes:
            return f"{_committee(gives)} quyết định; chi ủy hai bên ký {by}"
        above = gives.parent if gives and gives.parent_id else None
        return f"{f'ban thường vụ {_committee(above)}' if above else 'cấp trên của tổ chức cơ sở'} quyết định; {_committee(takes)} tiếp nhận; hai đảng ủy ký, đóng dấu {by}"  # fmt: skip
    superior, receives = before.parent, heir.parent if heir.kind.is_base and organisation.kind.is_base else heir
    if organisation.kind.is_base and superior and receives and superior.pk == receives.pk:
        return f"ban thường vụ {_committee(superior)} quyết định {by}"
    if organisation.kind.is_base:
        return f"bên giao: ban thường vụ tỉnh ủy quyết định; bên nhận: ban thường vụ {_committee(receives)}; ban tổ chức hai bên ký {by}"  # fmt: skip
    return f"trong tỉnh: ban thường vụ tỉnh ủy quyết định; ra ngoài tỉnh: cả hai ban thường vụ tỉnh ủy {by}"


def _committee_of_heir(heir, day):
    if heir.kind.is_cell:
        return committee_of(heir, day) or heir.parent
    return heir if is_base_on(heir, day) else committee_of(heir, day) or heir


def _committee(organisation) -> str:
    return organisation.name.replace("Đảng bộ", "Đảng ủy", 1) if organisation else "cấp trên"
