"""One task: what, who, until when."""

from chibo.models import Member
from hoithao.forms.meetings import PersonField
from kyanh_portal.ui.forms import DateField, LineField, PortalForm


class TaskForm(PortalForm):
    text = LineField(label="Việc phải làm", max_length=500)
    member = PersonField(label="Đồng chí làm", required=False, empty_label="Chọn đồng chí")
    due = DateField(label="Hạn xong")

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = Member.objects.filter(attendances__meeting=meeting).in_order()
        self.fields["member"].label = "Đồng chí làm"
