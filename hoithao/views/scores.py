"""The score of a meeting: the cell's own beside the superior's, sent up, confirmed or adjusted with a reason."""

from decimal import Decimal

from django import forms
from django.urls import path, reverse

from hoithao.access import may_review_score, may_run_meeting
from hoithao.choices import ScoreState
from hoithao.documents.score_table import points_words
from hoithao.models import Meeting
from hoithao.scoring import shown
from hoithao.services.late_scores import may_be_late
from hoithao.services.observer_scores import observer_words
from hoithao.services.score_watch import contradictions, held_in_year, score_questions, year_rule_of
from hoithao.services.scores import (
    is_scored,
    lacking,
    lines_of,
    open_question,
    result_words,
    review_score,
    score_of,
    send_score,
)
from hoithao.year_levels import judge_year
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.ui.forms import LineField, PortalForm
from kyanh_portal.ui.views import PortalAction, PortalDetail, PortalEdit

WAY = [ScoreState.DRAFT, ScoreState.AGREED, ScoreState.ADOPTED, ScoreState.SENT]


def crumbs_of(meeting):
    return [("Sinh hoạt", "/sinh-hoat/"), (meeting.name, meeting.get_absolute_url())]


def own_words(score, line) -> str:
    """What the cell gave: "12/15", "đạt", "không tính"."""
    if not line.counts:
        return "không tính"
    words = points_words(score.frame, line.points)
    return f"{words}/{shown(line.criterion.most)}" if score.frame.has_points else words


def points_of(frame, text) -> str:
    """Points the superior gave to one criterion, as people read them; empty where they are the cell's."""
    return "" if text in (None, "") else points_words(frame, Decimal(text)).capitalize()


class ScoreMixin:
    model = Meeting

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind", "kind")

    def get_crumbs(self):
        return crumbs_of(self.get_object())


class ScoreDetail(ScoreMixin, PortalDetail):
    access = "hoithao.see_meeting"
    template_name = "hoithao/score_detail.html"

    def get_title(self):
        return "Điểm buổi sinh hoạt"

    def get_sub(self):
        return f"{self.object.name}, {self.object.organisation.label}"

    def get_context_data(self, **context):
        meeting = self.object
        score = score_of(meeting)
        context |= {
            "score": score,
            "is_scored": is_scored(meeting),
            "observers": observer_words(meeting),
            "may_run": may_run_meeting(self.request.user, meeting) is True,
            "may_be_late": may_be_late(meeting, score),
        }
        if score:
            lines, reviews = lines_of(score), list(score.reviews.select_related("given_by"))
            last = reviews[-1] if reviews else None
            for line in lines:
                line.superior = points_of(score.frame, last.points.get(line.criterion.code)) if last else ""
            context |= {
                "lines": lines, "reviews": reviews, "review": last, "result": result_words(score), "frame": score.frame,
                "lacks": lacking(score, lines), "question": open_question(score, lines), "steps": self.way(score),
                "contradicted": contradictions(score), "may_review": may_review_score(self.request.user, meeting) is True,
                **self.of_the_cell(meeting),
            }  # fmt: skip
        return super().get_context_data(**context)

    def of_the_cell(self, meeting) -> dict:
        """What is asked of the cell's scores, and its line of the year: for who answers for the branch."""
        cell, year = meeting.organisation_id, meeting.month.year
        rule = year_rule_of(year, meeting.organisation.path)
        return {
            "questions": score_questions(cell, meeting.began_at),
            "year": judge_year(held_in_year([cell], year).get(cell, []), rule).words,
        }

    def way(self, score) -> list[dict]:
        """The states a score goes through, with their hours."""
        last = score.state if score.state in (ScoreState.CONFIRMED, ScoreState.ADJUSTED) else ScoreState.CONFIRMED
        states = [*WAY, last]
        at = {
            ScoreState.DRAFT: score.created_at,
            ScoreState.AGREED: score.agreed_at,
            ScoreState.ADOPTED: score.adopted_at,
            ScoreState.SENT: score.sent_at,
        }
        here = states.index(score.state)
        return [
            {"name": ScoreState(s).label, "when": at.get(s), "is_reached": place <= here, "is_here": place == here}
            for place, s in enumerate(states)
            if s != ScoreState.AGREED or score.agreed_at or here < 2
        ]


