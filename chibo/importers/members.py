"""The list of members: matched by identity number, then by file number, then by name and birth within the cell."""

import datetime as dt
import re
from collections import defaultdict
from contextlib import suppress

from django.urls import reverse

from chibo.choices import Precision, Role, Sex
from chibo.importers.cells import DATE_HELP, Units, date_in, date_words
from chibo.models import Member, MemberIdentity, OldCard, Organisation
from chibo.services.bulk import write_members
from chibo.services.honours import masked_card
from chibo.services.members import check_dates
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.sealed import masked, seal, trace
from kyanh_portal.base.vietnamese import clean_line, fold
from kyanh_portal.exchange.importer import Importer, InColumn, Row, add_importer

DATES = {"born_on": "Ngày sinh", "decided_on": "Ngày quyết định kết nạp", "admitted_on": "Ngày kết nạp",
         "official_on": "Ngày chính thức", "joined_on": "Về chi bộ từ", "card_issued_on": "Ngày phát thẻ"}  # fmt: skip
PARTIAL = ("born", "admitted", "official")
LABELS = {
    "full_name": "Họ và tên",
    "sex": "Giới tính",
    "file_number": "Số lý lịch",
    **DATES,
    "card_place": "Nơi cấp thẻ",
}
KNOWN = (
    "pk", "organisation_id", "organisation__name", "full_name", "search_key", "sort_key", "sex", "file_number", "left_on", "card_place",
    *DATES, *(f"{name}_precision" for name in PARTIAL), "identity__trace", "identity__shown", "old_card__trace", "old_card__shown",
)  # fmt: skip
FILE_NUMBER = re.compile(r"\d{6}[A-ZĐ]{2,3}")


