"""The scoring step of the runner: what data prove is filled in with its reason, the rest is asked; then the cell votes."""

from django import forms
from django.http import HttpResponseRedirect

from hoithao.frames import frame_for
from hoithao.scoring import shown
from hoithao.services.attendance import figures_of
from hoithao.services.late_scores import waiting_in
from hoithao.services.scores import (
    adopt_score,
    agree_score,
    is_scored,
    lacking,
    lines_of,
    open_question,
    proposals,
    result_words,
    save_score,
    score_of,
)
from hoithao.views.stepping import RunStep
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.ui.forms import LineField, PortalForm


class ScoreForm(PortalForm):
    weakness = LineField(label="Hạn chế của buổi này", max_length=500, required=False)
    remedy = LineField(label="Cách khắc phục kỳ sau", max_length=500, required=False)
    in_favour = forms.IntegerField(label="Tán thành", min_value=0, required=False)
    against = forms.IntegerField(label="Không tán thành", min_value=0, required=False)
    blank = forms.IntegerField(label="Không biểu quyết", min_value=0, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("in_favour", "against", "blank"):  # three numbers of a vote, not a choice to leave out
            self.fields[name].label = type(self).base_fields[name].label


def rows_of(meeting, frame, score, posted, bad=("", "")) -> list[dict]:
    """One row a criterion: its group, what the data say, what was given, what is typed now."""
    stored = {line.criterion_id: line for line in lines_of(score)} if score else {}
    groups = {one.pk: one.name for one in frame.criteria.all()}
    rows, last = [], None
    for criterion, said in proposals(meeting, frame):
        line = stored.get(criterion.pk)
        points = said.points if line is None or line.points is None else line.points
        text = posted.get(f"points_{criterion.pk}", "" if points is None else shown(points))
        note = posted.get(f"note_{criterion.pk}", line.note if line else "")
        error = bad[1] if bad[0] in (f"points_{criterion.pk}", f"note_{criterion.pk}") else ""
        rows.append({
            "criterion": criterion, "said": said, "points": text, "note": note, "error": error, "most": shown(criterion.most),
            "group": groups.get(criterion.parent_id, "") if criterion.parent_id != last else "",
            "proved": said.points is not None, "opens": bool(error or note or said.is_contradicted),
        })  # fmt: skip
        last = criterion.parent_id
    return rows


def answers_in(posted) -> dict:
    """{criterion id: (points as typed, sentence)} of a posted page."""
    return {
        int(pk): (value, posted.get(f"note_{pk}", ""))
        for name, value in posted.items()
        if name.startswith("points_") and (pk := name.removeprefix("points_")).isdecimal() and len(pk) < 19
    }


class Scoring(RunStep):
    """Step 18 of the procedure (42-HD/BTCTW): scored in the meeting, voted, into the minutes."""

    slug = "cham-diem"
    form_class = ScoreForm
    template_name = "hoithao/runner/score.html"

    def get_initial(self):
        score = score_of(self.object)
        vote = score.vote if score else None
        return {
            "weakness": score.weakness if score else "", "remedy": score.remedy if score else "",
            "in_favour": vote.in_favour if vote else figures_of(self.object).vote_present,
            "against": vote.against if vote else 0, "blank": vote.blank if vote else 0,
        }  # fmt: skip

    def get_context_data(self, **context):
        meeting, score = self.object, score_of(self.object)
        frame = score.frame if score else frame_for(meeting)
        lines = lines_of(score) if score else []
        posted = {} if self.request.method == "GET" and self.draft is None and not self.is_parked else self.request.POST
        figures = figures_of(meeting)
        return super().get_context_data(
            frame=frame, score=score, rows=rows_of(meeting, frame, score, posted, self.bad), figures=figures,
            result=result_words(score) if score else "", lacks=lacking(score, lines) if score else [],
            question=open_question(score, lines) if score else "", scored=is_scored(meeting) and meeting.roll_taken_at,
            lates=waiting_in(meeting.organisation_id), **context,
        )  # fmt: skip

    def post(self, request, *args, **kwargs):
        if "skip" in request.POST:
            self.object = self.get_object()
            self.stamp()
            return HttpResponseRedirect(self.get_success_url())
        return super().post(request, *args, **kwargs)

    def act(self, meeting, weakness, remedy, in_favour, against, blank):
        posted = self.request.POST
        save_score(meeting, by=self.request.user, answers=answers_in(posted), weakness=weakness, remedy=remedy)
        if "agree" in posted:
            agree_score(meeting, by=self.request.user)
        elif "stay" not in posted:
            if in_favour is None:
                raise RuleBroken("Ghi số đồng chí tán thành.", field="in_favour")
            adopt_score(meeting, by=self.request.user, in_favour=in_favour, against=against or 0, blank=blank or 0)
        self.object.refresh_from_db()

    def stamp(self):
        if "agree" not in self.request.POST:
            super().stamp()

    def get_success_url(self):
        if "agree" in self.request.POST:
            return self.request.path
        return super().get_success_url()
