"""The frame of the meeting runner: which steps a meeting has, which are done, and what every step's page shares."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from hoithao.models import Meeting
from hoithao.services.meetings import require_unlocked, save_text
from hoithao.services.phrases import phrases_for
from hoithao.services.procedure import IN_THE_ROOM, stamp_page, stamps_of, steps_on
from kyanh_portal.base.calendar import vn_time
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.parking import drop_draft, find_draft, keep_draft
from kyanh_portal.base.vault import vault_of
from kyanh_portal.base.vietnamese import clean_text
from kyanh_portal.ui.forms import PortalForm
from kyanh_portal.ui.views import PortalEdit


@dataclass(frozen=True)
class Step:
    """One page of the runner: its word in the address, its name, and which meetings have it."""

    slug: str
    name: str
    of_roll: bool = False
    of_votes: bool = False


@dataclass(frozen=True)
class TextBox:
    """One saved text of a page: what is typed, what the page started from, and another's newer text if there is one."""

    name: str
    label: str
    value: str
    seen: str
    theirs: str | None
    most: int
    rows: int = 4
    hint: str = ""
    error: str = ""
    phrases: tuple[str, ...] = ()


# The pages there are. Which of them a meeting has, and in which order, stands in the procedure of its kind (data).
STEPS = [
    Step("khai-mac", "Khai mạc, cử thư ký"),
    Step("diem-danh", "Điểm danh", of_roll=True),
    Step("noi-dung", "Chương trình, báo cáo"),
    Step("thao-luan", "Thảo luận"),
    Step("ket-luan", "Kết luận của chủ trì"),
    Step("giao-viec", "Giao việc", of_roll=True),
    Step("bieu-quyet", "Biểu quyết", of_roll=True, of_votes=True),
    Step("cham-diem", "Chấm điểm", of_roll=True),
    Step("doc-lai", "Đọc lại biên bản"),
]
LAST = Step("ket-thuc", "Kết thúc")


def steps_of(meeting) -> list[Step]:
    """The pages of this meeting in the order of its procedure, the locking last.

    A committee's gathering has no roll of members, a workshop no vote.
    """
    has_roll, pages = meeting.organisation.kind.is_cell, {step.slug: step for step in STEPS}
    wanted = dict.fromkeys(step.page for step in steps_on(meeting) if step.phase in IN_THE_ROOM)
    found = [pages[page] for page in wanted if page in pages]
    return [
        step for step in found if (has_roll or not step.of_roll) and (meeting.kind.takes_votes or not step.of_votes)
    ] + [LAST]


def current_step(meeting) -> str:
    """Where to go on: the first page that is not done."""
    done = done_steps(meeting)
    return next((step.slug for step in steps_of(meeting) if step.slug not in done), LAST.slug)


def done_steps(meeting) -> dict:
    """{page: when its button was pressed first}; a meeting begun elsewhere counts by what stands in it."""
    stamps = stamps_of(meeting)
    done = {step.page: stamps[step.code] for step in steps_on(meeting) if step.code in stamps}
    if meeting.opened_at:
        done.setdefault("khai-mac", meeting.opened_at)
    if meeting.roll_taken_at:
        done.setdefault("diem-danh", meeting.roll_taken_at)
    if meeting.read_back:
        done.setdefault("doc-lai", None)
    else:
        done.pop("doc-lai", None)
    return done


