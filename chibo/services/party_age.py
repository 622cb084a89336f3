"""Tuổi đảng of a member on a day: worked out, or as the competent level decided (members.md 5.6)."""

import datetime as dt

from django.db import transaction

from chibo.models import AgeDecision, Member
from chibo.rules import party_age
from chibo.services.days import check_day
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line

DATED = ("gaps", "age_decisions")  # what age_basis reads; to be fetched ahead for a list


def age_decision_on(member: Member, day: dt.date) -> AgeDecision | None:
    """The decision that tuổi đảng follows on a day; None where it is worked out."""
    return max((one for one in member.age_decisions.all() if one.decided_on <= day), key=lambda one: one.decided_on, default=None)  # fmt: skip


def age_basis(member: Member, day: dt.date) -> tuple[dt.date, list[tuple[dt.date, dt.date]]]:
    """(the day tuổi đảng counts from, what does not count since), as known on a day.

    Without a decision on it: the decision of admission and every gap (294-QĐ/TW 4.5; 06-HD/TW 5.3). With one: its day,
    and only the time out after it.
    """
    gaps = [(gap.starts_on, gap.ends_on) for gap in member.gaps.all()]
    ruled = age_decision_on(member, day)
    if ruled is None:
        return member.counts_from, gaps
    return ruled.counts_from, [(max(start, ruled.decided_on), end) for start, end in gaps if end > ruled.decided_on]


def party_age_of(member: Member, day: dt.date) -> tuple[int, int] | None:
    """Tuổi đảng as (years, months); None before recognition (294-QĐ/TW 4.5)."""
    if member.official_on is None or member.official_on > day:
        return None
    counts_from, gaps = age_basis(member, day)
    return party_age(counts_from, day, gaps)


@transaction.atomic
def note_age_decision(member: Member, counts_from: dt.date, decision: str, decided_on: dt.date, authority: str, *, by) -> AgeDecision:  # fmt: skip
    """Record what the competent level decided about tuổi đảng. Raises RuleBroken at the field that is wrong."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    decision, authority = clean_line(decision), clean_line(authority)
    if member.official_on is None:
        raise RuleBroken("Đồng chí này chưa được công nhận chính thức nên chưa tính tuổi đảng.", field="counts_from")
    check_day(decided_on, "decided_on", after=member.official_on, what="ngày chính thức")
    check_day(counts_from, "counts_from", after=member.born_on, what="ngày sinh")
    if counts_from > decided_on:
        raise RuleBroken(f"Ngày bắt đầu tính phải trước ngày quyết định ({vn_date(decided_on)}). Kiểm tra lại năm.", field="counts_from")  # fmt: skip
    if not decision:
        raise RuleBroken("Ghi số quyết định.", field="decision")
    if not authority:
        raise RuleBroken("Ghi cấp ra quyết định, ví dụ: Ban Thường vụ Thị ủy.", field="authority")
    if member.age_decisions.filter(decided_on=decided_on).exists():
        raise RuleBroken("Ngày này đã ghi một quyết định về tuổi đảng của đồng chí ấy.", field="decided_on")
    row = AgeDecision.objects.create(member=member, counts_from=counts_from, decided_on=decided_on, decision=decision, authority=authority)  # fmt: skip
    record("member.age_decided", member, by=by, decided_on=decided_on.isoformat())
    return row
