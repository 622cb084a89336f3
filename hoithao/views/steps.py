"""The steps of a meeting, one step a page. Each is a plain form with one wide button; scripts only shorten the way."""

import datetime as dt

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from chibo.choices import Standing
from hoithao.choices import Mark, Reason, Sort, Status, Threshold
from hoithao.forms.ballots import VoteForm
from hoithao.forms.meetings import ContributionForm, EndForm, OpeningForm
from hoithao.frames import findings, frame_for
from hoithao.models import DecisionKind
from hoithao.rules import COUNTED_IF_PRESENT, count_roll, is_left_out, needed, percent, vote_sentence
from hoithao.services.attendance import line_of, refresh_roll, roll_of, seal_of, take_roll
from hoithao.services.carrying import bring_back_to_coming
from hoithao.services.contributions import add_contribution
from hoithao.services.excuses import excuses_of, mark_of
from hoithao.services.meetings import open_meeting, opening_seal, set_read_back
from hoithao.services.minutes import close_meeting, missing_of
from hoithao.services.officers import officers_for
from hoithao.services.scores import score_note
from hoithao.services.votes import log_vote
from hoithao.views.matters_step import Matters
from hoithao.views.score_step import Scoring
from hoithao.views.stepping import RunStep
from hoithao.views.task_steps import Tasks
from kyanh_portal.base.calendar import at_local, vn_time
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.documents.kinds import kinds
from kyanh_portal.ui.panels import panels_for

SMALL_HOURS = 5  # an end before this hour may belong to the next day


class Opening(RunStep):
    slug = "khai-mac"
    form_class = OpeningForm
    template_name = "hoithao/runner/opening.html"
    is_told = False  # what another opened meanwhile stands on this page

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "meeting": self.object}

    def get_initial(self):
        meeting = self.object
        began = timezone.localtime(meeting.began_at)
        chair, secretary = officers_for(meeting)
        return {
            "chair": chair, "secretary": secretary,
            "chair_post": meeting.chair_post, "secretary_post": meeting.secretary_post,
            "confirms_chair": meeting.confirms_chair,
            "day": began.date(), "hour": began.time(),
        }  # fmt: skip

    def get_context_data(self, **context):
        return super().get_context_data(
            guests=self.box(
                self.object, "guests", "Đại biểu (không bắt buộc)", rows=3, hint="Mỗi dòng một đại biểu, ghi chức danh."
            ),
            panels=panels_for("hoithao.opening", self.request, self.object),
            away=self.away(),
            seal=self.seal(),
            **context,
        )

    def away(self) -> list[str]:
        """Who told beforehand that they cannot come, by name: the one who chooses the officers sees it here."""
        if self.object.roll_taken_at:
            return []
        told = self.object.excuses.filter(told_at__isnull=False).select_related("member")
        return [one.member.full_name for one in told]

    def seal(self) -> str:
        stood = opening_seal(self.object)
        return stood if self.is_told else self.request.POST.get("seen_opening", stood)

    def get_button(self):
        return "Khai mạc" if self.object.status == Status.PLANNED else "Ghi phần khai mạc"

    def act(self, meeting, day, hour, at, **officers):
        seen = self.request.POST.get("seen_opening")
        try:
            open_meeting(meeting, by=self.request.user, at=at, seen=seen, **officers)
        except Conflict:
            self.is_told = True
            raise
        self.keep(meeting, "guests")


