"""Progress reports: the list, one report, writing it, its steps."""

from dataclasses import dataclass

from django.db.models import Case, When
from django.http import Http404

from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.files.keeping import check_upload
from kyanh_portal.ui.views import PortalAction, PortalDetail, PortalEdit, PortalList
from nghiquyet.choices import OVER, Life, ReportState
from nghiquyet.figures.periods import period_name
from nghiquyet.forms.living import PortalForm, WordForm
from nghiquyet.forms.progress import ReportFilter, ReportForm
from nghiquyet.models import ProgressReport
from nghiquyet.services import progress as work
from nghiquyet.views.living import LIST

REPORTS = ("Báo cáo tiến độ", "/nghi-quyet/bao-cao-tien-do/")


def report_standing(report, day) -> tuple[str, str]:
    """(look, words): late is computed, never typed; a resolution that is over waits for nobody any more."""
    if report.is_open and report.resolution.life in OVER:
        return "none", f"Chưa gửi; nghị quyết {Life(report.resolution.life).label.lower()}"
    if report.is_open and day > report.due_on:
        return "late", f"Quá hạn gửi {(day - report.due_on).days} ngày"
    if report.state == ReportState.OPEN:
        return "draft", f"Đang lập, hạn {vn_date(report.due_on)}"
    if report.state == ReportState.RETURNED:
        return "soon", "Trả lại, cần bổ sung"
    if report.state == ReportState.SENT:
        return "wait", "Đã gửi muộn, chờ tiếp nhận" if report.is_late else "Đã gửi, chờ tiếp nhận"
    if report.state == ReportState.RECEIVED:
        return ("soon", "Cần tổng hợp lại") if report.needs_again else ("ok", "Đã tiếp nhận")
    return ("locked", "Khóa kỳ") if report.state == ReportState.LOCKED else ("none", report.get_state_display())


class ReportList(PortalList):
    model = ProgressReport
    access = "nghiquyet.see_duties"
    filter_class = ReportFilter
    template_name = "nghiquyet/report_list.html"
    title = "Báo cáo tiến độ"
    sub = "Báo cáo tự mở khi hết kỳ. Số liệu chỉ cộng lên sau khi cấp trên tiếp nhận."

    def get_crumbs(self):
        return [LIST]

    def get_rows(self):
        rows = super().get_rows().select_related("organisation", "resolution__document")
        waiting = [ReportState.SENT, ReportState.RETURNED, ReportState.OPEN]
        over = Case(*[When(state=state, then=place) for place, state in enumerate(waiting)], default=len(waiting))
        rows = rows.defer("resolution__document__content")  # of a period: what waits for somebody first
        return rows.order_by("-period", over, "organisation__sort_key", "-version")

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        for report in context["object_list"]:
            report.look, report.words = report_standing(report, today())
            report.period_words = period_name(report.period, report.cycle)
        return context


class OfReport:
    model = ProgressReport

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind", "resolution__document", "resolution__organisation").defer("resolution__document__content")  # fmt: skip

    def get_crumbs(self):
        return [LIST, REPORTS, (self.object.organisation.label, self.object.get_absolute_url())]

    def get_title(self):
        return f"Báo cáo {period_name(self.object.period, self.object.cycle)}"

    def get_sub(self):
        return f"{self.object.organisation.label}, thực hiện {self.object.resolution.document.number_line}"

    @property
    def lines(self):
        return list(self.object.lines.select_related("duty", "target", "file"))


@dataclass(frozen=True)
class Step:
    title: str
    verb: str
    consequence: str
    states: tuple
    form: type
    call: object
    is_main: bool = False


