"""The search page: a plain GET form."""

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
        return super().get_context_data(
            q=text, found=find(text, self.request.user) if text else [], most=MOST, **context
        )
