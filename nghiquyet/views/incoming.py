"""Sổ văn bản đến: papers of higher levels as references."""

from kyanh_portal.base.calendar import today
from kyanh_portal.ui.views import PortalCreate, PortalDetail, PortalList
from nghiquyet.forms.outgoing import IncomingFilter, IncomingForm
from nghiquyet.models import IncomingPaper
from nghiquyet.services.incoming import keep_incoming

DESK = ("Văn bản", "/van-ban/")
LIST = ("Văn bản đến", "/van-ban/den/")


class IncomingList(PortalList):
    model = IncomingPaper
    access = "nghiquyet.see_outgoing_papers"
    filter_class = IncomingFilter
    template_name = "nghiquyet/incoming_list.html"
    title = "Văn bản đến"

    def get_crumbs(self):
        return [DESK]

    def get_rows(self):
        return super().get_rows().select_related("organisation", "scan")


class IncomingDetail(PortalDetail):
    model = IncomingPaper
    access = "nghiquyet.see_outgoing"
    template_name = "nghiquyet/incoming_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation", "scan")

    def get_title(self):
        return f"{self.object.type_name} số {self.object.number_line}"

    def get_sub(self):
        return self.object.title

    def get_crumbs(self):
        return [DESK, LIST]


class IncomingCreate(PortalCreate):
    access = "nghiquyet.write_paper"
    form_class = IncomingForm
    title = "Ghi văn bản đến"
    verb = "Ghi vào sổ"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self):
        return {"received_on": today()}

    def get_crumbs(self):
        return [DESK, LIST]

    def act(self, **answers):
        return keep_incoming(by=self.request.user, **answers)
