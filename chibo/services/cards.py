"""Thẻ đảng viên as a small state machine: proposed, decided, issued; lost or damaged; recovered or kept (members.md 6.1)."""

import datetime as dt

from django.db import transaction

from chibo.choices import CardState, Leaving
from chibo.models import CardStep, Member
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line
from kyanh_portal.base.workflow import Workflow

S = CardState
_HELD = {S.LOST, S.DAMAGED, S.RECOVERED, S.KEPT}
card_flow = Workflow(
    {
        S.NONE: {S.PROPOSED},
        S.PROPOSED: {S.DECIDED},
        S.DECIDED: {S.ISSUED},
        S.ISSUED: _HELD,
        S.REISSUED: _HELD,
        S.EXCHANGED: _HELD,
        S.LOST: {S.REISSUED},
        S.DAMAGED: {S.EXCHANGED, S.RECOVERED, S.KEPT},
        S.RECOVERED: {S.PROPOSED},
    }
)
HOLDING = [S.ISSUED, S.REISSUED, S.EXCHANGED, S.DAMAGED]  # the card is in the member's hands, or what is left of it
_BY_PAPER = {S.DECIDED, S.REISSUED, S.EXCHANGED}


def card_on(member, day: dt.date) -> tuple[str, dt.date | None]:
    """(state, since when) on a day; a card whose day of issue alone was entered counts as issued."""
    found = S.NONE, None
    if member.card_issued_on and member.card_issued_on <= day:
        found = S.ISSUED, member.card_issued_on
    for step in member.card_steps.all():
        if step.taken_on <= day:
            found = step.state, step.taken_on
    return found


def next_steps(member, day: dt.date) -> list[str]:
    """Steps that may be entered now, in the order of the choices."""
    state, _ = card_on(member, day)
    left = member.exits.filter(readmitted_on=None).last()
    allowed = [step for step in S if card_flow.allows(state, step)]
    if left is None:
        return [step for step in allowed if step not in (S.RECOVERED, S.KEPT)]
    return [step for step in allowed if step == (S.KEPT if left.reason == Leaving.DIED else S.RECOVERED)]


@transaction.atomic
def take_card_step(member, state: str, taken_on: dt.date, *, by, paper="") -> CardStep:
    """Record the next step. Raises RuleBroken out of order, before the step before, or before recognition."""
    member = Member.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=member.pk)
    before, since = card_on(member, dt.date.max)
    paper = clean_line(paper)
    card_flow.require(before, state, f"Thẻ đang ở bước “{CardState(before).label}”. Chọn bước tiếp theo đúng thứ tự.")
    if state not in next_steps(member, dt.date.max):
        raise RuleBroken(
            "Thu hồi thẻ của người ra khỏi Đảng; thẻ của đồng chí từ trần do gia đình giữ (06-HD/TW 7.1). Ghi việc ấy trước.", field="state",
        )  # fmt: skip
    if since and taken_on < since:
        raise RuleBroken(f"Bước trước ghi ngày {vn_date(since)}. Ngày này phải từ ngày ấy trở đi.", field="taken_on")
    if taken_on > latest_day():
        raise RuleBroken("Ngày này chưa đến. Kiểm tra lại năm.", field="taken_on")
    is_official = member.official_on is not None and member.official_on <= taken_on
    if state in (S.DECIDED, S.ISSUED) and not is_official:
        raise RuleBroken("Chỉ phát thẻ cho đảng viên chính thức (294-QĐ/TW 6.1). Ghi công nhận chính thức trước.", field="taken_on")  # fmt: skip
    if state in _BY_PAPER and not paper:
        raise RuleBroken("Ghi số, ngày của quyết định.", field="paper")
    step = CardStep.objects.create(member=member, state=state, taken_on=taken_on, paper=paper)
    if state == S.ISSUED:
        member.card_issued_on = taken_on
        member.save(update_fields=["card_issued_on", "updated_at"])
    record("member.card_step", member, by=by)
    return step
