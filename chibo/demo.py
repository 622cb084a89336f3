"""Organisations, members and accounts of the demo world: Thị ủy Kỳ Anh in 2020.

Names of the town's communes and of villages, the number of organisations, cells and members, and the size of Hưng Trí
are published facts; everything else is invented and marked so.
"""

import datetime as dt

from chibo.choices import Post, Role, Standing
from chibo.demo_files import build_files
from chibo.demo_growth import build_growth
from chibo.demo_lives import build_lives
from chibo.demo_privacy import build_personal_data
from chibo.demo_register import build_history
from chibo.demo_votes import SPRING, build_decisions, build_votes
from chibo.models import CellType, OrganisationKind
from chibo.services.accounts import open_account
from chibo.services.committees import appoint, open_term
from chibo.services.members import add_members, set_standing
from chibo.services.organisations import establish_organisation
from chibo.services.roles import grant_role
from kyanh_portal.demo.names import invent
from kyanh_portal.demo.world import PASSWORD, World, add_chapter, add_stage, tell_account

MEMBERS = 4317
HUNG_TRI_MEMBERS = 989
# commune → (level word, number of cells, published villages)
COMMUNES = {
    "Hưng Trí": ("phường", 19, []),
    "Kỳ Trinh": ("phường", 14, []),
    "Kỳ Thịnh": ("phường", 15, []),
    "Kỳ Long": ("phường", 13, []),
    "Kỳ Liên": ("phường", 12, []),
    "Kỳ Phương": ("phường", 14, []),
    "Kỳ Ninh": ("xã", 11, ["Tân Tiến", "Tiến Thắng", "Tân Thắng", "Bàn Hải", "Hải Hà", "Vĩnh Thuận", "Tân Thành", "Tam Hải 1", "Tam Hải 2"]),
    "Kỳ Hà": ("xã", 7, ["Bắc Hà", "Đông Hà", "Hải Hà", "Nam Hà", "Tây Hà"]),
    "Kỳ Nam": ("xã", 6, ["Tân Tiến", "Minh Đức", "Tân Thành"]),
    "Kỳ Lợi": ("xã", 12, []),
    "Kỳ Hoa": ("xã", 8, ["Hoa Đông", "Hoa Trung", "Hoa Tân", "Hoa Thắng", "Hoa Tiến", "Hoa Sơn"]),
}  # fmt: skip
# đảng bộ cơ sở with cells below: name, type, number of cells
COMMITTEES = [
    ("Cơ quan Chính quyền thị xã", "co_quan", 10), ("Cơ quan Đảng, đoàn thể thị xã", "co_quan", 7),
    ("Công an thị xã", "luc_luong_vu_trang", 8), ("Quân sự thị xã", "luc_luong_vu_trang", 4), ("Trung tâm Y tế thị xã", "y_te", 5),
    ("Doanh nghiệp nhà nước số 1", "doanh_nghiep", 4), ("Doanh nghiệp tư nhân số 1", "doanh_nghiep_tu", 4),
    ("Trường Trung học phổ thông số 1", "truong_hoc", 4),
]  # fmt: skip
# chi bộ cơ sở
CELLS = [
    ("Trường Trung học phổ thông số 2", "truong_hoc"), ("Trung tâm Giáo dục nghề nghiệp", "truong_hoc"),
    ("Bệnh viện số 1", "y_te"), ("Hạt Kiểm lâm số 1", "co_quan"), ("Chi cục số 1", "co_quan"), ("Ban Quản lý số 1", "co_quan"),
    ("Doanh nghiệp nhà nước số 2", "doanh_nghiep"), ("Doanh nghiệp nhà nước số 3", "doanh_nghiep"),
    ("Doanh nghiệp tư nhân số 2", "doanh_nghiep_tu"), ("Doanh nghiệp tư nhân số 3", "doanh_nghiep_tu"),
    ("Doanh nghiệp tư nhân số 4", "doanh_nghiep_tu"),
]  # fmt: skip
BEGIN = dt.date(2015, 1, 1)


