"""Secret ballots and elections: prepare the papers, enter the count, settle it in a paper of its own."""

import uuid

from django.db import transaction
from django.db.models import Max

from chibo.figures import term_on
from hoithao.ballots import Tally, check_choices, check_election, check_matters, check_papers, elected
from hoithao.models import Ballot, BallotLine
from hoithao.rules import passes
from hoithao.services.attendance import figures_of_item
from hoithao.services.meetings import changing
from hoithao.services.probation import check_about, pass_on_ballot
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line
from kyanh_portal.documents.issuing import issue
from kyanh_portal.documents.kinds import kinds

MOST_LINES = 40


def clean_lines(text: str) -> list[str]:
    """One name or matter a line, no line twice; raises RuleBroken."""
    lines = [line for line in (clean_line(part)[:300] for part in text.split("\n")) if line]
    if len(lines) > MOST_LINES:
        raise RuleBroken(f"Phiếu có {len(lines)} dòng, nhiều nhất {MOST_LINES}.", field="lines")
    if twice := next((line for place, line in enumerate(lines) if line in lines[:place]), None):
        raise RuleBroken(f"“{twice}” ghi hai lần. Bỏ một dòng, hoặc ghi thêm cho khác nhau.", field="lines")
    return lines


@transaction.atomic
def prepare_ballot(
    meeting, *, by, subject, decision, about=None, lines="", seats=None, least=None, most=None, conflicted=(),
    left_early=(), tellers="", client_key=None,
) -> Ballot:  # fmt: skip
    """Prepare a secret ballot after the roll is taken; without lines the matter itself is the one line."""
    if client_key and (same := Ballot.objects.filter(client_key=client_key, meeting=meeting).first()):
        return same
    meeting = changing(meeting)
    subject, texts = clean_line(subject), clean_lines(lines)
    if not subject:
        raise RuleBroken("Ghi nội dung bỏ phiếu.", field="subject")
    if meeting.roll_taken_at is None:
        raise RuleBroken("Điểm danh trước rồi mới bỏ phiếu: số người được tính lấy từ điểm danh.")
    if decision.is_election:
        seats, least, most = seats or 1, least or 1, most or seats or 1
        check_election(len(texts), seats, least, most)
    else:
        seats, least, most = None, None, None
        texts = texts or [subject]
    check_about(meeting, decision, about)
    if about and len(texts) > 1:
        raise RuleBroken("Phiếu về một đồng chí dự bị chỉ có một dòng: để trống danh sách, phiếu hỏi chính nội dung trên.", field="lines")  # fmt: skip
    conflicted, left_early = sorted(set(conflicted)), sorted(set(left_early) - set(conflicted))
    figures = figures_of_item(meeting, conflicted, left_early)
    order = (meeting.ballots.aggregate(last=Max("order"))["last"] or 0) + 1
    ballot = Ballot.objects.create(
        meeting=meeting, order=order, subject=subject, decision=decision, seats=seats, least=least, most=most,
        conflicted=conflicted, left_early=left_early, base=figures.vote_base, entitled_present=figures.vote_present,
        tellers=clean_line(tellers)[:300], client_key=client_key or uuid.uuid4(),
    )  # fmt: skip
    BallotLine.objects.bulk_create(
        BallotLine(ballot=ballot, meeting=meeting, order=place, text=text, member=about)
        for place, text in enumerate(texts, start=1)
    )
    record("ballot.prepared", meeting, by=by, ballot=ballot.pk, lines=len(texts))
    return ballot


def _open(ballot) -> Ballot:
    meeting = changing(ballot.meeting)
    ballot = meeting.ballots.select_related("decision", "meeting__organisation").filter(pk=ballot.pk).first()
    if ballot is None:
        raise RuleBroken("Phiếu này đã bỏ rồi. Quay lại bước Biểu quyết.")
    if ballot.document_id:
        raise RuleBroken("Biên bản kiểm phiếu đã chốt, không sửa được nữa. Sai thì lập phiếu mới, bỏ phiếu lại.")
    return ballot


@transaction.atomic
def count_ballot(ballot, *, by, issued: int, returned: int, invalid: int, counts: list, tellers="") -> Ballot:
    """Enter the count; `counts` is (in favour, against, blank) for each line. Impossible sums are refused."""
    ballot = _open(ballot)
    lines = list(ballot.lines.all())
    check_papers(issued, returned, invalid, ballot.entitled_present)
    if len(counts) != len(lines):
        raise RuleBroken(f"Phiếu có {len(lines)} dòng. Ghi đủ số cho từng dòng.")
    valid = returned - invalid
    tallies = [Tally(line.text, *numbers) for line, numbers in zip(lines, counts, strict=True)]
    if ballot.decision.is_election:
        check_choices(tallies, valid, ballot.least, ballot.most)
    else:
        check_matters(tallies, valid)
    tellers = clean_line(tellers)[:300]
    if not tellers:
        raise RuleBroken("Ghi tên ban kiểm phiếu, hoặc người kiểm phiếu.", field="tellers")
    for line, (line.in_favour, line.against, line.blank) in zip(lines, counts, strict=True):
        line.save(update_fields=["in_favour", "against", "blank"])
    ballot.issued, ballot.returned, ballot.invalid, ballot.tellers = issued, returned, invalid, tellers
    ballot.save(update_fields=["issued", "returned", "invalid", "tellers"])
    record("ballot.counted", ballot.meeting, by=by, ballot=ballot.pk, returned=returned)
    return ballot


def outcome(ballot, lines) -> list[str]:
    """What each line came to, in words, in the order of the paper; only of a counted ballot."""
    tallies = [Tally(line.text, line.in_favour, line.against, line.blank) for line in lines]
    threshold = ballot.decision.threshold
    if not ballot.decision.is_election:
        return ["đạt" if passes(one.in_favour, ballot.base, threshold) else "chưa đạt" for one in tallies]
    sure, tied = elected(tallies, ballot.seats, ballot.base, threshold)
    return [
        "trúng cử" if place in sure else "bằng phiếu, bầu lại" if place in tied else "không trúng cử"
        for place in range(len(tallies))
    ]


@transaction.atomic
def settle_ballot(ballot, *, by) -> Ballot:
    """Freeze the counting minutes; pressed twice the first paper stands."""
    fresh = Ballot.objects.select_related("document").get(pk=ballot.pk)
    if fresh.document_id:
        return fresh
    ballot = _open(ballot)
    if not ballot.is_counted:
        raise RuleBroken("Ghi kết quả kiểm phiếu trước rồi mới chốt.", field="issued")
    organisation = ballot.meeting.organisation
    ballot.document = issue(
        kinds.get("ballot_count").compose(ballot).final(), ballot, by=by, issuer=organisation.issuer_key,
        period=term_on(organisation, ballot.meeting.held_on).period_key, path=organisation.path, takes_number=False,
    )  # fmt: skip
    ballot.save(update_fields=["document"])
    pass_on_ballot(ballot, by=by)
    record("ballot.settled", ballot.meeting, by=by, ballot=ballot.pk)
    return ballot


@transaction.atomic
def remove_ballot(ballot, *, by) -> None:
    """Take back a ballot prepared by mistake and not yet counted."""
    ballot = _open(ballot)
    if ballot.is_counted:
        raise RuleBroken("Phiếu đã kiểm thì không bỏ. Chốt biên bản, rồi bỏ phiếu lại nếu cần.")
    record("ballot.removed", ballot.meeting, by=by, ballot=ballot.pk)
    ballot.delete()
