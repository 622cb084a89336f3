"""Transfers, recognition, leaving, re-admission, discipline, badges."""

from django import forms

from chibo.choices import CardState, Leaving, Penalty, RecognitionMatter, Role, Transferred, TransferState, VotingLevel
from chibo.complaint_choices import ComplaintLevel
from chibo.forms.rearranging import OrganisationChoice
from chibo.models import Organisation
from chibo.rulebooks import BADGES
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import DateField, LineField, PortalForm


class TransferForm(PortalForm):
    """Every cell of the system may be the target: a transfer leaves the own branch."""

    kind = forms.ChoiceField(label="Loại chuyển", choices=Transferred, widget=forms.RadioSelect)
    target = OrganisationChoice(Organisation.objects.none(), label="Đến chi bộ", required=False, empty_label="Ngoài hệ thống: ghi ở ô dưới")  # fmt: skip
    elsewhere = LineField(label="Hoặc nơi đến ngoài hệ thống", max_length=300, required=False, help_text="Chi bộ, đảng bộ, tỉnh. Ra nước ngoài: ghi nước, nơi đến.")  # fmt: skip
    moved_on = DateField(label="Quyết định chuyển có hiệu lực từ", initial=today)
    ground = LineField(label="Theo quyết định, giấy tờ", max_length=200)
    fee_until = DateField(label="Đã đóng đảng phí hết tháng (ghi ngày đầu tháng)", required=False)
    returns_on = DateField(
        label="Đến hết ngày", required=False, help_text="Bắt buộc khi chuyển tạm thời, ra nước ngoài tạm thời."
    )

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        cells = Organisation.objects.cells().valid_on(today()).exclude(pk=member.organisation_id)
        self.fields["target"].queryset = cells.select_related("parent").order_by("parent__sort_key", "sort_key", "pk")


class BoxForm(PortalForm):
    signed_on = DateField(label="Ngày ký", initial=today)


class FeeForm(PortalForm):
    fee_until = DateField(label="Đã đóng đảng phí hết tháng (ghi ngày đầu tháng)")


class RefuseForm(PortalForm):
    because = LineField(label="Lý do không tiếp nhận", max_length=300)


class SlipForm(PortalForm):
    slip_on = DateField(label="Ngày nộp phiếu ở nơi đến", initial=today)


class BackForm(PortalForm):
    """`cell`: where the member went from, offered first."""

    back_on = DateField(label="Ngày về nước", initial=today)
    organisation = OrganisationChoice(Organisation.objects.none(), label="Về sinh hoạt tại chi bộ", empty_label="Chọn chi bộ", help_text="Đồng chí vẫn tính ở chi bộ cũ thì giữ nguyên chi bộ ấy.")  # fmt: skip

    def __init__(self, *args, user, cell, **kwargs):
        super().__init__(*args, **kwargs)
        own = scope_of(user).covers_as("path", Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.ORGANISING)
        cells = Organisation.objects.filter(own).cells().valid_on(today())
        self.fields["organisation"].queryset = cells.select_related("parent").order_by("parent__sort_key", "sort_key", "pk")  # fmt: skip
        self.fields["organisation"].initial = cell.pk


class ReportedForm(PortalForm):
    reported_on = DateField(label="Ngày báo cáo chi bộ", initial=today)


class TransferFilter(FilterForm):
    state = forms.ChoiceField(label="Bước", choices=[("", "Mọi bước"), *TransferState.choices])
    ngay = DateField(label="Xem tại ngày")

    def apply(self, rows, **answers):
        if "state" not in answers:
            return rows
        day = answers.get("ngay", today())
        if day == today():
            return rows.filter(state=answers["state"])
        return rows.filter(pk__in=[one.pk for one in rows if one.state_on(day) == answers["state"]])


class RecogniseForm(PortalForm):
    decision = LineField(label="Theo quyết định công nhận", max_length=200)


class RecognitionVoteForm(PortalForm):
    """One vote of the cell or of the committee; `levels`: those the writer answers for, `base`, `hint`: whom the register counts."""

    matter = forms.ChoiceField(label="Biểu quyết về", choices=RecognitionMatter, widget=forms.RadioSelect, initial=RecognitionMatter.RECOGNISE)  # fmt: skip
    level = forms.ChoiceField(label="Nơi biểu quyết", choices=VotingLevel, widget=forms.RadioSelect, initial=VotingLevel.CELL)  # fmt: skip
    on = DateField(label="Ngày biểu quyết", initial=today)
    base = forms.IntegerField(label="Số người có quyền biểu quyết", min_value=1, max_value=999)
    votes = forms.IntegerField(label="Số tán thành", min_value=0, max_value=999, help_text="Đạt khi ít nhất hai phần ba số có quyền biểu quyết tán thành (294-QĐ/TW 9.3.4).")  # fmt: skip
    paper = LineField(label="Nghị quyết hoặc báo cáo kết quả số, ngày", max_length=200)

    def __init__(self, *args, levels, base, hint, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(level, VotingLevel(level).label) for level in levels]
        self.fields["level"].initial = levels[0]
        self.fields["base"].initial, self.fields["base"].help_text = base, hint


