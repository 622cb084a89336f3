"""Tables N1–N11 and the figures of development on screen: small units counted at once, large ones kept and counted behind.

What is kept says as of which minute it was counted, and whether the register was written to since (models.kept). The
facts stay the truth: a kept table is what the same code made of them, and is thrown away and made again at any time.
"""

import datetime as dt
import logging
import time
import zlib
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.apps import apps
from django.db import connection, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from chibo import indicators, rulebooks, rules
from chibo.indicators import Indicator
from chibo.models import KeptList, KeptTable, Organisation, RegisterWrite
from chibo.reports import badges, dues, profile_table, register_facts, register_tables
from chibo.reports.register_facts import Facts, Keyed, Listed
from chibo.reports.register_tables import TABLES
from chibo.reports.tables import Table
from chibo.services import party_age
from chibo.services.development import overdue
from kyanh_portal.base.background import later
from kyanh_portal.base.calendar import today
from kyanh_portal.rendering.xlsx import Column

log = logging.getLogger("kyanh.chibo")
AT_ONCE = 300  # cells of a unit that are counted while the page waits: a district's demo world takes half a second
LEASE = dt.timedelta(minutes=5)
MOST_ATTEMPTS = 3
KEPT_FOR = dt.timedelta(days=14)  # after nobody looked at it any more
PROBLEM = "Máy chưa tính được bảng này, đang thử lại. Nếu vài phút nữa vẫn vậy thì gọi quản trị."
FIGURES = "PT"  # figures of development, kept beside the tables
LATE = "P8"  # of them what is late today: the only one that turns with the day, whatever year is asked
CODES = [*TABLES, FIGURES, LATE]
_FIGURE_COLUMNS = [Column(label, 20) for label in ("Số", "Chỉ số", "Số đếm được", "Số gốc", "Cách tính", "Địa chỉ", "Đơn vị tính")]  # fmt: skip

_PLACES = {"chibo_organisation", "chibo_face", "chibo_organisationkind", "chibo_celltype", "chibo_member", "chibo_placement", "chibo_standingperiod", "chibo_gap", "chibo_agedecision"}  # fmt: skip
_BESIDE = {
    "N1": {"chibo_lineage"},
    "N2": {"chibo_exit"},
    "N3": set(),
    "N3B": {"chibo_memberprofile"},
    "N4": {"chibo_candidate", "chibo_developmenttarget", "parameters_parametervalue"},
    "N4B": {"chibo_candidate", "chibo_memberprofile"},
    "N5": {"chibo_candidate"},
    "N6": set(),
    "N7": {"chibo_rating", "chibo_reviewyear"},
    "N7B": {"chibo_rating", "chibo_reviewyear", "parameters_parametervalue"},
    "N8": {"chibo_transfer", "chibo_transferbox", "chibo_holiday"},
    "N9": {"chibo_badge", "chibo_discipline", "parameters_parametervalue"},
    "N10": {"chibo_finding", "chibo_reviewform", "chibo_campaign", "chibo_helpcase"},
    "N11": {"chibo_feemonth", "chibo_feeline", "chibo_latepayment", "parameters_parametervalue"},
    LATE: {"chibo_candidate", "chibo_candidatestep", "chibo_holiday"},
    FIGURES: {
        "chibo_candidate",
        "chibo_candidatestep",
        "chibo_exit",
        "chibo_developmenttarget",
        "parameters_parametervalue",
    },
}
# What each table is read from; a test asks the database what was really read.
READS = {code: frozenset(_PLACES | more) for code, more in _BESIDE.items()}
WATCHED = frozenset().union(*READS.values())
_SHOWN_WITH = {
    "chibo.Member": ["organisation"], "chibo.Rating": ["session__organisation", "member"], "chibo.ReviewYear": ["organisation"],
    "chibo.Finding": ["form__organisation", "member"], "chibo.HelpCase": ["organisation", "member"],
    "chibo.Candidate": ["organisation"], "chibo.Transfer": ["member", "source", "target"],
}  # fmt: skip
# Another release may count otherwise: what an earlier one kept is not current.
_MADE_BY = zlib.crc32(b"".join(Path(one.__file__).read_bytes() for one in (register_tables, register_facts, profile_table, indicators, badges, dues, party_age, rules, rulebooks)))  # fmt: skip


