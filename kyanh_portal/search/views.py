"""The search page: a plain GET form."""

from kyanh_portal.base.calendar import day_named
from kyanh_portal.base.stamps import GUIDE, stop_stamps
from kyanh_portal.base.vietnamese import clean_line
from kyanh_portal.search.query import MOST, find
from kyanh_portal.ui.views import PortalPage


class Search(PortalPage):
    access = "search.use"
    template_name = "search/search.html"
    title = "Tìm"
    sub = "Gõ không dấu cũng được, họ tên theo thứ tự nào cũng được."

    def get_context_data(self, **context):
        text = clean_line(self.request.GET.get("q", ""))[:200]
        refused = bool(stop_stamps({"q": [text]}, "search"))  # what is secret is neither sought nor shown again
        text = "" if refused else text
        day = day_named(self.request.GET.get("ngay", ""))  # asked on a page of another day: its finds open at that day
        return super().get_context_data(
            q=text,
            refused=GUIDE if refused else "",
            day=day,
            found=find(text, self.request.user, self.request.GET) if text else [],
            most=MOST,
            **context,
        )
