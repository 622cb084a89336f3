"""Nợ dữ liệu: what the register lacks or contradicts, one line each; the link opens the very field (members.md 9.3).

Groups G1–G6 of the register review. As of a day: of whom the lists held then, limits and dated records judged by it; an
undated field counts as lacking if it is empty now, for no row says since when (docs/decisions/0045). A higher app may add its own check through `add_debt_check`.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse

from chibo.access import may_edit_member
from chibo.choices import Standing
from chibo.fee_choices import FeePaid
from chibo.fieldclasses import sees
from chibo.models import FeeLine, Member, Organisation, StandingPeriod, Transfer, Twin
from chibo.rulebooks import ABROAD
from chibo.rules import months_after
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today, vn_date

MOST = 200
GROUPS = {
    "G1": "Nợ đảng phí, bỏ sinh hoạt chưa xử lý", "G2": "Quá hạn miễn, tạm thời", "G3": "Chuyển đi chưa nộp hồ sơ",
    "G4": "Kết nạp, công nhận cần xem lại", "G5": "Danh sách, hồ sơ chưa khớp", "G6": "Thông tin thiếu hoặc mâu thuẫn",
}  # fmt: skip


@dataclass(frozen=True)
class Debt:
    """One thing to mend: its group, what is wrong, whose, where to mend it."""

    group: str
    text: str
    who: str
    place: str
    url: str
    organisation_id: int = 0
    member: Member | None = None  # whose form `url` opens: who may not edit is led to the member's page instead


Check = Callable[[Q, dt.date], Iterator[Debt]]
_checks: list[Check] = []


def add_debt_check(check: Check) -> Check:
    """Register `check(within, day)`: `within` narrows rows that have `organisation__path`."""
    _checks.append(check)
    return check


def debts_of(user, day: dt.date, unit: Organisation | None = None, group: str = "") -> list[Debt]:
    """Everything owed in the user's branches (or one unit of them), at most MOST of a check."""
    return readable(user, found_for(user, day, unit, group))


def readable(user, found: list[Debt]) -> list[Debt]:
    """The lines with addresses this user may open: asked for the lines of a page, not for all."""
    return [_readable(user, debt) for debt in found]


def found_for(user, day: dt.date, unit: Organisation | None = None, group: str = "") -> list[Debt]:
    """The same as `debts_of`, each with the address of the field, whoever may edit it (see `readable`)."""
    within = scope_of(user).covers("organisation__path")
    if unit is not None:
        within &= Q(organisation__path__startswith=unit.path)
    found = [debt for check in _checks for debt in check(within, day)]
    found = [debt for debt in found if not group or debt.group == group]
    found = _without_names(user, found)
    return sorted(found, key=lambda one: (one.group, one.place, one.who))


def _without_names(user, found: list[Debt]) -> list[Debt]:
    """Who owes fees is told to who keeps or checks them (fieldclasses); others read how many owe, cell by cell."""
    owing = {debt.organisation_id for debt in found if debt.group == "G1"}
    paths = dict(Organisation.objects.filter(pk__in=owing).values_list("pk", "path")) if owing else {}
    hidden = {pk for pk, path in paths.items() if not sees(user, "chibo.FeeLine", "state", path)}
    kept = [debt for debt in found if debt.group != "G1" or debt.organisation_id not in hidden]
    for pk in hidden:
        some = [debt for debt in found if debt.group == "G1" and debt.organisation_id == pk]
        kept.append(Debt("G1", f"{len(some)} đồng chí chưa đóng đảng phí từ ba tháng", "", some[0].place, reverse("chibo:fee_months"), pk))  # fmt: skip
    return kept


def field(member_id: int, name: str) -> str:
    """The address of a member's form with this field in focus; a fragment would keep the browser from focusing it."""
    return f"{reverse('chibo:member_edit', args=[member_id])}?truong={name}"


# What a line says of a member: of thousands found no more is read.
_TOLD = [
    "full_name", "born_on", "born_precision", "admitted_on", "admitted_precision", "official_on", "official_precision",
    "joined_on", "organisation__name", "organisation__path",
]  # fmt: skip
_OF_MEMBER = [f"member__{name}" for name in _TOLD]


