"""One function for each number of meetings shown anywhere. All read the roll-ups: their cost does not grow with the facts."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, Sum

from chibo.models import Organisation
from hoithao.choices import Status
from hoithao.frames import Books, suffices
from hoithao.models import Meeting, MonthTally, began
from hoithao.services.tallies import COUNTS
from kyanh_portal.base.calendar import add_months, months_between, today


def newest_month(root_ids: list[int]) -> dt.date:
    """The month to judge: the newest in which at least half of the cells due have met, else the newest with facts.

    On the fifth of a month the month before is what a committee wants to see; the new one has hardly begun.
    """
    rows = (
        MonthTally.objects.filter(organisation_id__in=root_ids)
        .values("month")
        .annotate(met=Sum("cells_met"), due=Sum("cells_due"))
        .filter(met__gt=0)
        .order_by("-month")[:24]
    )
    rows = list(rows)
    half = next((row["month"] for row in rows if 2 * row["met"] >= row["due"]), None)
    return half or (rows[0]["month"] if rows else today().replace(day=1))


def months_with_facts(root_ids: list[int], most: int = 60) -> list[dt.date]:
    """Months in which some cell of these branches met, the newest first: what a reader may choose from."""
    rows = MonthTally.objects.filter(organisation_id__in=root_ids, cells_met__gt=0).values_list("month", flat=True)
    return list(rows.distinct().order_by("-month")[:most])


def sums(organisation_ids: list[int], months: list[dt.date], cell_type=None) -> dict[tuple[int, dt.date], dict]:
    """(organisation, month) → counts, in one query."""
    rows = MonthTally.objects.filter(organisation_id__in=organisation_ids, month__in=months)
    if cell_type:
        rows = rows.filter(cell_type=cell_type)
    rows = rows.values("organisation_id", "month").annotate(**{f"sum_{name}": Sum(name) for name in COUNTS}).order_by()
    return {(row["organisation_id"], row["month"]): {name: row[f"sum_{name}"] for name in COUNTS} for row in rows}


def sums_over(organisation_ids: list[int], months: list[dt.date]) -> dict[int, dict]:
    """Organisation → counts over all these months, in one query."""
    rows = MonthTally.objects.filter(organisation_id__in=organisation_ids, month__in=months)
    rows = rows.values("organisation_id").annotate(**{f"sum_{name}": Sum(name) for name in COUNTS}).order_by()
    return {row["organisation_id"]: {name: row[f"sum_{name}"] for name in COUNTS} for row in rows}


def total(organisation_ids: list[int], month: dt.date, cell_type=None) -> dict:
    """Counts of a month over several branches."""
    found = sums(organisation_ids, [month], cell_type).values()
    return {name: sum(row[name] for row in found) for name in COUNTS}


@dataclass
class HeatCell:
    """One square: the number in it, its class, and the words a screen reader hears."""

    number: str
    look: str
    words: str
    url: str = ""
    month: dt.date | None = None


def last_months(newest: dt.date, number: int = 12) -> list[dt.date]:
    return months_between(add_months(newest, 1 - number), newest)


def heat_rows(
    organisations: list[Organisation], months: list[dt.date], cell_type=None
) -> list[tuple[Organisation, list[HeatCell]]]:
    """Organisations × months. A cell shows its attendance, a committee how many of its cells met."""
    found, books = sums([o.pk for o in organisations], months, cell_type), Books()
    return [(o, [square(o, month, found.get((o.pk, month)), books) for month in months]) for o in organisations]


def square(organisation, month: dt.date, row: dict | None, books: Books) -> HeatCell:
    """The square of one organisation and month (the darker, the more it needs attention)."""
    label = f"tháng {month.month}/{month.year}"
    if row is None or row["cells_due"] == 0:
        return HeatCell("–", "is-off", f"{label}: không phải họp", month=month)
    if organisation.kind.is_cell:
        if row["regular"]:
            enough = suffices(row["present"], row["base"], books.on(month, organisation.path))
            share = row["present"] * 100 // row["base"] if row["base"] else 0
            look = (
                "is-tot"
                if enough and not row["unexcused"]
                else "is-kha"
                if enough
                else "is-tb"
                if share >= 70
                else "is-kem"
            )
            return HeatCell(str(share), look, f"{label}: {row['present']}/{row['base']} có mặt", month=month)
        if row["open_regular"]:
            return HeatCell("Chờ", "is-wait", f"{label}: đã họp, chưa khóa biên bản", month=month)
        return HeatCell("Chưa", "is-none", f"{label}: chưa họp", month=month)
    met, due = row["cells_met"], row["cells_due"]
    look = "is-tot" if met == due else "is-kha" if met * 10 >= due * 9 else "is-tb" if met * 10 >= due * 7 else "is-kem"
    return HeatCell(f"{met}/{due}", look, f"{label}: {met}/{due} chi bộ đã họp", month=month)


# The lists behind the numbers: which cells of a month stand behind each, by the word in the address.
CELL_LISTS = {
    "": ("Mọi chi bộ", Q()),
    "da-hop": ("Đã họp thường kỳ", Q(cells_met__gt=0)),
    "chua-hop": ("Chưa họp", Q(cells_due__gt=0, cells_met=0)),
    "da-khoa": ("Đã khóa biên bản", Q(regular__gt=0)),
    "cho-khoa": ("Chờ khóa biên bản", Q(open_regular__gt=0)),
    "vang": ("Có đồng chí vắng không lý do", Q(unexcused__gt=0)),
    "chuyen-de": ("Có buổi chuyên đề hoặc buổi điểm", Q(thematic__gt=0) | Q(model_meetings__gt=0)),
}


def _cells_then(month: dt.date) -> Q:
    """Rows of what was a cell at the month's end, whatever it became later."""
    last = add_months(month.replace(day=1), 1) - dt.timedelta(days=1)
    return Q(organisation__in=Organisation.objects.looking_on(last, kind__is_cell=True))


def cells_of_month(scope_filter: Q, month: dt.date, cell_type=None):
    """One row a cell of the branch: the facts that the numbers of a month are added up from."""
    rows = MonthTally.objects.filter(scope_filter, _cells_then(month), month=month)
    if cell_type:
        rows = rows.filter(cell_type=cell_type)
    return rows.select_related("organisation__parent", "cell_type").order_by(
        "organisation__parent__sort_key", "organisation__sort_key", "pk"
    )


def cells_without_meeting(scope_filter: Q, month: dt.date):
    """Cells that were due in a month and have no regular meeting held."""
    return (
        MonthTally.objects.filter(scope_filter, _cells_then(month), month=month, cells_due__gt=0, cells_met=0)
        .select_related("organisation__parent")
        .order_by("organisation__sort_key")
    )


def minutes_waiting(scope_filter: Q, before: dt.datetime):
    """Meetings held whose minutes are not locked, the oldest first."""
    return (
        Meeting.objects.alias(began=began())
        .filter(scope_filter, status=Status.OPEN, began__lt=before)
        .select_related("organisation__parent", "kind")
        .order_by("began")
    )
