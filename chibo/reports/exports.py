"""Lists that go out as a spreadsheet: exactly as filtered, with who, when, why on the sheet and in the trail."""

import datetime as dt

from django.utils import timezone

from chibo.access.privacy import may_export_list
from chibo.choices import Placed, Standing
from chibo.fieldclasses import exported_fields, sees, sees_any
from chibo.models import Member, Organisation, Placement
from chibo.owndata import value_words
from kyanh_portal.access.scope import scope_of
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import today, vn_date, vn_time
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.parameters.parameter import value_on
from kyanh_portal.rendering.xlsx import Column, Sheet, workbook
from kyanh_portal.reports.models import ReportRun
from kyanh_portal.reports.report import XLSX, Report, add_report
from kyanh_portal.reports.running import ask

CHUNK = 2_000
WIDTHS = {"full_name": 28, "organisation": 30, "card_place": 24}


def ask_export(code: str, answers: dict, reason: str, *, by, client_key=None) -> ReportRun:
    """Queue an export: who asks, with which filter, why. Raises RuleBroken over the hourly limit of the person."""
    hour = timezone.now() - dt.timedelta(hours=1)
    most = value_on("chibo.exports_per_hour", today(), scope_of(by).home_path)
    if ReportRun.objects.filter(requester=by, report__startswith="xuat-", asked_at__gt=hour).exclude(client_key=client_key).count() >= most:  # fmt: skip
        raise RuleBroken(f"Đồng chí đã xuất {most} lần trong giờ qua. Đợi rồi xuất tiếp, hoặc dùng lại tệp vừa xuất.")
    return ask(code, {"answers": answers, "reason": reason[:300], "day": today().isoformat()}, ["xlsx"], by=by, client_key=client_key)  # fmt: skip


class ListExport(Report):
    """`narrowed`, `columns` and `lines` are set by what is exported; filters are read again with the rights of that moment."""

    access = "chibo.export_list"
    formats = [("xlsx", "XLSX")]
    noun = ""

    def may_run(self, user, parameters):
        return may_export_list(user) is True

    def narrowed(self, user, parameters):
        """The rows as the list page shows them for these answers."""
        raise NotImplementedError  # pragma: no cover

    def columns(self, user) -> list[Column]:
        """The heads, without what this user is not shown."""
        raise NotImplementedError  # pragma: no cover

    def lines(self, rows, parameters, user):
        """One list of values for each row, as many as there are columns."""
        raise NotImplementedError  # pragma: no cover

    def said(self, user, answers: dict) -> str:
        """The filter in the words of its form."""
        raise NotImplementedError  # pragma: no cover

    def steps(self, user, parameters, work, set_aside):
        rows = self.narrowed(user, parameters)
        number, most = rows.count(), value_on("chibo.export_rows", today(), scope_of(user).home_path)
        if number > most:
            raise RuleBroken(f"Danh sách có {number} dòng, mỗi lần xuất nhiều nhất {most}. Lọc hẹp hơn rồi xuất.")
        work["lines"] = []
        for start in range(0, number, CHUNK):
            work["lines"] += self.lines(list(rows[start : start + CHUNK]), parameters, user)
            yield

    def files(self, user, parameters, work, formats):
        now, day = timezone.now(), dt.date.fromisoformat(parameters["day"])
        notes = [
            f"{user} ({scope_of(user).role_label}) xuất lúc {vn_time(now)}, ngày {vn_date(timezone.localdate(now))}. Lý do: {parameters['reason']}.",
            f"Điều kiện lọc: {self.said(user, parameters['answers'])}. Tính tại ngày {vn_date(day)}. {len(work['lines'])} {self.noun}.",
            "Dữ liệu nội bộ, cấm phát tán. Dùng xong thì xóa tệp.",
        ]
        record("list.exported", by=user, path=scope_of(user).home_path, list=self.code, rows=len(work["lines"]), reason=parameters["reason"], filters=sorted(parameters["answers"]))  # fmt: skip
        sheet = Sheet(self.title, [Column("TT", 6, "int"), *self.columns(user)], [[n, *line] for n, line in enumerate(work["lines"], 1)], self.title.upper(), notes)  # fmt: skip
        return [(f"{self.code}-{parameters['day']}.xlsx", XLSX, workbook([sheet]))]


class MemberExport(ListExport):
    code = "xuat-dang-vien"
    title = "Danh sách đảng viên"
    noun = "đồng chí"

    def said(self, user, answers):
        from chibo.forms.narrowing import member_words

        return member_words(user, answers)

    def fields(self, user):
        """What may go out and this user is shown of somebody; whose row keeps it back leaves the cell empty."""
        return [Member._meta.get_field(name) for name in exported_fields("chibo.Member") if sees_any(user, "chibo.Member", name)]  # fmt: skip

    def columns(self, user):
        return [*(Column(str(field.verbose_name).capitalize(), WIDTHS.get(field.name, 14)) for field in self.fields(user)), Column("Tư cách", 18)]  # fmt: skip

    def narrowed(self, user, parameters):
        from chibo.forms.narrowing import member_rows

        return member_rows(user, parameters["answers"])

    def lines(self, members, parameters, user):
        day = dt.date.fromisoformat(parameters["answers"].get("ngay") or parameters["day"])
        placed = (
            Placement.objects.on(day).filter(member__in=members, role=Placed.OFFICIAL).select_related("organisation")
        )
        then = {one.member_id: one.organisation for one in placed} if day != today() else {}
        fields, shown = self.fields(user), {}  # cells are few, members many: asked once a cell
        for member in members:
            cell = then.get(member.pk, member.organisation)
            words = {"organisation": f"{cell.name}, {cell.parent.name}" if cell.parent_id else cell.name}
            path = member.organisation.path
            if path not in shown:
                shown[path] = {field.name for field in fields if sees(user, "chibo.Member", field.name, path)}
            yield [
                words.get(field.name) or (value_words(member, field) if field.name in shown[path] else "")
                for field in fields
            ] + [Standing(member.standing_on(day)).label]


class OrganisationExport(ListExport):
    code = "xuat-to-chuc"
    title = "Danh sách tổ chức đảng"
    noun = "tổ chức"

    def said(self, user, answers):
        from chibo.forms.narrowing import organisation_words

        return organisation_words(user, answers)

    def columns(self, user):
        return [Column("Tên", 34), Column("Mã", 20), Column("Loại", 24), Column("Loại hình", 20), Column("Trực thuộc", 34), Column("Hoạt động từ", 14), Column("Đến", 14)]  # fmt: skip

    def narrowed(self, user, parameters):
        from chibo.forms.narrowing import organisation_rows

        return organisation_rows(user, parameters["answers"])

    def lines(self, units, parameters, user):
        day = dt.date.fromisoformat(parameters["answers"].get("ngay") or parameters["day"])
        for unit in Organisation.objects.worn_on(day, units):
            yield [
                unit.name, unit.code, unit.kind.name, unit.cell_type.name if unit.cell_type_id else "", unit.parent.name if unit.parent_id else "",
                vn_date(unit.valid_from) if unit.valid_from else "", vn_date(unit.valid_to) if unit.valid_to else "",
            ]  # fmt: skip


add_report(MemberExport())
add_report(OrganisationExport())