def build_organisations(world: World) -> None:
    kinds = {kind.code: kind for kind in OrganisationKind.objects.all()}
    types = {kind.code: kind for kind in CellType.objects.all()}
    common = {"by": None, "is_synthetic": True, "valid_from": BEGIN}
    province = establish_organisation(
        kind=kinds["tinh_uy"], name="Tỉnh ủy Hà Tĩnh", header_name="TỈNH UỶ HÀ TĨNH", place_name="Hà Tĩnh", **common
    )
    town = establish_organisation(
        kind=kinds["thi_uy"], name="Thị ủy Kỳ Anh", parent=province, header_superior="ĐẢNG BỘ TỈNH HÀ TĨNH",
        header_name="THỊ UỶ KỲ ANH", place_name="Kỳ Anh", valid_to=dt.date(2025, 6, 30), **common,
    )  # fmt: skip
    for code, name in (
        ("ban_to_chuc", "Ban Tổ chức Thị ủy"),
        ("van_phong", "Văn phòng Thị ủy"),
        ("uy_ban_kiem_tra", "Ủy ban Kiểm tra Thị ủy"),
    ):
        establish_organisation(
            kind=kinds[code], name=name, parent=town, header_superior="THỊ UỶ KỲ ANH",
            header_name=name.removesuffix(" Thị ủy").upper(), place_name="Kỳ Anh", **common,
        )  # fmt: skip
    bases, cells = [], []
    for name, (level, number, villages) in COMMUNES.items():
        label = f"{level} {name}"
        base = establish_organisation(
            kind=kinds["dang_uy_xa_phuong"], name=f"Đảng bộ {label}", short_name=name, parent=town,
            header_superior="ĐẢNG BỘ THỊ XÃ KỲ ANH", header_name=f"ĐẢNG UỶ {label.upper()}", place_name=name, **common,
        )  # fmt: skip
        bases.append(base)
        cells += [
            _cell(kinds, types, base, label, name, cell, kind, common)
            for cell, kind in _commune_cells(level, number, villages)
        ]
    for name, kind, number in COMMITTEES:
        base = establish_organisation(
            kind=kinds["dang_bo_co_so"], name=f"Đảng bộ {name}", short_name=name, parent=town,
            header_superior="ĐẢNG BỘ THỊ XÃ KỲ ANH", header_name=f"ĐẢNG UỶ {name.upper()}", place_name="Kỳ Anh", **common,
        )  # fmt: skip
        bases.append(base)
        cells += [_cell(kinds, types, base, name, "Kỳ Anh", f"bộ phận {i}", kind, common) for i in range(1, number + 1)]
    for name, kind in CELLS:
        base = establish_organisation(
            kind=kinds["chi_bo_co_so"], name=f"Chi bộ {name}", short_name=name, parent=town, cell_type=types[kind],
            header_superior="ĐẢNG BỘ THỊ XÃ KỲ ANH", header_name=f"CHI BỘ {name.upper()}", place_name="Kỳ Anh",
            meeting_day=5, meeting_place="Phòng họp cơ quan", **common,
        )  # fmt: skip
        bases.append(base)
        cells.append(base)
    world["province"], world["town"], world["bases"], world["cells"] = province, town, bases, cells
    _terms(province, town, bases, cells)


def _commune_cells(level, number, villages):
    word = "tổ dân phố" if level == "phường" else "thôn"
    homes = number - 2 if number > 8 or villages else number
    names = [f"{word} {village}" for village in villages] or [f"{word} {i}" for i in range(1, homes + 1)]
    names = [(name, "thon_tdp") for name in names[:homes]]
    rest = [("Trường học", "truong_hoc"), ("Trạm Y tế", "y_te"), ("Cơ quan", "co_quan")]
    return names + rest[: number - len(names)]


def _cell(kinds, types, base, base_label, place, name, kind, common):
    return establish_organisation(
        kind=kinds["chi_bo_truc_thuoc"], name=f"Chi bộ {name}", parent=base, cell_type=types[kind],
        header_superior=f"ĐẢNG BỘ {base_label.upper()}", header_name=f"CHI BỘ {name.upper()}", place_name=place,
        meeting_day=5, meeting_place="Nhà văn hóa" if kind == "thon_tdp" else "Phòng họp", **common,
    )  # fmt: skip


