"""Organisations: the list, one of them, founding and correcting, terms and posts."""

from django.db.models import Count, Q

from chibo.access import may_edit_organisation
from chibo.forms.organisations import EstablishForm, OrganisationFilter, PositionForm, TermForm, WrittenForm
from chibo.models import Organisation
from chibo.services.committees import appoint, open_term
from chibo.services.organisations import correct_organisation, establish_organisation
from kyanh_portal.access.rules import verdict
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.panels import panels_for
from kyanh_portal.ui.views import PortalCreate, PortalDetail, PortalEdit, PortalList

LIST = ("Tổ chức đảng", "/to-chuc/don-vi/")


class OrganisationList(PortalList):
    model = Organisation
    access = "chibo.see_organisations"
    template_name = "chibo/organisation_list.html"
    filter_class = OrganisationFilter
    title = "Tổ chức đảng"

    def get_rows(self):
        rows = super().get_rows().select_related("kind", "cell_type", "parent")
        return rows.annotate(members_now=Count("members", filter=Q(members__left_on__isnull=True))).order_by(
            "kind__rank", "parent__sort_key", "sort_key", "pk"
        )


class OrganisationDetail(PortalDetail):
    model = Organisation
    access = "chibo.see_organisations"
    template_name = "chibo/organisation_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("kind", "cell_type", "parent")

    def get_sub(self):
        return f"{self.object.kind.name}. {self.object.parent.name if self.object.parent_id else ''}".strip(". ")

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        unit, user = self.object, self.request.user
        return super().get_context_data(
            children=unit.children.select_related("kind", "cell_type").in_order(),
            terms=unit.terms.all(),
            positions=unit.positions.on(today()).by_rank().select_related("member")
            if verdict("chibo.see_members", user) is True
            else [],
            members=unit.members.visible_to(user).filter(left_on__isnull=True).count(),
            may_edit=may_edit_organisation(user, unit) is True,
            panels=panels_for("chibo.organisation", self.request, unit),
            **context,
        )


class OrganisationCreate(PortalCreate):
    access = "chibo.establish_organisation"
    form_class = EstablishForm
    title = "Lập tổ chức đảng"
    verb = "Lập tổ chức"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_crumbs(self):
        return [LIST]

    def act(self, **answers):
        return establish_organisation(by=self.request.user, **answers)


class OfOrganisation(PortalEdit):
    """Base of the acts on one organisation."""

    model = Organisation
    access = "chibo.edit_organisation"

    def get_queryset(self):
        return super().get_queryset().select_related("kind")

    def get_crumbs(self):
        return [LIST, (self.object.name, self.object.get_absolute_url())]


class OrganisationEdit(OfOrganisation):
    form_class = WrittenForm
    title = "Sửa thông tin tổ chức"

    def get_initial(self):
        return {name: getattr(self.object, name) for name in WrittenForm.base_fields}

    def act(self, unit, **answers):
        correct_organisation(unit, by=self.request.user, **answers)
        return "Đã ghi. Văn bản đã khóa giữ nguyên lời cũ."


class TermCreate(OfOrganisation):
    form_class = TermForm
    title = "Mở nhiệm kỳ"
    verb = "Mở nhiệm kỳ"

    def act(self, unit, **answers):
        open_term(unit, by=self.request.user, **answers)
        return "Đã mở nhiệm kỳ. Số văn bản của nhiệm kỳ bắt đầu lại từ 01."


class PositionCreate(OfOrganisation):
    form_class = PositionForm
    title = "Ghi chức vụ"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "organisation": self.object, "user": self.request.user}

    def act(self, unit, member, post, starts_on, ends_on):
        appoint(member, unit, post, starts_on, by=self.request.user, ends_on=ends_on)
        return "Đã ghi chức vụ."
