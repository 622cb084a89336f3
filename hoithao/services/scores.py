"""Score a meeting: draft from the facts, chi ủy, the cell's vote, up to the superior, whose word stands beside it."""

from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils import timezone

from hoithao.choices import ScoreState, Status
from hoithao.frames import rulebook_on
from hoithao.models import Score, ScoreLine, ScoreReview
from hoithao.rules import passes
from hoithao.scoring import Mark, judge, keys_full, level_of, missing_for_best, most_of, shown, total_of
from hoithao.services.attendance import figures_of
from hoithao.services.evidence import facts_of
from hoithao.services.frames import leaves_of
from hoithao.services.meetings import changing
from hoithao.services.votes import log_vote, remove_vote
from hoithao.workflow import score_flow
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line


def is_scored(meeting) -> bool:
    """Regular and thematic meetings of cells are scored (42-HD/BTCTW)."""
    return meeting.organisation.kind.is_cell and meeting.kind.is_judged


def score_of(meeting) -> Score | None:
    return Score.objects.select_related("frame", "vote__meeting__kind").filter(meeting=meeting).first()


def proposals(meeting, frame, *, roll=None, speakers=None) -> list:
    """(criterion, proposal) of every criterion that is scored, from what is known now."""
    facts = facts_of(meeting, frame, roll=roll, speakers=speakers)
    return [(one, judge(one, facts)) for one in leaves_of(frame.criteria.select_related("frame"))]


def marks_of(lines) -> list[Mark]:
    """Lines as the arithmetic reads them."""
    return [
        Mark(x.criterion.code, x.criterion.name, x.criterion.most, x.points, x.counts, x.criterion.is_key) for x in lines
    ]  # fmt: skip


def lines_of(score) -> list[ScoreLine]:
    return list(score.lines.select_related("criterion__parent", "criterion__frame").order_by("criterion__order", "pk"))


def result_words(score) -> str:
    """Of a score, the cell's or the observers': "92/100 điểm, mức Tốt"; "đạt 4/5 tiêu chí" where the frame gives no points."""
    if score.frame.has_points:
        return (
            f"{shown(score.total)}/{shown(score.most)} điểm, mức {score.level}"
            if score.total is not None
            else "chưa đủ điểm"
        )
    return (
        f"đạt {shown(score.total)}/{shown(score.most)} tiêu chí" if score.total is not None else "chưa xét đủ tiêu chí"
    )


def superior_word(meeting) -> str:
    """What the superior said of the cell's score last: "xác nhận", or its own result in words; empty while nothing was said."""
    last = ScoreReview.objects.filter(score__meeting=meeting).select_related("score").order_by("pk").last()
    if last is None or not last.is_adjusted:
        return "xác nhận" if last else ""
    points = f"{shown(last.total)}/{shown(last.score.most)}"
    return f"{points} điểm, mức {last.level}" if last.level else f"đạt {points} tiêu chí"


def read_points(criterion, text) -> Decimal | None:
    """What was typed for one criterion, within its bounds."""
    if isinstance(text, str):
        text = text.strip().replace(",", ".")
        if not text:
            return None
    try:
        points = Decimal(text)
    except InvalidOperation:
        raise RuleBroken(f"{criterion.code}: ghi điểm bằng số.", field=f"points_{criterion.pk}") from None
    most = criterion.most
    if not (points.is_finite() and 0 <= points <= most):
        raise RuleBroken(f"{criterion.code}: điểm từ 0 đến {shown(most)}.", field=f"points_{criterion.pk}")
    if points != points.quantize(Decimal("0.01")):
        raise RuleBroken(f"{criterion.code}: nhiều nhất hai số sau dấu phẩy.", field=f"points_{criterion.pk}")
    if criterion.is_yes_no and points not in (0, most):
        raise RuleBroken(f"{criterion.code}: chọn đạt hoặc chưa đạt.", field=f"points_{criterion.pk}")
    return points


@transaction.atomic
def save_score(meeting, *, by, answers: dict, weakness="", remedy="", roll=None, speakers=None) -> Score:
    """Keep the draft: `answers` is {criterion id: (points or "", sentence)}; what is left out takes what data prove.

    Raises RuleBroken where points leave their bounds, or differ from the data without a sentence.
    """
    meeting = changing(meeting)
    if not is_scored(meeting):
        raise RuleBroken("Chỉ chấm điểm buổi sinh hoạt thường kỳ và chuyên đề của chi bộ.")
    if meeting.status != Status.OPEN:
        raise RuleBroken("Khai mạc rồi mới chấm điểm.")
    if meeting.roll_taken_at is None:
        raise RuleBroken("Điểm danh trước rồi mới chấm điểm: tỷ lệ dự họp lấy từ điểm danh.")
    return write_score(meeting, by=by, answers=answers, weakness=weakness, remedy=remedy, roll=roll, speakers=speakers)