class RollCall(RunStep):
    slug = "diem-danh"
    template_name = "hoithao/runner/roll.html"
    is_told = False  # what another marked meanwhile stands on this page

    def get(self, request, *args, **kwargs):
        meeting = self.get_object()
        if meeting.status in (Status.PLANNED, Status.OPEN):
            refresh_roll(meeting)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **context):
        posts = {p.member_id: p.get_post_display() for p in self.object.organisation.positions.on(self.object.held_on)}
        rows = roll_of(self.object)
        posted = self.request.POST
        told = {} if self.object.roll_taken_at else excuses_of(self.object)
        for row in rows:
            if not row.mark and (excuse := told.get(row.member_id)):  # told beforehand: the roll starts from it
                row.mark, row.reason, row.note = mark_of(excuse)
                row.told = excuse
            row.post = posts.get(row.member_id, "")
            stored_reason = Mark.UNEXCUSED if row.mark == Mark.UNEXCUSED else row.reason
            row.chosen = posted.get(f"mark_{row.member_id}", "" if posted else row.mark) or Mark.PRESENT
            row.came = posted.get(f"mark_{row.member_id}") if posted else row.mark == Mark.PRESENT
            row.chosen_reason = posted.get(f"reason_{row.member_id}", stored_reason)
            row.may_vote = row.standing in COUNTED_IF_PRESENT and row.member.official_on is not None
            row.error = self.bad[1] if self.bad[0] == f"mark_{row.member_id}" else ""
            row.chosen_note = posted.get(f"note_{row.member_id}", row.note)
        counted = [row for row in rows if not is_left_out(row.standing)]
        figures = count_roll(line_of(row) for row in rows)
        return super().get_context_data(
            counted=counted,
            apart=[row for row in rows if is_left_out(row.standing)],
            reasons=Reason.choices,
            figures=figures,
            share=percent(figures.present, figures.base) if self.object.roll_taken_at else "",
            needed=needed(figures.vote_base),
            seal=seal_of(rows) if self.is_told else posted.get("seen_roll", seal_of(rows)),
            **context,
        )

    def call(self, form):
        exceptions = {}
        everybody = "all_present" in self.request.POST
        for row in self.object.roll.select_related("member"):
            mark = self.request.POST.get(f"mark_{row.member_id}", "")
            reason = self.request.POST.get(f"reason_{row.member_id}", "")
            note = self.request.POST.get(f"note_{row.member_id}", "")
            if is_left_out(row.standing):
                if mark == Mark.PRESENT:
                    exceptions[row.member_id] = (Mark.PRESENT, "", "")
            elif not everybody and mark == "VANG":
                if not reason:
                    raise RuleBroken(
                        f"Đồng chí {row.member.full_name} vắng: chọn lý do, hoặc “Không lý do”.",
                        field=f"mark_{row.member_id}",
                    )
                excused = reason != Mark.UNEXCUSED
                exceptions[row.member_id] = (Mark.EXCUSED, reason, note) if excused else (Mark.UNEXCUSED, "", "")
        try:
            take_roll(self.object, exceptions, by=self.request.user, seen=self.request.POST.get("seen_roll", ""))
        except Conflict:
            self.is_told = True
            raise


class Discussion(RunStep):
    slug = "thao-luan"
    form_class = ContributionForm
    template_name = "hoithao/runner/discussion.html"
    phrase_fields = ("text",)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "meeting": self.object}

    def get_context_data(self, **context):
        said = list(self.object.contributions.select_related("member"))
        present = self.object.roll.filter(
            mark=Mark.PRESENT, standing__in=[Standing.OFFICIAL, Standing.PROBATIONARY]
        ).count()
        return super().get_context_data(
            contributions=said,
            speakers=len({c.member_id for c in said if c.member_id}),
            present=present,
            sorts=Sort.choices,
            phrases=self.phrases.get("text", ()),
            **context,
        )

    def post(self, request, *args, **kwargs):
        if "stay" not in request.POST and not any(request.POST.get(name, "").strip() for name in ("text", "guest")):
            self.object = self.get_object()
            self.stamp()
            return HttpResponseRedirect(self.get_success_url())
        return super().post(request, *args, **kwargs)

    def act(self, meeting, **answers):
        add_contribution(meeting, by=self.request.user, client_key=self.sent_key, **answers)


