"""Photographs and scans of signed papers: sent many at once, filed by their code, the rest assigned by hand; then the counts."""

from django.urls import path, reverse

from chibo.choices import Role
from chibo.models import Organisation
from hoithao.access import RUNNERS
from hoithao.choices import Status
from hoithao.forms.around import AssignForm, CountsForm, ScanForm
from hoithao.models import Meeting, Scan
from hoithao.papercodes import SHEETS
from hoithao.services.officers import officers_for
from hoithao.services.scans import ALLOWED, assign_scan, enter_counts, file_scan
from hoithao.views.around import LIST, crumbs_of
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import at_local
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.files.keeping import check_upload
from kyanh_portal.ui.views import PortalCreate, PortalEdit


def meetings_run_by(user):
    """Meetings whose papers the user may file."""
    scope = scope_of(user)
    at_cells = scope.covers_as("organisation__path", Role.CELL_SECRETARY)
    return Meeting.objects.visible_to(user).filter(
        at_cells | scope.covers_as("organisation__path", Role.COMMITTEE_SECRETARY, Role.OFFICE)
    )


class ScanList(PortalCreate):
    """Send pictures; below, what waits to be assigned and what was filed last."""

    access = "hoithao.file_papers"
    form_class = ScanForm
    template_name = "hoithao/scan_list.html"
    title = "Giấy trước, số sau"
    sub = "Chụp hoặc quét giấy đã ký, gửi một lần nhiều ảnh. Tờ có mã tự vào đúng cuộc họp."
    verb = "Gửi bản chụp"

    def units(self):
        scope = scope_of(self.request.user)
        return (
            Organisation.objects.visible_to(self.request.user)
            .filter(scope.covers_as("path", *RUNNERS), kind__is_body=False)
            .order_by("path")
        )

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "units": self.units()}

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        rows = Scan.objects.visible_to(self.request.user).select_related("file", "organisation", "meeting__kind")
        return super().get_context_data(
            waiting=rows.filter(meeting=None)[:50],
            filed=rows.exclude(meeting=None)[:15],
            is_many=self.units().count() > 1,
            **context,
        )

    def act(self, organisation, files):
        by, meetings, filed, refused = self.request.user, meetings_run_by(self.request.user), [], []
        for upload in files:
            try:
                checked = check_upload(upload, by=by, allowed=ALLOWED, field="files", codes=True)
            except RuleBroken as broken:
                refused.append(f"{upload.name}: {broken.message}")
                continue
            filed.append(file_scan(checked, by=by, organisation=organisation, meetings=meetings))
        if refused and not filed:
            raise RuleBroken(" ".join(refused), field="files")
        own = sum(1 for scan in filed if scan.meeting_id)
        words = f"Đã nhận {len(filed)} tệp: {own} tự vào đúng cuộc họp, {len(filed) - own} chờ xếp bằng tay."
        return words + (f" Không nhận {len(refused)} tệp. {' '.join(refused)}" if refused else "")

    def get_success_url(self):
        return reverse("hoithao:scan_list")


class ScanAssign(PortalEdit):
    model = Scan
    access = "hoithao.assign_scan"
    form_class = AssignForm
    title = "Xếp bản chụp vào cuộc họp"
    verb = "Xếp vào buổi này"

    def get_queryset(self):
        return super().get_queryset().select_related("file", "organisation", "meeting")

    def get_form_kwargs(self):
        meetings = meetings_run_by(self.request.user).filter(organisation=self.object.organisation)
        meetings = meetings.exclude(status=Status.CANCELLED).select_related("kind", "organisation")
        return {**super().get_form_kwargs(), "meetings": meetings}

    def get_initial(self):
        return {"meeting": self.object.meeting}

    def get_sub(self):
        return f"{self.object.file.name}, {self.object.organisation.name}"

    def get_crumbs(self):
        return [LIST, ("Giấy trước, số sau", reverse("hoithao:scan_list"))]

    def act(self, scan, meeting):
        assign_scan(scan, meeting, by=self.request.user)
        return f"Đã xếp vào {meeting.name.lower()}."

    def get_success_url(self):
        return reverse("hoithao:scan_list")


class FromPaper(PortalEdit):
    """One page with what is counted; the words stand in the signed paper."""

    model = Meeting
    access = "hoithao.run_meeting"
    form_class = CountsForm
    template_name = "hoithao/from_paper.html"
    title = "Nhập số từ biên bản giấy"
    verb = "Ghi số, đã đọc lại và ký đủ"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind", "kind", "chair", "secretary")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "meeting": self.object}

    def get_initial(self):
        meeting = self.object
        chair, secretary = officers_for(meeting)
        return {
            "chair": chair,
            "secretary": secretary,
            "began": meeting.began_at.astimezone().time(),
        }

    def get_sub(self):
        return f"{self.object.name}, {self.object.organisation.name}"

    def get_crumbs(self):
        return crumbs_of(self.object, ("Trước và sau", reverse("hoithao:around", args=[self.object.pk])))

    def get_context_data(self, **context):
        scans = [(scan, SHEETS.get(scan.sheet[:1], "Bản chụp")) for scan in self.object.scans.select_related("file")]
        return super().get_context_data(scans=scans, **context)

    def act(self, meeting, began, ended, **answers):
        day = meeting.held_on
        enter_counts(
            meeting, by=self.request.user, began_at=at_local(day, began.hour, began.minute),
            ended_at=at_local(day, ended.hour, ended.minute), subject=f"Thông qua kết luận {meeting.period}", **answers,
        )  # fmt: skip
        return "Đã ghi số. Xem lại một lần rồi khóa biên bản."

    def get_success_url(self):
        return reverse("hoithao:run", args=[self.object.pk, "doc-lai"])


urlpatterns = [
    path("giay/", ScanList.as_view(), name="scan_list"),
    path("giay/<int:pk>/", ScanAssign.as_view(), name="scan_assign"),
    path("<int:pk>/nhap-tu-giay/", FromPaper.as_view(), name="from_paper"),
]
