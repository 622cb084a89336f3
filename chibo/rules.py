"""Regulations on organisations and members as pure functions, each naming its source."""

import calendar
import datetime as dt
from collections.abc import Iterable

from chibo.rulebooks import AWARD_DATES, BADGES, BLOCKED_MONTHS, FIXED_HOLIDAYS, rulebook_on
from kyanh_portal.base.errors import RuleBroken


def two_thirds(base: int) -> int:
    """Yes votes needed for at least two thirds of `base` (294-QĐ/TW 9.3.4)."""
    return -(-2 * base // 3)


def more_than_half(base: int) -> int:
    """Yes votes needed for more than half of `base` (294-QĐ/TW 9.3)."""
    return base // 2 + 1


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day `months` later; the last of the month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


class WorkingDays:
    """Ngày làm việc: neither Saturday, Sunday nor a holiday; a Saturday worked in exchange counts.

    Days staff entered take precedence over the fixed holidays of the Labour Code. The day after the event is day 1
    (the texts do not say how to count: chưa xác nhận).
    """

    def __init__(self, holidays: Iterable[dt.date] = (), worked: Iterable[dt.date] = ()):
        self.holidays, self.worked = frozenset(holidays), frozenset(worked)

    def is_working(self, day: dt.date) -> bool:
        if day in self.worked:
            return True
        return day.weekday() < 5 and day not in self.holidays and (day.month, day.day) not in FIXED_HOLIDAYS

    def after(self, day: dt.date, number: int) -> dt.date:
        """The `number`-th working day after `day`."""
        while number > 0:
            day += dt.timedelta(days=1)
            number -= self.is_working(day)
        return day


def official_from(admitted_on: dt.date) -> dt.date:
    """The day a member is official from: the end of probation, however late the cell votes (294-QĐ/TW 4.2.2)."""
    return months_after(admitted_on, rulebook_on(admitted_on)["probation_months"])


def is_vote_late(admitted_on: dt.date, voted_on: dt.date, days: WorkingDays) -> bool:
    """Whether the cell voted on recognition after the time allowed (294-QĐ/TW 4.2.1)."""
    return voted_on > days.after(official_from(admitted_on), rulebook_on(voted_on)["official_review_wd"])


def party_age(counts_from: dt.date, day: dt.date, gaps: Iterable[tuple[dt.date, dt.date]] = ()) -> tuple[int, int]:
    """Tuổi đảng on a day as (years, months): since the decision, minus what does not count (06-HD/TW 5.3).

    Each gap is (first day out, day back); months are counted whole, gaps rounded down.
    """
    total = _months(counts_from, day) - sum(_months(start, min(end, day)) for start, end in gaps if start < day)
    return divmod(max(total, 0), 12)


def reaches_age_on(counts_from: dt.date, years: int, gaps: Iterable[tuple[dt.date, dt.date]] = ()) -> dt.date:
    """The day tuổi đảng reaches so many years."""
    lost = sum(_months(start, end) for start, end in gaps)
    return months_after(counts_from, years * 12 + lost)


def _months(first: dt.date, last: dt.date) -> int:
    months = (last.year - first.year) * 12 + last.month - first.month
    return max(0, months - (last.day < first.day))


def award_windows(year: int, windows: dict[tuple[int, int], tuple[dt.date, dt.date]] | None = None):
    """(award date, first day, last day) of a year: who reaches the age between them is proposed for that date.

    Without local windows each date takes who reaches it since the date before.
    """
    dates = [dt.date(year, month, day) for month, day in AWARD_DATES]
    before = dt.date(year - 1, *AWARD_DATES[-1])
    for date in dates:
        first, last = (windows or {}).get((date.month, date.day), (before + dt.timedelta(days=1), date))
        yield date, first, last
        before = date


def badge_due(counts_from, first: dt.date, last: dt.date, gaps=(), held: Iterable[int] = ()) -> int | None:
    """The class of Huy hiệu Đảng a member reaches in a window, unless held already."""
    for years in BADGES:
        if years not in held and first <= reaches_age_on(counts_from, years, gaps) <= last:
            return years
    return None


def blocked_until(penalty: str, decided_on: dt.date) -> dt.date:
    """Until when a discipline keeps the badge back; then the cell must find it mended (294-QĐ/TW 28.3.1c)."""
    return months_after(decided_on, BLOCKED_MONTHS[penalty])


def check_readmission(left_on: dt.date, readmitted_on: dt.date) -> None:
    """Raise RuleBroken before the time after which a person may be admitted again (294-QĐ/TW 3.5)."""
    months = rulebook_on(readmitted_on)["readmit_months"]
    if readmitted_on < months_after(left_on, months):
        raise RuleBroken(f"Chỉ xét kết nạp lại sau ít nhất {months} tháng từ ngày ra khỏi Đảng.", field="readmitted_on")


def founding_faults(kind_code: str, is_cell: bool, official: int, members: int, day: dt.date) -> list[tuple[str, bool]]:
    """What speaks against founding an organisation with so many members: (sentence, whether a consent of the superior mends it)
    (294-QĐ/TW 20.2–20.3, by the rulebook of the day)."""
    book, found = rulebook_on(day), []
    if is_cell and official < book["least_official"]:
        found.append((f"Cần ít nhất {book['least_official']} đảng viên chính thức để lập, đang ghi {official}: giới thiệu đảng viên về chi bộ phù hợp", False))  # fmt: skip
    least = book["base_committee_from"]
    if kind_code == "dang_bo_co_so" and members < least:
        found.append((f"{members} đảng viên, dưới mức {least} của đảng bộ cơ sở: chỉ lập khi cấp trên đồng ý", True))
    if kind_code == "chi_bo_co_so" and members >= least:
        found.append((f"{members} đảng viên, từ {least} trở lên: lập đảng bộ cơ sở; giữ là chi bộ cơ sở thì cấp trên đồng ý", True))  # fmt: skip
    if kind_code == "chi_bo_truc_thuoc" and members > least:
        found.append((f"{members} đảng viên, quá {least}: chia thành nhiều chi bộ; không chia được thì cấp trên đồng ý", True))  # fmt: skip
    return found