def _people(within: Q, day: dt.date):
    return Member.objects.filter(within).present_on(day).select_related("organisation").only(*_TOLD)


def _debt(group, text, member, url, *, is_form=True):
    return Debt(group, text, member.full_name, member.organisation.name, url, member.organisation_id, member if is_form else None)  # fmt: skip


def _readable(user, debt: Debt) -> Debt:
    if debt.member is None or may_edit_member(user, debt.member) is True:
        return debt
    return replace(debt, url=debt.member.get_absolute_url())


@add_debt_check
def missing_fields(within, day):
    """G6: a field without which lists and ages cannot be made."""
    wanted = [("born_on", "no_birthday", "Thiếu ngày sinh"), ("sex", "no_sex", "Thiếu giới tính")]
    for name, lacks, text in wanted:
        for one in _people(within, day).lacking(lacks)[:MOST]:
            yield _debt("G6", text, one, field(one.pk, name))
    for one in _people(within, day).lacking("vague")[:MOST]:
        yield _debt("G6", f"Ngày kết nạp chỉ biết {one.admitted_words}", one, field(one.pk, "admitted_on"))


@add_debt_check
def contradictions(within, day):
    """G6, G4: dates that cannot all be true."""
    rows = _people(within, day)
    for one in rows.lacking("joined_early")[:MOST]:
        yield _debt("G6", f"Về chi bộ {vn_date(one.joined_on)} trước ngày kết nạp {one.admitted_words}", one, field(one.pk, "joined_on"))  # fmt: skip
    for one in rows.lacking("official_soon")[:MOST]:
        yield _debt("G4", f"Chính thức {one.official_words} khi chưa đủ mười hai tháng dự bị", one, field(one.pk, "official_on"))  # fmt: skip
    for one in rows.lacking("young")[:MOST]:
        yield _debt("G4", "Kết nạp khi chưa đủ 18 tuổi", one, field(one.pk, "born_on"))


@add_debt_check
def doubles(within, day):
    """G6: two records that look like one person (same name and birthday)."""
    other = Member.objects.present_on(day).filter(search_key=OuterRef("search_key"), born_on=OuterRef("born_on"))
    noted = _people(within, day).filter(pk__in=Twin.objects.values("key"))  # few of all, each compared as it is now
    for one in noted.filter(Exists(other.exclude(pk=OuterRef("pk")))).order_by("pk")[:MOST]:
        yield _debt("G6", f"Trùng họ tên, ngày sinh {one.born_words} với một dòng khác", one, field(one.pk, "full_name"))  # fmt: skip


@add_debt_check
def late_recognition(within, day):
    """G4: probation over, no recognition in force on the day."""
    people = _people(within, day)
    waits = people.lacking("probation") if day >= today() else people.filter(Q(official_on__isnull=True) | Q(official_on__gt=day)).order_by("organisation_id", "sort_key")  # fmt: skip
    rows = waits.filter(admitted_on__lt=months_after(day, -14))
    for one in rows[:MOST]:
        yield _debt("G4", f"Kết nạp {one.admitted_words}, quá mười hai tháng chưa ghi công nhận chính thức", one, reverse("chibo:member_recognise", args=[one.pk]))  # fmt: skip


@add_debt_check
def past_their_end(within, day):
    """G2: temporary transfer or another time whose end went by without a return written."""
    special = [Standing.SENT_AWAY, Standing.HERE_TEMPORARILY, Standing.TEMPORARILY_EXEMPT]
    inner = _prefixed(within, "member__")
    rows = StandingPeriod.objects.filter(inner, standing__in=special, ends_on=None, starts_on__lt=months_after(day, -12))  # fmt: skip
    for one in (
        rows.filter(member__left_on=None)
        .select_related("member__organisation")
        .only("standing", "starts_on", *_OF_MEMBER)[:MOST]
    ):
        yield _debt("G2", f"{one.get_standing_display()} từ {vn_date(one.starts_on)}, quá 12 tháng chưa ghi ngày hết", one.member, reverse("chibo:standing_end", args=[one.member_id, one.pk]))  # fmt: skip