def _terms(province, town, bases, cells):
    open_term(province, "2015–2020", BEGIN, by=None, ends_on=dt.date(2020, 10, 16))
    open_term(province, "2020–2025", dt.date(2020, 10, 17), by=None)
    open_term(town, "2015–2020", dt.date(2015, 8, 17), by=None, ends_on=dt.date(2020, 7, 16), ordinal="I")
    open_term(
        town, "2020–2025", dt.date(2020, 7, 17), by=None, ends_on=dt.date(2025, 6, 30), ordinal="II", sitting_members=34
    )
    for base in bases:
        if not base.kind.is_cell:
            open_term(base, "2015–2020", BEGIN, by=None, ends_on=dt.date(2020, 5, 31))
            open_term(base, "2020–2025", dt.date(2020, 6, 1), by=None, sitting_members=15)
    for cell in cells:
        open_term(cell, "2017–2020", dt.date(2017, 12, 1), by=None, ends_on=dt.date(2020, 2, 29))
        open_term(cell, "2020–2025", dt.date(2020, 3, 1), by=None)


def build_members(world: World) -> None:
    rng, cells = world.rng, world["cells"]
    sizes = _sizes(cells)
    world["members"] = {}
    for cell in cells:
        rows = [_person(rng, place) for place in range(sizes[cell.pk])]
        members = add_members(by=None, organisation=cell, rows=rows)
        world["members"][cell.pk] = members
        for member, post in zip(members, (Post.SECRETARY, Post.DEPUTY, Post.CELL_COMMITTEE_MEMBER), strict=False):
            appoint(member, cell, post, dt.date(2020, 1, 1), by=None)
        if len(members) > 12:
            set_standing(
                members[-1],
                Standing.EXEMPT,
                max(dt.date(2019, 6, 1), members[-1].admitted_on),
                by=None,
                decision="Nghị quyết chi bộ (giả lập)",
            )
        if rng.random() < 0.3:
            away_from = max(dt.date(2020, 3, 1), members[-2].admitted_on)
            set_standing(members[-2], Standing.SENT_AWAY, away_from, by=None, ends_on=dt.date(2020, 11, 30))


def _sizes(cells) -> dict[int, int]:
    """4,317 members in all, 989 of them in Hưng Trí (published); the split among cells is invented."""
    ward = [c for c in cells if c.header_superior.endswith("HƯNG TRÍ")]
    single = [c for c in cells if c.kind.is_base]
    others = [c for c in cells if c not in ward and c not in single]
    sizes = {c.pk: 24 for c in single}
    for group, total in ((ward, HUNG_TRI_MEMBERS), (others, MEMBERS - HUNG_TRI_MEMBERS - 24 * len(single))):
        least, more = divmod(total, len(group))
        sizes |= {c.pk: least + (1 if i < more else 0) for i, c in enumerate(group)}
    return sizes


