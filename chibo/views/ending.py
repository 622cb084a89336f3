"""Lay down a post, end an exemption or a temporary standing: each on its day, kept with its history."""

from django.http import Http404
from django.urls import reverse

from chibo.forms.accounts import EndForm
from chibo.services.committees import end_position
from chibo.services.members import end_standing
from chibo.views.members import MemberEdit
from chibo.views.organisations import OfOrganisation
from kyanh_portal.base.calendar import today


class PositionEnd(OfOrganisation):
    """The post of one member ends; papers signed before keep their signer."""

    form_class = EndForm
    title = "Thôi chức vụ"
    verb = "Ghi thôi chức vụ"

    @property
    def position(self):
        found = (
            self.object.positions.select_related("member", "organisation").filter(pk=self.kwargs["position"]).first()
        )
        if found is None:
            raise Http404
        return found

    def get_sub(self):
        return f"{self.position.get_post_display()}: đồng chí {self.position.member}"

    def get_initial(self):
        return {"ends_on": today()}

    def act(self, unit, ends_on):
        end_position(self.position, ends_on, by=self.request.user)
        return "Đã ghi ngày thôi chức vụ."


class StandingEnd(MemberEdit):
    """The member is counted again from the day after."""

    form_class = EndForm
    title = "Hết miễn, tạm thời, đình chỉ"
    verb = "Ghi ngày hết hạn"

    @property
    def period(self):
        found = self.object.standing_periods.select_related("member").filter(pk=self.kwargs["period"]).first()
        if found is None:
            raise Http404
        return found

    def get_sub(self):
        return f"Đồng chí {self.object}: {self.period.get_standing_display().lower()}"

    def get_initial(self):
        return {"ends_on": today()}

    def act(self, member, ends_on):
        end_standing(self.period, ends_on, by=self.request.user)
        return "Đã ghi. Sau ngày ấy đồng chí được tính lại như trước."

    def get_success_url(self):
        return reverse("chibo:member_detail", args=[self.object.pk])
