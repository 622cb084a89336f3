"""A small committee, built through the services."""

import datetime as dt
from types import SimpleNamespace

from chibo.choices import Post, Role
from chibo.models import CellType, OrganisationKind
from chibo.services.accounts import open_account
from chibo.services.committees import appoint, open_term
from chibo.services.members import add_members
from chibo.services.organisations import establish_organisation
from chibo.services.roles import grant_role

PASSWORD = "mật khẩu thử 2020"
START = dt.date(2015, 1, 1)


def make_organisation(code, name, parent=None, **fields):
    kind = OrganisationKind.objects.get(code=code)
    cell_type = fields.pop("cell_type", None) or (CellType.objects.first() if kind.is_cell else None)
    fields = {
        "header_name": name.upper(),
        "header_superior": "ĐẢNG BỘ PHƯỜNG HƯNG TRÍ",
        "place_name": "Kỳ Anh",
        **fields,
    }
    organisation = establish_organisation(
        by=None, kind=kind, name=name, parent=parent, cell_type=cell_type, is_synthetic=True, **fields
    )
    open_term(organisation, "2015–2030", START, by=None, sitting_members=34)
    return organisation


def make_members(cell, number=10, probationary=0):
    rows = [
        {
            "full_name": f"Nguyễn Mẫu {chr(65 + i // 26)}{chr(97 + i % 26)}", "admitted_on": dt.date(2010, 1, 1),
            "official_on": None if i >= number - probationary else dt.date(2011, 1, 1), "joined_on": START, "is_synthetic": True,
        }
        for i in range(number)
    ]  # fmt: skip
    members = add_members(by=None, organisation=cell, rows=rows)
    if not cell.positions.exists():
        appoint(members[0], cell, Post.SECRETARY, START, by=None)
        appoint(members[1], cell, Post.DEPUTY, START, by=None)
    return members


def make_user(username, role=None, organisation=None):
    user = open_account(username, f"Đồng chí {username}", PASSWORD, by=None, must_change_password=False)
    if role:
        grant_role(user, role, organisation, START, by=None)
    return user


def build_committee():
    w = SimpleNamespace()
    w.town = make_organisation("thi_uy", "Thị ủy Mẫu", header_superior="ĐẢNG BỘ TỈNH HÀ TĨNH", header_name="THỊ UỶ MẪU")
    w.ward_a = make_organisation("dang_uy_xa_phuong", "Đảng bộ phường A", w.town)
    w.ward_b = make_organisation("dang_uy_xa_phuong", "Đảng bộ phường B", w.town)
    w.cell_a1 = make_organisation("chi_bo_truc_thuoc", "Chi bộ A1", w.ward_a)
    w.cell_a2 = make_organisation("chi_bo_truc_thuoc", "Chi bộ A2", w.ward_a)
    w.cell_b1 = make_organisation("chi_bo_truc_thuoc", "Chi bộ B1", w.ward_b)
    w.members_a1 = make_members(w.cell_a1, 10, probationary=1)
    w.members_a2 = make_members(w.cell_a2, 5)
    w.members_b1 = make_members(w.cell_b1, 5)
    w.users = {
        "secretary": make_user("secretary", Role.CELL_SECRETARY, w.cell_a1),
        "committee": make_user("committee", Role.COMMITTEE_SECRETARY, w.ward_a),
        "standing": make_user("standing", Role.STANDING, w.town),
        "office": make_user("office", Role.OFFICE, w.town),
        "organising": make_user("organising", Role.ORGANISING, w.town),
        "inspection": make_user("inspection", Role.INSPECTION, w.town),
        "administrator": make_user("administrator", Role.ADMINISTRATOR, w.town),
        "member": make_user("member", Role.MEMBER, w.cell_a1),
        "stranger": make_user("stranger"),
    }
    w.members_a1[5].user = w.users["member"]
    w.members_a1[5].save()
    return w
