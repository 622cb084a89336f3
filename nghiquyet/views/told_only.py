"""Say of a khoản that nobody need carry it, and take that back."""

from kyanh_portal.access.rules import require
from kyanh_portal.ui.forms import LineField, PortalForm
from kyanh_portal.ui.views import PortalAction, PortalEdit
from nghiquyet.models import Clause
from nghiquyet.services.told_only import assign_after_all, mark_told_only
from nghiquyet.views.living import LIST, living_url, short_name


class ReasonForm(PortalForm):
    reason = LineField(
        label="Vì sao không cần giao", max_length=300,
        help_text="Ví dụ: khoản này chỉ nêu tình hình, kết quả đã đạt được; không đặt ra việc phải làm.",
    )  # fmt: skip


class OfKhoan:
    """Pages about one khoản of an issued resolution, judged by who assigns its duties."""

    model = Clause
    access = "nghiquyet.assign"

    def get_queryset(self):
        rows = super().get_queryset().filter(resolution__document__isnull=False)
        return rows.select_related("resolution__organisation__kind", "resolution__document").defer("resolution__document__content")  # fmt: skip

    def allowed(self, clause):
        require(self.access, self.request.user, clause.resolution)
        return clause

    def get_crumbs(self):
        resolution = self.object.resolution
        return [LIST, (short_name(resolution), living_url(resolution))]

    def get_sub(self):
        return (self.object.text or self.object.heading)[:400]

    def get_success_url(self):
        return f"{living_url(self.object.resolution)}#k{self.object.pk}"


class ClauseTold(OfKhoan, PortalEdit):
    form_class = ReasonForm
    title = "Khoản không cần giao"
    verb = "Ghi: không cần giao"

    def act(self, clause, reason):
        mark_told_only(clause, by=self.request.user, reason=reason)
        return "Đã ghi. Khoản này không còn tính là chưa giao."


class ClauseToAssign(OfKhoan, PortalAction):
    form_class = PortalForm
    title = "Khoản này cần giao?"
    verb = "Ghi: cần giao"
    consequence = "Khoản trở lại danh sách chưa giao. Lý do ghi trước đây vẫn giữ trong nhật ký."

    def act(self, clause):
        assign_after_all(clause, by=self.request.user)
        return "Khoản này đã trở lại danh sách chưa giao."
