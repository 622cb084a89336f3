"""Votes at the end of probation: two thirds in the cell, then in the base committee; three that fail go up (294-QĐ/TW 4.2, 9.3.4)."""

import datetime as dt

from django.db import transaction

from chibo.choices import RecognitionMatter, Standing, VotingLevel
from chibo.models import Member, Organisation, RecognitionVote
from chibo.rules import official_from, two_thirds
from chibo.services.bases import (
    between_words,
    check_cell_base,
    check_committee_base,
    committee_of,
    decides_on,
    entitled,
    sitting_between,
)
from chibo.services.days import check_day
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line

THREE = 3  # 294-QĐ/TW 4.2.3: after so many failed votes the level above decides


def probation_of(member) -> dt.date | None:
    """The day the present probation began; None for who is official."""
    again = member.standing_periods.filter(standing=Standing.PROBATIONARY, ends_on=None).first()
    if again:
        return again.starts_on
    return None if member.official_on else member.admitted_on


def votes_of(member) -> list[RecognitionVote]:
    """Votes of the present probation, the oldest first; of who is official all there are."""
    begun = probation_of(member)
    return [one for one in member.recognition_votes.all() if begun is None or one.on >= begun]


def is_for_above(votes) -> bool:
    """Whether one level has voted three times without two thirds: the competent level decides then."""
    return any(sum(one.level == level and not one.passed for one in votes) >= THREE for level in VotingLevel.values)


def check_decision(member, matter: str) -> None:
    """Refuse a decision against the latest vote of a level. Where no vote was written, nothing is known and nothing refused."""
    votes = votes_of(member)
    if is_for_above(votes):
        return
    latest = {one.level: one for one in votes if one.matter == matter}
    for one in latest.values():
        if not one.passed:
            raise RuleBroken(f"{one.get_level_display()} biểu quyết ngày {vn_date(one.on)} được {one.votes}/{one.base}, chưa đủ hai phần ba ({two_thirds(one.base)} phiếu). Biểu quyết lại, hoặc sau ba lần không đạt thì cấp có thẩm quyền quyết định (294-QĐ/TW 4.2.3).", field="decision")  # fmt: skip


def check_subject(member, matter: str, on: dt.date) -> list[RecognitionVote]:
    """Refuse a vote about who is not on probation, before the twelve months, or after three failures; the votes before it."""
    begun = probation_of(member)
    if begun is None or member.left_on is not None:
        raise RuleBroken("Chỉ biểu quyết về đảng viên dự bị đang sinh hoạt. Đồng chí này không còn dự bị.")
    check_day(on, "on", after=begun, what="ngày kết nạp")
    if matter == RecognitionMatter.RECOGNISE:
        check_day(on, "on", after=official_from(begun), what="ngày đủ mười hai tháng dự bị")
    before = votes_of(member)
    if is_for_above(before):
        raise RuleBroken("Đã ba lần không đạt: báo cáo cấp trên, cấp có thẩm quyền quyết định (294-QĐ/TW 4.2.3). Không biểu quyết thêm.")  # fmt: skip
    return before


def _locked(member) -> Member:
    return Member.objects.select_for_update(of=("self",)).select_related("organisation__kind").get(pk=member.pk)


