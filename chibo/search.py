"""What of this app can be found; on a page of another day the finds open as of that day."""

from chibo.models import Member, Organisation
from kyanh_portal.base.calendar import day_named, today, vn_date
from kyanh_portal.search.source import add_source


def _told(unit: Organisation) -> str:
    """The name, when it works where that is not now, and who stands above, since many cells bear one name."""
    name = unit.name
    if unit.valid_to and unit.valid_to < today():
        name = f"{name} (đến {vn_date(unit.valid_to)})"
    elif unit.valid_from and unit.valid_from > today():
        name = f"{name} (từ {vn_date(unit.valid_from)})"
    return f"{name}, {unit.parent.name}" if unit.parent else name


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
    "organisations", "Tổ chức đảng", Organisation, icon="tree", related=["parent"], line=_told, order=["sort_key", "pk"], is_named=True,
    address=_unit_at,
)  # fmt: skip
add_source(
    "members", "Đảng viên", Member, icon="people", related=["organisation__parent"],
    line=lambda member: f"{member.full_name}, {_told(member.organisation)}", order=["sort_key", "pk"], is_person=True,
    address=lambda member, asked: _at(member, day_named(asked.get("ngay", ""))),
)  # fmt: skip
