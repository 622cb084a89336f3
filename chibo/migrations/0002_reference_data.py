"""Kinds of organisations and types of cells, as data with dates and sources."""

import datetime as dt

from django.db import migrations

END_OF_DISTRICTS = dt.date(2025, 6, 30)
KINDS = [
    # code, name, rank, is_cell, is_base, is_body, symbol, signs_as, files_at, numbers_minutes, valid_to, source
    ("tinh_uy", "Tỉnh ủy", 10, False, False, False, "TU", "T/M TỈNH UỶ", "Lưu Văn phòng Tỉnh uỷ", True, None, "HD05-HD/VPTW II.I.3.1.2b"),
    ("thi_uy", "Thị ủy", 20, False, False, False, "ThU", "T/M THỊ UỶ", "Lưu Văn phòng Thị uỷ", True, END_OF_DISTRICTS, "HD36-HD/VPTW; cấp huyện kết thúc 30/6/2025"),
    ("dang_uy_xa_phuong", "Đảng bộ xã, phường", 30, False, True, False, "ĐU", "T/M ĐẢNG UỶ", "Lưu Văn phòng Đảng uỷ", True, None, "HD05-HD/VPTW II.I.3.1.2b"),
    ("dang_bo_co_so", "Đảng bộ cơ sở", 31, False, True, False, "ĐU", "T/M ĐẢNG UỶ", "Lưu Đảng uỷ", True, None, "HD05-HD/VPTW II.I.3.1.2b"),
    ("chi_bo_co_so", "Chi bộ cơ sở", 32, True, True, False, "CB", "T/M CHI BỘ", "Lưu Chi bộ", True, None, "HD05-HD/VPTW II.I.3.1.2b"),
    ("chi_bo_truc_thuoc", "Chi bộ trực thuộc", 40, True, False, False, "CB", "T/M CHI BỘ", "Lưu Chi bộ", True, None, "HD05-HD/VPTW II.I.3.1.2b"),
    ("ban_to_chuc", "Ban Tổ chức", 25, False, False, True, "BTC", "", "Lưu Ban Tổ chức", True, None, "HD05-HD/VPTW II.I.3.1.2b"),
    ("van_phong", "Văn phòng", 26, False, False, True, "VP", "", "Lưu Văn phòng", True, None, "HD05-HD/VPTW II.I.3.1.2b"),
    ("uy_ban_kiem_tra", "Ủy ban Kiểm tra", 24, False, False, True, "UBKT", "T/M UỶ BAN KIỂM TRA", "Lưu Uỷ ban Kiểm tra", True, None, "HD05-HD/VPTW II.I.3.1.2b"),
]
TYPES = [  # HD42-HD/BTCTW, mục 4
    ("thon_tdp", "Thôn, tổ dân phố"),
    ("co_quan", "Cơ quan, đơn vị sự nghiệp"),
    ("truong_hoc", "Trường học"),
    ("y_te", "Y tế"),
    ("doanh_nghiep", "Doanh nghiệp nhà nước"),
    ("doanh_nghiep_tu", "Doanh nghiệp tư nhân, có vốn nước ngoài"),
    ("luc_luong_vu_trang", "Lực lượng vũ trang"),
]


def add(apps, schema_editor):
    kind_model = apps.get_model("chibo", "OrganisationKind")
    for code, name, rank, cell, base, body, symbol, signs, files, numbers, until, source in KINDS:
        kind_model.objects.create(
            code=code, name=name, rank=rank, is_cell=cell, is_base=base, is_body=body, symbol=symbol, signs_as=signs,
            files_at=files, numbers_minutes=numbers, valid_to=until, source=source,
        )
    type_model = apps.get_model("chibo", "CellType")
    for order, (code, name) in enumerate(TYPES, start=1):
        type_model.objects.create(code=code, name=name, order=order)


class Migration(migrations.Migration):
    dependencies = [("chibo", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
