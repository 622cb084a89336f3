"""Rà soát: campaigns, forms of cells, findings; and nợ dữ liệu of the register."""

from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse

from chibo.access import may_fill_review, may_judge_review
from chibo.debts import GROUPS, debts_of, found_for, lacking_file_numbers, readable
from chibo.fieldclasses import sees
from chibo.forms import campaigns as forms
from chibo.models import Campaign, Organisation, ReviewForm
from chibo.services import campaigns
from chibo.views.as_of import AsOfMixin
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.views import PortalAction, PortalCreate, PortalDetail, PortalEdit, PortalList, PortalPage

LIST = ("Rà soát", "/to-chuc/ra-soat/")


class CampaignList(PortalList):
    model = Campaign
    access = "chibo.see_reviews"
    template_name = "chibo/growth/campaign_list.html"
    title = "Rà soát tổ chức đảng, đảng viên"

    def get_rows(self):
        return super().get_rows().select_related("organisation")


class CampaignCreate(PortalCreate):
    access = "chibo.start_campaign"
    form_class = forms.CampaignForm
    title = "Mở đợt rà soát"
    verb = "Mở đợt, gửi phiếu đến chi bộ"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_crumbs(self):
        return [LIST]

    def act(self, **answers):
        return campaigns.open_campaign(by=self.request.user, **answers)


class CampaignDetail(PortalDetail):
    """The consolidated table by type of cell, of the whole or of the branch one answers for; the forms one may see."""

    model = Campaign
    access = "chibo.see_reviews"
    template_name = "chibo/growth/campaign.html"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation")

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        asked = ReviewForm.objects.visible_to(self.request.user).filter(campaign=self.object)
        mine = asked.select_related("organisation__parent").prefetch_related("findings")
        sees_all = Organisation.objects.visible_to(self.request.user).filter(pk=self.object.organisation_id).exists()
        return super().get_context_data(
            table=campaigns.consolidated(self.object, None if sees_all else asked) if sees_all or asked.count() > 1 else [],
            sees_all=sees_all,
            page_obj=Paginator(mine, 50).get_page(self.request.GET.get("page")), **context,
        )  # fmt: skip


class OfForm:
    model = ReviewForm

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind", "campaign")


class ReviewFormDetail(OfForm, PortalDetail):
    access = "chibo.see_reviews"
    template_name = "chibo/growth/review_form.html"

    def get_title(self):
        return self.object.organisation.name

    def get_sub(self):
        return self.object.campaign.name

    def get_crumbs(self):
        return [LIST, (self.object.campaign.name, self.object.campaign.get_absolute_url())]

    def get_context_data(self, **context):
        form, user = self.object, self.request.user
        findings = list(form.findings.select_related("member", "help_case"))
        sees_people = sees(user, "chibo.Finding", "member", form.path)
        for one in findings:
            one.is_hidden = one.member_id is not None and not sees_people
            one.criterion = campaigns.CRITERIA.get(one.code, "")
        may_fill = may_fill_review(user, form) is True
        may_judge = may_judge_review(user, form) is True
        debts = debts_of(user, today(), form.organisation)
        return super().get_context_data(
            findings=findings, sees_people=sees_people, may_fill=may_fill, may_judge=may_judge, may_note=may_fill or may_judge,
            is_filling=form.state in ("DANG_GHI", "TRA_LAI"), debts=debts[:10], debt_count=len(debts), **context,
        )  # fmt: skip


class OnForm(OfForm, PortalEdit):
    access = "chibo.fill_review"

    def get_crumbs(self):
        return [LIST, (self.object.organisation.name, self.object.get_absolute_url())]

    def get_success_url(self):
        return self.object.get_absolute_url()


class FormSend(OnForm):
    form_class = forms.ResultForm
    title = "Ghi kết quả và gửi cấp trên"
    verb = "Gửi phiếu"

    def get_initial(self):
        return {"verdict": self.object.verdict, "proposal": self.object.proposal}

    def act(self, form, verdict, proposal):
        campaigns.send_form(form, verdict, proposal, by=self.request.user)
        return "Đã gửi."


class FormCheck(OnForm, PortalAction):
    access = "chibo.judge_review"
    title = "Phiếu này đã đúng, đủ?"
    verb = "Đã kiểm tra"

    def act(self, form):
        campaigns.check_form(form, by=self.request.user)
        return "Đã kiểm tra."


class FormReturn(OnForm):
    access = "chibo.judge_review"
    form_class = forms.ReturnForm
    title = "Trả lại để bổ sung"
    verb = "Trả lại"

    def act(self, form, because):
        campaigns.return_form(form, because, by=self.request.user)
        return "Đã trả lại."


class FindingCreate(OnForm):
    access = "chibo.note_finding"
    form_class = forms.FindingForm
    title = "Ghi việc phải làm sau rà soát"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "form": self.object}

    def act(self, form, **answers):
        campaigns.note_finding(form, by=self.request.user, **answers)
        return "Đã ghi việc."


class FindingDone(OnForm):
    access = "chibo.note_finding"
    form_class = forms.DoneForm
    title = "Ghi đã khắc phục"

    def get_sub(self):
        return self.finding().text

    def finding(self):
        one = self.object.findings.filter(pk=self.kwargs["finding"]).first()
        if one is None:
            raise Http404("no such finding")
        return one

    def act(self, form, done_on, result):
        campaigns.finish_finding(self.finding(), done_on, result, by=self.request.user)
        return "Đã ghi."


class DataDebts(AsOfMixin, PortalPage):
    """Nợ dữ liệu: one line per missing or contradictory field; the link opens that field. As of a day: of whom the lists held then."""

    access = "chibo.see_reviews"
    template_name = "chibo/growth/debts.html"
    title = "Nợ dữ liệu"
    sub = "Mỗi dòng một chỗ thiếu hoặc mâu thuẫn. Bấm là mở đúng ô phải ghi."

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        user, day = self.request.user, self.day
        given = self.request.GET.get("don_vi", "")
        units = Organisation.objects.visible_to(user)
        unit = units.filter(pk=given).first() if given.isdecimal() and len(given) < 10 else None
        wanted = self.request.GET.get("nhom", "")
        found = found_for(user, day, unit)
        counts = [(code, text, sum(one.group == code for one in found)) for code, text in GROUPS.items()]
        shown = [one for one in found if wanted not in GROUPS or one.group == wanted]
        lacking = lacking_file_numbers(user, unit, day) if unit and self.request.GET.get("thieu") else []
        page = Paginator(shown, 50).get_page(self.request.GET.get("page"))
        page.object_list = readable(user, page.object_list)
        return super().get_context_data(
            counts=counts, group=wanted, unit=unit, total=len(found), lacking=lacking, base=reverse("chibo:data_debts"),
            page_obj=page, **context,
        )  # fmt: skip