def _person(rng, place: int) -> dict:
    sex = rng.choice(["nam", "nam", "nu"])
    admitted = dt.date(rng.randint(1975, 2016), rng.randint(1, 12), rng.randint(1, 28))
    born = dt.date(admitted.year - rng.randint(20, 32), rng.randint(1, 12), rng.randint(1, 28))
    official = admitted.replace(year=admitted.year + 1)
    if place > 3 and rng.random() < 0.025:  # probationary through 2020
        day = rng.randint(1, 28)
        # one in four was admitted in the course of 2020: March to November
        admitted = dt.date(2020, 2 + day // 4 + day // 20, day) if day % 4 == 0 else dt.date(2019, 12, day)
        official = None
        born = dt.date(1995, rng.randint(1, 12), rng.randint(1, 28))
    return {
        "full_name": invent(rng, sex), "sex": sex, "born_on": born, "admitted_on": admitted, "official_on": official,
        "joined_on": min(admitted, dt.date(2015, 1, 1)) if admitted.year < 2019 else admitted, "is_synthetic": True,
    }  # fmt: skip


def build_accounts(world: World) -> None:
    town = world["town"]
    ward = world["bases"][0]
    cell = next(c for c in world["cells"] if c.parent_id == ward.pk)
    posts = [
        ("bithu", f"Bí thư {cell.name}", Role.CELL_SECRETARY, cell, "ghi cuộc họp, khóa biên bản"),
        ("danguy", f"Bí thư {ward.name}", Role.COMMITTEE_SECRETARY, ward, "xem các chi bộ trực thuộc"),
        ("thuongvu", "Ủy viên Ban Thường vụ Thị ủy", Role.STANDING, town, "năm phút sáng thứ Hai"),
        ("vanphong", "Văn phòng Thị ủy", Role.OFFICE, town, "in, ban hành, báo cáo"),
        ("bantochuc", "Ban Tổ chức Thị ủy", Role.ORGANISING, town, "tổ chức, đảng viên"),
        ("kiemtra", "Ủy ban Kiểm tra Thị ủy", Role.INSPECTION, town, "xem, nhật ký"),
        ("quantri", "Quản trị", Role.ADMINISTRATOR, town, "tài khoản, vai trò"),
        ("thuky", f"Phó Bí thư {cell.name}", Role.MEMBER, cell, "ký biên bản đã ghi"),
        ("dangvien", f"Đảng viên {cell.name}", Role.MEMBER, cell, "xem lịch, biên bản của chi bộ"),
    ]
    themselves = {"bithu": 0, "thuky": 1, "dangvien": 5}  # who of the cell's roll the account is
    for username, post, role, organisation, _ in posts:
        user = open_account(username, post, PASSWORD, by=None, is_synthetic=True, must_change_password=False)
        grant_role(user, role, organisation, dt.date(2020, 1, 1), by=None)
        world[username] = user
        if username in themselves:
            member = world["members"][cell.pk][themselves[username]]
            member.user = user
            member.save(update_fields=["user"])


for _name, _post, _what in (
    ("bithu", "Bí thư Chi bộ tổ dân phố 1", "ghi cuộc họp, khóa biên bản"),
    ("danguy", "Bí thư Đảng bộ phường Hưng Trí", "xem các chi bộ trực thuộc"),
    ("thuongvu", "Ủy viên Ban Thường vụ Thị ủy", "năm phút sáng thứ Hai"),
    ("vanphong", "Văn phòng Thị ủy", "in, ban hành, báo cáo"),
    ("bantochuc", "Ban Tổ chức Thị ủy", "tổ chức, đảng viên"),
    ("kiemtra", "Ủy ban Kiểm tra Thị ủy", "xem, nhật ký"),
    ("quantri", "Quản trị", "tài khoản, vai trò"),
    ("thuky", "Phó Bí thư Chi bộ tổ dân phố 1", "người ghi biên bản: ký trên cổng"),
    ("dangvien", "Đảng viên Chi bộ tổ dân phố 1", "lịch, biên bản của chi bộ"),
    ("tinhuy", "Ban Tổ chức Tỉnh ủy", "xem tại ngày 01/7/2025: bốn phường mới"),
):
    tell_account(_name, _post, _what)
add_stage(10, "30 tổ chức cơ sở đảng, 177 chi bộ trực thuộc", build_organisations)
add_stage(20, "4.317 đảng viên", build_members)
add_stage(30, "Tài khoản dùng thử", build_accounts)
add_stage(90, "Biến động tổ chức 2020, 2025", build_history)
add_stage(92, "Chuyển sinh hoạt, thẻ, Huy hiệu, kỷ luật của một phường", build_lives)
add_stage(93, "Biểu quyết về đảng viên dự bị, khiếu nại kỷ luật của một phường", build_votes)
add_chapter(SPRING, 5, "Tháng 01/2021: quyết định công nhận đảng viên chính thức, trả lời khiếu nại", build_decisions)
add_stage(94, "Hồ sơ giấy đã kiểm đếm ở hai chi bộ", build_files)
add_stage(91, "Dữ liệu cá nhân: số định danh mã hóa, đề nghị, sự cố", build_personal_data)
add_stage(35, "Đảng phí, kết nạp, rà soát, xếp loại", build_growth)
