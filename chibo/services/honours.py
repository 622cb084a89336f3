"""The old card's number, sealed; rewards of the Party (members.md 4.1, 6.3)."""

import datetime as dt
import re

from django.db import transaction

from chibo.choices import RatingLevel
from chibo.dossier_choices import RewardGiver, RewardKind
from chibo.models import Member, OldCard, Rating, Reward
from chibo.rulebooks import REWARDS
from chibo.services.days import admitted_day, check_day
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.sealed import seal, trace
from kyanh_portal.base.vietnamese import clean_line

_EIGHT = re.compile(r"\d{8}")
RUNNING = 5  # years without a break (06-HD/TW 19.2a)


def clean_card(text: str) -> str:
    """Eight digits without blanks and dots, zeros in front kept; raises RuleBroken."""
    number = re.sub(r"[\s.]", "", text)
    if not _EIGHT.fullmatch(number):
        raise RuleBroken(
            "Số thẻ đảng viên cũ gồm đúng 8 chữ số, kể cả số 0 đứng đầu. Đếm lại các chữ số.", field="number"
        )
    return number


def masked_card(number: str) -> str:
    """•••••345: as much as tells two cards of a cell apart."""
    return f"{'•' * (len(number) - 3)}{number[-3:]}"


@transaction.atomic
def set_old_card(member: Member, number: str, *, by, issued_at="", issued_on: dt.date | None = None) -> OldCard:
    """Keep the number of the card before 02/9/2025, sealed; one number belongs to one person."""
    number = clean_card(number)
    if issued_on:
        check_day(issued_on, "issued_on", after=admitted_day(member), what="ngày kết nạp")
    if OldCard.objects.filter(trace=trace(number)).exclude(member=member).exists():
        raise RuleBroken("Số thẻ này đã có ở một đồng chí khác. Kiểm tra lại, hoặc gọi Ban Tổ chức.", field="number")
    values = {"sealed": seal(number), "trace": trace(number), "shown": masked_card(number), "issued_at": clean_line(issued_at), "issued_on": issued_on}  # fmt: skip
    card, _ = OldCard.objects.update_or_create(member=member, defaults=values)
    record("member.old_card_set", member, by=by)
    return card


@transaction.atomic
def show_old_card(member: Member, reason: str, *, by) -> str:
    """The whole old number, told in the trail with the reason. Raises RuleBroken without a reason or a number."""
    if len(reason.strip()) < 5:
        raise RuleBroken("Ghi lý do xem đủ số, ví dụ: đối chiếu khi đổi thẻ.", field="reason")
    card = OldCard.objects.filter(member=member).first()
    if card is None:
        raise RuleBroken("Đồng chí này chưa ghi số thẻ cũ.")
    record("member.old_card_shown", member, by=by, reason=reason[:300])
    return card.open()


def excellent_years(member: Member) -> list[int]:
    """Years the member was rated excellent, as decided and written here; oldest first."""
    rows = Rating.objects.filter(member=member, final=RatingLevel.EXCELLENT)
    return sorted(set(rows.values_list("session__year", flat=True)))


def not_told(member: Member, reward: Reward) -> str:
    """What the ratings on record do not say of the condition of a reward; "" where they do, or no condition is known.

    A hint: ratings of years before the portal are not here, and a deed may be rewarded at once.
    """
    if reward.kind == RewardKind.PRAISE or reward.kind == RewardKind.OTHER:
        return ""
    year, years = reward.decided_on.year, set(excellent_years(member))
    if reward.giver == RewardGiver.BASE:
        return "" if years & {year, year - 1} else f"Cổng chưa ghi xếp loại hoàn thành xuất sắc năm {year - 1} hoặc {year} (06-HD/TW 19.2a)."  # fmt: skip
    runs = any(set(range(last - RUNNING + 1, last + 1)) <= years for last in (year, year - 1))
    return "" if runs else f"Cổng chưa ghi đủ {RUNNING} năm liền hoàn thành xuất sắc (06-HD/TW 19.2a)."


@transaction.atomic
def note_reward(
    member: Member, kind: str, giver: str, decided_on: dt.date, decision: str, *, by, for_what=""
) -> Reward:
    """A reward of the Party. Raises RuleBroken for a form that this level does not give, a day that cannot be, no decision."""
    member = Member.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=member.pk)
    decision = clean_line(decision)
    if not decision:
        raise RuleBroken("Ghi số, ngày quyết định (biểu dương: số nghị quyết của chi bộ).", field="decision")
    check_day(decided_on, "decided_on", after=admitted_day(member), what="ngày kết nạp")
    givers = REWARDS[kind]
    if giver not in givers:
        words = ", ".join(RewardGiver(one).label for one in givers)
        raise RuleBroken(f"{RewardKind(kind).label} của Đảng do {words} quyết định (294-QĐ/TW 28.2; 06-HD/TW 19.2a). Chọn lại cấp quyết định.", field="giver")  # fmt: skip
    if member.rewards.filter(kind=kind, decision=decision).exists():
        raise RuleBroken("Quyết định khen thưởng này đã ghi cho đồng chí ấy.", field="decision")
    row = Reward.objects.create(member=member, kind=kind, giver=giver, decided_on=decided_on, decision=decision, for_what=clean_line(for_what))  # fmt: skip
    record("member.rewarded", member, by=by, kind=kind)
    return row