class Members(Importer):
    code = "dang-vien"
    title = "Danh sách đảng viên"
    access = "chibo.add_member"
    told = "Ghi thêm, sửa nhiều đảng viên từ tệp Excel; hoặc đối chiếu với danh sách của cơ sở dữ liệu đảng viên."
    columns = [
        InColumn("full_name", "Họ và tên", "Họ, tên đệm, tên khai sinh.", True, "Nguyễn Mẫu An", 26),
        InColumn("sex", "Giới tính", "Nam hoặc Nữ.", False, "Nam", 10),
        InColumn("born_on", "Ngày sinh", DATE_HELP, False, "12/5/1960", 13),
        InColumn("identity", "Số định danh cá nhân", "12 chữ số; định dạng ô là chữ (Text) để giữ số 0 đứng đầu. Cổng giữ dạng mã hóa.", False, "000000000123", 18),
        InColumn("old_card", "Số thẻ đảng viên cũ", "8 chữ số, thẻ cấp trước 02/9/2025; định dạng ô là chữ (Text). Cổng giữ dạng mã hóa.", False, "00000123", 14),
        InColumn("file_number", "Số lý lịch", "Sáu chữ số và chữ in của tỉnh.", False, "000001HT", 12),
        InColumn("cell", "Chi bộ", "Tên chi bộ hoặc mã tổ chức đảng.", True, "Chi bộ tổ dân phố 1", 26),
        InColumn("above", "Đảng bộ cấp trên", "Ghi khi nhiều chi bộ trùng tên.", False, "Đảng bộ phường Hưng Trí", 26),
        InColumn("decided_on", "Ngày quyết định kết nạp", "Tính tuổi đảng từ ngày này.", False, "20/6/1985", 13),
        InColumn("admitted_on", "Ngày kết nạp", f"Ngày lễ kết nạp. {DATE_HELP}", True, "3/7/1985", 13),
        InColumn("official_on", "Ngày chính thức", "Để trống khi còn dự bị.", False, "3/7/1986", 13),
        InColumn("joined_on", "Về chi bộ từ", "Để trống: từ ngày kết nạp.", False, "1/1/2015", 13),
        InColumn("card_issued_on", "Ngày phát thẻ", "Ngày cấp ghi trên thẻ.", False, "19/5/1987", 13),
        InColumn("card_place", "Nơi cấp thẻ", "Cấp ủy cấp thẻ, như ghi trên thẻ.", False, "Tỉnh ủy Hà Tĩnh", 22),
    ]  # fmt: skip

    def begin(self, user, rows, *, compare):
        day, scope = today(), scope_of(user)
        own = scope.covers_as("path", Role.CELL_SECRETARY, Role.ORGANISING)
        cells = Organisation.objects.filter(own).cells().valid_on(day).select_related("parent")
        traces = [trace(number) for row in rows if len(number := _digits(row.cells.get("identity"))) == 12]
        identities = dict(MemberIdentity.objects.filter(trace__in=traces).values_list("trace", "member_id"))
        cards = [trace(number) for row in rows if len(number := _digits(row.cells.get("old_card"))) == 8]
        old_cards = dict(OldCard.objects.filter(trace__in=cards).values_list("trace", "member_id"))
        numbers = [str(row.cells.get("file_number") or "").upper() for row in rows]
        units, named, folded = Units(cells), set(), {}
        for row in rows:
            folded[row.number] = fold(_name(row))
            with suppress(ValueError):
                named.add(units.find(str(row.cells.get("cell") or ""), str(row.cells.get("above") or "")).pk)
        within = Member.objects.filter(scope.covers_as("organisation__path", Role.CELL_SECRETARY, Role.ORGANISING))
        by_number = dict(
            Member.objects.filter(file_number__in={number for number in numbers if number}).values_list(
                "file_number", "pk"
            )
        )
        # Only whom a row can be about, as a tuple each: what is held does not grow with the register.
        lean = within.order_by().values_list(*KNOWN, named=True)
        namesakes = lean.filter(organisation__in=named, search_key__in={*folded.values()})
        members = {one.pk: one for one in namesakes.iterator(2_000)}
        elsewhere = ({*identities.values()} | {*by_number.values()}) - members.keys()
        members |= {one.pk: one for one in lean.filter(pk__in=elsewhere).iterator(2_000)}
        by_name = defaultdict(list)
        for one in members.values():
            by_name[one.organisation_id, one.search_key].append(one)
        return {
            "units": units, "members": members, "identities": identities, "old_cards": old_cards, "by_name": by_name, "compare": compare,
            "folded": folded, "within": within, "by_number": by_number, "seen": {}, "unread": set(), "cells": set(), "day": day,
        }  # fmt: skip

    def judge(self, row: Row, known: dict) -> None:
        values = self._values(row)
        row.label = values.get("full_name") or row.label
        try:
            cell = known["units"].find(str(row.cells["cell"]), str(row.cells.get("above") or ""))
        except ValueError as wrong:
            row.wrong("Chi bộ", str(wrong))
        else:
            if row.problems:  # not read to its end, yet the list has this name
                known["unread"].add((cell.pk, known["folded"][row.number]))
        if row.problems:
            return
        known["cells"].add(cell.pk)
        member = self._match(row, values, cell, known)
        if row.problems:
            return
        key = ("m", member.pk) if member else ("n", values["full_name"], values.get("born_on"), cell.pk)
        if key in known["seen"]:
            row.wrong("Họ và tên", f"Trùng với dòng {known['seen'][key]}. Giữ một dòng.")
            return
        known["seen"][key] = row.number
        row.target = member.pk if member else None
        self._compare(row, values, member, cell, known)
        if not row.problems and not known["compare"]:
            self._rules(row, values, member)
        row.values = {**_plain(values), "organisation": cell.pk}

    def _values(self, row: Row) -> dict:
        cells, values = row.cells, {}
        values["full_name"] = _name(row)
        if cells.get("sex"):
            sex = fold(str(cells["sex"]))
            if sex in ("nam", "nu"):
                values["sex"] = sex
            else:
                row.wrong("Giới tính", f"“{str(cells['sex'])[:20]}” chưa đúng. Ghi Nam hoặc Nữ.")
        for name, label in DATES.items():
            try:
                if found := date_in(cells.get(name)):
                    values[name], known = found
                    if name.removesuffix("_on") in PARTIAL:
                        values[f"{name.removesuffix('_on')}_precision"] = str(known)
                    elif known != Precision.DAY:
                        row.wrong(label, "Ghi đủ ngày, tháng, năm.")
            except ValueError as wrong:
                row.wrong(label, str(wrong))
        if place := clean_line(str(cells.get("card_place") or "")):
            values["card_place"] = place
            if len(place) > Member._meta.get_field("card_place").max_length:
                row.wrong("Nơi cấp thẻ", "Dài quá mức ghi được (200 chữ). Rút gọn lại.")
        if cells.get("file_number"):
            values["file_number"] = str(cells["file_number"]).upper().replace(" ", "")
            if not FILE_NUMBER.fullmatch(values["file_number"]):
                row.wrong("Số lý lịch", "Gồm sáu chữ số và hai hoặc ba chữ in của tỉnh. Ví dụ: 000001HT.")
        number = _digits(cells.get("identity"))
        if cells.get("identity") and len(number) != 12:
            row.wrong("Số định danh cá nhân", f"Có {len(number)} chữ số, cần đúng 12. Đặt ô dạng chữ để giữ số 0 đứng đầu.")  # fmt: skip
        elif number:
            values["trace"], values["shown"], values["sealed"] = trace(number), masked(number), seal(number)
        card = _digits(cells.get("old_card"))
        if cells.get("old_card") and len(card) != 8:
            row.wrong("Số thẻ đảng viên cũ", f"Có {len(card)} chữ số, cần đúng 8. Đặt ô dạng chữ để giữ số 0 đứng đầu.")
        elif card:
            values["card_trace"], values["card_shown"], values["card_sealed"] = (
                trace(card),
                masked_card(card),
                seal(card),
            )
        row.cells["old_card"] = row.cells["identity"] = ""  # from here on only sealed
        return values

    def _match(self, row, values, cell, known):
        """The member this row is about; None: a new one. A contradiction is a problem of the row."""
        by_identity = known["identities"].get(values.get("trace"))
        by_number = known["by_number"].get(values.get("file_number"))
        if by_identity and by_number and by_identity != by_number:
            row.wrong(
                "Số lý lịch", "Số định danh và số lý lịch chỉ hai người khác nhau. Kiểm tra lại một trong hai số."
            )
            return None
        if pk := by_identity or by_number:
            if pk not in known["members"]:
                row.wrong("Chi bộ", "Số này đã có ở một chi bộ ngoài phạm vi đồng chí phụ trách. Gọi Ban Tổ chức.")
                return None
            return known["members"][pk]
        named = known["by_name"].get((cell.pk, known["folded"][row.number]), [])
        born = values.get("born_on")
        same = [one for one in named if born is None or one.born_on is None or one.born_on == born]
        if len(same) > 1:
            row.wrong("Họ và tên", f"Chi bộ có {len(same)} đồng chí cùng tên. Ghi thêm ngày sinh hoặc số lý lịch.")
        return same[0] if len(same) == 1 else None

    def _compare(self, row, values, member, cell, known) -> None:
        for name, label in LABELS.items():
            if name not in values:
                continue
            before, after = (_words(member, name) if member else ""), _words(values, name)
            if before != after:
                row.differences.append([name, label, before, after])
        if "trace" in values:
            if member is None or member.identity__trace != values["trace"]:
                before = (member.identity__shown or "") if member else ""
                row.differences.append(["identity", "Số định danh cá nhân", before, values["shown"]])
        if "card_trace" in values and (member is None or member.old_card__trace != values["card_trace"]):
            before = (member.old_card__shown or "") if member else ""
            row.differences.append(["old_card", "Số thẻ đảng viên cũ", before, values["card_shown"]])
            owner = known["old_cards"].get(values["card_trace"])
            if owner and owner != (member.pk if member else None):
                row.wrong("Số thẻ đảng viên cũ", "Số thẻ này đã có ở một đồng chí khác. Kiểm tra lại số thẻ.")
        if member and member.organisation_id != cell.pk:
            if known["compare"]:
                row.differences.append(["cell", "Chi bộ", member.organisation__name, cell.name])
            else:
                row.wrong("Chi bộ", f"Đồng chí đang ở {member.organisation__name}. Đổi chi bộ bằng giấy chuyển sinh hoạt, không bằng tệp.")  # fmt: skip
        if member is None:
            row.differences.insert(0, ["cell", "Chi bộ", "", cell.name])
            named = known["by_name"].get((cell.pk, known["folded"][row.number]), [])
            born = ", ".join(_words(one, "born_on") for one in named if one.left_on is None)
            if born:
                one = (
                    "hai nơi ghi ngày sinh khác nhau, xem hồ sơ gốc"
                    if known["compare"]
                    else "ghi thêm số lý lịch để cổng sửa, không ghi mới"
                )
                row.differences.append(["note", "Lưu ý", "", f"Chi bộ đã có đồng chí cùng tên, ngày sinh {born}. Nếu là một người thì {one}."])  # fmt: skip

    def _rules(self, row, values, member) -> None:
        def now(name):
            return values.get(name, getattr(member, name) if member else None)

        try:
            joined = now("joined_on") or now("admitted_on")
            check_dates(now("born_on"), now("admitted_on"), now("official_on"), joined, getattr(member, "left_on", None), now("decided_on"))  # fmt: skip
        except RuleBroken as broken:
            row.wrong(LABELS.get(broken.field, "Ngày"), broken.message)

    def missing(self, user, rows, known):
        seen = {row.target for row in rows if row.target}
        here = known["within"].filter(organisation__in=known["cells"]).present_on(known["day"])
        left = here.order_by("organisation__sort_key", "sort_key").values_list(
            "pk", "full_name", "search_key", "organisation_id", "organisation__name"
        )
        return [
            Row(0, {}, name, "missing", pk, differences=[["cell", "Chi bộ", cell, ""]])
            for pk, name, key, cell_id, cell in left.iterator(2_000) if pk not in seen and (cell_id, key) not in known["unread"]
        ]  # fmt: skip

    def address(self, target):
        return reverse("chibo:member_detail", args=[target])

    def write(self, rows, *, by):
        return write_members(
            [(row.number, row.target, _typed(row.values), {d[0]: d[2] for d in row.differences}) for row in rows],
            words=_words, by=by,
        )  # fmt: skip


def _name(row: Row) -> str:
    return clean_line(str(row.cells.get("full_name") or ""))[:120]


def _digits(value) -> str:
    return re.sub(r"[\s.]", "", str(value or "")) if re.fullmatch(r"[\d\s.]+", str(value or "")) else ""


def _words(of, name: str) -> str:
    """A value as it is compared and shown, of a member or of the values of a row."""
    get = of.get if isinstance(of, dict) else lambda key, default=None: getattr(of, key, default)
    value = get(name)
    if name.endswith("_on"):
        return date_words(value, get(f"{name.removesuffix('_on')}_precision", Precision.DAY))
    return str(Sex(value).label) if name == "sex" and value else str(value or "")


def _plain(values: dict) -> dict:
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()}


def _typed(values: dict) -> dict:
    return {name: dt.date.fromisoformat(value) if name in DATES and value else value for name, value in values.items()}


add_importer(Members())