class ScoreSend(ScoreMixin, PortalAction):
    access = "hoithao.run_meeting"
    title = "Gửi điểm lên cấp trên"
    verb = "Gửi điểm"
    consequence = (
        "Cấp trên thấy điểm chi bộ đã thông qua, xác nhận hoặc điều chỉnh ghi bên cạnh. Điểm của chi bộ giữ nguyên."
    )

    def act(self, meeting):
        if (score := score_of(meeting)) is None:
            raise RuleBroken("Buổi này chưa chấm điểm.")
        send_score(score, by=self.request.user)
        return "Đã gửi điểm lên cấp trên."

    def get_success_url(self):
        return reverse("hoithao:score_detail", args=[self.object.pk])


class ReviewForm(PortalForm):
    reason = LineField(
        label="Lý do điều chỉnh", max_length=500, required=False, help_text="Một câu. Chi bộ đọc được câu này."
    )

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Lý do điều chỉnh"  # asked by the service, so that nothing typed is lost
        for line in lines:
            if not line.counts:
                continue
            label = f"Điểm của cấp trên cho mục {line.criterion.code}"
            if line.criterion.is_yes_no:
                choices = [("", "Như chi bộ"), (str(line.criterion.most), "Đạt"), ("0", "Chưa đạt")]
                widget = forms.Select(attrs={"class": "form-select"})
                field = forms.ChoiceField(label=label, required=False, choices=choices, widget=widget)
            else:
                widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "form-control"})
                field = forms.CharField(label=label, required=False, max_length=6, widget=widget)
            self.fields[f"line_{line.pk}"] = field

    def row(self, line):
        """The bound field of one criterion; None where it does not count."""
        name = f"line_{line.pk}"
        return self[name] if name in self.fields else None


class ScoreReviewGive(ScoreMixin, PortalEdit):
    """Confirm as it is, or change points with a reason."""

    access = "hoithao.review_score"
    form_class = ReviewForm
    template_name = "hoithao/score_review.html"
    title = "Xác nhận hoặc điều chỉnh điểm"

    def get_sub(self):
        return f"{self.object.name}, {self.object.organisation.label}"

    def get_score(self):
        if not hasattr(self, "_score"):
            self._score = score_of(self.object)
            self._lines = lines_of(self._score) if self._score else []
        return self._score

    def get_form_kwargs(self):
        self.get_score()
        return {**super().get_form_kwargs(), "lines": self._lines}

    def get_context_data(self, **context):
        score = self.get_score()
        found = super().get_context_data(
            score=score,
            result=result_words(score) if score else "",
            waits=bool(score) and score.state == ScoreState.SENT,
            contradicted=[line for line in self._lines if line.is_contradicted],
            **context,
        )
        form = found["form"]
        rows = [{"line": line, "own": own_words(score, line), "field": form.row(line)} for line in self._lines]
        return {**found, "rows": rows}

    def refused(self, form, broken, status=422):
        """Points out of bounds are told at their criterion."""
        if (broken.field or "").startswith("points_"):
            line = next(x for x in self._lines if f"points_{x.criterion_id}" == broken.field)
            broken.field = f"line_{line.pk}"
        return super().refused(form, broken, status)

    def act(self, meeting, reason, **answers):
        score = self.get_score()
        if score is None:
            raise RuleBroken("Buổi này chưa chấm điểm.")
        confirms = "confirm" in self.request.POST
        points = {x.criterion.code: answers.get(f"line_{x.pk}", "") for x in self._lines}
        review_score(
            score, by=self.request.user, adjusts=not confirms, points=points, reason="" if confirms else reason
        )
        return "Đã xác nhận điểm của chi bộ." if confirms else "Đã ghi điểm điều chỉnh bên cạnh điểm của chi bộ."

    def get_success_url(self):
        return reverse("hoithao:score_detail", args=[self.object.pk])


urlpatterns = [
    path("<int:pk>/diem/", ScoreDetail.as_view(), name="score_detail"),
    path("<int:pk>/diem/gui/", ScoreSend.as_view(), name="score_send"),
    path("<int:pk>/diem/cap-tren/", ScoreReviewGive.as_view(), name="score_review"),
]
