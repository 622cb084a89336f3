"""“Xem tại ngày …”: one parameter in the address, on every page of the register."""

import datetime as dt

from kyanh_portal.base.calendar import day_named, today


def day_asked(request) -> dt.date:
    """The day named in the address (`ngay`), today where none or no such day is named."""
    return day_named(request.GET.get("ngay", "")) or today()


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

    @property
    def keep(self) -> str:
        """What an address needs to stay at the day."""
        return "" if self.is_now else f"?ngay={self.day.isoformat()}"

    def get_context_data(self, **context):
        return super().get_context_data(day=self.day, is_now=self.is_now, keep=self.keep, **context)
