"""Abroad: the slip handed in, the way back, the report; each on its day."""

from chibo.forms import lifecycle as forms
from chibo.services import abroad
from chibo.views.lifecycle import OfTransfer
from kyanh_portal.base.calendar import vn_date


class SlipNote(OfTransfer):
    form_class = forms.SlipForm
    title = "Ghi đã nộp phiếu ở nước ngoài"

    def get_sub(self):
        return f"Đồng chí {self.object.member}: {self.object.goes_to}"

    def act(self, transfer, slip_on):
        abroad.note_slip(transfer, slip_on, by=self.request.user)
        return "Đã ghi ngày nộp phiếu."


class ReturnNote(OfTransfer):
    form_class = forms.BackForm
    title = "Ghi đã về nước"
    verb = "Ghi về nước"

    def get_sub(self):
        return f"Đồng chí {self.object.member}. Trong 30 ngày làm việc từ ngày về phải báo cáo chi bộ."

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user, "cell": self.object.source}

    def act(self, transfer, back_on, organisation):
        abroad.note_return(transfer, back_on, organisation, by=self.request.user)
        return "Đã ghi về nước; từ ngày ấy đồng chí được tính ở chi bộ."


class ReportNote(OfTransfer):
    form_class = forms.ReportedForm
    title = "Ghi đã báo cáo khi về nước"

    def get_sub(self):
        one = self.object
        return f"Đồng chí {one.member}{f', về nước {vn_date(one.back_on)}' if one.back_on else ''}."

    def act(self, transfer, reported_on):
        abroad.note_report(transfer, reported_on, by=self.request.user)
        return "Đã ghi báo cáo."
