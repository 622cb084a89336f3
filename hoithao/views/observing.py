"""A model meeting seen by the working group: what it saw of each step, its score, the review on the spot, a lesson."""

from django.urls import path, reverse

from hoithao.choices import Status
from hoithao.forms.rounds import LessonForm, ObservationForm, ObserverScoreForm, ReviewForm
from hoithao.models import Meeting
from hoithao.services.observer_scores import asked_of, score_as_observers, side_by_side
from hoithao.services.programmes import draw_lesson
from hoithao.services.rounds import name_observers, observe, require_model, review, steps_on
from hoithao.services.scores import is_scored, superior_word
from hoithao.views.around import crumbs_of
from kyanh_portal.access.rules import verdict
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.ui.views import PortalDetail, PortalEdit


class ObservationPage(PortalDetail):
    """What the working group saw, beside what the cell itself says of the meeting."""

    model = Meeting
    access = "hoithao.see_programmes"
    template_name = "hoithao/observation.html"
    title = "Phiếu quan sát buổi điểm"

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .model_meetings()
            .select_related("organisation__cell_type", "kind", "round", "minutes")
        )

    def get_title(self):
        return self.title

    def get_sub(self):
        return f"{self.object.name}, {self.object.organisation.name}, ngày {vn_date(self.object.held_on)}"

    def get_crumbs(self):
        return crumbs_of(self.object)

    def get_context_data(self, **context):
        meeting = self.object
        observations = list(meeting.observations.select_related("step"))
        steps = steps_on(meeting.held_on).count()
        counts = {code: sum(1 for one in observations if one.seen == code) for code in ("LAM", "MOT_PHAN", "CHUA")}
        return super().get_context_data(
            observers=meeting.observers.all(),
            observations=observations,
            steps=steps,
            counts=counts,
            review=getattr(meeting, "review", None),
            lessons=meeting.lessons.all(),
            figures=meeting.minutes.figures if meeting.is_closed else None,
            beside=side_by_side(meeting),
            superior=superior_word(meeting),
            is_scored=is_scored(meeting) and meeting.status in (Status.OPEN, Status.CLOSED),
            may_observe=verdict("hoithao.observe", self.request.user, meeting) is True,
            **context,
        )


class ObservationEdit(PortalEdit):
    model = Meeting
    access = "hoithao.observe"
    form_class = ObservationForm
    template_name = "hoithao/observation_form.html"
    title = "Ghi phiếu quan sát"
    verb = "Ghi phiếu"

    def get_queryset(self):
        return super().get_queryset().model_meetings().select_related("organisation", "kind")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "meeting": self.object}

    def get_initial(self):
        people = [f"{one.name}, {one.duty}" if one.duty else one.name for one in self.object.observers.all()]
        return {"observers": "\n".join(people)}

    def get_sub(self):
        return f"{self.object.name}, {self.object.organisation.name}"

    def get_crumbs(self):
        return crumbs_of(self.object, ("Phiếu quan sát", self.get_success_url()))

    def act(self, meeting, people, seen):
        name_observers(meeting, people, by=self.request.user)
        number = observe(meeting, seen, by=self.request.user)
        return f"Đã ghi {number} bước."

    def get_success_url(self):
        return reverse("hoithao:observation", args=[self.object.pk])


class ReviewEdit(ObservationEdit):
    form_class = ReviewForm
    template_name = "components/form_page.html"
    title = "Rút kinh nghiệm tại chỗ"
    verb = "Ghi rút kinh nghiệm"

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        del kwargs["meeting"]
        return kwargs

    def get_initial(self):
        row = getattr(self.object, "review", None)
        return {name: getattr(row, name) for name in ReviewForm.base_fields} if row else {}

    def act(self, meeting, **answers):
        review(meeting, by=self.request.user, **answers)
        return "Đã ghi rút kinh nghiệm."


class LessonCreate(ReviewEdit):
    form_class = LessonForm
    title = "Ghi bài học"
    verb = "Ghi bài học"

    def get_initial(self):
        return {}

    def act(self, meeting, **answers):
        require_model(meeting)
        draw_lesson(meeting, by=self.request.user, **answers)
        return "Đã ghi bài học."


class ObserverScoreEdit(ObservationEdit):
    """The group scores by the frame of the day, without the cell's own points before its eyes."""

    form_class = ObserverScoreForm
    template_name = "components/form_page.html"
    title = "Đoàn dự chấm điểm"
    verb = "Ghi điểm đoàn dự"

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        del kwargs["meeting"]
        given = getattr(self.object, "observer_score", None)
        return {**kwargs, "asked": asked_of(self.object), "given": given}

    def get_initial(self):
        return {}

    def act(self, meeting, remark, **answers):
        points = {int(name.removeprefix("points_")): value for name, value in answers.items()}
        score_as_observers(meeting, points, by=self.request.user, remark=remark)
        return "Đã ghi điểm đoàn dự, bên cạnh điểm của chi bộ."


urlpatterns = [
    path("<int:pk>/quan-sat/", ObservationPage.as_view(), name="observation"),
    path("<int:pk>/quan-sat/ghi/", ObservationEdit.as_view(), name="observation_edit"),
    path("<int:pk>/quan-sat/cham-diem/", ObserverScoreEdit.as_view(), name="observer_score"),
    path("<int:pk>/rut-kinh-nghiem/", ReviewEdit.as_view(), name="review_edit"),
    path("<int:pk>/bai-hoc/", LessonCreate.as_view(), name="lesson_create"),
]
