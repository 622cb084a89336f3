"""List, prepare and read meetings."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from chibo.models import Organisation
from hoithao.access import runs_meetings_of
from hoithao.choices import KindCode, Status
from hoithao.forms.meetings import AddendumForm, CancelForm, MeetingFilter, PlanForm
from hoithao.frames import findings, frame_for
from hoithao.models import Meeting, MeetingKind, Programme
from hoithao.rules import delegates_words
from hoithao.services.attendance import figures_of
from hoithao.services.conferences import name_programme, programme_of, suggested_programme
from hoithao.services.meetings import cancel_meeting, correct_meeting, plan_meeting
from hoithao.services.minutes import add_addendum
from hoithao.services.next_meeting import next_starts, prepare
from kyanh_portal.base.calendar import at_local, today, vn_date, vn_time
from kyanh_portal.ui.panels import panels_for
from kyanh_portal.ui.views import PortalAction, PortalCreate, PortalDetail, PortalEdit, PortalList

LIST = ("Sinh hoạt", "/sinh-hoat/")


class MeetingList(PortalList):
    model = Meeting
    access = "hoithao.see_meetings"
    filter_class = MeetingFilter
    template_name = "hoithao/meeting_list.html"
    title = "Sinh hoạt, hội nghị"

    def get_rows(self):
        """All of the scope; from a figure, those of one unit and period that the figure was counted from."""
        rows = super().get_rows().select_related("organisation", "kind")
        cell = self.request.GET.get("chi-bo", "")
        if cell.isascii() and cell.isdecimal() and len(cell) < 10:
            rows = rows.filter(organisation=cell)
        for name, look in (("tu", "month__gte"), ("den", "month__lte")):
            try:
                rows = rows.filter(**{look: dt.date.fromisoformat(self.request.GET[name])})
            except (KeyError, ValueError):
                continue
        return rows


def track_of(meeting) -> list[dict]:
    """The way of a meeting: (word, when or what, whether it is reached), and where it stands now."""
    ended = meeting.ended_at
    held = f"{vn_date(meeting.held_on)}, {meeting.length} phút" if meeting.length else ""
    began = f"từ {vn_time(meeting.opened_at)}" if meeting.opened_at else f"dự kiến {vn_date(meeting.held_on)}"
    locked = meeting.minutes.locked_at if meeting.is_closed else None
    steps = [
        ("Chuẩn bị", vn_date(timezone.localtime(meeting.created_at).date()), True),
        ("Họp", held or began, meeting.status in (Status.OPEN, Status.CLOSED)),
        ("Đọc lại biên bản", vn_time(ended) if ended and meeting.read_back else "", meeting.read_back),
        (
            "Khóa",
            f"{vn_date(timezone.localtime(locked).date())}, {vn_time(locked)}" if locked else "",
            meeting.is_closed,
        ),
    ]
    last = max(place for place, (_, _, is_reached) in enumerate(steps) if is_reached)
    return [
        {"name": name, "when": when, "is_reached": is_reached, "is_here": place == last and not meeting.is_closed}
        for place, (name, when, is_reached) in enumerate(steps)
    ]


class MeetingDetail(PortalDetail):
    model = Meeting
    access = "hoithao.see_meeting"
    template_name = "hoithao/meeting_detail.html"

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .select_related("organisation__kind", "kind", "chair", "secretary", "round", "minutes__document")
        )

    def get_title(self):
        return self.object.name

    def get_sub(self):
        return f"{self.object.organisation.name}. {self.object.place}"

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        meeting = self.object
        figures = figures_of(meeting) if meeting.roll_taken_at else None
        contributions = list(meeting.contributions.select_related("member"))
        judged = figures and meeting.kind.is_judged
        book = frame_for(meeting)
        found = findings(meeting, figures, meeting.length, book) if judged else []
        return super().get_context_data(
            figures=figures,
            delegates=delegates_words(meeting),
            track=[] if meeting.status == Status.CANCELLED else track_of(meeting),
            warnings=[one.sentence for one in found if not one.is_met],
            speakers=len({said.member_id for said in contributions if said.member_id}),
            rulebook=book,
            may_run=runs_meetings_of(self.request.user, meeting.organisation),
            agenda=meeting.agenda.select_related("presenter"),
            contributions=contributions,
            votes=meeting.votes.all(),
            lessons=meeting.lessons.all(),
            addenda=meeting.minutes.addenda.select_related("document", "added_by")
            if hasattr(meeting, "minutes")
            else [],
            panels=panels_for("hoithao.meeting", self.request, meeting),
            **context,
        )


class MeetingCreate(PortalCreate):
    access = "hoithao.plan_meeting"
    form_class = PlanForm
    title = "Chuẩn bị cuộc họp"
    verb = "Lập cuộc họp"

    def get_form_kwargs(self):
        asked = "programme" in self.request.POST or self.request.GET.get("loai") == KindCode.LESSONS
        return {**super().get_form_kwargs(), "user": self.request.user, "of_lessons": asked}

    def get_initial(self):
        """The cell's own habits: its fixed day in the first month still free, its usual hour and place."""
        units = Organisation.objects.visible_to(self.request.user).select_related("kind").cells()
        named = self.request.GET.get("chi-bo", "")
        units = units.filter(pk=int(named))[:1] if named.isdecimal() and len(named) < 10 else units[:2]
        code = self.request.GET.get("loai", "")[:40] or "THUONG_KY"
        initial = {"day": today(), "kind": MeetingKind.objects.filter(code=code).first()}
        unit = self.request.GET.get("don-vi", "")
        if unit.isdecimal() and len(unit) < 10:
            return initial | {
                "organisation": int(unit),
                "theme": self.request.GET.get("chu-de", "")[:300],
                "hour": "08:00",
                "programme": self.programme_asked(int(unit)),
            }
        if len(units) == 1:
            unit = units[0]
            initial |= {"organisation": unit, "place": unit.meeting_place}
            if starts_at := next_starts([unit], today())[unit.pk]:
                local = starts_at.astimezone()
                initial |= {"day": local.date(), "hour": local.time()}
        return initial

    def programme_asked(self, unit: int):
        """Of a conference of lessons: the programme whose page led here."""
        named = self.request.GET.get("chuong-trinh", "")
        if not (named.isdecimal() and len(named) < 10):
            return None
        rows = Programme.objects.visible_to(self.request.user)
        return rows.filter(pk=int(named), organisation=unit).first()

    def get_crumbs(self):
        return [LIST]

    def act(self, day, hour, **answers):
        is_asked, programme = "programme" in answers, answers.pop("programme", None)
        meeting = plan_meeting(by=self.request.user, client_key=self.sent_key, **answers)
        if (
            not is_asked
        ):  # the kind was chosen on the page itself: the newest one, to be changed under "Sửa phần chuẩn bị"
            programme = suggested_programme(meeting.organisation, meeting.held_on)
        name_programme(meeting, programme, by=self.request.user)
        prepare(meeting, by=self.request.user)
        return meeting


