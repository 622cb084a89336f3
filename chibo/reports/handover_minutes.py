"""Biên bản bàn giao: what one clerk hands to the next, counted on the day, for both to sign (members.md 11.4, control 9)."""

import datetime as dt

from django import forms
from django.db.models import Count, Q
from django.utils import timezone

from chibo.access.privacy import may_export_list
from chibo.handover import GONE, OPEN
from chibo.models import Candidate, DataRequest, Incident, Member, MemberIdentity, Organisation, Transfer
from chibo.reports.tables import Table
from kyanh_portal.access.scope import scope_of
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import today, vn_date, vn_time
from kyanh_portal.rendering.pdf import report_pdf
from kyanh_portal.rendering.xlsx import Column
from kyanh_portal.reports.report import PDF, Report, add_report
from kyanh_portal.ui.forms import LineField, PortalForm
from kyanh_portal.ui.templatetags.portal import vn_number


class HandoverForm(PortalForm):
    giver = LineField(label="Người giao", max_length=120)
    receiver = LineField(label="Người nhận", max_length=120)
    ground = LineField(label="Theo quyết định, phân công", required=False, help_text="Số, ngày; để trống nếu chưa có.")
    formats = forms.MultipleChoiceField(label="Dạng tệp", choices=[("pdf", "PDF")], initial=["pdf"], widget=forms.CheckboxSelectMultiple)  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)


def members_by_unit(user, day: dt.date) -> list[list]:
    """[unit above the cells, cells, official, probationary, all] of the branch where the user keeps the register."""
    within = Member.objects.visible_to(user).present_on(day).order_by()
    official = Count("pk", filter=Q(official_on__lte=day))
    counted = within.values_list("organisation_id").annotate(official=official, all=Count("pk"))
    cells = {pk: (number_official, number) for pk, number_official, number in counted}
    found: dict[int, list] = {}
    for cell in Organisation.objects.filter(pk__in=cells).select_related("parent").order_by("path"):
        unit = cell.parent or cell
        row = found.setdefault(unit.pk, [unit.name, 0, 0, 0, 0])
        number_official, number = cells[cell.pk]
        for at, more in enumerate((1, number_official, number - number_official, number), start=1):
            row[at] += more
    return list(found.values())


def open_matters(user) -> list[list]:
    """[what, how many] of what the receiver goes on with."""
    scope = scope_of(user)
    return [
        ["Số định danh cá nhân đã ghi (giữ dạng mã hóa)", MemberIdentity.objects.filter(scope.covers("member__organisation__path")).count()],
        ["Giấy chuyển sinh hoạt chưa xong", Transfer.objects.visible_to(user).filter(state__in=OPEN).count()],
        ["Người đang trong nguồn kết nạp", Candidate.objects.visible_to(user).exclude(stage__in=GONE).count()],
        ["Đề nghị về dữ liệu chưa trả lời", DataRequest.objects.visible_to(user).open().count()],
        ["Sự cố dữ liệu chưa kết thúc", Incident.objects.visible_to(user).filter(closed_at=None).count()],
    ]  # fmt: skip


class HandoverMinutes(Report):
    code = "ban-giao"
    title = "Biên bản bàn giao danh sách đảng viên"
    about = "Khi đổi người phụ trách: số đảng viên từng đơn vị, việc đang dở, chỗ ký của người giao và người nhận."
    order = 47
    access = "chibo.export_list"
    form_class = HandoverForm
    formats = [("pdf", "PDF")]

    def parameters(self, answers):
        return {name: answers[name] for name in ("giver", "receiver", "ground")} | {"day": today().isoformat()}

    def run_title(self, parameters):
        return f"{self.title}, ngày {vn_date(dt.date.fromisoformat(parameters['day']))}"

    def may_run(self, user, parameters):
        return may_export_list(user) is True

    def steps(self, user, parameters, work, set_aside):
        work["day"] = dt.date.fromisoformat(parameters["day"])
        work["units"], work["matters"] = members_by_unit(user, work["day"]), open_matters(user)
        yield

    def files(self, user, parameters, work, formats):
        now, day, units = timezone.now(), work["day"], work["units"]
        sums = [sum(row[at] for row in units) for at in range(1, 5)]
        home = Organisation.objects.filter(pk=scope_of(user).home_id or 0).first()
        numbers = [Column(name, 12, "int") for name in ("Số chi bộ", "Chính thức", "Dự bị", "Cộng")]
        tables = [
            Table("ban-giao", "I. Danh sách đảng viên", [Column("TT", 6), Column("Đơn vị", 60), *numbers], [[str(n), *row] for n, row in enumerate(units, 1)] + [["", "Cộng", *sums]], f"Đảng viên có mặt ở chi bộ ngày {vn_date(day)}. Kèm theo: danh sách xuất từ cổng cùng ngày, {vn_number(sums[3])} đồng chí."),
            Table("dang-do", "II. Sổ và việc đang dở", [Column("Nội dung", 80), Column("Số lượng", 12, "int")], work["matters"]),
        ]  # fmt: skip
        record("list.handed_over", by=user, path=scope_of(user).home_path, members=sums[3], units=len(units))
        context = {
            "title": self.title.upper(), "tables": tables, "giver": parameters["giver"], "receiver": parameters["receiver"], "ground": parameters["ground"],
            "sub": f"{home.name if home else ''}, ngày {vn_date(day)}".lstrip(", "), "is_synthetic": bool(home and home.is_synthetic),
            "made": f"{user} lập lúc {vn_time(now)}, ngày {vn_date(timezone.localdate(now))}. Lập thành hai bản, mỗi bên giữ một bản.",
        }  # fmt: skip
        return [(f"bien-ban-ban-giao-{day}.pdf", PDF, report_pdf("print/handover_minutes.html", context))]


add_report(HandoverMinutes())
