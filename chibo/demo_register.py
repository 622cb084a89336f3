"""The register's part of the demo world: how the communes changed in 2020 and 2025, and how the district level ended.

Names of communes, dates and numbers of the State's resolutions are published; decisions of the Party, and how its
organisations and members moved, are invented and marked so.
"""

import datetime as dt

from chibo.choices import Right, Role
from chibo.models import Organisation, OrganisationKind
from chibo.services.accounts import open_account
from chibo.services.founding import delegate
from chibo.services.holidays import set_holiday
from chibo.services.organisations import establish_organisation
from chibo.services.rearranging import end, merge, move, note_earlier_name, rename
from chibo.services.roles import grant_role
from kyanh_portal.base.calendar import today
from kyanh_portal.demo.world import PASSWORD, World

FIRST_OF_2020, FIRST_OF_2025, END = dt.date(2020, 1, 1), dt.date(2025, 1, 1), dt.date(2025, 7, 1)
TOWN_DECISION = "Quyết định của Tỉnh ủy về kết thúc hoạt động Đảng bộ thị xã (giả lập), cấp huyện kết thúc 30/6/2025"
WARD_DECISION = "Quyết định thành lập đảng bộ phường (giả lập), theo Nghị quyết 1665/NQ-UBTVQH15"
TOWNSHIP_DECISION = "Quyết định của Thị ủy (giả lập), theo Nghị quyết 1283/NQ-UBTVQH15 ngày 14/11/2024"
# new organisation of 01/7/2025 ← communes whose Party organisations went into it
WARDS = {
    ("phường", "Sông Trí"): ["Hưng Trí", "Kỳ Trinh"],
    ("phường", "Hải Ninh"): ["Kỳ Ninh", "Kỳ Hà"],
    ("phường", "Vũng Áng"): ["Kỳ Thịnh", "Kỳ Long"],
    ("phường", "Hoành Sơn"): ["Kỳ Liên", "Kỳ Phương", "Kỳ Nam"],
    ("xã", "Kỳ Hoa"): ["Kỳ Hoa"],
}
# Xã Kỳ Lợi was split among three wards; which part went where is not known: invented.
KY_LOI = ["Vũng Áng", "Sông Trí", "Hoành Sơn"]
LUNAR = [  # days off that move with the moon, to be checked against the yearly notice
    *[(dt.date(2020, 1, 23 + i), "Tết Nguyên đán") for i in range(7)], (dt.date(2020, 4, 2), "Giỗ Tổ Hùng Vương"),
    *[(dt.date(2021, 2, 10 + i), "Tết Nguyên đán") for i in range(7)], (dt.date(2021, 4, 21), "Giỗ Tổ Hùng Vương"),
]  # fmt: skip


def build_history(world: World) -> None:
    """2020 backwards, 2025 ahead: everything is dated, nothing changes the pages of December 2020."""
    town, province = world["town"], world["province"]
    kinds = {kind.code: kind for kind in OrganisationKind.objects.all()}
    bases = {base.short_name: base for base in world["bases"]}
    _merge_of_2020(town, kinds, bases["Hưng Trí"])
    for day, name in LUNAR:
        set_holiday(day, name, "Lịch nghỉ hằng năm (đối chiếu thông báo của năm)", by=None)
    delegate(bases["Hưng Trí"], Right.FILES, dt.date(2020, 7, 1), "Quyết định của Ban Thường vụ Thị ủy (giả lập)", by=None)  # fmt: skip
    if today() < END:  # the story stands in 2020; a portal of a later day keeps its tree
        _reform_of_2025(town, province, kinds, bases)
    user = open_account("tinhuy", "Ban Tổ chức Tỉnh ủy", PASSWORD, by=None, is_synthetic=True, must_change_password=False)  # fmt: skip
    grant_role(user, Role.ORGANISING, province, FIRST_OF_2020, by=None)
    world["tinhuy"] = user


def _reform_of_2025(town, province, kinds, bases) -> None:
    """The upgrades of 01/01/2025, the new wards of 01/7/2025, and the end of the district level."""
    for name in ("Kỳ Ninh", "Kỳ Nam"):  # upgraded from xã to phường
        rename(bases[name], f"Đảng bộ phường {name}", FIRST_OF_2025, TOWNSHIP_DECISION, by=None, header_name=f"ĐẢNG UỶ PHƯỜNG {name.upper()}")  # fmt: skip
    wards = {}
    for (level, name), communes in WARDS.items():
        wards[name] = establish_organisation(
            by=None, kind=kinds["dang_uy_xa_phuong"], name=f"Đảng bộ {level} {name}", short_name=name, parent=province,
            header_superior="ĐẢNG BỘ TỈNH HÀ TĨNH", header_name=f"ĐẢNG UỶ {level.upper()} {name.upper()}", place_name=name,
            valid_from=END, is_synthetic=True,
        )  # fmt: skip
        for commune in communes:
            merge(bases[commune], wards[name], END, WARD_DECISION, by=None)
    cells = Organisation.objects.under_on(bases["Kỳ Lợi"], END).in_order()
    for number, cell in enumerate(cells):
        move(cell, wards[KY_LOI[number % 3]], END, WARD_DECISION, by=None)
    end(bases["Kỳ Lợi"], END, WARD_DECISION, by=None)
    rest = Organisation.objects.under_on(town, END).filter(kind__is_body=False)
    for number, base in enumerate(rest):
        move(base, list(wards.values())[number % 4], END, WARD_DECISION, by=None)
    Organisation.objects.filter(pk=town.pk).update(valid_to=None)
    end(town, END, TOWN_DECISION, by=None)


def _merge_of_2020(town, kinds, ward) -> None:
    """Phường Sông Trí and xã Kỳ Hưng became phường Hưng Trí in 01/2020."""
    common = {"by": None, "parent": town, "header_superior": "ĐẢNG BỘ THỊ XÃ KỲ ANH", "is_synthetic": True}
    old = establish_organisation(
        kind=kinds["dang_uy_xa_phuong"], name="Đảng bộ xã Kỳ Hưng", short_name="Kỳ Hưng",
        header_name="ĐẢNG UỶ XÃ KỲ HƯNG", place_name="Kỳ Hưng", valid_from=dt.date(2015, 1, 1), **common,
    )  # fmt: skip
    decision = "Quyết định của Thị ủy (giả lập), hợp nhất phường Sông Trí và xã Kỳ Hưng từ 01/2020"
    note_earlier_name(
        ward, "Đảng bộ phường Sông Trí", FIRST_OF_2020 - dt.timedelta(days=1), decision, by=None, short_name="Sông Trí",
        header_name="ĐẢNG UỶ PHƯỜNG SÔNG TRÍ",
    )  # fmt: skip
    merge(old, ward, FIRST_OF_2020, decision, by=None)
