"""A decision about tuổi đảng, written on the page of a member."""

from chibo.forms.lifecycle import AgeDecisionForm
from chibo.services.party_age import age_basis, note_age_decision, party_age_of
from chibo.views.lifecycle import OfMember
from kyanh_portal.base.calendar import today, vn_date


class AgeDecisionCreate(OfMember):
    form_class = AgeDecisionForm
    title = "Ghi quyết định về tuổi đảng"

    def get_sub(self):
        age, member = party_age_of(self.object, today()), self.object
        if age is None:
            return f"{member.full_name}. Tuổi đảng chỉ tính khi đã chính thức."
        return f"{member.full_name}. Đang tính từ {vn_date(age_basis(member, today())[0])}: {age[0]} năm {age[1]} tháng."  # fmt: skip

    def act(self, member, **answers):
        note_age_decision(member, by=self.request.user, **answers)
        return "Đã ghi. Từ ngày quyết định, tuổi đảng và danh sách Huy hiệu tính theo ngày này."
