"""The calendar of days off, and what counts by it."""

import datetime as dt

from django.db import transaction

from chibo.models import Holiday
from chibo.rules import WorkingDays
from chibo.services.days import check_day
from kyanh_portal.audit.record import record

FIRST_DAY = dt.date(2000, 1, 1)  # limits of an earlier time are not reckoned here


@transaction.atomic
def set_holiday(day, name, source, *, by, is_worked=False) -> Holiday:
    """Enter a day off, or a weekend day worked in exchange; entered again it is corrected."""
    check_day(day, "day", ahead=24, after=FIRST_DAY, what="ngày đầu của lịch này")
    row, _ = Holiday.objects.update_or_create(day=day, defaults={"name": name, "source": source, "is_worked": is_worked})  # fmt: skip
    record("holiday.set", row, by=by, path="", day=str(day), is_worked=is_worked)
    return row


def working_days() -> WorkingDays:
    """The calendar as entered, in one query."""
    days = Holiday.objects.values_list("day", "is_worked")
    return WorkingDays([day for day, worked in days if not worked], [day for day, worked in days if worked])
