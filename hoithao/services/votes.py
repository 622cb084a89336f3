"""Log a vote: three numbers, judged by the roll."""

import uuid

from django.db import transaction
from django.db.models import Max

from hoithao.choices import ScoreState, Threshold
from hoithao.models import Score, Vote
from hoithao.rules import check_vote
from hoithao.services.attendance import figures_of_item
from hoithao.services.meetings import changing
from hoithao.services.probation import check_about
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line


@transaction.atomic
def log_vote(
    meeting, *, by, subject, in_favour, against=0, blank=0, threshold=Threshold.MAJORITY, item=None, client_key=None,
    decision=None, about=None, conflicted=(), left_early=(),
) -> Vote:  # fmt: skip
    """Log a vote by show of hands. The base is counted from the roll; impossible sums are refused.

    The kind of decision says the threshold. `conflicted` and `left_early` are ids of members of the roll who are not
    counted in this item, or had left before it (`ballots.figures_for`). `about`: the probationary member it decides on.
    """
    if client_key and (same := Vote.objects.filter(client_key=client_key, meeting=meeting).first()):
        return same
    meeting = changing(meeting)
    subject = clean_line(subject)
    if not subject:
        raise RuleBroken("Ghi nội dung biểu quyết.", field="subject")
    if meeting.roll_taken_at is None:
        raise RuleBroken("Điểm danh trước rồi mới biểu quyết: số người được tính lấy từ điểm danh.")
    check_about(meeting, decision, about)
    conflicted, left_early = sorted(set(conflicted)), sorted(set(left_early) - set(conflicted))
    figures = figures_of_item(meeting, conflicted, left_early)
    threshold = decision.threshold if decision else threshold
    check_vote(in_favour, against, blank, figures.vote_present)
    order = (meeting.votes.aggregate(last=Max("order"))["last"] or 0) + 1
    vote = Vote.objects.create(
        meeting=meeting, item=item, order=order, subject=subject, threshold=threshold, base=figures.vote_base,
        decision=decision, about=about, conflicted=conflicted, left_early=left_early,
        entitled_present=figures.vote_present, in_favour=in_favour, against=against, blank=blank,
        client_key=client_key or uuid.uuid4(),
    )  # fmt: skip
    record("meeting.vote_logged", meeting, by=by, vote=vote.pk, base=vote.base, in_favour=in_favour)
    return vote


@transaction.atomic
def remove_vote(vote, *, by) -> None:
    """Take back a vote logged by mistake, while the minutes are not locked; a score it carried is a draft again."""
    meeting = changing(vote.meeting)
    Score.objects.filter(vote=vote).update(state=ScoreState.DRAFT, adopted_at=None, vote=None)
    record("meeting.vote_removed", meeting, by=by, vote=vote.pk)
    vote.delete()