class LeaveForm(PortalForm):
    reason = forms.ChoiceField(label="Vì", choices=Leaving)
    left_on = DateField(label="Từ ngày", initial=today)
    decision = LineField(label="Số, ngày quyết định hoặc giấy tờ", max_length=200)
    told_on = DateField(label="Ngày đồng chí nhận quyết định", required=False)


class ReadmitForm(PortalForm):
    organisation = OrganisationChoice(Organisation.objects.none(), label="Vào chi bộ", empty_label="Chọn chi bộ")
    decided_on = DateField(label="Ngày quyết định kết nạp lại")
    admitted_on = DateField(label="Ngày lễ kết nạp lại")
    consent = LineField(
        label="Văn bản đồng ý của ban thường vụ tỉnh ủy", max_length=150, help_text="Số, ngày (294-QĐ/TW 3.5)."
    )
    hardship = forms.BooleanField(
        label="Trước đây xin ra vì hoàn cảnh gia đình đặc biệt khó khăn, đã xác nhận", required=False
    )
    cleared_on = DateField(label="Nếu từng bị kết án về tội ít nghiêm trọng: ngày được xóa án tích", required=False, help_text="Chỉ để tính đủ 60 tháng, không lưu lại. Tội tham nhũng, tội nghiêm trọng trở lên: không xét kết nạp lại.")  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        own = scope_of(user).covers_as("path", Role.CELL_SECRETARY, Role.ORGANISING)
        cells = Organisation.objects.visible_to(user).filter(own).cells().valid_on(today())
        self.fields["organisation"].queryset = cells.select_related("parent").order_by("parent__sort_key", "sort_key")


class DisciplineForm(PortalForm):
    penalty = forms.ChoiceField(label="Hình thức", choices=Penalty)
    decided_on = DateField(label="Ngày quyết định")
    decision = LineField(label="Số quyết định", max_length=200, help_text="Chỉ ghi số. Lý do nằm ở hồ sơ giấy.")
    ends_on = DateField(label="Hết hiệu lực", required=False)


class ComplaintForm(PortalForm):
    level = forms.ChoiceField(label="Cấp giải quyết", choices=ComplaintLevel, widget=forms.RadioSelect)
    received_on = DateField(label="Ngày nhận khiếu nại", initial=today)


class AnswerForm(PortalForm):
    answered_on = DateField(label="Ngày trả lời", initial=today)
    outcome = forms.ChoiceField(label="Kết quả", widget=forms.RadioSelect)

    def __init__(self, *args, outcomes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = outcomes


class CardForm(PortalForm):
    state = forms.ChoiceField(label="Bước của thẻ", widget=forms.RadioSelect)
    taken_on = DateField(label="Ngày", initial=today)
    paper = LineField(label="Theo quyết định, danh sách", max_length=200, required=False, help_text="Bắt buộc khi có quyết định, cấp lại, đổi thẻ. Số thẻ không ghi ở đây.")  # fmt: skip

    def __init__(self, *args, steps, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(step, CardState(step).label) for step in steps]
        if len(steps) == 1:
            self.fields["state"].initial = steps[0]


class AgeDecisionForm(PortalForm):
    """What the competent level decided, where tuổi đảng is not to be worked out from the dates."""

    counts_from = DateField(label="Tuổi đảng tính từ ngày", help_text="Đúng ngày ghi trong quyết định. Cổng không trừ thêm thời gian gián đoạn trước ngày quyết định.")  # fmt: skip
    decision = LineField(label="Số quyết định", max_length=100, help_text="Ví dụ: 45-QĐ/ThU.")
    decided_on = DateField(label="Ngày quyết định", help_text="Từ ngày này mới tính theo quyết định; xem lại ngày trước đó vẫn như cũ.")  # fmt: skip
    authority = LineField(label="Cấp quyết định", max_length=200, help_text="Ví dụ: Ban Thường vụ Thị ủy.")


class BadgeForm(PortalForm):
    years = forms.ChoiceField(label="Loại", choices=[(years, f"{years} năm tuổi đảng") for years in BADGES])
    awarded_on = DateField(label="Đợt trao")
    number = LineField(label="Số Huy hiệu", max_length=20, required=False, help_text="Ví dụ loại 30 năm: HT 00012345")
    decision = LineField(label="Theo quyết định", max_length=200, required=False)