@transaction.atomic
def note_vote(member, matter: str, level: str, on: dt.date, base: int, votes: int, paper: str, *, by) -> RecognitionVote:  # fmt: skip
    """Record one vote; raises RuleBroken out of order, before the twelve months, or with a base the register cannot have.

    The cell's base: its official members of that day, those exempt, away or suspended not counted unless they came; the
    committee's: all its sitting members (294-QĐ/TW 9.3.2–9.3.3). What locked minutes hold is not written a second time.
    """
    member = _locked(member)
    before = check_subject(member, matter, on)
    if any(one.from_minutes and (one.on, one.level, one.matter) == (on, level, matter) for one in before):
        raise RuleBroken(f"Biên bản buổi họp ngày {vn_date(on)} đã ghi biểu quyết này rồi, xem ở trang của đồng chí. Không ghi lại.", field="on")  # fmt: skip
    if before:
        check_day(on, "on", after=before[-1].on, what="lần biểu quyết trước")
    if level == VotingLevel.COMMITTEE:
        cell = [one for one in before if one.matter == matter and one.level == VotingLevel.CELL]
        if not cell or not cell[-1].passed:
            raise RuleBroken("Chi bộ đề nghị đủ hai phần ba rồi cấp ủy cơ sở mới biểu quyết. Ghi phiếu của chi bộ trước.", field="level")  # fmt: skip
        check_committee_base(_committee_or_refuse(member, on), on, base)
    else:
        check_cell_base(member.organisation, on, base)
    if votes > base:
        raise RuleBroken("Số tán thành không quá số có quyền biểu quyết.", field="votes")
    if not clean_line(paper):
        raise RuleBroken("Ghi số, ngày nghị quyết hoặc báo cáo kết quả.", field="paper")
    row = RecognitionVote.objects.create(member=member, matter=matter, level=level, on=on, base=base, votes=votes, passed=votes >= two_thirds(base), paper=clean_line(paper))  # fmt: skip
    record("member.recognition_voted", member, by=by)
    return row


@transaction.atomic
def take_from_minutes(member, matter: str, on: dt.date, base: int, votes: int, paper: str, *, by) -> RecognitionVote:
    """The cell's vote as its locked minutes have it. Written by hand for that day before, it is put right by the minutes."""
    member = _locked(member)
    told = {"base": base, "votes": votes, "passed": votes >= two_thirds(base), "paper": clean_line(paper)[:200], "from_minutes": True}  # fmt: skip
    row = member.recognition_votes.filter(matter=matter, level=VotingLevel.CELL, on=on, from_minutes=False).first()
    if row is None:
        row = RecognitionVote(member=member, matter=matter, level=VotingLevel.CELL, on=on)
    for name, value in told.items():
        setattr(row, name, value)
    row.save()
    record("member.recognition_voted", member, by=by)
    return row


def _committee_or_refuse(member, day) -> Organisation:
    cell = member.organisation
    committee = committee_of(cell, day)
    if committee is None:
        what = "là chi bộ cơ sở" if cell.kind.is_base else "trực thuộc thẳng cấp trên cơ sở"
        raise RuleBroken(f"Chi bộ này {what}: chi bộ đề nghị xong thì {decides_on(cell, day).told} quyết định, không qua cấp ủy cơ sở.", field="level")  # fmt: skip
    return committee


def told(row, votes) -> str:
    """What follows from a vote, in a sentence for who wrote it down."""
    if row.passed:
        return "Đã ghi: đủ hai phần ba. Cấp ủy cơ sở biểu quyết tiếp." if row.level == VotingLevel.CELL else "Đã ghi: đủ hai phần ba. Chờ quyết định của cấp có thẩm quyền."  # fmt: skip
    if is_for_above(votes):
        return "Đã ghi: ba lần không đạt. Báo cáo cấp trên; cấp có thẩm quyền quyết định (294-QĐ/TW 4.2.3)."
    return "Đã ghi: không đủ hai phần ba. Báo cáo cấp trên đầy đủ kết quả (06-HD/TW 5.1)."


def base_hints(member, levels) -> tuple[int | None, str]:
    """(number to start from, sentence) about the base of today at the levels the writer answers for."""
    found, number = [], None
    if VotingLevel.CELL in levels:
        number = entitled(member.organisation, latest_day())
        found.append(f"Hôm nay chi bộ có {number} đảng viên chính thức phải tính; đồng chí được miễn, tạm đi nơi khác mà đến dự thì cộng thêm.")  # fmt: skip
    if VotingLevel.COMMITTEE in levels and (
        committee := committee_of(member.organisation, max((one.on for one in votes_of(member)), default=today()))
    ):
        sitting = sitting_between(committee, latest_day())
        counted = f"{between_words(*sitting)} cấp ủy viên đương nhiệm phải tính" if sitting else "chưa ghi số cấp ủy viên đương nhiệm"  # fmt: skip
        found.append(f"{committee.name}: {counted}; đồng chí vắng mặt vẫn tính.")
        if len(levels) == 1:
            number = sitting[1] if sitting else None
    return number, " ".join(found)
