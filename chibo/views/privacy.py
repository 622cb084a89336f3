"""Personal data: numbers with a reason, the own data, requests and their clock, incidents, the register, exports."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from chibo.access.privacy import may_answer_request, may_handle_incident
from chibo.forms import privacy as forms
from chibo.forms.members import MemberFilter
from chibo.forms.narrowing import member_rows, member_words, organisation_rows, organisation_words, understood
from chibo.forms.organisations import OrganisationFilter
from chibo.models import DataRequest, Incident, Member
from chibo.owndata import data_of
from chibo.reports.exports import ask_export
from chibo.services.privacy import (
    answer_request,
    ask_about_data,
    find_by_number,
    handle_incident,
    report_incident,
    set_number,
    show_number,
)
from chibo.views.members import LIST as MEMBERS
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import now, today
from kyanh_portal.base.downloads import attachment
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.parameters.parameter import value_on
from kyanh_portal.rendering.xlsx import Column, Sheet, workbook
from kyanh_portal.reports.report import XLSX
from kyanh_portal.ui.views import FoundMixin, PortalCreate, PortalDetail, PortalEdit, PortalList, PortalPage

OWN, REQUESTS, INCIDENTS = ("Dữ liệu của tôi", "/to-chuc/du-lieu-cua-toi/"), ("Đề nghị về dữ liệu", "/to-chuc/de-nghi/"), ("Sự cố dữ liệu", "/to-chuc/su-co/")  # fmt: skip


class OfMember(PortalEdit):
    model = Member
    access = "chibo.see_number"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation", "identity")

    def get_sub(self):
        return f"{self.object.full_name}, {self.object.organisation.name}"

    def get_crumbs(self):
        return [MEMBERS, (self.object.full_name, self.object.get_absolute_url())]


class NumberSet(OfMember):
    form_class = forms.NumberForm
    title = "Ghi số định danh cá nhân"

    def act(self, member, number):
        set_number(member, number, by=self.request.user)
        return "Đã ghi. Cổng chỉ hiện bốn số cuối."


class NumberShow(OfMember):
    """The number is in this one answer and nowhere else: no message, no address, no store keeps it."""

    form_class = forms.ReasonForm
    title = "Xem đủ số định danh"
    verb = "Xem, ghi vào nhật ký"
    template_name = "chibo/number_show.html"
    keeps_texts = False

    def form_valid(self, form):
        try:
            number = show_number(self.object, form.cleaned_data["reason"], by=self.request.user)
        except RuleBroken as broken:
            return self.refused(form, broken)
        response = render(self.request, self.template_name, self.get_context_data(form=form, number=number))
        response["Cache-Control"] = "no-store"
        return response


class FindByNumber(PortalCreate):
    access = "chibo.find_by_number"
    form_class = forms.NumberForm
    title = "Tìm theo số định danh"
    verb = "Tìm"
    extra_context = {"cancel": "Thôi, không tìm"}

    def get_crumbs(self):
        return [MEMBERS]

    def act(self, number):
        return find_by_number(number, by=self.request.user)


class RequestFor(OfMember):
    """A request told by word or on paper, noted by who keeps the record."""

    access = "chibo.edit_member"
    form_class = forms.RequestForForm
    title = "Ghi đề nghị về dữ liệu"

    def get_initial(self):
        return {"asked_on": today()}

    def act(self, member, **answers):
        self.done = ask_about_data(member, by=self.request.user, **answers)
        return "Đã ghi đề nghị. Trả lời trong hạn ghi ở trang này."


class OwnMixin:
    access = "chibo.own_data"

    @property
    def member(self):
        return Member.objects.filter(user=self.request.user).select_related("organisation", "identity").first()


class OwnData(OwnMixin, PortalPage):
    template_name = "chibo/own_data.html"
    title = "Dữ liệu của tôi"
    sub = "Những gì cổng giữ về đồng chí, để làm gì, ai xem."

    def get_context_data(self, **context):
        member = self.member
        if member:
            record("member.own_data_seen", member, by=self.request.user)
        return super().get_context_data(
            member=member, sections=data_of(member) if member else [], officer=value_on("chibo.data_officer", today(), member.organisation.path if member else ""),
            requests=DataRequest.objects.filter(member=member) if member else [], **context,
        )  # fmt: skip


class OwnRequest(OwnMixin, PortalCreate):
    form_class = forms.RequestForm
    title = "Đề nghị về dữ liệu của tôi"
    verb = "Gửi đề nghị"

    def get_crumbs(self):
        return [OWN]

    def get_success_url(self):
        return reverse("chibo:own_data")

    def act(self, **answers):
        if self.member is None:
            raise RuleBroken("Tài khoản này chưa gắn với đảng viên nào. Gọi Ban Tổ chức để gắn.")
        request = ask_about_data(self.member, by=self.request.user, **answers)
        return f"Đã gửi. Trả lời trước ngày {request.due_on:%d/%m/%Y}."


class RequestList(PortalList):
    model = DataRequest
    access = "chibo.answer_requests"
    template_name = "chibo/data_request_list.html"
    title = "Đề nghị về dữ liệu"
    sub = "Chưa trả lời ở trên, sắp đến hạn trước."

    def get_rows(self):
        return super().get_rows().select_related("member__organisation")

    def get_context_data(self, **context):
        context, day = super().get_context_data(today=today(), **context), today()
        for one in context["object_list"]:
            one.days_left = (one.due_on - day).days
        return context


class RequestDetail(PortalDetail):
    model = DataRequest
    access = "chibo.answer_requests"
    template_name = "chibo/data_request_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("member__organisation", "asked_by", "answered_by")

    def get_crumbs(self):
        return [REQUESTS]

    def get_context_data(self, **context):
        return super().get_context_data(may_answer=may_answer_request(self.request.user, self.object) is True, today=today(), **context)  # fmt: skip


class RequestAnswer(PortalEdit):
    model = DataRequest
    access = "chibo.answer_request"
    form_class = forms.AnswerForm
    title = "Trả lời đề nghị"
    verb = "Trả lời"
    template_name = "chibo/data_request_answer.html"

    def get_queryset(self):
        return super().get_queryset().select_related("member__organisation")

    def get_sub(self):
        return str(self.object)

    def get_crumbs(self):
        return [REQUESTS, (str(self.object), self.object.get_absolute_url())]

    def act(self, request, is_granted, answer):
        answer_request(request, is_granted, answer, by=self.request.user)
        return "Đã trả lời. Đồng chí đề nghị đọc được ở trang “Dữ liệu của tôi”."


class IncidentList(PortalList):
    model = Incident
    access = "chibo.handle_incidents"
    template_name = "chibo/incident_list.html"
    title = "Sự cố dữ liệu"
    sub = "Mất, lộ, dùng sai dữ liệu cá nhân: báo cơ quan chuyên trách trong 72 giờ từ lúc phát hiện."

    def get_rows(self):
        return super().get_rows().select_related("organisation")

    def get_context_data(self, **context):
        context, moment = super().get_context_data(**context), now()
        for one in context["object_list"]:
            one.left = one.hours_left(moment)
        return context


class IncidentReport(PortalCreate):
    access = "chibo.own_data"
    form_class = forms.IncidentForm
    title = "Báo sự cố dữ liệu"
    verb = "Báo sự cố"
    sub = "Ai thấy thì báo ngay; báo nhầm không sao."
    success_message = "Đã báo. Ban Tổ chức, Văn phòng thấy việc này ngay trên cổng; đồng chí gọi điện báo thêm."

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def act(self, **answers):
        return report_incident(by=self.request.user, **answers)


class IncidentDetail(PortalDetail):
    model = Incident
    access = "chibo.own_data"
    template_name = "chibo/incident_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation", "reported_by")

    def get_crumbs(self):
        return [INCIDENTS] if self.may_handle else []

    @property
    def may_handle(self):
        return may_handle_incident(self.request.user, self.object) is True

    def get_context_data(self, **context):
        return super().get_context_data(may_handle=self.may_handle, left=self.object.hours_left(now()), officer=value_on("chibo.data_officer", today(), self.object.path), **context)  # fmt: skip


class IncidentHandle(PortalEdit):
    model = Incident
    access = "chibo.handle_incident"
    form_class = forms.HandleForm
    title = "Ghi việc xử lý sự cố"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation")

    def get_initial(self):
        return {"measures": self.object.measures}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "is_told": self.object.told_at is not None}

    def get_sub(self):
        return self.object.what

    def get_crumbs(self):
        return [INCIDENTS, (str(self.object), self.object.get_absolute_url())]

    def act(self, incident, **answers):
        handle_incident(incident, by=self.request.user, **answers)
        return "Đã ghi."


class IncidentIds(FoundMixin, View):
    """The ids of the records concerned, for the authority: ids alone, no names."""

    model = Incident
    access = "chibo.handle_incident"

    def get(self, request, pk):
        incident = self.get_object()
        record("incident.ids_taken", incident, by=request.user, rows=len(incident.affected))
        sheet = Sheet("Mã bản ghi", [Column("TT", 6, "int"), Column("Mã bản ghi", 14, "int")], [list(pair) for pair in enumerate(incident.affected, 1)], "MÃ CÁC BẢN GHI LIÊN QUAN SỰ CỐ")  # fmt: skip
        response = HttpResponse(workbook([sheet]), content_type=XLSX)
        response["Content-Disposition"] = attachment(f"su-co-{incident.pk}-ma-ban-ghi.xlsx")
        response["Content-Security-Policy"], response["Cache-Control"] = "sandbox", "no-store"
        return response


class Export(PortalCreate):
    """Asks why, queues the file; the address carries the filter of the list."""

    access = "chibo.export_list"
    form_class = forms.ExportForm
    verb = "Xuất danh sách"
    template_name = "chibo/export.html"

    def answers(self):
        return understood(self.filter_form, self.request.user, self.request.GET)

    def get_context_data(self, **context):
        answers = self.answers()
        return super().get_context_data(number=self.rows(self.request.user, answers).count(), said=self.words(self.request.user, answers), noun=self.noun, **context)  # fmt: skip

    def act(self, reason):
        return ask_export(self.code, self.answers(), reason, by=self.request.user, client_key=self.sent_key)


class MemberExport(Export):
    code, noun, title = "xuat-dang-vien", "đồng chí", "Xuất danh sách đảng viên"
    filter_form, rows, words = MemberFilter, staticmethod(member_rows), staticmethod(member_words)

    def get_crumbs(self):
        return [MEMBERS]


class OrganisationExport(Export):
    code, noun, title = "xuat-to-chuc", "tổ chức", "Xuất danh sách tổ chức đảng"
    filter_form, rows, words = OrganisationFilter, staticmethod(organisation_rows), staticmethod(organisation_words)

    def get_crumbs(self):
        return [("Tổ chức đảng", "/to-chuc/don-vi/")]
