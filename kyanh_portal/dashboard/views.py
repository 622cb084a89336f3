"""The front page of the user's role, and what hangs on it."""

from django.urls import reverse

from kyanh_portal.access.scope import scope_of
from kyanh_portal.dashboard.card import pages
from kyanh_portal.ui.menu import menu_for
from kyanh_portal.ui.views import PortalPage


class Home(PortalPage):
    access = "dashboard.see"
    template_name = "dashboard/empty.html"
    title = "Trang chính"

    def get_context_data(self, **context):
        role = scope_of(self.request.user).role_name
        if role in pages:
            self.template_name, more = pages.get(role)(self.request)
            context |= more
        return super().get_context_data(**context)

    def get_template_names(self):
        return [self.template_name]


class More(PortalPage):
    """On a phone: the entries that do not fit at the thumb, search and account."""

    access = "portal.signed_in"
    template_name = "dashboard/more.html"
    title = "Các mục"

    def get_context_data(self, **context):
        return super().get_context_data(entries=menu_for(self.request), account_url=reverse("account_home"), **context)
