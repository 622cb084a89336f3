"""Members, with only what a meeting needs."""

from django.urls import reverse

from chibo.access import may_edit_member, may_vote_on_probation
from chibo.access.dossier import may_check_dossier, may_see_dossier
from chibo.choices import CardState, Placed, Standing
from chibo.complaint_choices import COMPLAINED_OF
from chibo.fieldclasses import sees, sees_of
from chibo.forms.members import MemberFilter, MemberForm, NewMemberForm, ProfileForm, StandingForm
from chibo.forms.narrowing import members_seen
from chibo.models import Member, Organisation, Placement
from chibo.owndata import profile_lines
from chibo.services.cards import card_on, next_steps
from chibo.services.complaints import answer_until
from chibo.services.dossier import file_of
from chibo.services.holidays import working_days
from chibo.services.lifecycle import badge_block
from chibo.services.members import add_member, correct_member, set_standing
from chibo.services.party_age import age_decision_on, party_age_of
from chibo.services.profiles import FIELDS, set_profile
from chibo.services.recognition import is_for_above, probation_of, votes_of
from chibo.timeline import events_of
from chibo.views.as_of import AsOfMixin
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import latest_day, today
from kyanh_portal.ui.panels import panels_for
from kyanh_portal.ui.views import CountedUpTo, PortalCreate, PortalDetail, PortalEdit, PortalList

LIST = ("Đảng viên", "/to-chuc/dang-vien/")


class FoundUpTo(CountedUpTo):
    """Of a common name a province has thousands: who asked for one asks more closely and needs no count of all."""

    most = 200


class MemberList(AsOfMixin, PortalList):
    model = Member
    access = "chibo.see_members"
    template_name = "chibo/member_list.html"
    filter_class = MemberFilter
    title = "Đảng viên"
    sub = "Xếp theo tên. Chỉ ghi những gì cuộc họp cần."

    def get_rows(self):
        return members_seen(self.request.user, self.day)

    def get_paginator(self, *args, **kwargs):
        answers = self.filter.cleaned_data if self.filter.is_set else {}
        is_sought = answers.get("name") or answers.get("cell") or answers.get("standing") == "special"
        return (FoundUpTo if is_sought else CountedUpTo)(*args, **kwargs)

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        scope, rows = scope_of(self.request.user), list(context["object_list"])
        cells = {}
        if not self.is_now:
            placed = Placement.objects.on(self.day).filter(member__in=rows, role=Placed.OFFICIAL)
            cells = {one.member_id: one.organisation for one in placed.select_related("organisation__parent")}
        for member in rows:
            member.standing = member.standing_on(self.day)
            member.may_open = scope.reaches(member.organisation.path) or member.pk == scope.member_id
            member.cell_then = cells.get(member.pk, member.organisation)
        if not self.is_now:
            cells = {member.cell_then.pk: member.cell_then for member in rows}
            Organisation.objects.none().worn_on(self.day, list(cells.values()))
            for member in rows:
                member.cell_then = cells[member.cell_then.pk]
        return {**context, "object_list": rows, "asked": self.request.GET.urlencode()}


