"""Kiến nghị of cells with their clock, and the questions to ask of cells."""

from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from chibo.models import Organisation
from hoithao.choices import PetitionState, Sort
from hoithao.forms.around import AnswerForm, PassForm, SendPetitionForm
from hoithao.models import Contribution, Meeting, Petition
from hoithao.questions import bundled, questions_of
from hoithao.services.petitions import answer_petition, pass_petition, send_petition, take_petition
from hoithao.views.around import LIST, crumbs_of
from kyanh_portal.access.rules import verdict
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.ui.views import PortalAction, PortalDetail, PortalEdit, PortalList, PortalPage

PETITIONS = ("Kiến nghị", "/sinh-hoat/kien-nghi/")
MOST = 200


class PetitionList(PortalList):
    """The oldest term first; answered ones behind a link."""

    model = Petition
    access = "hoithao.see_petitions"
    template_name = "hoithao/petition_list.html"
    title = "Kiến nghị của chi bộ"

    def get_rows(self):
        rows = super().get_rows().select_related("organisation", "addressee", "meeting__kind")
        self.is_done = self.request.GET.get("xong") == "1"
        return rows.exclude(pk__in=rows.waiting().values("pk")) if self.is_done else rows.waiting()

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        day = today()
        rows = Petition.objects.visible_to(self.request.user)
        context = super().get_context_data(is_done=self.is_done, day=day, **context)
        context["lines"] = [(one, one.days_late(day), (one.due_on - day).days) for one in context["object_list"]]
        context["waiting"], context["late"] = rows.waiting().count(), rows.waiting().filter(due_on__lt=day).count()
        context["all"] = rows.count()
        return context


class PetitionDetail(PortalDetail):
    model = Petition
    access = "hoithao.see_petitions"
    template_name = "hoithao/petition_detail.html"

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .select_related("organisation", "addressee", "meeting__kind", "told_in__kind", "told_in__organisation")
        )

    def get_title(self):
        return "Kiến nghị"

    def get_sub(self):
        return f"{self.object.organisation.name}, nêu ngày {vn_date(self.object.meeting.held_on)}"

    def get_crumbs(self):
        return [LIST, PETITIONS]

    def get_context_data(self, **context):
        one, day = self.object, today()
        return super().get_context_data(
            moves=one.moves.select_related("by"),
            late=one.days_late(day),
            left=(one.due_on - day).days,
            may_answer=one.is_waiting and verdict("hoithao.answer_petition", self.request.user, one) is True,
            may_take=one.state in (PetitionState.SENT, PetitionState.PASSED),
            **context,
        )


class PetitionSend(PortalEdit):
    """Send a member's petition up, in short words."""

    model = Meeting
    access = "hoithao.run_meeting"
    form_class = SendPetitionForm
    title = "Gửi kiến nghị lên cấp trên"
    verb = "Gửi lên"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__parent", "organisation__kind", "kind")

    def contribution(self):
        rows = Contribution.objects.filter(meeting=self.object, sort=Sort.PETITION)
        return get_object_or_404(rows, pk=self.kwargs["row"])

    def get_initial(self):
        return {"text": self.contribution().text}

    def get_sub(self):
        above = self.object.organisation.parent
        return f"Nơi nhận: {above.name}" if above else ""

    def get_crumbs(self):
        return crumbs_of(self.object, ("Trước và sau", reverse("hoithao:around", args=[self.object.pk])))

    def act(self, meeting, text):
        self.done = send_petition(self.contribution(), by=self.request.user, text=text)
        return f"Đã gửi {self.done.addressee.name}, hạn trả lời {vn_date(self.done.due_on)}."

    def get_success_url(self):
        return reverse("hoithao:around", args=[self.object.pk])


class _Move(PortalAction):
    model = Petition
    access = "hoithao.answer_petition"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation", "addressee__parent", "meeting")

    def get_sub(self):
        return f"{self.object.organisation.name}: {self.object.text}"

    def get_crumbs(self):
        return [LIST, PETITIONS, ("Kiến nghị", self.object.get_absolute_url())]


