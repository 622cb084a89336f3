"""Members, with only what a meeting needs."""

from django.urls import reverse

from chibo.access import may_edit_member
from chibo.choices import Placed, Standing
from chibo.forms.members import MemberFilter, MemberForm, NewMemberForm, StandingForm
from chibo.forms.narrowing import members_seen
from chibo.models import Member, Organisation, Placement
from chibo.services.lifecycle import badge_block, party_age_of
from chibo.services.members import add_member, correct_member, set_standing
from chibo.timeline import events_of
from chibo.views.as_of import AsOfMixin
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.panels import panels_for
from kyanh_portal.ui.views import PortalCreate, PortalDetail, PortalEdit, PortalList

LIST = ("Đảng viên", "/to-chuc/dang-vien/")


class MemberList(AsOfMixin, PortalList):
    model = Member
    access = "chibo.see_members"
    template_name = "chibo/member_list.html"
    filter_class = MemberFilter
    title = "Đảng viên"
    sub = "Xếp theo tên. Chỉ ghi những gì cuộc họp cần."

    def get_rows(self):
        return members_seen(self.request.user, self.day)

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


class MemberDetail(PortalDetail):
    model = Member
    access = "chibo.see_members"
    template_name = "chibo/member_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind", "identity")

    def get_sub(self):
        return self.object.organisation.name

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        return super().get_context_data(
            positions=self.object.positions.select_related("organisation").on(today()),
            standing=Standing(self.object.standing_on(today())).label,
            age=party_age_of(self.object, today()),
            blocked=badge_block(self.object, today()),
            badges=self.object.badges.all(),
            periods=self.object.standing_periods.all(),
            years=_by_year(events_of(self.object, self.request)),
            left=self.object.exits.filter(readmitted_on=None).last(),
            may_edit=may_edit_member(self.request.user, self.object) is True,
            panels=panels_for("chibo.member", self.request, self.object),
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
