"""Before and after a meeting, on one page: who is told, what is posted, what came back, what is copied, what went up."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from chibo.models import Member, Organisation
from hoithao.access import runs_meetings_of
from hoithao.choices import REPORTED, TOLD, KindCode, Phase, Sort, Status
from hoithao.documents.invitation import calendar_of, handbook_fields, issue_call, message_of
from hoithao.forms.around import DocumentForm, FollowerForm, VisitForm
from hoithao.models import Meeting, MeetingDocument, Task, Visit
from hoithao.papercodes import MINUTES, SHEETS, SIGN_IN
from hoithao.print_forms import sheet_pdf
from hoithao.services.around import add_document, answer_visit, assign_follower, mark_posted, tick
from hoithao.services.next_meeting import next_starts, plan_committee, plan_next_regular
from kyanh_portal.base.calendar import today, vn_date, vn_time, weekday
from kyanh_portal.base.downloads import attachment
from kyanh_portal.documents.kinds import kinds
from kyanh_portal.files.keeping import check_upload
from kyanh_portal.ui.views import FoundMixin, PortalAction, PortalDetail, PortalEdit

LIST = ("Sinh hoạt", "/sinh-hoat/")
CALLS = ("invitation", "notice")
COPIED = "copied:"


def crumbs_of(meeting, *more):
    return [LIST, (meeting.name, meeting.get_absolute_url()), *more]


class Around(PortalDetail):
    """Everything before and after one meeting; each line says whether it is done and offers the one next step."""

    model = Meeting
    access = "hoithao.see_meeting"
    template_name = "hoithao/around.html"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind", "kind", "chair", "secretary", "minutes")

    def get_title(self):
        return "Trước và sau buổi họp"

    def get_sub(self):
        return f"{self.object.name}, {self.object.organisation.name}"

    def get_crumbs(self):
        return crumbs_of(self.object)

    def get_context_data(self, **context):
        meeting = self.object
        ticks = {one.code: one for one in meeting.ticks.all()}
        documents = list(meeting.documents.select_related("file"))
        papers = [(code, kinds.get(code).label, kinds.get(code).paper_of(meeting)) for code in CALLS]
        link = getattr(meeting, "prepared_by", None)
        fields = [(code, label, text, ticks.get(COPIED + code)) for code, label, text in handbook_fields(meeting)]
        petitions = meeting.contributions.filter(sort=Sort.PETITION).select_related("member", "petition__addressee")
        origins = list(meeting.origins.select_related("item"))
        tasks = list(Task.objects.coming_to(meeting)[:30]) if meeting.kind_is_regular else []
        return super().get_context_data(
            may_run=runs_meetings_of(self.request.user, meeting.organisation),
            is_cell=meeting.organisation.kind.is_cell,
            is_planned=meeting.status == Status.PLANNED,
            message=message_of(meeting),
            told=ticks.get(TOLD),
            reported=ticks.get(REPORTED),
            papers=papers,
            committee=link.committee if link else None,
            prepares=getattr(meeting, "prepares", None),
            is_committee=meeting.kind.code == KindCode.CELL_COMMITTEE,
            visits=meeting.visits.select_related("member"),
            before=[one for one in documents if one.phase == Phase.BEFORE],
            after=[one for one in documents if one.phase == Phase.AFTER],
            origins=origins,
            tasks=tasks,
            returning=len(origins) + len(tasks),
            scans=meeting.scans.select_related("file"),
            sheets=[(SIGN_IN, SHEETS[SIGN_IN]), (MINUTES, SHEETS[MINUTES])],
            fields=fields,
            copied=sum(1 for *_, done in fields if done),
            petitions=petitions,
            **context,
        )


class TickMeeting(FoundMixin, View):
    """One tick about a meeting, set or taken back; then back to where it was pressed."""

    model = Meeting
    access = "hoithao.run_meeting"
    http_method_names = ["post"]

    def post(self, request, pk):
        meeting = self.get_object()
        code = request.POST.get("code", "")
        known = {TOLD, REPORTED} | {COPIED + field for field, *_ in handbook_fields(meeting)}
        if code in known:
            tick(meeting, code, by=request.user, done=request.POST.get("done", "1") == "1")
        elif code.startswith("document:") and code[9:].isdecimal() and len(code) < 9 + 19:
            mark_posted(get_object_or_404(MeetingDocument, pk=int(code[9:]), meeting=meeting), by=request.user)
        back = request.POST.get("back", "")
        if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
            back = reverse("hoithao:around", args=[meeting.pk])
        anchor = "#so-tay" if code.startswith(COPIED) else ""
        return HttpResponseRedirect(back + anchor)


class DocumentCreate(PortalEdit):
    model = Meeting
    access = "hoithao.run_meeting"
    form_class = DocumentForm
    title = "Thêm tài liệu"
    verb = "Ghi tài liệu"

    def get_crumbs(self):
        return crumbs_of(self.object, ("Trước và sau", reverse("hoithao:around", args=[self.object.pk])))

    def act(self, meeting, file=None, **answers):
        checked = check_upload(file, by=self.request.user) if file else None
        add_document(meeting, by=self.request.user, checked=checked, **answers)
        return "Đã ghi tài liệu."

    def get_success_url(self):
        return reverse("hoithao:around", args=[self.object.pk])


class CallIssue(PortalAction):
    """Issue the notice or the giấy mời of a meeting."""

    model = Meeting
    access = "hoithao.run_meeting"
    consequence = "Ban hành rồi thì lời văn không đổi nữa. Xem bản in thử trước khi bấm."
    verb = "Ban hành"

    def get_title(self):
        return f"Ban hành {kinds.get(self.kwargs['kind']).label.lower()}"

    def get_crumbs(self):
        return crumbs_of(self.object, ("Trước và sau", reverse("hoithao:around", args=[self.object.pk])))

    def act(self, meeting):
        document = issue_call(meeting, self.kwargs["kind"], by=self.request.user)
        return f"Đã ban hành {kinds.get(self.kwargs['kind']).label.lower()} {document.number_line}".strip() + "."

    def get_success_url(self):
        return reverse("hoithao:around", args=[self.object.pk])


class MeetingCalendar(FoundMixin, View):
    """The meeting as a calendar file."""

    model = Meeting
    access = "hoithao.see_meeting"

    def get(self, request, pk):
        meeting = self.get_object()
        name = attachment(f"lich-hop-{meeting.held_on:%Y-%m-%d}.ics")
        return HttpResponse(
            calendar_of(meeting), content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": name}
        )


class CommitteePlan(PortalAction):
    model = Meeting
    access = "hoithao.run_meeting"
    title = "Lập họp chi ủy chuẩn bị"
    consequence = "Lập buổi họp chi ủy trước buổi này, nối với nhau. Ngày giờ sửa được ở trang của buổi ấy."
    verb = "Lập họp chi ủy"

    def get_crumbs(self):
        return crumbs_of(self.object, ("Trước và sau", reverse("hoithao:around", args=[self.object.pk])))

    def act(self, meeting):
        self.done = plan_committee(meeting, by=self.request.user)
        return f"Đã lập họp chi ủy ngày {vn_date(self.done.held_on)}."


class NextRegular(PortalAction):
    """One button: the next regular meeting from the cell's fixed day."""

    model = Organisation
    access = "hoithao.plan_next"
    title = "Lập buổi thường kỳ tới"
    verb = "Lập buổi này"

    def get_queryset(self):
        return super().get_queryset().select_related("kind", "parent", "cell_type")

    def get_crumbs(self):
        return [LIST, (self.object.name, self.object.get_absolute_url())]

    def get_consequence(self):
        starts_at = next_starts([self.object], today())[self.object.pk]
        if starts_at is None:
            return "Chi bộ chưa có ngày sinh hoạt cố định. Lập bằng trang Chuẩn bị cuộc họp, hoặc nhờ Ban Tổ chức ghi ngày cố định."
        day = starts_at.astimezone().date()
        return (
            f"Lập buổi {vn_time(starts_at)}, {weekday(day)}, ngày {vn_date(day)}, tại {self.object.meeting_place or 'nơi họp kỳ trước'}. "
            "Chương trình, danh sách có sẵn; việc còn lại kỳ trước tự trở lại. Sửa được sau khi lập."
        )

    def act(self, organisation):
        self.done = plan_next_regular(organisation, by=self.request.user, client_key=self.sent_key)
        return f"Đã lập {self.done.name.lower()}, ngày {vn_date(self.done.held_on)}."

    def get_success_url(self):
        return reverse("hoithao:around", args=[self.done.pk])


