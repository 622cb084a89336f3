"""Guided acts on an organisation: what will move is shown first, then done."""

from django.http import Http404
from django.urls import reverse

from chibo.choices import Arranged
from chibo.forms.rearranging import (
    ActForm,
    DelegationForm,
    DisbandForm,
    DissolveForm,
    HandoverForm,
    HolidayForm,
    MergeForm,
    MoveForm,
    RenameForm,
    RetypeForm,
    SplitForm,
    UniteForm,
)
from chibo.models import Holiday
from chibo.services import rearranging
from chibo.services.founding import delegate, disband, hand_over
from chibo.services.holidays import set_holiday
from chibo.views.organisations import OfOrganisation
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.ui.views import PortalCreate, PortalDetail, PortalPage

# address → (kind, title, form, what it is for)
ACTS = {
    "doi-ten": (Arranged.RENAMED, "Đổi tên", RenameForm, "Tổ chức giữ nguyên, chỉ tên đổi từ một ngày."),
    "doi-loai": (Arranged.RETYPED, "Đổi loại, loại hình", RetypeForm, "Từ một ngày; số liệu các tháng trước giữ loại hình cũ."),
    "chuyen": (Arranged.MOVED, "Chuyển về cấp trên khác", MoveForm, "Cả đơn vị, cùng mọi đơn vị trực thuộc."),
    "sap-nhap": (Arranged.MERGED, "Sáp nhập vào tổ chức khác", MergeForm, "Tổ chức này thôi hoạt động, nơi kia giữ tên."),
    "hop-nhat": (Arranged.UNITED, "Hợp nhất thành tổ chức mới", UniteForm, "Hai hay nhiều tổ chức thành một tổ chức mới."),
    "chia-tach": (Arranged.SPLIT, "Tách ra một tổ chức mới", SplitForm, "Một số đảng viên, đơn vị sang tổ chức mới."),
    "giai-the": (Arranged.DISSOLVED, "Giải thể", DissolveForm, "Thôi hoạt động, không có tổ chức kế tiếp."),
    "giai-tan": (Arranged.DISBANDED, "Giải tán (kỷ luật)", DisbandForm, "Hình thức kỷ luật: cấp trên đề nghị, cấp trên nữa quyết định."),
    "ket-thuc": (Arranged.ENDED, "Kết thúc hoạt động", ActForm, "Cấp, cơ quan không còn; đơn vị trực thuộc đã chuyển đi."),
}  # fmt: skip


class ActList(PortalDetail):
    """The acts to choose from."""

    model = OfOrganisation.model
    access = "chibo.rearrange_organisation"
    template_name = "chibo/organisation_acts.html"

    def get_title(self):
        return "Sắp xếp tổ chức"

    def get_sub(self):
        return self.object.name

    def get_crumbs(self):
        return [(self.object.name, self.object.get_absolute_url())]

    def get_context_data(self, **context):
        acts = [(slug, title, told) for slug, (_, title, _, told) in ACTS.items()]
        return super().get_context_data(acts=acts, **context)


class OrganisationAct(OfOrganisation):
    """Fill in → see what will move → do it. Done only with the plan that was seen."""

    access = "chibo.rearrange_organisation"
    template_name = "chibo/organisation_act.html"

    def dispatch(self, request, *args, **kwargs):
        if kwargs["act"] not in ACTS:
            raise Http404("no such act")
        self.kind, self.title, self.form_class, _ = ACTS[kwargs["act"]]
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        return super().get_queryset().select_related("kind", "cell_type", "parent")

    def get_title(self):
        return f"{self.title}: {self.object.label}"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "organisation": self.object, "user": self.request.user}

    def get_context_data(self, **context):
        context.setdefault("verb", "Xem trước những gì sẽ chuyển")
        return super().get_context_data(**context)

    def form_valid(self, form):
        answers = dict(form.cleaned_data)
        seen = answers.pop("seen")
        known = {
            k: v
            for k, v in answers.items()
            if k in ("heir", "name", "others", "members", "children", "unit_kind", "cell_type")
        }
        try:
            plan = rearranging.plan(self.kind, self.object, answers["effective_on"], **known)
        except RuleBroken as broken:
            form.add_rule_broken(broken)
            return self.form_invalid(form)
        if seen == plan.digest:
            return super().form_valid(form)
        form.data = form.data.copy()
        form.data["seen"] = plan.digest
        return self.render_to_response(self.get_context_data(form=form, plan=plan, verb=f"Thực hiện: {self.title.lower()}"))  # fmt: skip

    def act(self, organisation, seen, effective_on, decision, **answers):
        by = self.request.user
        do = {
            Arranged.RENAMED: rearranging.rename, Arranged.RETYPED: rearranging.retype, Arranged.MOVED: rearranging.move, Arranged.MERGED: rearranging.merge,
            Arranged.UNITED: rearranging.unite, Arranged.SPLIT: rearranging.split, Arranged.DISSOLVED: rearranging.dissolve,
            Arranged.DISBANDED: disband,
            Arranged.ENDED: rearranging.end,
        }[self.kind]  # fmt: skip
        if "others" in answers:
            answers["others"] = list(answers["others"])
        do(organisation, effective_on=effective_on, decision=decision, by=by, **answers)
        return "Đã ghi. Xem kết quả bằng “Xem tại ngày”." if effective_on > today() else "Đã thực hiện."

    def get_success_url(self):
        return self.object.get_absolute_url()


class HandoverEdit(OfOrganisation):
    """When the handover after an end was done, when seal and files went up."""

    access = "chibo.rearrange_organisation"
    form_class = HandoverForm
    title = "Ghi bàn giao, nộp con dấu"

    @property
    def line(self):
        found = self.object.lineage.filter(pk=self.kwargs["line"], kind__in=Arranged.ends()).first()
        if found is None:
            raise Http404
        return found

    def get_sub(self):
        return f"{self.line.get_kind_display()} từ {vn_date(self.line.effective_on)}, {self.line.decision}"

    def get_initial(self):
        return {name: getattr(self.line, name) for name in HandoverForm.base_fields}

    def act(self, organisation, **answers):
        hand_over(self.line, by=self.request.user, **answers)
        return "Đã ghi."


class DelegationCreate(OfOrganisation):
    access = "chibo.rearrange_organisation"
    form_class = DelegationForm
    title = "Ghi quyền được giao"

    def act(self, organisation, **answers):
        delegate(organisation, by=self.request.user, **answers)
        return "Đã ghi quyền được giao."


class HolidayList(PortalPage):
    """The calendar that working days are counted by."""

    access = "chibo.see_organisations"
    template_name = "chibo/holiday_list.html"
    title = "Lịch nghỉ và ngày làm bù"
    sub = "Thời hạn tính bằng ngày làm việc theo lịch này."

    def get_context_data(self, **context):
        return super().get_context_data(holidays=Holiday.objects.order_by("-day")[:200], **context)


class HolidayCreate(PortalCreate):
    access = "chibo.keep_calendar"
    form_class = HolidayForm
    title = "Ghi ngày nghỉ, ngày làm bù"

    def get_crumbs(self):
        return [("Lịch nghỉ", reverse("chibo:holiday_list"))]

    def act(self, **answers):
        if answers["is_worked"] and answers["day"].weekday() < 5:
            raise RuleBroken("Ngày làm bù là thứ Bảy hoặc Chủ nhật.", field="day")
        set_holiday(by=self.request.user, **answers)
        return "Đã ghi."

    def get_success_url(self):
        return reverse("chibo:holiday_list")