class PetitionTake(_Move):
    title = "Tiếp nhận kiến nghị"
    consequence = "Chi bộ thấy kiến nghị đang được xem xét. Hạn trả lời không đổi."
    verb = "Tiếp nhận"

    def act(self, petition):
        take_petition(petition, by=self.request.user)
        return "Đã tiếp nhận."


class PetitionPass(_Move):
    form_class = PassForm
    title = "Chuyển kiến nghị lên trên"
    consequence = "Nơi trả lời mới là cấp ủy cấp trên trực tiếp. Hạn trả lời của chi bộ vẫn chạy."
    verb = "Chuyển lên trên"

    def act(self, petition, note):
        petition = pass_petition(petition, by=self.request.user, note=note)
        return f"Đã chuyển {petition.addressee.name}."


class PetitionAnswer(_Move):
    form_class = AnswerForm
    title = "Trả lời kiến nghị"
    consequence = "Câu trả lời tự vào chương trình buổi sinh hoạt tới của chi bộ và vào biên bản buổi ấy."
    verb = "Gửi trả lời"

    def act(self, petition, **answers):
        petition = answer_petition(petition, by=self.request.user, **answers)
        where = f" Đã vào chương trình {petition.told_in.name.lower()}." if petition.told_in else ""
        return f"Đã trả lời {petition.organisation.name}.{where}"


class QuestionList(PortalPage):
    """What to ask the cells of the user's branch: what many are asked as one line by committee, the rest by cell; one next step each."""

    access = "hoithao.see_questions"
    template_name = "hoithao/question_list.html"
    title = "Điều cần hỏi"
    sub = "Cổng chỉ nhắc và hỏi; trả lời là việc của chi bộ."

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        day, chosen = today(), self.request.GET.get("luat", "")
        cells = (
            Organisation.objects.visible_to(self.request.user).cells().valid_on(day).select_related("kind", "parent")
        )
        cells = list(cells)
        found = questions_of(cells, day, reader=self.request.user)
        rules: dict[str, int] = {}
        for one in found:
            rules[one.rule] = rules.get(one.rule, 0) + 1
        shown = [one for one in found if not chosen or one.rule == chosen]
        bundles, alone = bundled(shown, cells)
        groups: dict = {}
        for one in sorted(alone, key=lambda one: one.due_on)[:MOST]:
            groups.setdefault(one.cell, []).append(one)
        return super().get_context_data(
            groups=sorted(groups.items(), key=lambda pair: pair[0].sort_key), rules=[(code, RULES[code], n) for code, n in sorted(rules.items())],
            chosen=chosen, total=len(shown), hidden=max(0, len(alone) - MOST), bundles=bundles, cells=len(cells), asked=len({one.cell for one in found}), **context,
        )  # fmt: skip


RULES = {
    "K01": "Chưa họp thường kỳ", "K02": "Chưa chuyên đề", "K03": "Chi ủy chưa họp", "K04": "Chưa đăng tài liệu", "K05": "Họp ngắn",
    "K11": "Việc giao quá hạn", "K14": "Chưa khóa", "K15": "Chưa báo cáo", "K17": "Vắng, hết hạn miễn",
}  # fmt: skip

urlpatterns = [
    path("can-hoi/", QuestionList.as_view(), name="question_list"),
    path("kien-nghi/", PetitionList.as_view(), name="petition_list"),
    path("kien-nghi/<int:pk>/", PetitionDetail.as_view(), name="petition_detail"),
    path("kien-nghi/<int:pk>/tiep-nhan/", PetitionTake.as_view(), name="petition_take"),
    path("kien-nghi/<int:pk>/chuyen/", PetitionPass.as_view(), name="petition_pass"),
    path("kien-nghi/<int:pk>/tra-loi/", PetitionAnswer.as_view(), name="petition_answer"),
    path("<int:pk>/kien-nghi/<int:row>/gui/", PetitionSend.as_view(), name="petition_send"),
]