class FollowerCreate(PortalEdit):
    model = Organisation
    access = "hoithao.assign_follower"
    form_class = FollowerForm
    title = "Phân công theo dõi chi bộ"
    verb = "Ghi phân công"

    def get_form_kwargs(self):
        people = Member.objects.visible_to(self.request.user).exclude(organisation=self.object)
        above = [int(part) for part in self.object.path.strip(".").split(".") if part.isdecimal()]
        people = people.filter(positions__organisation__in=above).exclude(positions__organisation=self.object)
        return {**super().get_form_kwargs(), "people": people.distinct().in_order()}

    def get_crumbs(self):
        return [(self.object.name, self.object.get_absolute_url())]

    def act(self, organisation, **answers):
        follower = assign_follower(organisation, by=self.request.user, **answers)
        return f"Đã phân công đồng chí {follower.member} theo dõi."


class VisitAnswer(PortalEdit):
    model = Visit
    access = "hoithao.answer_visit"
    form_class = VisitForm
    title = "Trả lời dự sinh hoạt chi bộ"
    verb = "Gửi trả lời"

    def get_queryset(self):
        return super().get_queryset().select_related("meeting__organisation", "meeting__kind", "member")

    def get_crumbs(self):
        meeting = self.object.meeting
        if not Meeting.objects.visible_to(self.request.user).filter(pk=meeting.pk).exists():
            return [LIST]  # who follows the cell only by its assignment reads the invitation here
        return [LIST, (meeting.name, meeting.get_absolute_url())]

    def get_sub(self):
        meeting = self.object.meeting
        return f"{meeting.name}, {meeting.organisation.name}: {vn_time(meeting.starts_at)}, ngày {vn_date(meeting.called_for)}, tại {meeting.place}"

    def act(self, visit, **answers):
        visit = answer_visit(visit, by=self.request.user, **answers)
        return f"Đã gửi: {visit.get_answer_display().lower()}."

    def get_success_url(self):
        return reverse("reminders:due_list")


