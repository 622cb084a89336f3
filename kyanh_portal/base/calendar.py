"""Dates and hours the Vietnamese way, and the periods the committee counts in."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

WEEKDAYS = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]


def today() -> dt.date:
    """The day by which the portal judges: the date on the wall in Vietnam; in the demo world, the day its story stands at."""
    return settings.PORTAL_TODAY or timezone.localdate()


def now() -> dt.datetime:
    """The moment that belongs to `today()`. What records when something was typed or sealed uses the real clock."""
    if settings.PORTAL_TODAY is None:
        return timezone.now()
    return timezone.make_aware(dt.datetime.combine(settings.PORTAL_TODAY, timezone.localtime().time()))


def latest_day() -> dt.date:
    """The last day that can have happened: nothing done is dated after it."""
    return max(today(), timezone.localdate())


# Years a form or an address may name; beyond them arithmetic with months would leave the calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2100


def month_named(text: str) -> dt.date:
    """The first day of a month written "2020-12". Raises ValueError for what is no month, or lies out of all reach."""
    month = dt.date.fromisoformat(f"{text}-01")
    if not FIRST_YEAR <= month.year <= LAST_YEAR:
        raise ValueError(text)
    return month


def day_named(text: str) -> dt.date | None:
    """The day written "2025-07-01" or "01/7/2025" in an address; None for what is no day, or lies out of all reach."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = dt.datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 - a date, no moment
        except ValueError:
            continue
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    return None


def vn_date(day: dt.date) -> str:
    """27/5/2026, 05/02/2026: day below 10 and months 1–2 carry a leading zero (HD05 II.I.4)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def vn_date_short(day: dt.date) -> str:
    """05/02, 27/5: for margins."""
    return vn_date(day).rsplit("/", 1)[0]


def vn_date_long(day: dt.date) -> str:
    """ngày 05 tháng 02 năm 2026 (HD05 II.I.4.2)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def vn_time(moment: dt.datetime | dt.time) -> str:
    """19 giờ 30; a full hour is "19 giờ"."""
    if isinstance(moment, dt.datetime):
        moment = timezone.localtime(moment).time() if timezone.is_aware(moment) else moment.time()
    return f"{moment.hour} giờ {moment.minute:02d}" if moment.minute else f"{moment.hour} giờ"


def weekday(day: dt.date) -> str:
    return WEEKDAYS[day.weekday()]


def month_start(day: dt.date) -> dt.date:
    return day.replace(day=1)


def add_months(day: dt.date, months: int) -> dt.date:
    """First day of the month `months` after the month of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return dt.date(index // 12, index % 12 + 1, 1)


def months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """First days of the months from `first` to `last`, both included."""
    months, month = [], month_start(first)
    while month <= last:
        months.append(month)
        month = add_months(month, 1)
    return months


def quarter(day: dt.date) -> int:
    return (day.month - 1) // 3 + 1


def at_local(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """An aware moment on a date, in Vietnam's time."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))
