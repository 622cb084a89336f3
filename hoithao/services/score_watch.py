"""What a reader should ask about scores: those that never vary, those the data speak against, levels of a year."""

from collections import Counter

from django.db.models import Count, Q

from hoithao.choices import ScoreState, Status
from hoithao.models import Score, ScoreLine
from hoithao.scoring import shown

SAME_IN_A_ROW = 4  # from this many equal totals on, the reader is asked to look
ADOPTED = [ScoreState.ADOPTED, ScoreState.SENT, ScoreState.CONFIRMED, ScoreState.ADJUSTED]


def adopted_scores(organisation_ids, year: int | None = None):
    """Scores that cells adopted, in locked minutes, in the order of the meetings."""
    rows = Score.objects.filter(
        meeting__organisation__in=organisation_ids, state__in=ADOPTED, meeting__status=Status.CLOSED
    )
    if year:
        rows = rows.filter(meeting__month__year=year)
    return rows.select_related("meeting", "frame").order_by("meeting__starts_at")


def equal_run(totals: list) -> int:
    """How many totals at the end of the list are the same."""
    run = 0
    for total in reversed(totals):
        if total is None or total != totals[-1]:
            break
        run += 1
    return run


def score_questions(organisation_id: int, before=None) -> list[str]:
    """Questions about a cell's scores, each a sentence with its numbers; empty when there is nothing to ask."""
    rows = adopted_scores([organisation_id])
    if before is not None:
        rows = rows.filter(meeting__starts_at__lte=before)
    totals = list(rows.values_list("total", "frame__code"))[-24:]
    out = []
    run = equal_run(totals)
    if run >= SAME_IN_A_ROW:
        out.append(f"{run} buổi liền cùng {shown(totals[-1][0])} điểm. Hỏi chi bộ: các buổi có thật như nhau không?")
    return out


def contradictions(score) -> list[ScoreLine]:
    """Criteria given against what the data say."""
    return [x for x in score.lines.select_related("criterion").order_by("criterion__order") if x.is_contradicted]


def levels_of_year(organisation_id: int, year: int) -> dict:
    """{"levels": Counter of the cell's own levels, "scored": n, "regular": regular meetings locked} of a year."""
    rows = list(adopted_scores([organisation_id], year).filter(meeting__kind_is_regular=True, total__isnull=False))
    reviewed = {r["pk"]: r["n"] for r in Score.objects.filter(pk__in=[x.pk for x in rows]).values("pk").annotate(
        n=Count("reviews", filter=Q(reviews__is_adjusted=True)))}  # fmt: skip
    levels = Counter(row.level for row in rows if row.level)
    return {"levels": levels, "scored": len(rows), "adjusted": sum(1 for n in reviewed.values() if n)}


def year_line(levels: Counter, rule: str, best_needed: int) -> str:
    """The line of the year by the rule set chosen; with none chosen only the distribution is told.

    "phu_tho": every regular meeting Khá or better and at least `best_needed` Tốt → Tốt; every meeting Trung bình or better is
    asked for Khá, with a number that was not read: the rest is left to people. "binh_thuan": the months are only the ground,
    the cell proposes and the superior decides.
    """
    number = sum(levels.values())
    told = ", ".join(f"{levels[name]} {name}" for name in ("Tốt", "Khá", "Trung bình", "Kém") if levels[name])
    if not number:
        return "Chưa có buổi nào có mức (Tốt, Khá, Trung bình, Kém) được chi bộ thông qua."
    told = f"{number} buổi có điểm: {told}"
    if rule == "binh_thuan":
        return f"{told}. Đây là căn cứ để chi bộ tự xếp mức năm, cấp trên quyết định."
    if rule != "phu_tho":
        return f"{told}. Chưa chọn cách xếp mức năm."
    if not levels["Trung bình"] and not levels["Kém"] and levels["Tốt"] >= best_needed:
        return f"{told}. Đủ điều kiện mức Tốt của năm (mọi buổi từ Khá, ít nhất {best_needed} buổi Tốt)."
    told = f"{told}. Chưa đủ điều kiện mức Tốt của năm (mọi buổi từ Khá, ít nhất {best_needed} buổi Tốt)"
    if levels["Kém"]:
        return f"{told}; có buổi Kém nên cũng chưa đủ điều kiện mức Khá. Mức dưới do cấp ủy xét."
    return f"{told}; mọi buổi từ Trung bình nên xét được mức Khá, số buổi cần có do cấp ủy đối chiếu văn bản."
