"""The meeting, one step a page. Each step is a plain form with one wide button; scripts only shorten the way."""

from dataclasses import dataclass

from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views import View

from chibo.choices import Post, Standing
from chibo.figures import holder_of
from hoithao.choices import Mark, Reason, Sort
from hoithao.forms.meetings import ContributionForm, EndForm, OpeningForm, VoteForm
from hoithao.models import AgendaItem, Contribution, Meeting, Vote
from hoithao.rules import count_roll, is_left_out, needed, vote_sentence
from hoithao.services.attendance import line_of, refresh_roll, roll_of, take_roll
from hoithao.services.contributions import add_contribution, remove_contribution
from hoithao.services.meetings import SAVED_FIELDS, open_meeting, save_text, set_read_back
from hoithao.services.minutes import close_meeting, missing_of
from hoithao.services.votes import log_vote, remove_vote
from kyanh_portal.access.rules import require
from kyanh_portal.base.calendar import at_local, vn_time
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.documents.kinds import kinds
from kyanh_portal.ui.forms import PortalForm
from kyanh_portal.ui.views import FoundMixin, PortalEdit


@dataclass(frozen=True)
class Step:
    """One step: its word in the address, its name, and whether only meetings with a roll have it."""

    slug: str
    name: str
    of_roll: bool = False
    of_votes: bool = False


STEPS = [
    Step("khai-mac", "Khai mạc, cử thư ký"),
    Step("diem-danh", "Điểm danh", of_roll=True),
    Step("noi-dung", "Chương trình, báo cáo"),
    Step("thao-luan", "Thảo luận"),
    Step("bieu-quyet", "Biểu quyết", of_roll=True, of_votes=True),
    Step("ket-luan", "Kết luận của chủ trì"),
    Step("doc-lai", "Đọc lại biên bản"),
    Step("ket-thuc", "Kết thúc"),
]


def steps_of(meeting) -> list[Step]:
    """The steps of this meeting: a committee's gathering has no roll of members, a workshop no vote."""
    has_roll = meeting.organisation.kind.is_cell
    return [
        step for step in STEPS if (has_roll or not step.of_roll) and (meeting.kind.takes_votes or not step.of_votes)
    ]


def current_step(meeting) -> str:
    """Where to go on: the first step that is not done."""
    done = done_steps(meeting)
    return next((step.slug for step in steps_of(meeting) if step.slug not in done), "ket-thuc")


def done_steps(meeting) -> set[str]:
    done = set()
    if meeting.opened_at:
        done.add("khai-mac")
    if meeting.roll_taken_at:
        done.add("diem-danh")
    if meeting.documents_spread or meeting.fee_note or meeting.agenda.exclude(presented="").exists():
        done.add("noi-dung")
    if meeting.contributions.exists():
        done.add("thao-luan")
    if meeting.votes.exists():
        done.add("bieu-quyet")
    if meeting.conclusion:
        done |= {"ket-luan", "noi-dung", "thao-luan", "bieu-quyet"}
    if meeting.read_back:
        done.add("doc-lai")
    return done