class MeetingEdit(PortalEdit):
    """Correct what was prepared, until the minutes are locked."""

    model = Meeting
    access = "hoithao.run_meeting"
    form_class = PlanForm
    title = "Sửa phần chuẩn bị"

    def get_form_kwargs(self):
        fixed = {"fixed": self.object.organisation, "of_lessons": self.object.kind.code == KindCode.LESSONS}
        return {**super().get_form_kwargs(), "user": self.request.user, **fixed}

    def get_initial(self):
        m = self.object
        local = m.starts_at.astimezone()
        return {"organisation": m.organisation, "kind": m.kind, "theme": m.theme, "day": m.held_on, "hour": local.time(),
                "place": m.place, "form": m.form, "is_model": m.is_model, "programme": programme_of(m)}  # fmt: skip

    def get_crumbs(self):
        return [LIST, (self.object.name, self.object.get_absolute_url())]

    def act(self, meeting, day, hour, organisation, kind, **answers):
        answers["starts_at"] = at_local(day, hour.hour, hour.minute)
        if "programme" in answers:
            name_programme(meeting, answers.pop("programme"), by=self.request.user)
        return correct_meeting(meeting, by=self.request.user, **answers)


class MeetingCancel(PortalAction):
    model = Meeting
    access = "hoithao.run_meeting"
    form_class = CancelForm
    title = "Ghi là không họp"
    consequence = "Buổi này sẽ không mở được nữa; lý do hiện ở trang của cấp trên."
    verb = "Ghi: không họp"

    def get_crumbs(self):
        return [LIST, (self.object.name, self.object.get_absolute_url())]

    def act(self, meeting, reason):
        cancel_meeting(meeting, by=self.request.user, reason=reason)
        return "Đã ghi là không họp."


class AddendumCreate(PortalAction):
    """Correct locked minutes, the only way there is."""

    model = Meeting
    access = "hoithao.run_meeting"
    form_class = AddendumForm
    title = "Đính chính biên bản"
    consequence = "Biên bản đã khóa giữ nguyên. Đính chính được đánh số, ghi ngày, kèm theo biên bản."
    verb = "Ghi đính chính"

    def get_queryset(self):
        return super().get_queryset().filter(status=Status.CLOSED)

    def get_crumbs(self):
        return [LIST, (self.object.name, self.object.get_absolute_url())]

    def act(self, meeting, reason, text):
        addendum = add_addendum(meeting.minutes, by=self.request.user, reason=reason, text=text)
        return f"Đã ghi đính chính số {addendum.number}."

    def get_success_url(self):
        return reverse("hoithao:meeting_detail", args=[self.object.pk])
