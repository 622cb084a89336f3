"""The steps of a meeting, one step a page. Each is a plain form with one wide button; scripts only shorten the way."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from chibo.choices import Post, Standing
from chibo.figures import holder_of
from hoithao.choices import Mark, Reason, Sort
from hoithao.forms.meetings import ContributionForm, EndForm, OpeningForm, VoteForm
from hoithao.rules import count_roll, is_left_out, needed, vote_sentence
from hoithao.services.attendance import line_of, refresh_roll, roll_of, take_roll
from hoithao.services.contributions import add_contribution
from hoithao.services.meetings import open_meeting, save_text, set_read_back
from hoithao.services.minutes import close_meeting, missing_of
from hoithao.services.votes import log_vote
from hoithao.views.stepping import RunStep
from kyanh_portal.base.calendar import at_local, vn_time
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.kinds import kinds


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
        posts = {p.member_id: p.get_post_display() for p in self.object.organisation.positions.on(self.object.held_on)}
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
        for row in self.object.roll.select_related("member"):
            mark = self.request.POST.get(f"mark_{row.member_id}", "")
            reason = self.request.POST.get(f"reason_{row.member_id}", "")
            note = self.request.POST.get(f"note_{row.member_id}", "")
            if is_left_out(row.standing):
                if mark == Mark.PRESENT:
                    exceptions[row.member_id] = (Mark.PRESENT, "", "")
            elif not everybody and mark == "VANG":
                if not reason:
                    raise RuleBroken(f"Đồng chí {row.member.full_name} vắng: chọn lý do, hoặc “Không lý do”.")
                excused = reason != Mark.UNEXCUSED
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
        present = self.object.roll.filter(
            mark=Mark.PRESENT, standing__in=[Standing.OFFICIAL, Standing.PROBATIONARY]
        ).count()
        return super().get_context_data(
            contributions=said,
            speakers=len({c.member_id for c in said if c.member_id}),
            present=present,
            sorts=Sort.choices,
            **context,
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
            vote.sentence = vote_sentence(
                vote.subject, vote.in_favour, vote.against, vote.blank, vote.base, vote.threshold
            )
        return super().get_context_data(
            figures=figures,
            votes=votes,
            needed=needed(figures.vote_base),
            away=figures.vote_base - figures.vote_present,
            **context,
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
            open_points=[(sentence, reverse("hoithao:run", args=[meeting.pk, step])) for step, sentence in missing],
            **context,
        )

    def act(self, meeting, hour):
        ended_at = at_local(meeting.held_on, hour.hour, hour.minute)
        minutes = close_meeting(meeting, by=self.request.user, ended_at=ended_at)
        return f"Đã khóa biên bản lúc {vn_time(timezone.now())}. {minutes.document.number_line}"

    def get_success_url(self):
        return self.object.get_absolute_url()


PAGES = {
    view.slug: view.as_view()
    for view in (Opening, RollCall, Matters, Discussion, Voting, Concluding, ReadingBack, Ending)
}