@dataclass
class Shown:
    """A table as a page shows it. `counted_at` None: counted for this very page. `table` None: not counted yet."""

    table: Table | None
    day: dt.date
    kept: KeptTable | None = None
    counted_at: dt.datetime | None = None
    is_current: bool = True
    problem: str = ""

    def listed(self, row: int, column: int, start: int, most: int) -> tuple[int, list] | None:
        """(how many, the rows from `start` on) behind a figure; None where it counts no rows."""
        if self.kept is None:
            value = self.table.rows[row][column]
            if isinstance(value, Keyed):
                return int(value), _rows_of(value.model, value.keys[start : start + most], self.day)
            return (int(value), value.rows[start : start + most]) if isinstance(value, Listed) else None
        if not self.has_list(row, column):
            return None
        part, offset = divmod(start, KeptList.PART)
        found = self.kept.lists.filter(row=row, column=column, part=part).first()
        ids = found.ids[offset : offset + most] if found else []
        return self.table.rows[row][column], _rows_of(found.model, ids, self.kept.day) if ids else []

    def has_list(self, row: int, column: int) -> bool:
        if self.kept is None:
            return isinstance(self.table.rows[row][column], (Listed, Keyed))
        return (row, column) in self._lists

    @cached_property
    def _lists(self) -> set[tuple[int, int]]:
        return {(row, column) for row, column in self.kept.content["lists"]}


def shown(code: str, unit: Organisation, year: int) -> Shown:
    """The table of a unit and year: counted now where that is quick, else as kept; what is not current is asked for."""
    day = min(dt.date(year, 12, 31), today())
    if not is_large(unit):
        return Shown(count(code, Facts(unit, year)), day)
    now = timezone.now()
    rows = KeptTable.objects.filter(organisation=unit, year=year, code=code)
    kept = rows.filter(day=day).first()
    is_current = kept is not None and kept.content is not None and state_of(code) == kept.sources
    if kept is None:
        ask([code], unit, year, day)
        kept = rows.get(day=day)
    elif not is_current and not kept.is_held(now) and (kept.content is None or kept.rests_until() <= now):
        ask([code], unit, year, day)
    if kept.asked_at < now - dt.timedelta(hours=1):
        rows.filter(pk=kept.pk).update(asked_at=now)
    best = kept if kept.content is not None else rows.exclude(content=None).order_by("-day").first()
    table = _table(best.content) if best else None
    return Shown(table, day, best, best and best.counted_at, is_current, kept.problem)


def is_large(unit: Organisation) -> bool:
    """More cells below it than a page waits for; asked without counting them all."""
    cells = Organisation.objects.below(unit).cells().order_by().values("pk")
    return cells[: AT_ONCE + 1].count() > AT_ONCE


def state_of(code: str) -> dict[str, int]:
    """The state of everything the table is read from, and of the code that counts it."""
    return RegisterWrite.objects.state_of(READS[code]) | {"made by": _MADE_BY}


def ask(codes: list[str], unit: Organisation, year: int, day: dt.date) -> None:
    """Have tables counted by a worker; asked twice they are counted once."""
    with transaction.atomic():
        KeptTable.objects.bulk_create(
            [KeptTable(code=code, organisation=unit, year=year, day=day) for code in codes], ignore_conflicts=True
        )
        rows = KeptTable.objects.filter(organisation=unit, year=year, day=day, code__in=codes)
        given_up = Q(attempt__gte=MOST_ATTEMPTS, lease_until__lt=timezone.now() - LEASE)
        rows.filter(Q(is_waiting=False) | given_up).update(is_waiting=True, attempt=0, problem="")
        later("chibo.count_tables", unit.pk, year, day.isoformat())


def count(code: str, facts: Facts) -> Table:
    """The table from the facts."""
    if code in TABLES:
        return TABLES[code](facts)
    rows = [late_figure(facts)] if code == LATE else indicators.indicators(facts.unit, facts.year, facts.last)

    def keyed(figure, counted):
        return figure if counted is None else Keyed(*counted)

    cells = [[one.code, one.name, keyed(one.number, one.counted), keyed(one.base, one.counted_of), one.how, one.url, one.unit] for one in rows]  # fmt: skip
    return Table(FIGURES, "Số liệu phát triển đảng viên", _FIGURE_COLUMNS, cells)


def late_figure(facts: Facts) -> Indicator:
    """P8: what is late on the day."""
    late = Counter(what for _, what in overdue(facts.unit, facts.last))
    told = "; ".join(f"{what}: {number}" for what, number in late.items())
    return Indicator("P8", "Việc quá hạn ngày xem", late.total(), None, f"{told}." if told else "Không có việc nào quá hạn.", reverse("reminders:due_list"), "việc")  # fmt: skip


def count_waiting(unit_pk: int, year: int, day: dt.date) -> int:
    """Count what waits of one unit, year and day, the facts read once for all; may run twice, in two workers, unharmed."""
    unit = Organisation.objects.filter(pk=unit_pk).first()
    done = 0
    while unit is not None and (kept := _claim(unit, year, day)):
        began = time.monotonic()
        before = state_of(kept.code)
        try:
            facts = Facts(unit, year, day)
            with _reading() as read:
                content, lists = _packed(count(kept.code, facts))
        except Exception:
            log.exception("table %s of %s, %s", kept.code, unit.pk, year)
            KeptTable.objects.filter(pk=kept.pk, attempt=kept.attempt).update(problem=PROBLEM)
            continue  # the lease runs out, then it is tried again
        if not read <= READS[kept.code]:
            log.error("table %s read %s, which nobody watches", kept.code, sorted(read - READS[kept.code]))
            before = {}  # never called current
        done += _keep(kept, content, lists, before, time.monotonic() - began)
    return done


