"""The order of business and the kinds of decisions on screen: what holds on a day, what held before, a new version from a day."""

import datetime as dt

from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from hoithao.access import may_edit_rules
from hoithao.choices import Part
from hoithao.forms.dated_rules import DecisionForm, ProcedureForm
from hoithao.models import DecisionKind, MeetingKind, StepTemplate
from hoithao.services.dated_rules import pending, revise_decision, revise_procedure, withdraw_procedure
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.ui.views import PortalAction, PortalCreate, PortalPage

CRUMBS = [("Sinh hoạt", "/sinh-hoat/"), ("Quy định sinh hoạt", "/sinh-hoat/khung/")]


def day_asked(request) -> dt.date:
    """The day of the address, else today."""
    try:
        return dt.date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return today()


class ProcedurePage(PortalPage):
    access = "hoithao.see_frames"
    template_name = "hoithao/procedure_page.html"
    title = "Quy trình các bước"
    sub = "Thứ tự và trang của từng bước, theo loại cuộc họp và ngày. Buổi nào theo bước của ngày ấy."

    def get_crumbs(self):
        return CRUMBS

    def get_context_data(self, **context):
        kinds = list(MeetingKind.objects.filter(is_active=True))
        asked, day = self.request.GET.get("loai", ""), day_asked(self.request)
        kind = next((one for one in kinds if one.code == asked), kinds[0])
        rows = StepTemplate.objects.filter(kind=kind)
        steps = list(rows.on(day))
        days = sorted({d for d in rows.values_list("valid_from", flat=True) if d}, reverse=True)
        waits = pending(rows)
        return super().get_context_data(
            kinds=kinds, kind=kind, day=day, is_today=day == today(), days=days, waits=waits,
            parts=[(label, [s for s in steps if s.phase == value]) for value, label in Part.choices],
            sources=list(dict.fromkeys(s.source for s in steps if s.source)), may_edit=may_edit_rules(self.request.user) is True, **context,
        )  # fmt: skip


class OfKind:
    """Pages about the procedure of one kind."""

    access = "hoithao.edit_rules"

    def get_kind(self):
        if not hasattr(self, "_kind"):
            self._kind = get_object_or_404(MeetingKind, code=self.kwargs["kind"], is_active=True)
        return self._kind

    def get_crumbs(self):
        return [*CRUMBS, ("Quy trình các bước", self.get_success_url())]

    def get_sub(self):
        return self.get_kind().name

    def get_success_url(self):
        return f"{reverse('hoithao:procedure_page')}?loai={self.get_kind().code}"


class ProcedureRevise(OfKind, PortalCreate):
    form_class = ProcedureForm
    template_name = "hoithao/procedure_form.html"
    title = "Lập bản mới của quy trình"
    verb = "Áp dụng bản mới"

    def get_form_kwargs(self):
        steps = list(StepTemplate.objects.filter(kind=self.get_kind()).on(today()))
        return {**super().get_form_kwargs(), "steps": steps}

    def get_context_data(self, **context):
        found = super().get_context_data(**context)
        return {**found, "rows": list(found["form"].rows())}

    def call(self, form):
        day, source = form.cleaned_data["valid_from"], form.cleaned_data["source"]
        changed = revise_procedure(
            self.get_kind(), by=self.request.user, valid_from=day, source=source, lines=form.lines()
        )
        return f"Quy trình mới áp dụng từ {vn_date(day)}: {changed} dòng thay đổi."


class ProcedureWithdraw(OfKind, PortalCreate):
    template_name = PortalAction.template_name
    title = "Bỏ bản quy trình chưa áp dụng"
    verb = "Bỏ bản ấy"

    def get_context_data(self, **context):
        text = "Bản chưa đến ngày áp dụng sẽ không còn; quy trình đang dùng tiếp tục như cũ."
        return super().get_context_data(consequence=text, **context)

    def act(self):
        withdraw_procedure(self.get_kind(), by=self.request.user)
        return "Đã bỏ bản chưa áp dụng."


class DecisionPage(PortalPage):
    access = "hoithao.see_frames"
    template_name = "hoithao/decision_page.html"
    title = "Loại việc biểu quyết"
    sub = "Việc gì cần quá nửa, việc gì cần hai phần ba, từ ngày nào, theo văn bản nào."

    def get_crumbs(self):
        return CRUMBS

    def get_context_data(self, **context):
        day = day_asked(self.request)
        every = list(DecisionKind.objects.order_by("order", "code", "-valid_from"))
        in_force = [one for one in every if (one.valid_from is None or one.valid_from <= day) and (one.valid_to is None or one.valid_to >= day)]  # fmt: skip
        others = [one for one in every if one not in in_force]
        return super().get_context_data(
            day=day, is_today=day == today(), in_force=in_force, others=others, may_edit=may_edit_rules(self.request.user) is True, **context,
        )  # fmt: skip


class DecisionCreate(PortalCreate):
    access = "hoithao.edit_rules"
    form_class = DecisionForm
    title = "Thêm loại việc biểu quyết"
    verb = "Ghi loại việc"

    def get_crumbs(self):
        return [*CRUMBS, ("Loại việc biểu quyết", reverse("hoithao:decision_page"))]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "is_new": True}

    def act(self, **answers):
        revise_decision(by=self.request.user, **answers)
        return f"Đã ghi, áp dụng từ {vn_date(answers['valid_from'])}."

    def get_success_url(self):
        return reverse("hoithao:decision_page")


class DecisionRevise(DecisionCreate):
    title = "Sửa loại việc biểu quyết từ một ngày"
    verb = "Áp dụng"

    def get_row(self):
        if not hasattr(self, "_row"):
            self._row = get_object_or_404(DecisionKind, code=self.kwargs["code"], valid_to=None)
        return self._row

    def get_sub(self):
        return f"{self.get_row().name}. Dòng cũ giữ lại, hết hạn ngày hôm trước."

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "is_new": False}

    def get_initial(self):
        row = self.get_row()
        return {"name": row.name, "threshold": row.threshold, "is_secret": row.is_secret}

    def act(self, **answers):
        return super().act(code=self.get_row().code, **answers)


urlpatterns = [
    path("quy-trinh/", ProcedurePage.as_view(), name="procedure_page"),
    path("quy-trinh/<slug:kind>/ban-moi/", ProcedureRevise.as_view(), name="procedure_revise"),
    path("quy-trinh/<slug:kind>/bo-ban-cho/", ProcedureWithdraw.as_view(), name="procedure_withdraw"),
    path("loai-bieu-quyet/", DecisionPage.as_view(), name="decision_page"),
    path("loai-bieu-quyet/moi/", DecisionCreate.as_view(), name="decision_create"),
    path("loai-bieu-quyet/<slug:code>/", DecisionRevise.as_view(), name="decision_revise"),
]
