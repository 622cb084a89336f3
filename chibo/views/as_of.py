"""“Xem tại ngày …”: one parameter in the address, on every page of the register."""

import datetime as dt

from kyanh_portal.base.calendar import FIRST_YEAR, LAST_YEAR, today


def day_asked(request) -> dt.date:
    """The day named in the address (`ngay`), today where none or no such day is named."""
    text = request.GET.get("ngay", "").strip()
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a date, no moment
        except ValueError:
            continue
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    return today()


class AsOfMixin:
    """`day`, and what the template needs to show and keep it."""

    @property
    def day(self) -> dt.date:
        found = getattr(self, "_day", None)
        if found is None:
            found = self._day = day_asked(self.request)
        return found

    @property
    def is_now(self) -> bool:
        return self.day == today()

    def get_context_data(self, **context):
        keep = "" if self.is_now else f"?ngay={self.day.isoformat()}"
        return super().get_context_data(day=self.day, is_now=self.is_now, keep=keep, **context)
