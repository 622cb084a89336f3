"""Extracts, excuses told beforehand, phrases, and the ticks of the procedure."""

from django import forms

from chibo.models import Member
from hoithao.choices import Reason
from hoithao.rules import LEFT_OUT
from hoithao.services.phrases import FIELDS
from kyanh_portal.ui.forms import LineField, PortalForm, TextField


class ExtractForm(PortalForm):
    places = forms.TypedMultipleChoiceField(
        label="Trích những mục nào", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    purpose = LineField(label="Trích để làm gì", required=False, max_length=200, help_text="Ví dụ: gửi Đảng ủy phường.")

    def __init__(self, *args, headings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["places"].choices = headings
        self.fields["places"].label = "Trích những mục nào"


class ExcuseForm(PortalForm):
    """A call the secretary notes."""

    member = forms.ModelChoiceField(Member.objects.none(), label="Đồng chí báo vắng", empty_label="Chọn đồng chí")
    reason = forms.ChoiceField(label="Lý do", choices=Reason)
    note = LineField(label="Ghi rõ", required=False, max_length=200)

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        counted = Member.objects.filter(attendances__in=meeting.roll.exclude(standing__in=LEFT_OUT))
        self.fields["member"].queryset = counted.in_order()


class TellForm(PortalForm):
    """What a member says through the own link."""

    reason = forms.ChoiceField(label="Lý do vắng", choices=Reason, widget=forms.RadioSelect)
    note = LineField(label="Ghi rõ", required=False, max_length=200)


class PhraseForm(PortalForm):
    field = forms.ChoiceField(label="Dùng ở ô", choices=FIELDS)
    text = TextField(label="Câu mẫu", rows=3, max_length=500)
    order = forms.IntegerField(label="Thứ tự", min_value=0, max_value=999, initial=0)
    is_active = forms.BooleanField(label="Đang dùng", required=False, initial=True)