def write_score(meeting, *, by, answers, weakness="", remedy="", roll=None, speakers=None, late_because="") -> Score:
    """Keep a draft of a meeting already judged fit to be scored, under its lock; the frame is that of its day."""
    score = score_of(meeting)
    frame = score.frame if score else rulebook_on(meeting.held_on, meeting.organisation.path, meeting.kind_id)
    if score is None:
        score = Score.objects.create(meeting=meeting, frame=frame, late_because=late_because)
    elif score.vote_id:  # scored again: the vote on the earlier points no longer holds
        remove_vote(score.vote, by=by)
        score.vote = None
    lines = [_line(score, one, said, answers) for one, said in proposals(meeting, frame, roll=roll, speakers=speakers)]
    score.lines.all().delete()
    ScoreLine.objects.bulk_create(lines)
    _sum_up(score, lines)
    score.weakness, score.remedy = clean_line(weakness)[:500], clean_line(remedy)[:500]
    score.state, score.adopted_at, score.late_because = ScoreState.DRAFT, None, late_because
    score.save()
    record("score.saved", score, by=by, frame=frame.pk, total=str(score.total))
    return score


def _line(score, criterion, said, answers) -> ScoreLine:
    typed, note = answers.get(criterion.pk, ("", ""))
    note, points = clean_line(note)[:500], read_points(criterion, typed) if said.counts else None
    proposed = said.points
    if points is None:
        points = proposed
    contradicts = said.is_contradicted and points == criterion.most
    differs = proposed is not None and points != proposed
    if (differs or contradicts) and not note:
        raise RuleBroken(
            f"Mục {criterion.code}: số liệu nói khác ({said.reason}). Ghi một câu vì sao cho điểm này.",
            field=f"note_{criterion.pk}",
        )
    return ScoreLine(
        score=score, criterion=criterion, counts=said.counts, proposed=proposed, reason=said.reason[:600], points=points,
        note=note, is_contradicted=contradicts or (said.is_contradicted and differs),
    )  # fmt: skip


def _sum_up(score, lines) -> None:
    frame, marks = score.frame, marks_of(lines)
    score.total = total_of(marks, frame.uncounted)
    score.most = Decimal(100) if frame.uncounted == "scale" else most_of(marks, frame.uncounted)
    score.level = level_of(score.total, frame.cuts, keys_full(marks)) if score.total is not None else ""


def lacking(score, lines=None) -> list[str]:
    """What is missing for the best level, for the chair before closing."""
    lines = lines_of(score) if lines is None else lines
    return missing_for_best(marks_of(lines), score.frame.cuts, score.frame.uncounted)


def score_note(meeting) -> dict | None:
    """For the chair before closing: the result and what is missing for the best level, or that nothing was scored."""
    if not is_scored(meeting):
        return None
    score = score_of(meeting)
    if score is None:
        return {"result": "", "lacks": [], "is_adopted": False}
    lines = lines_of(score)
    return {"result": result_words(score), "lacks": lacking(score, lines), "is_adopted": score.adopted_at is not None}


def open_question(score, lines=None) -> str:
    """The gap a frame leaves when a criterion does not count this month: asked, never guessed."""
    lines = lines_of(score) if lines is None else lines
    left = [x.criterion for x in lines if not x.counts]
    if not left or score.frame.uncounted != "ask" or not score.frame.has_points:
        return ""
    names, points = ", ".join(x.code for x in left), shown(sum(x.most for x in left))
    return f"Khung không nói {points} điểm của {names} tính thế nào khi không áp dụng: tổng để trên thang {shown(score.most)}. Hỏi cấp trên."


@transaction.atomic
def agree_score(meeting, *, by) -> Score:
    """Chi ủy (or secretary and deputy) settles the draft and the level it proposes."""
    meeting = changing(meeting)
    score = complete(meeting)
    score_flow.require(score.state, ScoreState.AGREED, "Điểm đã qua bước chi ủy thống nhất.")
    score.state, score.agreed_at = ScoreState.AGREED, timezone.now()
    score.save(update_fields=["state", "agreed_at", "updated_at"])
    record("score.agreed", score, by=by)
    return score


def complete(meeting) -> Score:
    """The score of a meeting with points for every criterion that counts; raises RuleBroken with those that lack."""
    score = score_of(meeting)
    if score is None:
        raise RuleBroken("Chưa chấm điểm.")
    open_ones = [x.criterion for x in lines_of(score) if x.counts and x.points is None]
    if open_ones:
        codes = ", ".join(one.code for one in open_ones)
        raise RuleBroken(f"Còn {len(open_ones)} tiêu chí chưa có điểm: {codes}.", field=f"points_{open_ones[0].pk}")
    return score


