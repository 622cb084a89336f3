"""A locked meeting scored later: the draft, then the cell's vote in a sitting that is open now (cell-meetings 6.5)."""

from django.http import Http404
from django.urls import path

from hoithao.frames import frame_for
from hoithao.services.attendance import figures_of
from hoithao.services.late_scores import adopt_late_score, may_be_late, save_late_score, sittings_for
from hoithao.services.scores import lacking, lines_of, open_question, result_words, score_of
from hoithao.views.score_step import ScoreForm, answers_in, rows_of
from hoithao.views.scores import ScoreMixin
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.ui.forms import LineField
from kyanh_portal.ui.views import PortalEdit


class LateForm(ScoreForm):
    late_because = LineField(
        label="Vì sao chấm quá hạn", max_length=300, required=False, help_text="Một câu, ghi vào biên bản buổi biểu quyết."
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["late_because"].label = "Vì sao chấm quá hạn"  # asked by the service, so that nothing typed is lost


class ScoreLate(ScoreMixin, PortalEdit):
    access = "hoithao.run_meeting"
    form_class = LateForm
    template_name = "hoithao/score_late.html"
    title = "Chấm điểm quá hạn"
    bad = ("", "")

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind", "kind", "minutes")

    def get_sub(self):
        return f"{self.object.name}, {self.object.organisation.label}"

    def get_object(self, queryset=None):
        meeting = super().get_object(queryset)
        if not may_be_late(meeting, score_of(meeting)):
            raise Http404
        return meeting

    def get_sitting(self):
        if not hasattr(self, "_sitting"):
            self._sitting = sittings_for(self.object).first()
        return self._sitting

    def get_initial(self):
        score, sitting = score_of(self.object), self.get_sitting()
        return {
            "weakness": score.weakness if score else "", "remedy": score.remedy if score else "",
            "late_because": score.late_because if score else "",
            "in_favour": figures_of(sitting).vote_present if sitting else None, "against": 0, "blank": 0,
        }  # fmt: skip

    def get_context_data(self, **context):
        meeting, score, sitting = self.object, score_of(self.object), self.get_sitting()
        frame, lines = frame_for(meeting), lines_of(score) if score else []
        posted = self.request.POST if self.request.method == "POST" else {}
        return super().get_context_data(
            frame=frame, score=score, rows=rows_of(meeting, frame, score, posted, self.bad), sitting=sitting,
            figures=figures_of(sitting) if sitting else None, result=result_words(score) if score else "",
            lacks=lacking(score, lines) if score else [], question=open_question(score, lines) if score else "", **context,
        )  # fmt: skip

    def refused(self, form, broken, status=422):
        """The sentence stands at its criterion, and on top with the way to it."""
        if broken.field and broken.field not in form.fields and not broken.missing:
            self.bad = (broken.field, broken.message)
            context = self.get_context_data(form=form, missing=[(broken.message, f"#loi-{broken.field}")])
            return self.render_to_response(context, status=status)
        return super().refused(form, broken, status)

    def act(self, meeting, weakness, remedy, late_because, in_favour, against, blank):
        posted, user = self.request.POST, self.request.user
        save_late_score(
            meeting, by=user, answers=answers_in(posted), weakness=weakness, remedy=remedy, late_because=late_because
        )
        if "adopt" not in posted:
            return "Đã ghi điểm dự kiến. Chi bộ biểu quyết ở buổi sau."
        if in_favour is None:
            raise RuleBroken("Ghi số đồng chí tán thành.", field="in_favour")
        score = adopt_late_score(meeting, by=user, in_favour=in_favour, against=against or 0, blank=blank or 0)
        return f"Chi bộ đã thông qua: {result_words(score)}. Điểm vào biên bản {score.vote.meeting.name}."

    def get_success_url(self):
        return f"/sinh-hoat/{self.object.pk}/diem/"


urlpatterns = [path("<int:pk>/diem/qua-han/", ScoreLate.as_view(), name="score_late")]
