"""One function for each number or fact of this app shown anywhere."""

import datetime as dt

from django.db.models import OuterRef, Subquery

from chibo.models import Member, Organisation, Placement, Position, StandingPeriod, Term
from chibo.rulebooks import rulebook_on
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.planned import Question, columns
from kyanh_portal.parameters.parameter import value_on

WARD = "dang_uy_xa_phuong"
TERM = columns(Term)
# What a roll and its minutes tell of a member.
ON_ROLL = columns(Member, "id", "organisation_id", "full_name", "official_on", "sort_key")


def _placed(organisation: int, day: dt.date):
    return Placement.objects.on(day).filter(organisation_id=organisation).order_by().values_list("member_id")


def _here_with_standing(organisation: int, day: dt.date):
    standing = (
        StandingPeriod.objects.on(day).filter(member=OuterRef("pk")).order_by("-starts_on", "-pk").values("standing")
    )
    members = Member.objects.present_on(day).filter(organisation_id=organisation).order_by("sort_key", "pk")
    return members.annotate(special=Subquery(standing[:1])).values_list(*ON_ROLL, "special")


# Asked at every closing; four hundred cells close in one evening (docs/decisions/0036).
_ask_terms = Question(
    "chibo_terms", int, dt.date, ask=lambda organisation, day: Term.objects.filter(organisation_id=organisation).on(day).values_list(*TERM)
)  # fmt: skip
_ask_placed = Question("chibo_placed", int, dt.date, ask=_placed)
_ask_here = Question("chibo_here", int, dt.date, ask=_here_with_standing)


def term_on(organisation: Organisation, day: dt.date) -> Term:
    """The term running on a day; raises RuleBroken where none was entered."""
    terms = _ask_terms(organisation.pk, day)
    if not terms:
        raise RuleBroken(
            f"{organisation.name} chưa có nhiệm kỳ vào ngày {vn_date(day)}. Ban Tổ chức ghi nhiệm kỳ ở trang của đơn vị rồi làm lại."
        )
    return Term.from_db("default", TERM, terms[0])


def standings_on(members: list[Member], day: dt.date) -> dict[int, str]:
    """Member → standing on a day (Member.standing_on), for a whole roll in one question."""
    periods = StandingPeriod.objects.on(day).filter(member__in=[one.pk for one in members]).order_by("starts_on", "pk")
    special = dict(periods.values_list("member_id", "standing"))  # of two at once the later one holds
    return {one.pk: one.standing_given(special.get(one.pk), day) for one in members}


def roll_on(organisation: Organisation, day: dt.date) -> tuple[list[Member], dict[int, str]]:
    """Whose roll the organisation keeps on a day (Member.objects.on_roll), and the standing of each (standings_on)."""
    if _ask_placed(organisation.pk, day):  # somebody came from, or went on to, another cell: every place is looked at
        members = list(Member.objects.on_roll(organisation, day).only(*ON_ROLL))
        return members, standings_on(members, day)
    rows = _ask_here(organisation.pk, day)
    members = [Member.from_db("default", ON_ROLL, row[:-1]) for row in rows]
    return members, {one.pk: one.standing_given(row[-1], day) for one, row in zip(members, rows, strict=True)}


def holder_of(organisation: Organisation, posts: list[str], day: dt.date, besides=()) -> Position | None:
    """Who holds the first of these posts on a day; `besides`: keys of members passed over, as they are away."""
    held = Position.objects.filter(organisation=organisation, post__in=posts).on(day).select_related("member")
    held = held.exclude(member__in=besides) if besides else held
    return min(held, key=lambda position: posts.index(position.post), default=None)


def is_base_on(organisation, day: dt.date) -> bool:
    """Whether it is a base organisation on a day. Xã, phường are by the rulebook of the day, unless the committee set otherwise:
    since 01/7/2025 they stand above the base (294-QĐ/TW 10)."""
    if organisation.kind.code != WARD:
        return organisation.kind.is_base
    told = value_on("chibo.ward_is_base", day, organisation.path)
    return rulebook_on(day)["ward_is_base"] if told == "rule" else told == "yes"
