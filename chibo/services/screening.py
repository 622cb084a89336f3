"""Sàng lọc đảng viên cuối mỗi tháng: what a cell records of it, and which cells have (02-HD/BTCTW 2021 step 1; members.md 9.4)."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef

from chibo.models import HelpCase, Organisation, Screening
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import add_months, latest_day, month_start, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.parameters.parameter import values_for

MONTHS_OPEN = 3  # a month may still be recorded late: the present one and the two before


def months_back(day: dt.date, number: int) -> list[dt.date]:
    """The month of a day and those before it, the newest first."""
    return [add_months(month_start(day), -back) for back in range(number)]


def last_of(month: dt.date) -> dt.date:
    return add_months(month, 1) - dt.timedelta(days=1)


def found_in(month: dt.date, **of):
    """The cases that cells opened in a month: whom the screening named."""
    return HelpCase.objects.filter(found_on__range=(month, last_of(month)), **of)


@transaction.atomic
def screen(cell: Organisation, month: dt.date, on: dt.date, names_somebody: bool, *, by, was_heard=False, is_synthetic=False) -> Screening:  # fmt: skip
    """The committee of the cell went through its members: nobody, or those whose cases stand opened in the month."""
    cell = Organisation.objects.select_for_update(of=("self",)).get(pk=cell.pk)
    if on > latest_day():
        raise RuleBroken("Ngày này chưa đến.", field="on")
    if on < month:
        raise RuleBroken(f"Ngày sàng lọc không sớm hơn ngày {vn_date(month)}, đầu tháng đã chọn.", field="on")
    if earlier := Screening.objects.filter(organisation=cell, month=month).first():
        raise RuleBroken(f"Tháng {month.month}/{month.year} chi bộ đã ghi sàng lọc ngày {vn_date(earlier.on)}.", field="month")  # fmt: skip
    named = found_in(month, organisation=cell).count()
    if names_somebody and not named:
        raise RuleBroken(f"Tháng {month.month}/{month.year} chi bộ chưa nêu đồng chí nào. Về danh sách, bấm “Nêu trường hợp” cho từng đồng chí, rồi ghi sàng lọc.", field="names_somebody")  # fmt: skip
    if named and not names_somebody:
        raise RuleBroken(f"Tháng {month.month}/{month.year} chi bộ đã nêu {named} đồng chí: chọn “Có”.", field="names_somebody")  # fmt: skip
    one = Screening.objects.create(organisation=cell, month=month, on=on, names_somebody=names_somebody, was_heard=was_heard, recorded_by=by, is_synthetic=is_synthetic)  # fmt: skip
    record("screening.done", one, by=by, path=cell.path, month=f"{month:%Y-%m}", names_somebody=names_somebody)
    return one


def cells_in(month: dt.date, within, day: dt.date):
    """Cells of a branch (`within`, a Q) that worked in a month, each knowing whether it `has_screened`; those that have not stand first."""
    done = Screening.objects.filter(organisation=OuterRef("pk"), month=month, on__lte=day)
    rows = Organisation.objects.filter(within).cells().valid_on(min(last_of(month), day))
    return rows.annotate(has_screened=Exists(done)).order_by("has_screened", "path", "pk")


def asked_but_silent(month: dt.date, within, day: dt.date) -> tuple[list[Organisation], int]:
    """(cells whose branch asks for the monthly screening and that have not recorded it, how many are asked)."""
    cells = list(cells_in(month, within, day))
    if not cells:
        return [], 0
    asks = values_for("chibo.screening", min(last_of(month), day), {cell.path for cell in cells})
    asked = [cell for cell in cells if asks[cell.path] == "monthly"]
    return [cell for cell in asked if not cell.has_screened], len(asked)
