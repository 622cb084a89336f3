"""The order of business and the kinds of decisions on screen: what holds on a day, what held before, a new version from a day."""

import datetime as dt

from django.shortcuts import get_list_or_404, get_object_or_404
from django.urls import path, reverse

from hoithao.access import may_edit_rules
from hoithao.choices import Part
from hoithao.forms.dated_rules import DecisionForm, ProcedureForm
from hoithao.models import DecisionKind, MeetingKind, StepTemplate
from hoithao.services.dated_rules import (
    pending,
    revise_decision,
    revise_procedure,
    waiting_decision,
    withdraw_decision,
    withdraw_procedure,
)
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.audit.trail import words_for
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.ui.views import PortalAction, PortalCreate, PortalPage

CRUMBS = [("Sinh hoạt", "/sinh-hoat/"), ("Quy định sinh hoạt", "/sinh-hoat/khung/")]


def day_asked(request) -> dt.date:
    """The day of the address, else today."""
    try:
        return dt.date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return today()


def changes_of(family: str, target: str = "", most: int = 12) -> list[AuditEntry]:
    """The newest changes of rules on the trail, each with its words and the day of the version it was about."""
    rows = AuditEntry.objects.filter(verb__startswith=f"{family}.").order_by("-id")
    found = list((rows.filter(target_id=target) if target else rows)[:most])
    for one in found:
        one.words = words_for(one.verb)
        day = one.facts.get("valid_from", "")
        one.day = dt.date.fromisoformat(day) if day else None
    return found


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
            kinds=kinds, kind=kind, day=day, changes=changes_of("procedure", str(kind.pk)), is_today=day == today(), days=days, waits=waits,
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
        versions: dict[str, list] = {}
        for one in every:
            versions.setdefault(one.code, []).append(one)
            one.is_coming = one.valid_from is not None and one.valid_from > today()
            one.is_now = not one.is_coming and (one.valid_to is None or one.valid_to >= today())
        waits = {code: waiting_decision(rows) for code, rows in versions.items()}
        for one in every:
            one.waits, one.ends = waits[one.code] or (None, False)
            one.may_change = one.is_now and (one.valid_to is None or (one.waits is not None and not one.ends))
        coming, past = [[one for one in others if one.is_coming is kind] for kind in (True, False)]
        lists = [("Sắp áp dụng", "sap-toi", by_name(coming)), ("Trước đây", "truoc-day", by_name(past))]
        return super().get_context_data(
            day=day, is_today=day == today(), in_force=in_force, lists=lists, changes=changes_of("decision"),
            may_edit=may_edit_rules(self.request.user) is True, **context,
        )  # fmt: skip


def by_name(rows) -> list[tuple[str, list]]:
    """The versions of one kind together, the newest first."""
    found: dict[str, list] = {}
    for one in rows:
        found.setdefault(one.name, []).append(one)
    return list(found.items())


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
            rows = get_list_or_404(DecisionKind.objects.order_by("valid_from"), code=self.kwargs["code"])
            now = DecisionKind.objects.on(today()).filter(code=self.kwargs["code"]).first()
            self._row = now or rows[-1]
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


class DecisionWithdraw(PortalCreate):
    """Take back a version that does not hold yet, or an end not reached."""

    access = "hoithao.edit_rules"
    template_name = PortalAction.template_name
    title = "Bỏ bản loại việc chưa áp dụng"
    verb = "Bỏ bản ấy"

    def get_rows(self):
        if not hasattr(self, "_rows"):
            self._rows = get_list_or_404(DecisionKind.objects.order_by("valid_from"), code=self.kwargs["code"])
        return self._rows

    def get_crumbs(self):
        return [*CRUMBS, ("Loại việc biểu quyết", reverse("hoithao:decision_page"))]

    def get_sub(self):
        return self.get_rows()[-1].name

    def get_context_data(self, **context):
        return super().get_context_data(consequence=self.get_consequence(), **context)

    def get_consequence(self):
        waits = waiting_decision(self.get_rows())
        if waits is None:
            return "Không có bản nào đang chờ áp dụng."
        day, ends = waits
        if ends:
            return f"Loại việc này định thôi dùng từ {vn_date(day)}. Bỏ bản ấy thì loại việc dùng tiếp như cũ."
        if any(one.valid_to == day - dt.timedelta(days=1) for one in self.get_rows()):
            return f"Bản áp dụng từ {vn_date(day)} sẽ không còn; bản đang dùng tiếp tục như cũ. Lần bỏ này ghi vào nhật ký."
        return f"Loại việc này chưa dùng bao giờ (định dùng từ {vn_date(day)}); bỏ thì không còn. Lần bỏ này ghi vào nhật ký."

    def act(self):
        before = withdraw_decision(self.kwargs["code"], by=self.request.user)
        return f"Đã bỏ bản chưa áp dụng. “{before}” dùng tiếp như cũ." if before else "Đã bỏ loại việc chưa áp dụng."

    def get_success_url(self):
        return reverse("hoithao:decision_page")


urlpatterns = [
    path("quy-trinh/", ProcedurePage.as_view(), name="procedure_page"),
    path("quy-trinh/<slug:kind>/ban-moi/", ProcedureRevise.as_view(), name="procedure_revise"),
    path("quy-trinh/<slug:kind>/bo-ban-cho/", ProcedureWithdraw.as_view(), name="procedure_withdraw"),
    path("loai-bieu-quyet/", DecisionPage.as_view(), name="decision_page"),
    path("loai-bieu-quyet/moi/", DecisionCreate.as_view(), name="decision_create"),
    path("loai-bieu-quyet/<slug:code>/", DecisionRevise.as_view(), name="decision_revise"),
    path("loai-bieu-quyet/<slug:code>/bo-ban-cho/", DecisionWithdraw.as_view(), name="decision_withdraw"),
]