class SheetPdf(FoundMixin, View):
    """Sign-in sheet or blank minutes with the meeting's code, to print before the meeting."""

    model = Meeting
    access = "hoithao.run_meeting"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind", "kind", "chair", "secretary")

    def get(self, request, pk, sheet):
        meeting = self.get_object()
        letter = SIGN_IN if sheet == "diem-danh" else MINUTES
        name = attachment(f"{sheet}-{meeting.held_on:%Y-%m-%d}.pdf")
        content = sheet_pdf(meeting, letter)
        return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})


urlpatterns = [
    path("<int:pk>/truoc-sau/", Around.as_view(), name="around"),
    path("<int:pk>/danh-dau/", TickMeeting.as_view(), name="tick"),
    path("<int:pk>/tai-lieu/", DocumentCreate.as_view(), name="document_create"),
    path("<int:pk>/ban-hanh-giay-moi/", CallIssue.as_view(), {"kind": "invitation"}, name="invitation_issue"),
    path("<int:pk>/ban-hanh-thong-bao/", CallIssue.as_view(), {"kind": "notice"}, name="notice_issue"),
    path("<int:pk>/lich.ics", MeetingCalendar.as_view(), name="calendar"),
    path("<int:pk>/hop-chi-uy/", CommitteePlan.as_view(), name="committee_plan"),
    path("<int:pk>/giay/diem-danh.pdf", SheetPdf.as_view(), {"sheet": "diem-danh"}, name="sign_in_sheet"),
    path("<int:pk>/giay/bien-ban.pdf", SheetPdf.as_view(), {"sheet": "bien-ban"}, name="blank_minutes"),
    path("ky-toi/<int:pk>/", NextRegular.as_view(), name="next_regular"),
    path("theo-doi/<int:pk>/", FollowerCreate.as_view(), name="follower_create"),
    path("du/<int:pk>/", VisitAnswer.as_view(), name="visit_answer"),
]
