"""Entries of this app in the main menu."""

from chibo.choices import Role
from kyanh_portal.ui.menu import add_entry

_SEES = [Role.STANDING, Role.COMMITTEE_SECRETARY, Role.ORGANISING, Role.OFFICE]
add_entry(
    "organisations",
    "Chi bộ",
    "chibo:organisation_list",
    "tree",
    25,
    "chibo.see_organisations",
    section="/to-chuc/don-vi/",
    roles=_SEES,
)
add_entry(
    "members", "Đảng viên", "chibo:member_list", "people", 30, "chibo.see_members", section="/to-chuc/dang-vien/",
    roles=[Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.ORGANISING, Role.INSPECTION],
)  # fmt: skip
add_entry(
    "accounts",
    "Người dùng",
    "chibo:account_list",
    "user",
    20,
    "accounts.manage",
    section="/to-chuc/tai-khoan/",
    roles=[Role.ADMINISTRATOR],
)
add_entry(
    "trail",
    "Nhật ký",
    "audit:list",
    "list",
    70,
    "audit.read",
    section="/nhat-ky/",
    roles=[Role.ADMINISTRATOR, Role.INSPECTION],
)
add_entry(
    "reports",
    "Báo cáo",
    "reports:list",
    "report",
    60,
    "reports.ask",
    section="/bao-cao/",
    roles=[Role.STANDING, Role.COMMITTEE_SECRETARY, Role.ORGANISING, Role.OFFICE],
)
add_entry(
    "documents",
    "Văn bản",
    "documents:list",
    "doc",
    50,
    "documents.see",
    section="/van-ban/",
    roles=[Role.CELL_SECRETARY, Role.OFFICE, Role.INSPECTION],
)
add_entry(
    "dues", "Đảng phí", "chibo:fee_months", "list", 36, "chibo.see_fee_totals", section="/to-chuc/dang-phi/",
    roles=[Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.OFFICE],
)  # fmt: skip
add_entry(
    "candidates", "Kết nạp", "chibo:candidate_list", "people", 34, "chibo.see_candidates", section="/to-chuc/ket-nap/",
    roles=[Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.ORGANISING],
)  # fmt: skip
add_entry(
    "reviews", "Rà soát", "chibo:campaign_list", "list", 38, "chibo.see_reviews", section="/to-chuc/ra-soat/",
    roles=[Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.ORGANISING, Role.INSPECTION],
)  # fmt: skip
add_entry(
    "ratings", "Xếp loại", "chibo:year_list", "report", 39, "chibo.see_reviews", section="/to-chuc/xep-loai/",
    roles=[Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.ORGANISING],
)  # fmt: skip
