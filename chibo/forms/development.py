"""Candidates: entering, each step with only what it asks, helper, target."""

from django import forms
from django.db.models import Q

from chibo.choices import CandidateStage, LeastSchooling, Role, Sex
from chibo.forms.rearranging import OrganisationChoice
from chibo.models import Member, Organisation
from chibo.rules import months_after
from chibo.services.development import VOTED, ceremony_limit, votes_needed
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import DateField, LineField, PortalForm


class CandidateForm(PortalForm):
    organisation = OrganisationChoice(Organisation.objects.none(), label="Chi bộ giúp đỡ", empty_label=None)
    full_name = LineField(label="Họ và tên", max_length=120)
    born_on = DateField(label="Ngày sinh")
    sex = forms.ChoiceField(label="Giới tính", choices=Sex)
    is_youth = forms.BooleanField(label="Là đoàn viên", required=False)
    stage_on = DateField(label="Chi bộ ghi nhận ngày", initial=today)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        own = scope_of(user).covers_as("path", Role.CELL_SECRETARY, Role.ORGANISING)
        cells = Organisation.objects.visible_to(user).filter(own).cells().valid_on(today())
        self.fields["organisation"].queryset = cells.select_related("parent").order_by("parent__sort_key", "sort_key")


_WHOM = {
    CandidateStage.CELL_VOTED: "Hôm nay chi bộ có {} đảng viên chính thức phải tính; đồng chí được miễn, tạm đi nơi khác mà đến dự thì cộng thêm.",
    CandidateStage.COMMITTEE_VOTED: "Cấp ủy có {} đồng chí đương nhiệm phải tính, cả đồng chí vắng mặt.",
}  # fmt: skip


class StepForm(PortalForm):
    """A step asks its day and what its kind needs, nothing more."""

    on = DateField(label="Ngày", initial=today)
    paper = LineField(label="Số, ngày văn bản", max_length=200, required=False)
    certificate_number = LineField(label="Số giấy chứng nhận", max_length=60, required=False)
    base = forms.IntegerField(label="Số người có quyền biểu quyết", min_value=1, max_value=999, required=False)
    votes = forms.IntegerField(label="Số tán thành", min_value=0, max_value=999, required=False)
    received_on = DateField(label="Ngày chi bộ nhận quyết định", required=False)

    def __init__(self, *args, stage, base=None, decides=None, decision=None, **kwargs):
        super().__init__(*args, **kwargs)
        if stage not in (CandidateStage.DECIDED, CandidateStage.ADMITTED):
            del self.fields["received_on"]
        elif decision is not None:
            self.fields["received_on"].initial = decision.received_on
            until, why = ceremony_limit(decision)
            self.fields["on"].help_text = f"Đến hết {vn_date(until)}: {why}."
            self.fields["paper"].help_text = "Lễ tổ chức sau hạn: số, ngày văn bản cấp trên đồng ý."
        if stage not in VOTED:
            del self.fields["base"], self.fields["votes"]
        else:
            for name in ("base", "votes"):
                self.fields[name].required = True
                self.fields[name].label = self.fields[name].label.replace(" (không bắt buộc)", "")
            share, source = (decides.share, decides.source) if decides else ("ít nhất hai phần ba", "294-QĐ/TW 9.3.4")
            self.fields["votes"].help_text = f"Đạt khi {share} số có quyền biểu quyết tán thành ({source})."
            if decides:
                self.fields["base"].help_text = f"{decides.who} quyết định."
            if base:
                self.fields["base"].initial = base
                self.fields["base"].help_text = _WHOM[stage].format(base)
                self.fields["votes"].help_text += f" Với {base} người: từ {votes_needed(stage, base)} phiếu."
        if stage != CandidateStage.CLASS_DONE:
            del self.fields["certificate_number"]
        else:
            self.fields["certificate_number"].label = "Số giấy chứng nhận"
        if stage in (CandidateStage.DECIDED, CandidateStage.ALLOWED):
            self.fields["paper"].label = "Số, ngày văn bản"
        if stage == CandidateStage.ADMITTED:
            self.fields["on"].label = "Ngày lễ kết nạp"