@transaction.atomic
def adopt_score(meeting, *, by, in_favour, against=0, blank=0) -> Score:
    """The cell votes on the score; carried by more than half of the official members counted (K13)."""
    meeting = changing(meeting)
    subject = "Thông qua kết quả chấm điểm"
    return adopt(complete(meeting), meeting, by=by, subject=subject, in_favour=in_favour, against=against, blank=blank)


def adopt(score, sitting, *, by, subject, in_favour, against, blank) -> Score:
    """The vote of the cell in this sitting carries the score."""
    score_flow.require(score.state, ScoreState.ADOPTED, "Điểm này chi bộ đã thông qua.")
    base = figures_of(sitting).vote_base
    if not passes(in_favour, base):
        raise RuleBroken(
            f"{in_favour}/{base} tán thành, chưa quá nửa: chi bộ chưa thông qua. Sửa điểm rồi biểu quyết lại.",
            field="in_favour",
        )
    score.vote = log_vote(
        sitting, by=by, subject=f"{subject}: {result_words(score)}", in_favour=in_favour, against=against, blank=blank
    )
    score.state, score.adopted_at = ScoreState.ADOPTED, timezone.now()
    score.save(update_fields=["vote", "state", "adopted_at", "updated_at"])
    record("score.adopted", score, by=by, total=str(score.total), in_favour=in_favour)
    return score


def _locked(score) -> Score:
    return (
        Score.objects.select_for_update(of=("self",))
        .select_related("meeting__organisation__kind", "frame")
        .get(pk=score.pk)
    )


@transaction.atomic
def send_score(score, *, by) -> Score:
    """Report the score to the superior: only one the cell adopted, in locked minutes. Sent twice it is sent once."""
    score = _locked(score)
    if score.state == ScoreState.SENT:
        return score
    if score.state in (ScoreState.DRAFT, ScoreState.AGREED):
        raise RuleBroken("Chi bộ biểu quyết thông qua điểm rồi mới gửi cấp trên.")
    if not score.meeting.is_closed:
        raise RuleBroken("Khóa biên bản rồi mới gửi: điểm nằm trong biên bản.")
    if score.is_late and not score.vote.meeting.is_closed:
        raise RuleBroken(
            f"Khóa biên bản {score.vote.meeting.name} rồi mới gửi: điểm chấm quá hạn nằm trong biên bản ấy."
        )
    score_flow.require(score.state, ScoreState.SENT, "Cấp trên đã có ý kiến về điểm này.")
    score.state, score.sent_at = ScoreState.SENT, timezone.now()
    score.save(update_fields=["state", "sent_at", "updated_at"])
    record("score.sent", score, by=by)
    return score


@transaction.atomic
def review_score(score, *, by, adjusts: bool, points: dict | None = None, level="", reason="") -> ScoreReview:
    """The superior confirms, or adjusts with a reason: beside the cell's own score, which stays.

    `points`: {criterion code: points} where the superior scored by criterion; what is left out is as the cell gave it.
    """
    score = _locked(score)
    target = ScoreState.ADJUSTED if adjusts else ScoreState.CONFIRMED
    score_flow.require(
        score.state, target, "Chi bộ chưa gửi điểm này lên." if not score.sent_at else "Điểm này đã có ý kiến."
    )
    lines, reason = lines_of(score), clean_line(reason)[:500]
    if adjusts and not reason:
        raise RuleBroken("Điều chỉnh điểm thì ghi lý do.", field="reason")
    given = {}
    total, found_level = score.total, score.level
    if adjusts:
        marks = []
        for line in lines:
            text = (points or {}).get(line.criterion.code, "")
            own = read_points(line.criterion, text) if line.counts else None
            value = line.points if own is None else own
            if line.counts and value != line.points:
                given[line.criterion.code] = str(value)
            marks.append(
                Mark(
                    line.criterion.code,
                    line.criterion.name,
                    line.criterion.most,
                    value,
                    line.counts,
                    line.criterion.is_key,
                )
            )
        if not given:
            raise RuleBroken("Chưa đổi điểm nào. Ghi điểm khác ở ít nhất một tiêu chí, hoặc bấm Xác nhận.")
        total = total_of(marks, score.frame.uncounted)
        found_level = level_of(total, score.frame.cuts, keys_full(marks))
    review = ScoreReview.objects.create(
        score=score,
        total=total,
        level=level or found_level,
        points=given,
        reason=reason,
        is_adjusted=adjusts,
        given_by=by,
    )
    score.state = target
    score.save(update_fields=["state", "updated_at"])
    record("score.reviewed", score, by=by, adjusted=adjusts, total=str(total))
    return review