def _claim(unit, year, day) -> KeptTable | None:
    rows = KeptTable.objects.waiting().filter(organisation=unit, year=year, day=day, attempt__lt=MOST_ATTEMPTS)
    for pk in rows.order_by("asked_at", "pk").values_list("pk", flat=True):
        taken = KeptTable.objects.waiting().filter(pk=pk)
        if taken.update(attempt=F("attempt") + 1, lease_until=timezone.now() + LEASE):
            return KeptTable.objects.get(pk=pk)
    return None


@transaction.atomic
def _keep(kept: KeptTable, content: dict, lists: list[KeptList], sources: dict, seconds: float) -> int:
    """Put what was counted in the place of what was kept; a worker whose attempt is not the newest throws it away."""
    mine = KeptTable.objects.filter(pk=kept.pk, attempt=kept.attempt, lease_until=kept.lease_until)
    if not mine.update(content=content, sources=sources, counted_at=timezone.now(), seconds=seconds, is_waiting=False, lease_until=None, problem=""):  # fmt: skip
        return 0
    KeptList.objects.filter(table=kept).delete()
    for one in lists:
        one.table = kept
    KeptList.objects.bulk_create(lists, batch_size=200)
    return 1


def _packed(table: Table) -> tuple[dict, list[KeptList]]:
    """The table as data, and the keys behind each of its figures."""
    lists, named = [], []
    for row, values in enumerate(table.rows):
        for column, value in enumerate(values):
            if isinstance(value, (Listed, Keyed)):
                named.append([row, column])
                ids = value.keys if isinstance(value, Keyed) else [one.pk for one in value.rows]
                model = "" if not ids else value.model if isinstance(value, Keyed) else value.rows[0]._meta.label
                lists += [
                    KeptList(row=row, column=column, part=part, model=model, ids=ids[at : at + KeptList.PART])
                    for part, at in enumerate(range(0, len(ids), KeptList.PART))
                ]
    rows = [[int(value) if isinstance(value, (Listed, Keyed)) else value for value in values] for values in table.rows]
    columns = [[one.label, one.width, one.kind] for one in table.columns]
    content = {"code": table.code, "title": table.title, "columns": columns, "rows": rows, "base": table.base, "notes": table.notes, "url": table.url, "lists": named}  # fmt: skip
    return content, lists


def _table(content: dict) -> Table:
    columns = [Column(label, width, kind) for label, width, kind in content["columns"]]
    return Table(content["code"], content["title"], columns, content["rows"], content["base"], content["notes"], content["url"])  # fmt: skip


def _rows_of(label: str, ids: list[int], day: dt.date) -> list:
    """The rows of a part, in their order; members and cells with the names and places of the day."""
    found = apps.get_model(label).objects.select_related(*_SHOWN_WITH.get(label, ())).in_bulk(ids)
    rows = [found[pk] for pk in ids if pk in found]
    if label == "chibo.Organisation":
        return Organisation.objects.none().worn_on(day, rows)
    return register_facts.seated(rows, day) if label == "chibo.Member" else rows


class _reading:
    """Which tables the statements of a block name."""

    def __enter__(self):
        self.tables: set[str] = set()
        names = {model._meta.db_table for model in apps.get_models()}

        def look(execute, sql, params, many, context):
            self.tables.update(name for name in names if f'"{name}"' in sql)
            return execute(sql, params, many, context)

        self.wrapper = connection.execute_wrapper(look)
        self.wrapper.__enter__()
        return self.tables

    def __exit__(self, *error):
        return self.wrapper.__exit__(*error)


def waiting_for_relay() -> list[tuple[int, int, dt.date]]:
    """(unit, year, day) of what waits, for workers that were never told or fell silent."""
    rows = KeptTable.objects.waiting().filter(attempt__lt=MOST_ATTEMPTS)
    return list(rows.order_by().values_list("organisation", "year", "day").distinct()[:20])


def renew() -> int:
    """By night: count for the new day what was looked at lately; what nobody looks at goes. Returns how many were asked."""
    now, asked = timezone.now(), 0
    RegisterWrite.objects.compact()
    KeptTable.objects.filter(asked_at__lt=now - KEPT_FOR).delete()
    lately = KeptTable.objects.filter(year=today().year, day__lt=today()).select_related("organisation")
    for kept in lately:
        ask([kept.code], kept.organisation, kept.year, today())
        asked += 1
    KeptTable.objects.filter(year=today().year, day__lt=today() - dt.timedelta(days=7)).delete()
    return asked
