"""Entries of this app in the main menu."""

from chibo.choices import Role
from kyanh_portal.ui.menu import add_entry

add_entry(
    "meetings", "Sinh hoạt", "hoithao:meeting_list", "meeting", 20, "hoithao.see_meetings", section="/sinh-hoat/",
    roles=[Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.OFFICE, Role.ORGANISING, Role.INSPECTION, Role.STANDING, Role.MEMBER],
)  # fmt: skip

_HOME = {
    Role.CELL_SECRETARY: "Hôm nay",
    Role.STANDING: "Sáng thứ Hai",
    Role.OFFICE: "Việc trong tuần",
}
add_entry(
    "home",
    "Trang chính",
    "dashboard:home",
    "home",
    10,
    "dashboard.see",
    section="/",
    label_for=lambda role: _HOME.get(role, "Trang chính"),
)
