"""A complaint about a discipline or a removal: that it came, and how it was answered.

Who may edit the member is shown disciplines and exits too (fieldclasses); the record is looked up only after that rule has been asked,
so that a refusal does not tell whether there is one.
"""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from chibo.complaint_choices import COMPLAINED_OF, ComplaintOutcome
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
    def about(self):
        return get_object_or_404(self.object.disciplines, pk=self.kwargs["discipline"])

    def get_sub(self):
        one = self.about
        return f"Đồng chí {self.object}: {one.get_penalty_display().lower()}, {vn_date(one.decided_on)}. Nội dung khiếu nại nằm ở hồ sơ giấy."  # fmt: skip

    def act(self, member, **answers):
        row = complaints.note_complaint(self.about, by=self.request.user, **answers)
        return f"Đã ghi khiếu nại. Trả lời trước ngày {vn_date(complaints.answer_until(row))}."


class ExitComplaintCreate(ComplaintCreate):
    """Who was removed, or let go, complains within thirty working days; one that comes late is written down and refused."""

    title = "Ghi khiếu nại xóa tên, cho ra"

    @cached_property
    def about(self):
        return get_object_or_404(self.object.exits.filter(reason__in=COMPLAINED_OF), pk=self.kwargs["exit"])

    def get_sub(self):
        one = self.about
        told = f" Nhận quyết định ngày {vn_date(one.told_on)}: khiếu nại đến hết ngày {vn_date(complaints.complain_until(one))}." if one.told_on else ""  # fmt: skip
        reason = one.get_reason_display()
        return f"Đồng chí {self.object}: {reason[:1].lower()}{reason[1:]}, {vn_date(one.left_on)}.{told} Nội dung khiếu nại nằm ở hồ sơ giấy."


class ComplaintAnswer(OfMember):
    form_class = forms.AnswerForm
    title = "Ghi trả lời khiếu nại"
    verb = "Ghi trả lời"

    @cached_property
    def complaint(self):
        rows = Complaint.objects.of_member(self.object).with_member()
        return get_object_or_404(rows, pk=self.kwargs["complaint"])

    def get_sub(self):
        one = self.complaint
        return f"Đồng chí {self.object}: {one.title.lower()}, nhận ngày {vn_date(one.received_on)}, {one.get_level_display()} giải quyết."  # fmt: skip

    def get_form_kwargs(self):
        outcomes = [pair for pair in ComplaintOutcome.choices if self.complaint.discipline_id or pair[0] != ComplaintOutcome.CHANGED]  # fmt: skip
        return {**super().get_form_kwargs(), "outcomes": outcomes}

    def act(self, member, **answers):
        complaints.answer_complaint(self.complaint, by=self.request.user, **answers)
        return "Đã ghi trả lời."
