"""The list of what is due, for the one who must act."""

from django import forms

from kyanh_portal.base.calendar import today
from kyanh_portal.reminders.due import SOON_DAYS, due_for, sources
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.views import PortalPage

MOST = 200


class KindFilter(FilterForm):
    """One kind of what is due, each with its number: one box, however many kinds there are."""

    loai = forms.ChoiceField(label="Loại việc")

    def __init__(self, data=None, *, user, kinds, total):
        super().__init__(data, user=user)
        named = [(source.code, f"{source.label} ({number})") for source, number in kinds]
        self.fields["loai"].choices = [("", f"Mọi loại việc ({total})"), *named]


class DueList(PortalPage):
    """Quá hạn, bảy ngày tới, sau đó; narrowed by kind."""

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
        kinds = [(source, counts[source.code]) for source in sources if source.code in counts]
        narrowed = KindFilter(
            self.request.GET if chosen else None, user=self.request.user, kinds=kinds, total=len(everything)
        )
        return super().get_context_data(
            day=day, groups=[(label, rows) for label, rows in groups if rows], hidden=len(shown) - len(rows),
            filter=narrowed if len(kinds) > 1 or chosen else None, **context,
        )  # fmt: skip