WRITER = {
    "gui": Step("Gửi báo cáo?", "Gửi báo cáo", "Gửi rồi thì khóa lại; ngày gửi được ghi đúng hạn hay muộn.", (ReportState.OPEN, ReportState.RETURNED), PortalForm, lambda r, by: work.send_report(r, by=by), True),
    "dinh-chinh": Step("Đính chính báo cáo", "Lập bản đính chính", "Bản cũ vẫn giữ; số liệu của nó rời khỏi tổng ngay.", (ReportState.RECEIVED,), WordForm, lambda r, by, reason: work.correct_report(r, by=by, reason=reason)),
}  # fmt: skip
RECEIVER = {
    "tiep-nhan": Step("Tiếp nhận báo cáo?", "Tiếp nhận", "Từ nay số liệu được cộng vào tổng hợp của cấp trên.", (ReportState.SENT,), PortalForm, lambda r, by: work.receive_report(r, by=by), True),
    "tra-lai": Step("Trả lại, yêu cầu bổ sung", "Trả lại", "Số liệu đã cộng rời khỏi tổng ngay.", (ReportState.SENT, ReportState.RECEIVED), WordForm, lambda r, by, reason: work.return_report(r, by=by, reason=reason)),
    "khoa": Step("Khóa kỳ?", "Khóa kỳ", "Sau đó không đính chính nữa.", (ReportState.RECEIVED,), PortalForm, lambda r, by: work.lock_report(r, by=by)),
    "mien": Step("Không phải gửi", "Ghi: không phải gửi", "Đơn vị không tính là thiếu báo cáo kỳ này.", (ReportState.OPEN, ReportState.RETURNED), WordForm, lambda r, by, reason: work.excuse_report(r, by=by, reason=reason)),
}  # fmt: skip


class ReportDetail(OfReport, PortalDetail):
    access = "nghiquyet.see_report"
    template_name = "nghiquyet/report_detail.html"

    def get_crumbs(self):
        return [LIST, REPORTS]

    def get_context_data(self, **context):
        report = self.object
        look, words = report_standing(report, today())
        return super().get_context_data(
            lines=self.lines, look=look, words=words, wanting=work.wanting(report) if report.is_open else [],
            writing=[(slug, step) for slug, step in WRITER.items() if report.state in step.states],
            receiving=[(slug, step) for slug, step in RECEIVER.items() if report.state in step.states],
            newer=ProgressReport.objects.visible_to(self.request.user).filter(replaces=report).first(), **context,
        )  # fmt: skip


class ReportWrite(OfReport, PortalEdit):
    access = "nghiquyet.write_report"
    form_class = ReportForm
    template_name = "nghiquyet/report_write.html"
    verb = "Ghi báo cáo"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "lines": self.lines}

    def get_initial(self):
        return {"summary": self.object.summary}

    def call(self, form):
        lines = form.answers()
        for pk, answers in lines.items():
            if upload := answers.pop("file", None):
                answers["checked"] = check_upload(upload, by=self.request.user, field=f"file_{pk}")
        work.write_report(self.object, by=self.request.user, summary=form.cleaned_data["summary"], lines=lines)


class ReportStep(OfReport, PortalAction):
    steps: dict = {}

    @property
    def one(self) -> Step:
        if self.kwargs["act"] not in self.steps:
            raise Http404
        return self.steps[self.kwargs["act"]]

    def get_title(self):
        return self.one.title

    def get_form_class(self):
        return self.one.form

    def get_context_data(self, **context):
        return super().get_context_data(verb=self.one.verb, consequence=self.one.consequence, **context)

    def act(self, report, **answers):
        return self.one.call(report, self.request.user, **answers)


class ReportWriter(ReportStep):
    access = "nghiquyet.write_report"
    steps = WRITER

    def refused(self, form, broken, status=422):
        page = f"/nghi-quyet/bao-cao-tien-do/{self.object.pk}/ghi/"
        broken.missing = [(sentence, page + anchor) for sentence, anchor in broken.missing]
        return super().refused(form, broken, status)


class ReportReceiver(ReportStep):
    access = "nghiquyet.receive_report"
    steps = RECEIVER


class ReportReopen(OfReport, PortalAction):
    """Open a locked period again: the office, with its reason."""

    access = "nghiquyet.reopen_report"
    form_class = WordForm
    title = "Mở lại kỳ đã khóa"
    verb = "Mở lại kỳ"
    consequence = "Báo cáo trở về “đã tiếp nhận”, có thể đính chính. Lý do được giữ cùng báo cáo."

    def act(self, report, reason):
        return work.reopen_report(report, by=self.request.user, reason=reason)
