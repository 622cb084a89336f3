"""Giáo dục, giúp đỡ members by the criteria of the review: the list, one case, its steps."""

from django.urls import reverse

from chibo.access import may_fill_review, may_judge_review
from chibo.choices import DECIDING, HelpState
from chibo.forms import help_cases as forms
from chibo.models import HelpCase, Organisation, Screening
from chibo.rules import two_thirds
from chibo.services import help_cases, screening
from chibo.services.campaigns import CRITERIA
from chibo.services.ratings import failed_twice
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import month_named, today
from kyanh_portal.ui.views import PortalCreate, PortalDetail, PortalEdit, PortalList

LIST = ("Giáo dục, giúp đỡ", "/to-chuc/ra-soat/giup-do/")
REVIEW = ("Rà soát", "/to-chuc/ra-soat/")
NAMED = 20  # of those not on the list yet, whom the page names


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
        named = failed_twice(self.request.user, year)[:NAMED]
        context = super().get_context_data(
            today=today(),
            crumbs=[REVIEW],
            named=named,
            year=year,
            punished=help_cases.punished_again(self.request.user, today())[:NAMED],
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


class ScreeningList(PortalList):
    """Cells of a month: who went through the members, when, with what result; those that have not stand first."""

    model = Organisation
    access = "chibo.see_help_cases"
    template_name = "chibo/growth/screening_list.html"
    filter_class = forms.ScreeningFilter
    sub = "Chi ủy soát danh sách đảng viên theo tiêu chí C1–C4, ghi ngày và kết quả."

    @property
    def month(self):
        try:
            return min(month_named(self.request.GET.get("month", "")), today().replace(day=1))
        except ValueError:
            return today().replace(day=1)

    def get_title(self):
        return f"Sàng lọc đảng viên tháng {self.month.month}/{self.month.year}"

    def get_crumbs(self):
        return [REVIEW, LIST]

    def get_rows(self):
        within = scope_of(self.request.user).covers_as("path", *DECIDING)
        return screening.cells_in(self.month, within, today()).select_related("parent")

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        cells, month = list(context["page_obj"]), self.month
        context["page_obj"].object_list = context["object_list"] = cells
        done = Screening.objects.visible_to(self.request.user).filter(month=month, organisation__in=cells)
        done = {one.organisation_id: one for one in done.select_related("recorded_by")}
        named: dict[int, list] = {}
        for case in screening.found_in(month, organisation__in=cells).select_related("member").order_by("pk"):
            named.setdefault(case.organisation_id, []).append(case)
        for cell in cells:
            cell.screened, cell.named = done.get(cell.pk), named.get(cell.pk, [])
        everywhere = self.get_rows()
        return {**context, "month": month, "number": everywhere.count(), "done": everywhere.filter(has_screened=True).count()}  # fmt: skip


class ScreeningCreate(PortalCreate):
    access = "chibo.open_help_case"
    form_class = forms.ScreeningForm
    title = "Ghi sàng lọc đảng viên trong tháng"
    sub = "Chi ủy đã soát danh sách theo tiêu chí C1–C4. Không ghi nội dung về người nào."
    verb = "Ghi đã sàng lọc"
    success_message = "Đã ghi sàng lọc. Cấp trên thấy chi bộ đã làm."

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self):
        return {"month": self.request.GET.get("month", ""), "organisation": self.request.GET.get("organisation", "")}

    def get_crumbs(self):
        return [LIST, ("Sàng lọc hằng tháng", reverse("chibo:screenings"))]

    def act(self, organisation, **answers):
        return screening.screen(organisation, by=self.request.user, **answers)