class HelperForm(PortalForm):
    helper = forms.ModelChoiceField(Member.objects.none(), label="Đảng viên giúp đỡ", empty_label="Chọn đồng chí")

    def __init__(self, *args, candidate, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Member.objects.present_on(today()).filter(organisation=candidate.organisation, official_on__lte=today())
        self.fields["helper"].queryset = rows.in_order()
        self.fields["helper"].initial = candidate.helper_id


class DossierForm(PortalForm):
    on = DateField(label="Ngày lập hồ sơ")
    consent = LineField(
        label="Văn bản đồng ý trước (quá 60 tuổi, chỉ biết đọc, biết viết)", max_length=200, required=False
    )


class ConditionsForm(PortalForm):
    """Introducers and schooling; each may stay empty until it is known."""

    schooling = forms.ChoiceField(label="Trình độ học vấn", choices=[("", "Chưa ghi"), *LeastSchooling.choices], required=False)  # fmt: skip
    introducer = forms.ModelChoiceField(Member.objects.none(), label="Người giới thiệu thứ nhất", empty_label="Chưa ghi", required=False)  # fmt: skip
    introducer_since = DateField(label="Người thứ nhất cùng công tác, học tập, cư trú từ", required=False, help_text="Ít nhất 12 tháng trước ngày chi bộ biểu quyết. Người xin vào Đảng chuyển từ nơi khác đến: để trống.")  # fmt: skip
    second_introducer = forms.ModelChoiceField(Member.objects.none(), label="Người giới thiệu thứ hai", empty_label="Chưa ghi", required=False)  # fmt: skip
    second_since = DateField(label="Người thứ hai cùng công tác, học tập, cư trú từ", required=False)
    union_resolution = LineField(label="Nghị quyết giới thiệu của Đoàn, công đoàn", max_length=200, required=False, help_text="Số, ngày. Thay cho người giới thiệu thứ hai (294-QĐ/TW 3.2).")  # fmt: skip
    verifies_abroad = forms.BooleanField(label="Có thẩm tra lý lịch ở ngoài nước: hạn trả lời 90 ngày làm việc", required=False)  # fmt: skip

    def __init__(self, *args, candidate, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Member.objects.present_on(today()).filter(organisation=candidate.organisation, official_on__lte=today())
        for name in ("introducer", "second_introducer"):
            self.fields[name].queryset = rows.in_order()


class TargetForm(PortalForm):
    organisation = OrganisationChoice(Organisation.objects.none(), label="Đơn vị", empty_label=None)
    year = forms.IntegerField(label="Năm", min_value=1990, max_value=2100)
    number = forms.IntegerField(label="Chỉ tiêu kết nạp", min_value=0, max_value=9999)
    source = LineField(label="Theo", max_length=200, help_text="Số, ngày nghị quyết hoặc kế hoạch giao.")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        own = scope_of(user).covers_as("path", Role.COMMITTEE_SECRETARY, Role.ORGANISING)
        rows = Organisation.objects.visible_to(user).filter(own, kind__is_body=False).valid_on(today())
        self.fields["organisation"].queryset = rows.select_related("parent").order_by("path")
        self.fields["year"].initial = today().year


class CandidateFilter(FilterForm):
    name = LineField(label="Họ tên")
    stage = forms.ChoiceField(label="Bước", choices=[("", "Mọi bước"), *CandidateStage.choices])
    limit = forms.ChoiceField(label="Giấy chứng nhận", choices=[("", "Tất cả"), ("soon", "Hết hạn trong 6 tháng"), ("over", "Đã quá 60 tháng")])  # fmt: skip
    ngay = DateField(label="Xem tại ngày")

    def apply(self, rows, **answers):
        day = answers.get("ngay", today())
        if day != today():
            rows = rows.known_on(day)
        if "name" in answers:
            rows = rows.filter(full_name__icontains=answers["name"])
        if "stage" in answers:
            rows = rows.filter(**{"stage" if day == today() else "stage_then": answers["stage"]})
        oldest = months_after(day, -60)
        waiting = Q(member=None) if day == today() else Q(member=None) | Q(member__admitted_on__gt=day)
        if answers.get("limit") == "soon":
            rows = rows.filter(waiting, certificate_on__range=(oldest, months_after(day, -54)))
        elif answers.get("limit") == "over":
            rows = rows.filter(waiting, certificate_on__lt=oldest)
        return rows
