"""Giáo dục, giúp đỡ members by the criteria of the review: the list, one case, its steps."""

from chibo.access import may_fill_review, may_judge_review
from chibo.choices import HelpState
from chibo.forms import help_cases as forms
from chibo.models import HelpCase
from chibo.rules import two_thirds
from chibo.services import help_cases
from chibo.services.campaigns import CRITERIA
from chibo.services.ratings import failed_twice
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.views import PortalCreate, PortalDetail, PortalEdit, PortalList

LIST = ("Giáo dục, giúp đỡ", "/to-chuc/ra-soat/giup-do/")
REVIEW = ("Rà soát", "/to-chuc/ra-soat/")


class CaseList(PortalList):
    model = HelpCase
    access = "chibo.see_help_cases"
    template_name = "chibo/growth/case_list.html"
    filter_class = forms.CaseFilter
    title = "Giáo dục, giúp đỡ đảng viên"
    sub = "Theo tiêu chí rà soát; chỉ giữ ngày, phiếu, số văn bản. Sắp hết hạn ở trên."

    def get_rows(self):
        return super().get_rows().select_related("member", "helper", "organisation__parent")

    def get_context_data(self, **context):
        year = today().year - 1
        named = failed_twice(self.request.user, year)[:20]
        context = super().get_context_data(
            today=today(),
            crumbs=[REVIEW],
            named=named,
            year=year,
            punished=help_cases.punished_again(self.request.user, today())[:20],
            **context,
        )
        for one in context["object_list"]:
            one.criterion = CRITERIA.get(one.code, "")
        return context


class CaseCreate(PortalCreate):
    access = "chibo.open_help_case"
    form_class = forms.CaseForm
    title = "Nêu trường hợp cần giáo dục, giúp đỡ"
    sub = "Chi ủy rà theo tiêu chí, xin ý kiến cấp trên, rồi chi bộ bỏ phiếu kín."
    verb = "Ghi, xin ý kiến cấp trên"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_crumbs(self):
        return [LIST]

    def act(self, member, code, found_on):
        return help_cases.open_case(member, code, found_on, by=self.request.user)


class OfCase:
    model = HelpCase

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind", "member", "helper", "finding__form__campaign")  # fmt: skip


class CaseDetail(OfCase, PortalDetail):
    access = "chibo.see_help_cases"
    template_name = "chibo/growth/case.html"

    def get_title(self):
        return self.object.member.full_name

    def get_sub(self):
        return f"{self.object.code}. {CRITERIA.get(self.object.code, '')}"

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        case, user = self.object, self.request.user
        return super().get_context_data(
            may_fill=may_fill_review(user, case) is True, may_judge=may_judge_review(user, case) is True,
            needed=two_thirds(case.base) if case.base else None, papers=help_cases.REMOVAL_PAPERS if case.state == HelpState.TO_REMOVE else [], today=today(), **context,
        )  # fmt: skip


class OnCase(OfCase, PortalEdit):
    access = "chibo.fill_help_case"

    def get_sub(self):
        return f"{self.object.member.full_name}, {self.object.organisation.name}"

    def get_crumbs(self):
        return [LIST, (self.object.member.full_name, self.object.get_absolute_url())]

    def get_success_url(self):
        return self.object.get_absolute_url()


class CaseDirect(OnCase):
    access = "chibo.direct_help_case"
    form_class = forms.DirectForm
    title = "Ghi ý kiến của cấp trên"

    def act(self, case, **answers):
        help_cases.direct(case, by=self.request.user, **answers)
        return "Đã ghi. Chi bộ bỏ phiếu kín."


class CaseBallot(OnCase):
    form_class = forms.BallotForm
    title = "Ghi kết quả bỏ phiếu kín"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "case": self.object}

    def act(self, case, **answers):
        after = help_cases.ballot(case, by=self.request.user, **answers)
        if after.due_on:
            return f"Đã ghi: {after.votes}/{after.base} phiếu, đưa vào danh sách. Phân công người giúp đỡ."
        return f"Đã ghi: {after.votes}/{after.base} phiếu, chưa đủ hai phần ba ({two_thirds(after.base)}), không đưa vào danh sách."  # fmt: skip


class CaseHelper(OnCase):
    form_class = forms.HelperForm
    title = "Phân công đảng viên giúp đỡ"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "case": self.object, "user": self.request.user}

    def act(self, case, helper):
        help_cases.assign(case, helper, by=self.request.user)
        return "Đã phân công."


class CaseConclude(OnCase):
    form_class = forms.ConcludeForm
    title = "Kết luận sau thời gian giúp đỡ"
    verb = "Ghi kết luận"

    def act(self, case, **answers):
        help_cases.conclude(case, by=self.request.user, **answers)
        return "Đã ghi kết luận."