class RunStep(PortalEdit):
    """Base of the steps: the frame of the runner, and where to go after."""

    model = Meeting
    access = "hoithao.run_meeting"
    form_class = PortalForm
    slug = ""
    button = "Xong bước này"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind", "kind", "chair", "secretary")

    def get(self, request, *args, **kwargs):
        if (meeting := self.get_object()).is_closed:
            return HttpResponseRedirect(meeting.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_title(self):
        return next(step.name for step in STEPS if step.slug == self.slug)

    def get_button(self):
        return self.button

    def get_context_data(self, **context):
        meeting = self.object
        steps = steps_of(meeting)
        place = next((i for i, step in enumerate(steps) if step.slug == self.slug), None)
        if place is None:
            raise Http404
        done = done_steps(meeting)
        context.setdefault("button", self.get_button())
        marks = [
            {
                "number": i, "label": s.name, "url": reverse("hoithao:run", args=[meeting.pk, s.slug]), "at": None,
                "is_done": s.slug in done, "is_now": s.slug == self.slug,
            }
            for i, s in enumerate(steps, start=1)
        ]  # fmt: skip
        return super().get_context_data(
            meeting=meeting,
            run={"pause_url": meeting.get_absolute_url(), "number": place + 1, "total": len(steps), "steps": marks},
            back=marks[place - 1]["url"] if place else meeting.get_absolute_url(),
            save_url=reverse("hoithao:meeting_save", args=[meeting.pk]),
            **context,
        )

    def get_success_url(self):
        if "stay" in self.request.POST:
            return reverse("hoithao:run", args=[self.object.pk, self.slug])
        steps = steps_of(self.object)
        place = next(i for i, step in enumerate(steps) if step.slug == self.slug)
        return reverse("hoithao:run", args=[self.object.pk, steps[min(place + 1, len(steps) - 1)].slug])

    def keep_texts(self, meeting):
        """Without scripts the button saves the texts of the page; with them they are there already."""
        for name in SAVED_FIELDS:
            if name in self.request.POST and f"seen_{name}" in self.request.POST:
                save_text(meeting, name, self.request.POST[name], seen=self.request.POST[f"seen_{name}"])


class Opening(RunStep):
    slug = "khai-mac"
    form_class = OpeningForm
    template_name = "hoithao/runner/opening.html"
    button = "Khai mạc"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "meeting": self.object}

    def get_initial(self):
        meeting = self.object
        began = timezone.localtime(meeting.opened_at or meeting.starts_at)
        unit, day = meeting.organisation, began.date()
        chair = holder_of(unit, [Post.SECRETARY, Post.DEPUTY], day)
        deputy = holder_of(unit, [Post.DEPUTY, Post.CELL_COMMITTEE_MEMBER], day)
        return {
            "chair": meeting.chair or (chair and chair.member),
            "secretary": meeting.secretary or (deputy and deputy.member),
            "chair_post": meeting.chair_post, "secretary_post": meeting.secretary_post,
            "guests": meeting.guests, "day": day, "hour": began.time(),
        }  # fmt: skip

    def act(self, meeting, day, hour, at, guests, **officers):
        meeting = open_meeting(meeting, by=self.request.user, at=at, **officers)
        save_text(meeting, "guests", guests, seen=meeting.guests)


class RollCall(RunStep):
    slug = "diem-danh"
    template_name = "hoithao/runner/roll.html"

    def get(self, request, *args, **kwargs):
        meeting = self.get_object()
        if not meeting.is_closed:
            refresh_roll(meeting)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **context):
        posts = {
            p.member_id: p.get_post_display()
            for p in self.object.organisation.positions.on(self.object.held_on)
        }
        rows = roll_of(self.object)
        posted = self.request.POST
        for row in rows:
            row.post = posts.get(row.member_id, "")
            row.chosen = posted.get(f"mark_{row.member_id}", row.mark) or Mark.PRESENT
            row.chosen_reason = posted.get(f"reason_{row.member_id}", row.reason)
            row.chosen_note = posted.get(f"note_{row.member_id}", row.note)
        counted = [row for row in rows if not is_left_out(row.standing)]
        figures = count_roll(line_of(row) for row in rows)
        return super().get_context_data(
            counted=counted,
            apart=[row for row in rows if is_left_out(row.standing)],
            reasons=Reason.choices,
            figures=figures,
            needed=needed(figures.vote_base),
            **context,
        )

    def get_button(self):
        return "Xong điểm danh"

    def call(self, form):
        exceptions = {}
        everybody = "all_present" in self.request.POST
        for row in self.object.roll.all():
            mark = self.request.POST.get(f"mark_{row.member_id}", "")
            reason = self.request.POST.get(f"reason_{row.member_id}", "")
            note = self.request.POST.get(f"note_{row.member_id}", "")
            if is_left_out(row.standing):
                if mark == Mark.PRESENT:
                    exceptions[row.member_id] = (Mark.PRESENT, "", "")
            elif not everybody and mark == "VANG":
                excused = reason and reason != Mark.UNEXCUSED
                exceptions[row.member_id] = (Mark.EXCUSED, reason, note) if excused else (Mark.UNEXCUSED, "", "")
        take_roll(self.object, exceptions, by=self.request.user)


