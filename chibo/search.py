"""What of this app can be found; on a page of another day the finds open as of that day."""

from chibo.models import Member, Organisation
from kyanh_portal.base.calendar import day_named, today, vn_date
from kyanh_portal.search.source import add_source


def _told(unit: Organisation) -> str:
    """The name, and when it works where that is not now."""
    if unit.valid_to and unit.valid_to < today():
        return f"{unit.name} (đến {vn_date(unit.valid_to)})"
    if unit.valid_from and unit.valid_from > today():
        return f"{unit.name} (từ {vn_date(unit.valid_from)})"
    return unit.name


def _at(row, day) -> str:
    url = row.get_absolute_url()
    return url if day is None or day == today() else f"{url}?ngay={day.isoformat()}"


def _unit_at(unit: Organisation, asked) -> str:
    """At the day asked; without one, an organisation of another time opens at the nearest day it worked."""
    day = day_named(asked.get("ngay", ""))
    if day is None and unit.valid_to and unit.valid_to < today():
        day = unit.valid_to
    if day is None and unit.valid_from and unit.valid_from > today():
        day = unit.valid_from
    return _at(unit, day)


add_source(
    "organisations", "Tổ chức đảng", Organisation, icon="tree", line=_told, order=["sort_key", "pk"], is_named=True,
    address=_unit_at,
)  # fmt: skip
add_source(
    "members", "Đảng viên", Member, icon="people", related=["organisation"],
    line=lambda member: f"{member.full_name}, {member.organisation.name}", order=["sort_key", "pk"], is_person=True,
    address=lambda member, asked: _at(member, day_named(asked.get("ngay", ""))),
)  # fmt: skip
