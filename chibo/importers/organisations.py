"""The list of organisations, for comparison: codes, names and superiors against the list of the central database."""

from django.urls import reverse

from chibo.choices import Role
from chibo.importers.cells import Units
from chibo.models import Organisation
from chibo.services.organisations import correct_organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today
from kyanh_portal.base.vietnamese import clean_line, fold
from kyanh_portal.exchange.importer import Importer, InColumn, Row, add_importer

LABELS = {"code": "Mã tổ chức", "short_name": "Tên gọn", "meeting_place": "Nơi họp thường dùng"}


class Organisations(Importer):
    code = "to-chuc"
    title = "Danh sách tổ chức đảng"
    access = "chibo.establish_organisation"
    told = "Ghi mã, tên gọn, nơi họp cho nhiều tổ chức; hoặc đối chiếu với danh sách của cơ sở dữ liệu đảng viên."
    columns = [
        InColumn("name", "Tên tổ chức", "Tên đang dùng. Đổi tên, lập mới thì làm ở trang của tổ chức, theo quyết định.", True, "Chi bộ tổ dân phố 1", 30),
        InColumn("above", "Đảng bộ cấp trên", "Ghi khi nhiều tổ chức trùng tên.", False, "Đảng bộ phường Hưng Trí", 30),
        InColumn("code", "Mã tổ chức", "Cấp trên cấp; năm nhóm số cách nhau bằng dấu chấm.", False, "", 20),
        InColumn("short_name", "Tên gọn", "", False, "", 20),
        InColumn("meeting_place", "Nơi họp thường dùng", "", False, "Nhà văn hóa", 24),
    ]  # fmt: skip

    def begin(self, user, rows, *, compare):
        own = scope_of(user).covers_as("path", Role.ORGANISING)
        units = list(Organisation.objects.filter(own).valid_on(today()).select_related("parent"))
        return {
            "units": Units(units),
            "all": units,
            "seen": {},
            "codes": {unit.code: unit.pk for unit in units if unit.code},
        }

    def judge(self, row: Row, known: dict) -> None:
        row.label = clean_line(str(row.cells["name"]))
        try:
            unit = known["units"].find(row.label, str(row.cells.get("above") or ""))
        except ValueError as wrong:
            row.wrong("Tên tổ chức", f"{wrong} Lập tổ chức mới ở trang Tổ chức đảng, theo quyết định.")
            return
        if unit.pk in known["seen"]:
            row.wrong("Tên tổ chức", f"Trùng với dòng {known['seen'][unit.pk]}. Giữ một dòng.")
            return
        known["seen"][unit.pk], row.target = row.number, unit.pk
        for name, label in LABELS.items():
            after = clean_line(str(row.cells.get(name) or ""))
            if not after or after == getattr(unit, name):
                continue
            if len(after) > Organisation._meta.get_field(name).max_length:
                row.wrong(label, "Dài quá mức ghi được. Rút gọn lại.")
            elif name == "code" and known["codes"].get(after, unit.pk) != unit.pk:
                row.wrong(label, "Mã này đã có ở một tổ chức khác. Kiểm tra lại.")
            else:
                row.differences.append([name, label, getattr(unit, name), after])
                row.values[name] = after

    def missing(self, user, rows, known):
        seen = {row.target for row in rows if row.target}
        left = sorted((unit for unit in known["all"] if unit.pk not in seen), key=lambda unit: fold(unit.name))
        return [Row(0, {}, unit.name, "missing", unit.pk, differences=[["above", "Trực thuộc", unit.parent.name if unit.parent_id else "", ""]]) for unit in left]  # fmt: skip

    def address(self, target):
        return reverse("chibo:organisation_detail", args=[target])

    def write(self, rows, *, by):
        refused = {}
        units = Organisation.objects.in_bulk([row.target for row in rows])
        for row in rows:
            unit = units.get(row.target)
            if unit is None or any(getattr(unit, name) != before for name, _, before, _ in row.differences):
                refused[row.number] = (
                    "Số liệu của tổ chức này đã đổi sau khi xem trước. Gửi lại tệp để xem chỗ khác mới."
                )
                continue
            correct_organisation(unit, by=by, **row.values)
        return refused


add_importer(Organisations())
