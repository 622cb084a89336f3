"""Members, with only what a meeting needs."""

from django.urls import reverse

from chibo.access import may_edit_member
from chibo.forms.members import MemberFilter, MemberForm, NewMemberForm, StandingForm
from chibo.models import Member
from chibo.services.members import add_member, correct_member, set_standing
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.panels import panels_for
from kyanh_portal.ui.views import PortalCreate, PortalDetail, PortalEdit, PortalList

LIST = ("Đảng viên", "/to-chuc/dang-vien/")


class MemberList(PortalList):
    model = Member
    access = "chibo.see_members"
    template_name = "chibo/member_list.html"
    filter_class = MemberFilter
    title = "Đảng viên"
    sub = "Xếp theo tên. Chỉ ghi những gì cuộc họp cần."

    def get_rows(self):
        rows = super().get_rows().filter(left_on__isnull=True)
        return rows.select_related("organisation__parent").prefetch_related("standing_periods").in_order()

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        for member in context["object_list"]:
            member.standing = member.standing_on(today())
        return context


class MemberDetail(PortalDetail):
    model = Member
    access = "chibo.see_members"
    template_name = "chibo/member_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind")

    def get_sub(self):
        return self.object.organisation.name

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        return super().get_context_data(
            positions=self.object.positions.select_related("organisation"),
            periods=self.object.standing_periods.all(),
            may_edit=may_edit_member(self.request.user, self.object) is True,
            panels=panels_for("chibo.member", self.request, self.object),
            **context,
        )


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
        return {name: getattr(self.object, name) for name in MemberForm.base_fields}

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