class MemberDetail(AsOfMixin, PortalDetail):
    """One member, today or as of a day: cell and its name, standing, age, posts, story are those of the day."""

    model = Member
    access = "chibo.see_members"
    template_name = "chibo/member_detail.html"

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .select_related("organisation__kind", "organisation__parent", "identity", "profile", "old_card")
        )

    def get_object(self, queryset=None):
        member = super().get_object(queryset)
        self.cell, self.since = member.cell_on(self.day)
        if self.cell is not None and not self.is_now:
            Organisation.objects.none().worn_on(self.day, [self.cell])
        return member

    def get_sub(self):
        if self.cell is None:
            return self.object.organisation.name if self.is_now else "Ngày ấy không ở danh sách chi bộ nào."
        return f"{self.cell.name}, {self.cell.parent.name}" if self.cell.parent_id else self.cell.name

    def get_crumbs(self):
        return [(LIST[0], LIST[1] + self.keep)]

    def with_complaints(self, rows, name):
        """What had come by the day (its date is in `name`), each with its complaints: (complaint, last day to answer, answered by then)."""
        days = None
        found = [one for one in rows.prefetch_related("complaints") if self.is_now or getattr(one, name) <= self.day]
        for one in found:
            told = [row for row in one.complaints.all() if self.is_now or row.received_on <= self.day]
            days = days or (working_days() if told else None)
            one.told = [(row, answer_until(row, days), row.answered_on and (self.is_now or row.answered_on <= self.day)) for row in told]  # fmt: skip
            one.has_open = any(not answered for *_, answered in one.told)
        return found

    def get_context_data(self, **context):
        member, day = self.object, self.day
        left = member.exits.filter(left_on__lte=latest_day() if self.is_now else day).exclude(readmitted_on__lte=day)
        may_edit = may_edit_member(self.request.user, member) is True
        penalties, exits, cards, ballots = (
            sees_of(self.request.user, label, name, member)
            for label, name in (
                ("chibo.Discipline", "penalty"),
                ("chibo.Exit", "reason"),
                ("chibo.CardStep", "state"),
                ("chibo.RecognitionVote", "votes"),
            )
        )
        votes = [one for one in votes_of(member) if self.is_now or one.on <= day] if ballots else []
        may_vote = self.is_now and member.left_on is None and may_vote_on_probation(self.request.user, member) is True
        waits = (may_vote or may_edit) and self.is_now and probation_of(member) is not None
        told = dict(pair for _, more in panels_for("chibo.recognition_votes", self.request, member) for pair in more["urls"]) if votes else {}  # fmt: skip
        for one in votes:
            one.url = told.get((one.on, one.matter)) if one.from_minutes else None
        card, card_since = card_on(member, day)
        positions = list(member.positions.select_related("organisation").on(day))
        if not self.is_now:
            Organisation.objects.none().worn_on(day, [one.organisation for one in positions])
        return super().get_context_data(
            cell=self.cell,
            since=self.since,
            positions=positions,
            standing=Standing(member.standing_on(day)).label if member.admitted_on <= day else "Chưa vào Đảng",
            is_official=member.official_on is not None and (self.is_now or member.official_on <= day),
            age=party_age_of(member, day),
            age_decision=age_decision_on(member, day),
            blocked=badge_block(member, day) if penalties else None,
            badges=[one for one in member.badges.all() if self.is_now or one.awarded_on <= day],
            disciplines=self.with_complaints(member.disciplines, "decided_on") if penalties else [],
            removals=self.with_complaints(member.exits.filter(reason__in=COMPLAINED_OF), "left_on") if exits else [],
            votes=votes,
            for_above=is_for_above(votes),
            card=CardState(card).label if cards else "",
            card_since=card_since,
            card_place=member.card_place if cards and (self.is_now or card_since) else "",
            card_next=next_steps(member, day) if may_edit and self.is_now else [],
            periods=[one for one in member.standing_periods.all() if self.is_now or one.starts_on <= day],
            years=_by_year(events_of(member, self.request, None if self.is_now else day)),
            left=left.last(),
            sees_exits=exits,
            on_probation=may_edit and waits,
            may_vote=may_vote and waits,
            may_edit=may_edit and self.is_now,
            profile=profile_lines(member)
            if self.is_now and sees(self.request.user, "chibo.MemberProfile", "member", member.organisation.path)
            else None,  # fmt: skip
            sees_number=sees(self.request.user, "chibo.MemberIdentity", "shown", member.organisation.path),
            sees_file=sees(self.request.user, "chibo.Member", "file_number", member.organisation.path),
            file=file_of(member, day) if may_see_dossier(self.request.user, member) is True else None,
            may_check=self.is_now and may_check_dossier(self.request.user, member) is True,
            rewards=[one for one in member.rewards.all() if self.is_now or one.decided_on <= day],
            panels=panels_for("chibo.member", self.request, member) if self.is_now else [],
            **context,
        )


def _by_year(events):
    years = {}
    for event in events:
        years.setdefault(event.day.year, []).append(event)
    return list(years.items())


class MemberCreate(PortalCreate):
    access = "chibo.add_member"
    form_class = NewMemberForm
    title = "Ghi thêm đảng viên"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_crumbs(self):
        return [LIST]

    def act(self, **answers):
        return add_member(by=self.request.user, **answers)


class MemberEdit(PortalEdit):
    model = Member
    access = "chibo.edit_member"
    form_class = MemberForm
    title = "Sửa thông tin đảng viên"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation")

    def get_initial(self):
        initial = {name: getattr(self.object, name) for name in MemberForm.base_fields}
        return initial | {
            f"{name}_on": getattr(self.object, f"{name}_words") for name in ("born", "admitted", "official")
        }

    def get_form(self, form_class=None):
        """With `?truong=<field>` the form opens at that very field (nợ dữ liệu)."""
        form = super().get_form(form_class)
        if wanted := form.fields.get(self.request.GET.get("truong", "")):
            wanted.widget.attrs["autofocus"] = True
        return form

    def get_crumbs(self):
        return [LIST, (self.object.full_name, self.object.get_absolute_url())]

    def act(self, member, **answers):
        correct_member(member, by=self.request.user, **answers)
        return "Đã ghi."


class ProfileEdit(MemberEdit):
    form_class = ProfileForm
    title = "Ghi thông tin thống kê"
    verb = "Ghi"

    def get_sub(self):
        return "Chỉ để thống kê; cấp ủy, Ban Tổ chức, Ủy ban Kiểm tra và bí thư chi bộ xem được."

    def get_initial(self):
        profile = getattr(self.object, "profile", None)
        return {name: getattr(profile, name) for name in FIELDS} if profile else {}

    def act(self, member, **answers):
        set_profile(member, by=self.request.user, **answers)
        return "Đã ghi thông tin thống kê."


class StandingCreate(MemberEdit):
    form_class = StandingForm
    title = "Ghi miễn, tạm thời, đình chỉ"

    def get_initial(self):
        return {"starts_on": today()}

    def act(self, member, standing, starts_on, ends_on, decision):
        set_standing(member, standing, starts_on, by=self.request.user, ends_on=ends_on, decision=decision)
        return "Đã ghi. Buổi họp sau tính theo tư cách mới."

    def get_success_url(self):
        return reverse("chibo:member_detail", args=[self.object.pk])