@add_debt_check
def never_arrived(within, day):
    """G3: introduced elsewhere, not received after three months, as it was on the day."""
    not_received = Q(received_on__isnull=True) | Q(received_on__gt=day)
    not_refused = Q(refused_on__isnull=True) | Q(refused_on__gt=day)
    rows = Transfer.objects.filter(_prefixed(within, "member__"), not_received, not_refused, sent_on__lt=months_after(day, -3)).exclude(kind__in=ABROAD)  # fmt: skip
    for one in rows.select_related("member__organisation").only("sent_on", *_OF_MEMBER)[:MOST]:
        yield _debt("G3", f"Giới thiệu đi {vn_date(one.sent_on)}, quá ba tháng nơi nhận chưa ghi tiếp nhận", one.member, one.get_absolute_url(), is_form=False)  # fmt: skip


@add_debt_check
def no_file_number(within, day):
    """G5: official for more than a year, no số lý lịch or card day: list and file cannot be matched. One line a cell."""
    lacking = Member.objects.present_on(day).filter(official_on__lt=months_after(day, -12), file_number="")
    number = lacking.filter(organisation=OuterRef("pk")).order_by().values("organisation").annotate(n=Count("pk"))
    cells = (
        Organisation.objects.filter(_without(within, "organisation__"))
        .annotate(n=Subquery(number.values("n")))
        .only("name")
    )
    # in the order of an index, so that the database stops at the first MOST and counts no other cell
    for one in cells.filter(n__gt=0).order_by("sort_key", "pk")[:MOST]:
        yield Debt("G5", f"{one.n} đồng chí chưa có số lý lịch", "", one.name, f"{reverse('chibo:data_debts')}?don_vi={one.pk}&thieu=so-ly-lich#so-ly-lich", one.pk)  # fmt: skip


@add_debt_check
def unpaid(within, day):
    """G1: three months or more of the year unpaid."""
    inner = _prefixed(within, "member__")
    rows = FeeLine.objects.filter(inner, state=FeePaid.OWES, late_payment=None, ledger__month__year=day.year, ledger__month__lt=day.replace(day=1))  # fmt: skip
    counted = rows.values("member", "member__full_name", "member__organisation", "member__organisation__name").annotate(n=Count("pk")).filter(n__gte=3)  # fmt: skip
    for row in counted[:MOST]:
        yield Debt("G1", f"Chưa đóng đảng phí {row['n']} tháng trong năm {day.year}", row["member__full_name"], row["member__organisation__name"], reverse("chibo:member_detail", args=[row["member"]]), row["member__organisation"])  # fmt: skip


def lacking_file_numbers(user, unit: Organisation, day: dt.date) -> list[Debt]:
    """The members behind a line of G5, each with the field to fill."""
    within = scope_of(user).covers("organisation__path")
    people = _people(within, day).filter(organisation__path__startswith=unit.path, official_on__lt=months_after(day, -12), file_number="").order_by("organisation_id", "sort_key")  # fmt: skip
    return [_readable(user, _debt("G5", "Chưa có số lý lịch", one, field(one.pk, "file_number"))) for one in people[:MOST]]  # fmt: skip


def _without(condition: Q, prefix: str) -> Q:
    """The same condition seen from the table the prefix leads to."""
    return _renamed(condition, lambda name: name.removeprefix(prefix))


def _prefixed(condition: Q, prefix: str) -> Q:
    """The same condition seen from another table."""
    return _renamed(condition, lambda name: f"{prefix}{name}")


def _renamed(condition: Q, rename) -> Q:
    inner = Q()
    inner.connector, inner.negated = condition.connector, condition.negated
    for child in condition.children:
        inner.children.append(_renamed(child, rename) if isinstance(child, Q) else (rename(child[0]), child[1]))
    return inner
