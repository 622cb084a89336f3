"""The steps of a draft: plan, move, comment, answer, what later papers do."""

from django import forms

from chibo.forms.units import UnitField
from chibo.models import Organisation
from kyanh_portal.documents.forms import MonthField
from kyanh_portal.documents.models import IssuedDocument
from kyanh_portal.ui.forms import DateField, PortalForm, TextField
from nghiquyet.access.bodies import own_bodies
from nghiquyet.choices import Life, Status, Verdict
from nghiquyet.services.moving import DOSSIER
from nghiquyet.services.parts import places_of


class PlanForm(PortalForm):
    lead = UnitField(
        Organisation.objects.none(), label="Cơ quan chủ trì soạn thảo", required=False, empty_label="Chưa chọn"
    )
    due_month = MonthField(label="Trình vào tháng", required=False)
    drafting_group = TextField(
        label="Tổ biên tập", required=False, help_text="Theo chức vụ, mỗi dòng một người; dòng đầu là tổ trưởng."
    )

    def __init__(self, *args, resolution, **kwargs):
        super().__init__(*args, **kwargs)
        near = Organisation.objects.filter(parent=resolution.organisation, kind__is_cell=False)
        self.fields["lead"].queryset = near | Organisation.objects.filter(pk=resolution.organisation_id)


class MoveForm(PortalForm):
    """A note; when the draft goes out for comments, until when and whom to ask."""

    until = DateField(label="Hạn góp ý")
    asked = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label="Hỏi ý kiến", required=False, widget=forms.CheckboxSelectMultiple
    )
    note = TextField(label="Ghi chú", rows=2, required=False)

    def __init__(self, *args, resolution, move, **kwargs):
        super().__init__(*args, **kwargs)
        if move.needs_note:
            self.fields["note"].required, self.fields["note"].label = True, "Lý do"
        if move.target != Status.COMMENTS:
            del self.fields["until"], self.fields["asked"]
        else:
            below = Organisation.objects.filter(parent=resolution.organisation).order_by("kind__rank", "sort_key")
            self.fields["asked"].queryset = below


class DossierForm(PortalForm):
    codes = forms.MultipleChoiceField(
        label="Đã có trong hồ sơ", required=False, choices=list(DOSSIER.items()), widget=forms.CheckboxSelectMultiple
    )


class CommentForm(PortalForm):
    organisation = UnitField(Organisation.objects.none(), label="Ý kiến của", empty_label=None)
    clause = forms.ChoiceField(label="Góp ý vào", required=False)
    text = TextField(label="Ý kiến", rows=5)

    def __init__(self, *args, version, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = own_bodies(user)
        names = [(p["key"], f"{p['label']}: {(p['heading'] or p['text'])[:60]}") for p in places_of(version)]
        self.fields["clause"].choices = [("", "Toàn văn"), *names]


class AnswerForm(PortalForm):
    verdict = forms.ChoiceField(label="Tiếp thu", choices=Verdict.choices, widget=forms.RadioSelect)
    answer = TextField(
        label="Giải trình", rows=3, required=False, help_text="Bắt buộc khi tiếp thu một phần hoặc giữ như dự thảo."
    )


class PaperChoice(forms.ModelChoiceField):
    def label_from_instance(self, paper):
        return f"{paper.type_name.capitalize()} {paper.number_line}, ngày {paper.dated:%d/%m/%Y}: {paper.title}"


class EffectForm(PortalForm):
    document = PaperChoice(IssuedDocument.objects.none(), label="Văn bản đã ban hành", empty_label="Chọn văn bản")
    effect = forms.ChoiceField(label="Làm gì với nghị quyết này", choices=[
        (Life.AMENDED, "Sửa đổi, bổ sung"), (Life.REVIEWED, "Tổng kết"), (Life.EXTENDED, "Tiếp tục thực hiện giai đoạn mới"),
        (Life.REPLACED, "Thay thế"), (Life.ENDED, "Chấm dứt hiệu lực"),
    ])  # fmt: skip
    starts_on = DateField(label="Từ ngày", required=False, help_text="Để trống: từ ngày văn bản.")
    note = TextField(label="Phần nào, thế nào", rows=3, required=False, help_text="Sửa đổi thì phải ghi.")

    def __init__(self, *args, resolution, user, **kwargs):
        super().__init__(*args, **kwargs)
        papers = IssuedDocument.objects.visible_to(user).filter(dated__gte=resolution.dated, number__isnull=False)
        papers = papers.filter(issuer=resolution.organisation.issuer_key).exclude(pk=resolution.document_id)
        self.fields["document"].queryset = papers.exclude(kind="minutes").defer("content")
