"""Periods of months, quarters, half-years, years: named by their first day."""

import datetime as dt

from kyanh_portal.base.calendar import add_months, month_start
from nghiquyet.choices import Cycle

LENGTH = {Cycle.MONTH: 1, Cycle.QUARTER: 3, Cycle.HALF: 6, Cycle.YEAR: 12}


def period_of(day: dt.date, cycle: str) -> dt.date:
    """First day of the period that `day` lies in."""
    months = LENGTH[cycle]
    return dt.date(day.year, (day.month - 1) // months * months + 1, 1)


def period_end(period: dt.date, cycle: str) -> dt.date:
    """Last day of the period that begins on `period`."""
    return add_months(period, LENGTH[cycle]) - dt.timedelta(days=1)


def next_period(period: dt.date, cycle: str, steps: int = 1) -> dt.date:
    return add_months(period, steps * LENGTH[cycle])


def periods_between(first: dt.date, last: dt.date, cycle: str) -> list[dt.date]:
    """Every period from that of `first` to that of `last`."""
    out, period = [], period_of(first, cycle)
    while period <= last:
        out.append(period)
        period = next_period(period, cycle)
    return out


def period_name(period: dt.date, cycle: str) -> str:
    """tháng 3/2021 · quý I/2021 · sáu tháng đầu năm 2021 · năm 2021."""
    if cycle == Cycle.MONTH:
        return f"tháng {period.month}/{period.year}"
    if cycle == Cycle.QUARTER:
        return f"quý {('I', 'II', 'III', 'IV')[(period.month - 1) // 3]}/{period.year}"
    if cycle == Cycle.HALF:
        return f"sáu tháng {'đầu' if period.month == 1 else 'cuối'} năm {period.year}"
    return f"năm {period.year}"


def period_title(period: dt.date, cycle: str) -> str:
    """The same at the start of a line: Quý I/2021."""
    name = period_name(period, cycle)
    return name[:1].upper() + name[1:]


def due_day(period: dt.date, cycle: str, day: int) -> dt.date:
    """The day by which the report of a period is due: `day` of the month after it."""
    return month_start(next_period(period, cycle)).replace(day=day)