class Voting(RunStep):
    slug = "bieu-quyet"
    form_class = VoteForm
    template_name = "hoithao/runner/vote.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "meeting": self.object}

    def get_initial(self):
        figures = self.figures()
        return {"subject": f"Thông qua nghị quyết, kết luận {self.object.period}", "in_favour": figures.vote_present}

    def figures(self):
        return count_roll(line_of(row) for row in roll_of(self.object))

    def get_context_data(self, **context):
        figures = self.figures()
        votes = list(self.object.votes.all())
        for vote in votes:
            vote.sentence = vote_sentence(
                vote.subject, vote.in_favour, vote.against, vote.blank, vote.base, vote.threshold
            )
        return super().get_context_data(
            figures=figures,
            votes=votes,
            needed=needed(figures.vote_base),
            ballots=list(self.object.ballots.select_related("decision")),
            two_thirds=",".join(
                map(str, DecisionKind.objects.filter(threshold=Threshold.TWO_THIRDS).values_list("pk", flat=True))
            ),
            away=figures.vote_base - figures.vote_present,
            **context,
        )

    def post(self, request, *args, **kwargs):
        if "skip" in request.POST:
            self.object = self.get_object()
            self.stamp()
            return HttpResponseRedirect(self.get_success_url())
        return super().post(request, *args, **kwargs)

    def act(self, meeting, **answers):
        log_vote(meeting, by=self.request.user, client_key=self.sent_key, **answers)


class Concluding(RunStep):
    slug = "ket-luan"
    template_name = "hoithao/runner/conclusion.html"
    phrase_fields = ("conclusion",)
    button = "Xong kết luận"

    def get_context_data(self, **context):
        hint = "Kết luận từng nội dung. Việc giao cho từng đồng chí ghi ở bước sau."
        return super().get_context_data(
            conclusion=self.box(self.object, "conclusion", "Kết luận", rows=10, hint=hint), **context
        )

    def call(self, form):
        self.keep(self.object, "conclusion")
        self.object.refresh_from_db()
        if not self.object.conclusion:
            raise RuleBroken("Ghi kết luận của người chủ trì.", field="conclusion")


class ReadingBack(RunStep):
    slug = "doc-lai"
    template_name = "hoithao/runner/read_back.html"

    def get_button(self):
        return "Chi bộ nhất trí" if self.object.organisation.kind.is_cell else "Hội nghị nhất trí"

    def get_context_data(self, **context):
        return super().get_context_data(paper=kinds.get("minutes").compose(self.object), **context)

    def call(self, form):
        set_read_back(self.object, True, by=self.request.user)


def end_of(meeting, hour):
    """The moment of the end: a sitting that runs past midnight ends in the small hours of the next day."""
    ended_at = at_local(meeting.held_on, hour.hour, hour.minute)
    if meeting.opened_at and ended_at < meeting.opened_at and hour.hour < SMALL_HOURS:
        ended_at = at_local(meeting.held_on + dt.timedelta(days=1), hour.hour, hour.minute)
    return ended_at


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
        figures = count_roll(line_of(row) for row in roll_of(meeting))
        judged = meeting.kind.is_judged and figures.base and not missing
        book = frame_for(meeting)
        context.setdefault("missing", [])
        return super().get_context_data(
            open_points=[(sentence, reverse("hoithao:run", args=[meeting.pk, step])) for step, sentence in missing],
            warnings=[one.sentence for one in findings(meeting, figures, None, book) if not one.is_met]
            if judged
            else [],
            rulebook=book,
            score=score_note(meeting),
            **context,
        )

    def act(self, meeting, hour):
        ended_at = end_of(meeting, hour)
        minutes = close_meeting(meeting, by=self.request.user, ended_at=ended_at)
        bring_back_to_coming(meeting, by=self.request.user)
        return f"Đã khóa biên bản lúc {vn_time(timezone.now())}. {minutes.document.number_line}"

    def get_success_url(self):
        return self.object.get_absolute_url()


PAGES = {
    view.slug: view.as_view()
    for view in (Opening, RollCall, Matters, Discussion, Concluding, Tasks, Voting, Scoring, ReadingBack, Ending)
}
