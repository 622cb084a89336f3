"""Rewards of the Party: the book of a branch, a new line; the old card's number, shown with a reason."""

from django.shortcuts import render

from chibo.forms import honours as forms
from chibo.forms.privacy import ReasonForm
from chibo.models import Organisation, Reward
from chibo.services import honours
from chibo.services.honours import excellent_years
from chibo.views.as_of import AsOfMixin
from chibo.views.lifecycle import OfMember
from chibo.views.members import LIST
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.ui.views import PortalList


class RewardList(AsOfMixin, PortalList):
    """Sổ khen thưởng: newest first; as of a day, what was decided by then."""

    model = Reward
    access = "chibo.see_rewards"
    template_name = "chibo/dossier/rewards.html"
    filter_class = forms.RewardFilter
    title = "Sổ khen thưởng của Đảng"
    sub = "Biểu dương, giấy khen, bằng khen. Ghi thêm ở trang của đảng viên."

    def get_crumbs(self):
        return [(LIST[0], LIST[1] + self.keep)]

    def get_rows(self):
        rows = super().get_rows().select_related("member__organisation__parent")
        return rows.filter(decided_on__lte=self.day) if not self.is_now else rows

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        if not self.is_now:
            rows = list(context["object_list"])
            Organisation.objects.none().worn_on(self.day, list({one.member.organisation_id: one.member.organisation for one in rows}.values()))  # fmt: skip
        return context


class RewardCreate(OfMember):
    form_class = forms.RewardForm
    title = "Ghi khen thưởng của Đảng"

    def get_sub(self):
        years = ", ".join(str(year) for year in excellent_years(self.object))
        return f"{self.object.full_name}. Cổng ghi xếp loại hoàn thành xuất sắc: {years or 'chưa có năm nào'}."

    def act(self, member, **answers):
        row = honours.note_reward(member, by=self.request.user, **answers)
        hint = honours.not_told(member, row)
        return f"Đã ghi khen thưởng. {hint}".strip()


class OldCardSet(OfMember):
    form_class = forms.OldCardForm
    title = "Ghi thẻ đảng viên cũ"

    def get_sub(self):
        return f"{self.object.full_name}. Thẻ cấp trước 02/9/2025, theo mẫu cũ."

    def get_initial(self):
        card = getattr(self.object, "old_card", None)
        return {"issued_at": card.issued_at, "issued_on": card.issued_on} if card else {}

    def act(self, member, **answers):
        honours.set_old_card(member, by=self.request.user, **answers)
        return "Đã ghi. Cổng chỉ hiện số thẻ ở dạng che."


class OldCardShow(OfMember):
    """The number is in this one answer and nowhere else: no message, no address, no store keeps it."""

    access = "chibo.see_number"
    form_class = ReasonForm
    title = "Xem đủ số thẻ cũ"
    verb = "Xem, ghi vào nhật ký"
    template_name = "chibo/number_show.html"
    keeps_texts = False

    def form_valid(self, form):
        try:
            number = honours.show_old_card(self.object, form.cleaned_data["reason"], by=self.request.user)
        except RuleBroken as broken:
            return self.refused(form, broken)
        response = render(self.request, self.template_name, self.get_context_data(form=form, number=number))
        response["Cache-Control"] = "no-store"
        return response
