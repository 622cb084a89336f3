"""Rounds of model meetings: the plan, and lessons on their way."""

import datetime as dt

from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from hoithao.choices import KindCode, LessonStatus, Status
from hoithao.comparing import compare
from hoithao.forms.rounds import AgreeForm, ApplyForm, LessonMoveForm, RoundCellForm, RoundCellReplanForm
from hoithao.models import Adoption, Lesson, Meeting, Programme, RoundCell
from hoithao.models.meeting import began
from hoithao.services.conferences import agree_lessons, lessons_before, programme_of
from hoithao.services.rounds import NEXT, plan_cell, replan_cell
from hoithao.services.rounds import move_lesson as move
from hoithao.services.themes import apply_to
from hoithao.views.around import LIST
from hoithao.views.scans import meetings_run_by
from kyanh_portal.access.rules import verdict
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.ui.views import PortalAction, PortalDetail, PortalEdit, PortalList

PROGRAMMES = ("Sinh hoạt điểm, hội thảo", "/sinh-hoat/diem/")
LESSONS = ("Bài học", "/sinh-hoat/bai-hoc/")


class RoundCellCreate(PortalEdit):
    """A cell for a round of the programme."""

    model = Programme
    access = "hoithao.run_rounds"
    form_class = RoundCellForm
    title = "Thêm chi bộ vào đợt"
    verb = "Ghi vào kế hoạch"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "programme": self.object}

    def get_crumbs(self):
        return [LIST, PROGRAMMES, (self.object.name, self.object.get_absolute_url())]

    def act(self, programme, **answers):
        row = plan_cell(by=self.request.user, **answers)
        return f"Đã ghi {row.organisation} vào {row.round}."


class RoundCellReplan(PortalEdit):
    """Another day for a cell whose model meeting was called off, or not made yet."""

    model = Programme
    access = "hoithao.run_rounds"
    form_class = RoundCellReplanForm
    title = "Xếp lại buổi điểm của chi bộ"
    verb = "Xếp lại"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation")

    def get_row(self):
        if not hasattr(self, "_row"):
            rows = RoundCell.objects.select_related("round", "organisation__kind", "meeting")
            self._row = get_object_or_404(rows, pk=self.kwargs["row"], round__programme=self.object)
        return self._row

    def get_sub(self):
        row = self.get_row()
        if row.is_called_off:
            why = f" Buổi ngày {vn_date(row.meeting.held_on)} không họp: {row.meeting.cancelled_because}"
            return f"{row.organisation.name}, {row.round}.{why}".rstrip(".") + "."
        return f"{row.organisation.name}, {row.round}"

    def get_initial(self):
        row = self.get_row()
        return {"focus": row.focus} if row.is_called_off else {"planned_on": row.planned_on, "focus": row.focus}

    def get_crumbs(self):
        return [LIST, PROGRAMMES, (self.object.name, self.object.get_absolute_url())]

    def act(self, programme, **answers):
        row = replan_cell(self.get_row(), by=self.request.user, **answers)
        where = "vào buổi chi bộ đang chuẩn bị" if row.meeting else "chờ chi bộ lập buổi"
        return f"Đã xếp lại {row.organisation} ngày {vn_date(row.planned_on)}, {where}."


class LessonList(PortalList):
    model = Lesson
    access = "hoithao.see_programmes"
    template_name = "hoithao/lesson_list.html"
    title = "Bài học"
    sub = "Ghi nhận, thống nhất, đưa vào hướng dẫn, đã kiểm tra lại"

    def get_rows(self):
        rows = super().get_rows().select_related("meeting__organisation__cell_type", "meeting__kind")
        chosen = self.request.GET.get("muc", "")
        self.chosen = chosen if chosen in LessonStatus.values else ""
        return (rows.filter(status=self.chosen) if self.chosen else rows).order_by(began("meeting__").desc(), "-pk")

    def get_crumbs(self):
        return [LIST, PROGRAMMES]

    def get_context_data(self, **context):
        counts = {}
        for status in Lesson.objects.visible_to(self.request.user).order_by().values_list("status", flat=True):
            counts[status] = counts.get(status, 0) + 1
        levels = [(code, label, counts.get(code, 0)) for code, label in LessonStatus.choices]
        return super().get_context_data(levels=levels, chosen=self.chosen, every=sum(counts.values()), **context)


class LessonDetail(PortalDetail):
    model = Lesson
    access = "hoithao.see_programmes"
    template_name = "hoithao/lesson_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("meeting__organisation__cell_type", "meeting__kind")

    def get_title(self):
        return "Bài học"

    def get_sub(self):
        return f"{self.object.meeting.organisation.name}, ngày {vn_date(self.object.meeting.held_on)}"

    def get_crumbs(self):
        return [LIST, PROGRAMMES, LESSONS]

    def get_context_data(self, **context):
        adoptions = Adoption.objects.visible_to(self.request.user).filter(lesson=self.object)
        pairs, before, after = compare(adoptions.select_related("organisation", "meeting__kind"))
        status = self.object.status
        return super().get_context_data(
            moves=self.object.moves.select_related("by"),
            next=LessonStatus(NEXT[status]).label if status in NEXT else "",
            may_move=status in NEXT and verdict("hoithao.move_lesson", self.request.user, self.object) is True,
            may_apply=verdict("hoithao.plan_meeting", self.request.user) is True,
            pairs=pairs,
            before=before,
            after=after,
            **context,
        )


