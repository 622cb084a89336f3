"""After the lock: sign as oneself, take parts in extract. Before the meeting: excuses, and the steps of the procedure."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views import View

from hoithao.choices import Part, Signer, Status
from hoithao.forms.signing import ExcuseForm, ExtractForm, PhraseForm, TellForm
from hoithao.models import Excuse, Meeting, Phrase
from hoithao.services.excuses import find_link, make_link, note_call, take_excuse_back, tell_by_link
from hoithao.services.phrases import FIELDS, WORDS, save_phrase
from hoithao.services.procedure import IN_THE_ROOM, mark_prepared, stamps_of, steps_on
from hoithao.services.signing import extract_minutes, headings_of, role_of, sign_minutes
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.ui.views import FoundMixin, PortalAction, PortalCreate, PortalEdit, PortalList


class OfMeeting:
    """Crumbs of the pages below one meeting."""

    model = Meeting
    access = "hoithao.run_meeting"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind", "kind", "chair", "secretary")

    def get_crumbs(self):
        return [("Cuộc họp", reverse("hoithao:meeting_list")), (self.object.name, self.object.get_absolute_url())]

    def get_success_url(self):
        return self.object.get_absolute_url()


class SignMinutes(OfMeeting, PortalAction):
    """Chair and secretary confirm the locked minutes, each with the own account."""

    access = "hoithao.see_meeting"
    template_name = "hoithao/sign_minutes.html"
    verb = "Ký biên bản"
    title = "Ký biên bản trên cổng"

    def get_queryset(self):
        return super().get_queryset().filter(status=Status.CLOSED).select_related("minutes__document")

    def get_context_data(self, **context):
        minutes = self.object.minutes
        signed = {one.role: one for one in minutes.signatures.all()}
        officers = ((Signer.CHAIR, self.object.chair, self.object.chair_label), (Signer.SECRETARY, self.object.secretary, self.object.secretary_label))  # fmt: skip
        rows = [
            {"label": role.label, "name": name, "signed": signed.get(role), "has_account": bool(who and who.user_id)}
            for role, who, name in officers
        ]
        role = role_of(minutes, self.request.user)
        return super().get_context_data(rows=rows, may_sign=role is not None and role not in signed, **context)

    def get_consequence(self):
        role = role_of(self.object.minutes, self.request.user)
        if role is None:
            return "Chỉ đồng chí chủ trì và đồng chí ghi biên bản ký, mỗi người bằng tài khoản gắn với tên mình trong danh sách đảng viên."
        who = "người chủ trì" if role == "CHU_TRI" else "người ghi biên bản"
        return (
            f"Đồng chí ký với tư cách {who}: xác nhận biên bản đã khóa, dấu niêm {self.object.minutes.document.sha256[:12]}…"
            " Chữ ký trên cổng không thay chữ ký tay trên bản giấy."
        )

    def act(self, meeting):
        sign_minutes(meeting.minutes, by=self.request.user)
        return "Đã ký biên bản."


class ExtractCreate(OfMeeting, PortalEdit):
    """Trích biên bản, part by part."""

    form_class = ExtractForm
    title = "Trích biên bản"
    verb = "Lập bản trích"

    def get_queryset(self):
        return super().get_queryset().filter(status=Status.CLOSED).select_related("minutes__document")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "headings": headings_of(self.object.minutes)}

    def act(self, meeting, places, purpose):
        self.paper = extract_minutes(meeting.minutes, places, by=self.request.user, purpose=purpose)
        return "Đã lập bản trích. Tải PDF ở trang này."

    def get_success_url(self):
        return reverse("documents:detail", args=[self.paper.pk])


class Procedure(OfMeeting, PortalEdit):
    """Every step of the kind with its time; what is done outside the room is ticked here."""

    template_name = "hoithao/procedure.html"
    title = "Các bước của kỳ họp"
    verb = "Ghi các bước đã làm"

    def get_context_data(self, **context):
        stamps = stamps_of(self.object)
        posted = self.request.POST.getlist("done") if self.request.method == "POST" else None
        steps = steps_on(self.object)
        for step in steps:
            step.at, step.in_room = stamps.get(step.code), step.phase in IN_THE_ROOM
            step.is_done = step.code in (posted if posted is not None else stamps)
        parts = [(part.label, [step for step in steps if step.phase == part]) for part in Part]
        return super().get_context_data(parts=[one for one in parts if one[1]], meeting=self.object, **context)

    def call(self, form):
        mark_prepared(self.object, set(self.request.POST.getlist("done")), by=self.request.user)
        return "Đã ghi các bước."

    def get_success_url(self):
        return reverse("hoithao:procedure", args=[self.object.pk])


class Excuses(OfMeeting, PortalEdit):
    """Who told of an absence; note a call, or make a member's link."""

    form_class = ExcuseForm
    template_name = "hoithao/excuses.html"
    title = "Báo vắng trước"
    verb = "Ghi báo vắng"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "meeting": self.object}

    def get_context_data(self, **context):
        told = list(self.object.excuses.filter(told_at__isnull=False).select_related("member"))
        link = self.request.session.pop("excuse_link", None)
        return super().get_context_data(told=told, link=link if link and link["meeting"] == self.object.pk else None, meeting=self.object, **context)  # fmt: skip

    def act(self, meeting, member, reason, note):
        if "link" in self.request.POST:
            token = make_link(meeting, member, by=self.request.user)
            address = self.request.build_absolute_uri(reverse("hoithao:excuse_tell", args=[token]))
            self.request.session["excuse_link"] = {"meeting": meeting.pk, "name": str(member), "address": address}
            return None
        note_call(meeting, member=member, reason=reason, note=note, by=self.request.user)
        return f"Đã ghi: đồng chí {member} báo vắng. Bước Điểm danh sẽ điền sẵn."

    def get_success_url(self):
        return reverse("hoithao:excuses", args=[self.object.pk])


