"""The list of what is due, for the one who must act."""

from kyanh_portal.base.calendar import today
from kyanh_portal.reminders.due import SOON_DAYS, due_for, sources
from kyanh_portal.ui.views import PortalPage

MOST = 200


class DueList(PortalPage):
    """Quá hạn, bảy ngày tới, sau đó; narrowed by kind through plain links."""

    access = "portal.signed_in"
    template_name = "reminders/due_list.html"
    title = "Việc sắp đến hạn"

    def get_context_data(self, **context):
        day, chosen = today(), self.request.GET.get("loai", "")
        everything = due_for(self.request.user, day)
        counts = {}
        for source, _ in everything:
            counts[source.code] = counts.get(source.code, 0) + 1
        if chosen not in sources:
            chosen = ""
        shown = [(source, item) for source, item in everything if not chosen or source.code == chosen]
        rows = [
            {"item": item, "source": source, "state": item.state(day), "words": item.words(day)}
            for source, item in shown[:MOST]
        ]
        groups = [
            ("Quá hạn", [row for row in rows if row["state"] == "late"]),
            (f"Trong {SOON_DAYS} ngày tới", [row for row in rows if row["state"] == "soon"]),
            ("Sau đó", [row for row in rows if row["state"] == "doing"]),
        ]
        return super().get_context_data(
            day=day, groups=[(label, rows) for label, rows in groups if rows], total=len(shown), hidden=len(shown) - len(rows),
            kinds=[(source, counts[source.code]) for source in sources if source.code in counts], chosen=chosen, **context,
        )  # fmt: skip