class LessonMove(PortalAction):
    model = Lesson
    access = "hoithao.move_lesson"
    form_class = LessonMoveForm
    verb = "Ghi bước này"

    def get_queryset(self):
        return super().get_queryset().select_related("meeting__organisation")

    def get_title(self):
        to = NEXT.get(self.object.status)
        return f"Bài học: {LessonStatus(to).label.lower()}" if to else "Bài học đã qua hết các bước"

    def get_sub(self):
        return self.object.worked

    def get_crumbs(self):
        return [LIST, LESSONS, ("Bài học", self.object.get_absolute_url())]

    def act(self, lesson, **answers):
        lesson = move(lesson, by=self.request.user, **answers)
        return f"Đã ghi: {lesson.get_status_display().lower()}."


class LessonsAgree(PortalEdit):
    """What a conference of lessons agreed, many at once: its minutes are their ground."""

    model = Meeting
    access = "hoithao.run_rounds"
    form_class = AgreeForm
    title = "Bài học hội nghị thống nhất"
    verb = "Ghi là đã thống nhất"

    def get_queryset(self):
        rows = super().get_queryset().filter(kind__code=KindCode.LESSONS)
        return rows.select_related("organisation", "kind", "minutes__document")

    def get_sub(self):
        return "Bài học thống nhất rồi thì chi bộ nơi khác xem và áp dụng được."

    def get_form_kwargs(self):
        programme = programme_of(self.object)
        noted = lessons_before(self.object, programme) if programme else Lesson.objects.none()
        noted = noted.filter(status=LessonStatus.NOTED, pk__in=Lesson.objects.visible_to(self.request.user))
        return {**super().get_form_kwargs(), "lessons": noted}

    def get_crumbs(self):
        return [LIST, (self.object.name, self.object.get_absolute_url())]

    def act(self, meeting, lessons):
        number = agree_lessons(meeting, lessons, by=self.request.user)
        return f"Đã ghi {number} bài học thống nhất tại hội nghị."

    def get_success_url(self):
        return self.object.get_absolute_url()


class _Apply(PortalEdit):
    """ "Áp dụng cho chi bộ tôi": into a meeting that is being prepared."""

    access = "hoithao.plan_meeting"
    form_class = ApplyForm
    template_name = "hoithao/apply.html"
    title = "Áp dụng cho chi bộ tôi"
    verb = "Đưa vào chương trình"

    def meetings(self):
        """Planned meetings, and those locked of late: there it is only noted that the cell used it."""
        since = today() - dt.timedelta(days=90)
        rows = meetings_run_by(self.request.user).alias(began=began())
        rows = rows.filter(organisation__kind__is_cell=True, began__date__gte=since)
        rows = rows.filter(status__in=[Status.PLANNED, Status.CLOSED]).select_related("kind", "organisation")
        return rows.order_by("-status", "-began")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "meetings": self.meetings()}

    def get_context_data(self, **context):
        return super().get_context_data(has_meetings=self.meetings().exists(), **context)

    def get_success_url(self):
        return reverse("hoithao:around", args=[self.used.pk])


class LessonApply(_Apply):
    model = Lesson

    def get_queryset(self):
        return super().get_queryset().select_related("meeting__organisation")

    def get_sub(self):
        return self.object.worked

    def get_crumbs(self):
        return [LIST, LESSONS, ("Bài học", self.object.get_absolute_url())]

    def act(self, lesson, meeting):
        self.used = meeting
        apply_to(meeting, by=self.request.user, lesson=lesson)
        return f"Đã đưa bài học vào {meeting.name.lower()}."


urlpatterns = [
    path("diem/<int:pk>/them-chi-bo/", RoundCellCreate.as_view(), name="round_cell_create"),
    path("diem/<int:pk>/chi-bo/<int:row>/xep-lai/", RoundCellReplan.as_view(), name="round_cell_replan"),
    path("<int:pk>/thong-nhat-bai-hoc/", LessonsAgree.as_view(), name="lessons_agree"),
    path("bai-hoc/", LessonList.as_view(), name="lesson_list"),
    path("bai-hoc/<int:pk>/", LessonDetail.as_view(), name="lesson_detail"),
    path("bai-hoc/<int:pk>/buoc-sau/", LessonMove.as_view(), name="lesson_move"),
    path("bai-hoc/<int:pk>/ap-dung/", LessonApply.as_view(), name="lesson_apply"),
]