class RunStep(PortalEdit):
    """Base of the steps: the frame of the runner, and where to go after."""

    model = Meeting
    access = "hoithao.run_meeting"
    form_class = PortalForm
    slug = ""
    button = "Xong bước này"
    phrase_fields = ()  # of which fields the library has phrases for this page
    draft = None  # what was chosen or typed here and not yet sent
    bad = ("", "")  # name of the field the services refused, and their sentence

    def dispatch(self, request, *args, **kwargs):
        if request.method == "POST" and "draft" in request.POST:
            return self.hold()
        answer = super().dispatch(request, *args, **kwargs)
        if request.method == "POST" and answer.status_code == 302:
            drop_draft(request)
        return answer

    def hold(self):
        """What a script sends as a field is left: kept for this person and page until the button is pressed."""
        try:
            require_unlocked(self.get_object())
            keep_draft(self.request)
        except RuleBroken as broken:
            return JsonResponse({"message": broken.message}, status=422)
        return JsonResponse({"saved_at": vn_time(timezone.now())})

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if self.draft is not None:
            kwargs["initial"] = {**kwargs["initial"], **self.draft.dict()}
        return kwargs

    def refused(self, form, broken, status=422):
        """The sentence stands at its field, and on top with the way to it."""
        if broken.field and broken.field not in form.fields and not broken.missing:
            self.bad = (broken.field, broken.message)
            context = self.get_context_data(form=form, missing=[(broken.message, f"#loi-{broken.field}")])
            return self.render_to_response(context, status=status)
        return super().refused(form, broken, status)

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind", "kind", "chair", "secretary")

    def get(self, request, *args, **kwargs):
        if (meeting := self.get_object()).is_closed:
            return HttpResponseRedirect(meeting.get_absolute_url())
        if not self.is_parked and (draft := find_draft(request)) is not None:
            request.POST = self.draft = draft
            messages.info(request, "Phần vừa ghi ở đây còn giữ, chưa vào biên bản. Xem lại rồi bấm nút.")
        return super().get(request, *args, **kwargs)

    def get_title(self):
        return next(step.name for step in [*STEPS, LAST] if step.slug == self.slug)

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
                "number": i, "label": s.name, "url": reverse("hoithao:run", args=[meeting.pk, s.slug]), "at": done.get(s.slug),
                "is_done": s.slug in done, "is_now": s.slug == self.slug,
            }
            for i, s in enumerate(steps, start=1)
        ]  # fmt: skip
        return super().get_context_data(
            meeting=meeting,
            run={"pause_url": meeting.get_absolute_url(), "number": place + 1, "total": len(steps), "steps": marks},
            back=marks[place - 1]["url"] if place else meeting.get_absolute_url(),
            save_url=reverse("hoithao:meeting_save", args=[meeting.pk]),
            vault=vault_of(self.request.user, f"meeting:{meeting.pk}"),
            **context,
        )

    def once(self, form, key):
        """The press is kept with what it records: in the same transaction the steps of the page get their time."""
        self.stamp()
        return super().once(form, key)

    @property
    def stays(self) -> bool:
        """Whether the button pressed records something and leaves the page where it is."""
        return "stay" in self.request.POST

    def stamp(self):
        if not self.stays and not self.object.is_closed:
            stamp_page(self.object, self.slug, by=self.request.user)

    def get_success_url(self):
        if self.stays:
            return reverse("hoithao:run", args=[self.object.pk, self.slug])
        steps = steps_of(self.object)
        place = next(i for i, step in enumerate(steps) if step.slug == self.slug)
        return reverse("hoithao:run", args=[self.object.pk, steps[min(place + 1, len(steps) - 1)].slug])

    def box(self, row, field, label, **looks) -> TextBox:
        """The box of one text: what was typed stands in it, whatever the answer to the last press was."""
        name = field if row == self.object else f"{field}_{row.pk}"
        stored = getattr(row, field)
        value, seen = self.request.POST.get(name, stored), self.request.POST.get(f"seen_{name}", stored)
        differs = clean_text(value) != stored and clean_text(seen) != stored
        most = row._meta.get_field(field).max_length or 100_000
        error = self.bad[1] if self.bad[0] == name else ""
        phrases = tuple(self.phrases.get(field, ()))
        return TextBox(
            name,
            label,
            value,
            error=error,
            phrases=phrases,
            seen=stored,
            theirs=stored if differs else None,
            most=most,
            **looks,
        )

    @cached_property
    def phrases(self) -> dict:
        """The phrases of this page's fields, filled with this meeting's names and numbers."""
        return phrases_for(self.object, self.phrase_fields)

    def keep(self, row, field):
        """Without scripts the button saves the texts of the page; with them they are there already."""
        name = field if row == self.object else f"{field}_{row.pk}"
        if name in self.request.POST:
            seen = self.request.POST.get(f"seen_{name}", "")
            save_text(row, field, self.request.POST[name], seen=seen, by=self.request.user)
