"""A meeting that was locked without a score is scored later, once, and named as late.

The guide has the cell vote on the score and put it into the minutes (cell-meetings 6.5, 42-HD/BTCTW). Locked minutes take nothing
more, so the cell votes in a later sitting, whose minutes carry the score and its table. What was scored in time stays.
"""

from django.db import transaction

from hoithao.choices import Status
from hoithao.models import Meeting, Score
from hoithao.models.meeting import began
from hoithao.services.meetings import changing, locked
from hoithao.services.scores import adopt, complete, is_scored, write_score
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line


def may_be_late(meeting, score) -> bool:
    """Whether this meeting may still be scored: locked, of a kind that is scored, and no score stands in locked minutes."""
    if meeting.status != Status.CLOSED or not is_scored(meeting) or meeting.roll_taken_at is None:
        return False
    return score is None or (score.is_late and not (score.vote_id and score.vote.meeting.is_closed))


def _scoring_late(meeting) -> Meeting:
    meeting = locked(meeting)
    score = Score.objects.select_related("vote__meeting").filter(meeting=meeting).first()
    if not may_be_late(meeting, score):
        if score is not None:
            raise RuleBroken("Buổi này đã có điểm trong biên bản đã khóa. Điểm ấy giữ nguyên.")
        raise RuleBroken("Chỉ chấm quá hạn buổi thường kỳ, chuyên đề của chi bộ đã khóa biên bản.")
    return meeting


@transaction.atomic
def save_late_score(meeting, *, by, answers: dict, late_because, weakness="", remedy="") -> Score:
    """Keep the draft of a late score under the frame of the meeting's own day; why it is late is asked."""
    meeting, late_because = _scoring_late(meeting), clean_line(late_because)[:300]
    if not late_because:
        raise RuleBroken("Ghi một câu: vì sao chấm quá hạn.", field="late_because")
    return write_score(
        meeting, by=by, answers=answers, weakness=weakness, remedy=remedy, late_because=late_because
    )  # fmt: skip


def sittings_for(meeting):
    """Sittings of the cell that are open now, where it may vote on a late score: the newest first."""
    rows = Meeting.objects.alias(began=began()).filter(
        organisation=meeting.organisation_id, status=Status.OPEN, kind__takes_votes=True, began__gt=meeting.began_at,
        roll_taken_at__isnull=False,
    )  # fmt: skip
    return rows.select_related("kind", "organisation__kind").order_by("-began")


@transaction.atomic
def adopt_late_score(meeting, *, by, in_favour, against=0, blank=0) -> Score:
    """The cell votes on a late score in the sitting that is open now; carried by more than half (K13)."""
    meeting = _scoring_late(meeting)
    score = complete(meeting)
    sitting = sittings_for(meeting).first()
    if sitting is None:
        raise RuleBroken("Chi bộ biểu quyết ở buổi sau: khai mạc, điểm danh buổi ấy rồi trở lại đây.")
    subject = f"Thông qua kết quả chấm điểm quá hạn {meeting.name}"
    return adopt(
        score, changing(sitting), by=by, subject=subject, in_favour=in_favour, against=against, blank=blank
    )  # fmt: skip


def late_voted_in(meeting, votes) -> list[Score]:
    """Late scores of earlier meetings that were voted in this one, for its minutes."""
    ids = [vote.pk for vote in votes if vote.pk]
    if not ids:
        return []
    rows = Score.objects.filter(vote__in=ids).exclude(late_because="")
    return list(rows.select_related("meeting__kind", "frame").order_by(began("meeting__")))


def waiting_in(organisation_id: int) -> list[Score]:
    """Late scores of a cell on which it has not voted yet."""
    rows = Score.objects.filter(meeting__organisation=organisation_id, vote=None).exclude(late_because="")
    return list(rows.select_related("meeting__kind", "frame").order_by(began("meeting__")))
