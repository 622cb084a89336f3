"""A complaint about a discipline: that it came, and how it was answered.

Who may edit the member is shown disciplines too (fieldclasses); the record is looked up only after that rule has been asked,
so that a refusal does not tell whether there is one.
"""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from chibo.forms import lifecycle as forms
from chibo.models import Complaint
from chibo.services import complaints
from chibo.views.lifecycle import OfMember
from kyanh_portal.base.calendar import vn_date


class ComplaintCreate(OfMember):
    form_class = forms.ComplaintForm
    title = "Ghi khiếu nại kỷ luật"
    verb = "Ghi khiếu nại"

    @cached_property
    def discipline(self):
        return get_object_or_404(self.object.disciplines, pk=self.kwargs["discipline"])

    def get_sub(self):
        one = self.discipline
        return f"Đồng chí {self.object}: {one.get_penalty_display().lower()}, {vn_date(one.decided_on)}. Nội dung khiếu nại nằm ở hồ sơ giấy."  # fmt: skip

    def act(self, member, **answers):
        row = complaints.note_complaint(self.discipline, by=self.request.user, **answers)
        return f"Đã ghi khiếu nại. Trả lời trước ngày {vn_date(complaints.answer_until(row))}."


class ComplaintAnswer(OfMember):
    form_class = forms.AnswerForm
    title = "Ghi trả lời khiếu nại"
    verb = "Ghi trả lời"

    @cached_property
    def complaint(self):
        rows = Complaint.objects.filter(discipline__member=self.object).select_related("discipline__member")
        return get_object_or_404(rows, pk=self.kwargs["complaint"])

    def get_sub(self):
        one = self.complaint
        return f"Đồng chí {self.object}: khiếu nại nhận ngày {vn_date(one.received_on)}, {one.get_level_display()} giải quyết."  # fmt: skip

    def act(self, member, **answers):
        complaints.answer_complaint(self.complaint, by=self.request.user, **answers)
        return "Đã ghi trả lời."