class Matters(RunStep):
    slug = "noi-dung"
    template_name = "hoithao/runner/matters.html"

    def get_context_data(self, **context):
        return super().get_context_data(agenda=self.object.agenda.select_related("presenter"), **context)

    def call(self, form):
        self.keep_texts(self.object)
        for item in self.object.agenda.all():
            for name in ("presented", "summed_up"):
                key = f"{name}_{item.pk}"
                if key in self.request.POST:
                    save_text(item, name, self.request.POST[key], seen=self.request.POST.get(f"seen_{key}", ""))


class Discussion(RunStep):
    slug = "thao-luan"
    form_class = ContributionForm
    template_name = "hoithao/runner/discussion.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "meeting": self.object}

    def get_context_data(self, **context):
        said = list(self.object.contributions.select_related("member"))
        present = self.object.roll.filter(mark=Mark.PRESENT, standing__in=[Standing.OFFICIAL, Standing.PROBATIONARY]).count()
        return super().get_context_data(
            contributions=said, speakers=len({c.member_id for c in said if c.member_id}), present=present, sorts=Sort.choices, **context
        )

    def post(self, request, *args, **kwargs):
        if "stay" not in request.POST and not any(request.POST.get(name, "").strip() for name in ("text", "guest")):
            self.object = self.get_object()
            return HttpResponseRedirect(self.get_success_url())
        return super().post(request, *args, **kwargs)

    def act(self, meeting, **answers):
        add_contribution(meeting, by=self.request.user, client_key=self.request.POST.get("once") or None, **answers)


class Voting(RunStep):
    slug = "bieu-quyet"
    form_class = VoteForm
    template_name = "hoithao/runner/vote.html"

    def get_initial(self):
        figures = self.figures()
        return {"subject": f"Thông qua nghị quyết, kết luận {self.object.period}", "in_favour": figures.vote_present}

    def figures(self):
        return count_roll(line_of(row) for row in roll_of(self.object))

    def get_context_data(self, **context):
        figures = self.figures()
        votes = list(self.object.votes.all())
        for vote in votes:
            vote.sentence = vote_sentence(vote.subject, vote.in_favour, vote.against, vote.blank, vote.base, vote.threshold)
        return super().get_context_data(
            figures=figures, votes=votes, needed=needed(figures.vote_base), away=figures.vote_base - figures.vote_present, **context
        )

    def post(self, request, *args, **kwargs):
        if "skip" in request.POST:
            self.object = self.get_object()
            return HttpResponseRedirect(self.get_success_url())
        return super().post(request, *args, **kwargs)

    def act(self, meeting, **answers):
        log_vote(meeting, by=self.request.user, client_key=self.request.POST.get("once") or None, **answers)


class Concluding(RunStep):
    slug = "ket-luan"
    template_name = "hoithao/runner/conclusion.html"
    button = "Xong kết luận"

    def call(self, form):
        self.keep_texts(self.object)
        self.object.refresh_from_db()
        if not self.object.conclusion:
            raise RuleBroken("Ghi kết luận của người chủ trì: việc gì, ai làm, khi nào xong.")


class ReadingBack(RunStep):
    slug = "doc-lai"
    template_name = "hoithao/runner/read_back.html"
    button = "Chi bộ nhất trí"

    def get_context_data(self, **context):
        return super().get_context_data(paper=kinds.get("minutes").compose(self.object), **context)

    def call(self, form):
        set_read_back(self.object, True, by=self.request.user)