class ExcuseBack(FoundMixin, View):
    """The member comes after all."""

    model = Meeting
    access = "hoithao.run_meeting"

    def post(self, request, pk, row):
        meeting = self.get_object()
        excuse = Excuse.objects.visible_to(request.user).filter(meeting=meeting, pk=row).first()
        if excuse is not None:
            take_excuse_back(excuse, by=request.user)
        return HttpResponseRedirect(reverse("hoithao:excuses", args=[pk]))


@method_decorator(login_not_required, name="dispatch")
class TellExcuse(View):
    """The one-time link of a member: no account, no list, only the own absence."""

    template = "hoithao/tell_excuse.html"

    def get(self, request, token):
        return self.page(request, token, TellForm(), 200)

    def page(self, request, token, form, status):
        if (excuse := find_link(token)) is None:
            return self.over(request)
        return render(request, self.template, {"excuse": excuse, "form": form, "title": "Báo vắng"}, status=status)

    def over(self, request):
        """Used, too late or never made: the same words for all, so that nothing can be learned by guessing."""
        return render(request, self.template, {"is_over": True, "title": "Đường dẫn không còn dùng được"}, status=404)

    def post(self, request, token):
        if find_link(token) is None:
            return self.over(request)
        form = TellForm(request.POST)
        if not form.is_valid():
            return self.page(request, token, form, 422)
        try:
            excuse = tell_by_link(token, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_rule_broken(broken)
            return self.page(request, token, form, 422)
        return render(request, self.template, {"excuse": excuse, "is_told": True, "title": "Đã báo vắng"})


class PhraseList(PortalList):
    """The library of phrases."""

    model = Phrase
    access = "hoithao.edit_phrases"
    template_name = "hoithao/phrase_list.html"
    title = "Câu mẫu"
    sub = "Bấm được khi ghi cuộc họp; tên và số của buổi họp tự điền"
    paginate_by = 100

    def get_rows(self):
        rows = list(Phrase.objects.all())
        names = dict(FIELDS)
        for row in rows:
            row.place = names.get(row.field, row.field)
        return rows

    def get_crumbs(self):
        return [("Sinh hoạt", "/sinh-hoat/"), ("Quy định sinh hoạt", reverse("hoithao:frame_list"))]


class PhraseCreate(PortalCreate):
    access = "hoithao.edit_phrases"
    form_class = PhraseForm
    title = "Thêm câu mẫu"
    verb = "Ghi câu mẫu"

    def get_crumbs(self):
        return [("Câu mẫu", reverse("hoithao:phrase_list"))]

    def get_sub(self):
        return "Điền tự động: " + ", ".join("{" + word + "}" for word in WORDS)

    def act(self, **answers):
        save_phrase(None, by=self.request.user, **answers)
        return "Đã ghi câu mẫu."

    def get_success_url(self):
        return reverse("hoithao:phrase_list")


class PhraseEdit(PhraseCreate):
    title = "Sửa câu mẫu"

    def get_phrase(self):
        phrase = Phrase.objects.filter(pk=self.kwargs["pk"]).first()
        if phrase is None:
            raise Http404
        return phrase

    def get_initial(self):
        phrase = self.get_phrase()
        return {"field": phrase.field, "text": phrase.text, "order": phrase.order, "is_active": phrase.is_active}

    def act(self, **answers):
        save_phrase(self.get_phrase(), by=self.request.user, **answers)
        return "Đã ghi câu mẫu."


urlpatterns = [
    path("cau-mau/", PhraseList.as_view(), name="phrase_list"),
    path("cau-mau/moi/", PhraseCreate.as_view(), name="phrase_create"),
    path("cau-mau/<int:pk>/", PhraseEdit.as_view(), name="phrase_edit"),
    path("bao-vang/<str:token>/", TellExcuse.as_view(), name="excuse_tell"),
    path("<int:pk>/ky/", SignMinutes.as_view(), name="sign_minutes"),
    path("<int:pk>/trich/", ExtractCreate.as_view(), name="extract_create"),
    path("<int:pk>/quy-trinh/", Procedure.as_view(), name="procedure"),
    path("<int:pk>/bao-vang/", Excuses.as_view(), name="excuses"),
    path("<int:pk>/bao-vang/<int:row>/bo/", ExcuseBack.as_view(), name="excuse_back"),
]