class Ending(RunStep):
    slug = "ket-thuc"
    form_class = EndForm
    template_name = "hoithao/runner/end.html"
    button = "Kết thúc, khóa biên bản"

    def get_initial(self):
        return {"hour": timezone.localtime().time().replace(second=0, microsecond=0)}

    def post(self, request, *args, **kwargs):
        if (meeting := self.get_object()).is_closed:  # pressed twice: the first answer stands
            return HttpResponseRedirect(meeting.get_absolute_url())
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **context):
        meeting = self.object
        missing = missing_of(meeting, roll_of(meeting), list(meeting.agenda.all()), list(meeting.votes.all()))
        context.setdefault("missing", [])
        return super().get_context_data(
            open_points=[(sentence, reverse("hoithao:run", args=[meeting.pk, step])) for step, sentence in missing], **context
        )

    def act(self, meeting, hour):
        ended_at = at_local(meeting.held_on, hour.hour, hour.minute)
        minutes = close_meeting(meeting, by=self.request.user, ended_at=ended_at)
        return f"Đã khóa biên bản lúc {vn_time(timezone.now())}. {minutes.document.number_line}"

    def get_success_url(self):
        return self.object.get_absolute_url()


PAGES = {view.slug: view.as_view() for view in (Opening, RollCall, Matters, Discussion, Voting, Concluding, ReadingBack, Ending)}


class Run(FoundMixin, View):
    """The address of every step; the steps themselves are the views above, each with the same rule."""

    model = Meeting
    access = "hoithao.run_meeting"

    def dispatch(self, request, pk, step):
        if step not in PAGES:
            raise Http404
        return PAGES[step](request, pk=pk)


class Resume(FoundMixin, View):
    """Go on where the meeting stands."""

    model = Meeting
    access = "hoithao.run_meeting"

    def get(self, request, pk):
        meeting = self.get_object()
        if meeting.is_closed:
            return HttpResponseRedirect(meeting.get_absolute_url())
        return HttpResponseRedirect(reverse("hoithao:run", args=[pk, current_step(meeting)]))


class TakeBack(FoundMixin, View):
    """Take back a contribution or a vote logged by mistake."""

    model = Meeting
    access = "hoithao.run_meeting"

    def post(self, request, pk, what, row):
        meeting = self.get_object()
        model, remove, step = {
            "y-kien": (Contribution, remove_contribution, "thao-luan"),
            "bieu-quyet": (Vote, remove_vote, "bieu-quyet"),
        }.get(what) or (None, None, None)
        if model is None:
            raise Http404
        found = model.objects.filter(pk=row, meeting=meeting).first()
        if found is not None:  # taken back already: the same answer
            remove(found, by=request.user)
        return HttpResponseRedirect(reverse("hoithao:run", args=[pk, step]))


class MeetingSave(FoundMixin, View):
    """Keeps one text as it is left: {"saved_at", "seen"}, or 409 with the other text."""

    model = Meeting
    access = "hoithao.run_meeting"
    ROWS = {"presented": AgendaItem, "summed_up": AgendaItem, "text": Contribution}

    def post(self, request, pk):
        meeting = self.get_object()
        require(self.access, request.user, meeting)
        field = request.POST.get("field", "")
        row = meeting
        name, _, number = field.rpartition("_")
        if name in self.ROWS and number.isdigit():
            row, field = get_object_or_404(self.ROWS[name], pk=int(number), meeting=meeting), name
        elif field not in SAVED_FIELDS:
            return JsonResponse({"message": "Ô này không tự ghi. Bấm nút của bước."}, status=422)
        try:
            stored = save_text(row, field, request.POST.get("value", ""), seen=request.POST.get("seen", ""))
        except Conflict as broken:
            return JsonResponse({"theirs": broken.theirs, "message": broken.message}, status=409)
        except RuleBroken as broken:
            return JsonResponse({"message": broken.message}, status=422)
        return JsonResponse({"saved_at": vn_time(timezone.now()), "seen": stored})

