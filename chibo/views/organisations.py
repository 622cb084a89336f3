"""Organisations: the list, one of them, founding and correcting, terms and posts."""

from django.db.models import Q

from chibo.access import may_edit_organisation, may_rearrange_organisation
from chibo.checks import findings_of, members_below, members_by_cell
from chibo.forms.narrowing import organisations_seen
from chibo.forms.organisations import EstablishForm, OrganisationFilter, PositionForm, TermForm, WrittenForm
from chibo.models import Lineage, Organisation
from chibo.services.committees import appoint, next_ordinal, open_term
from chibo.services.founding import found
from chibo.services.organisations import correct_organisation
from chibo.views.as_of import AsOfMixin
from kyanh_portal.access.rules import verdict
from kyanh_portal.ui.panels import panels_for
from kyanh_portal.ui.views import CountedUpTo, PortalCreate, PortalDetail, PortalEdit, PortalList

LIST = ("Tổ chức đảng", "/to-chuc/don-vi/")


class KeysFirst(CountedUpTo):
    """Sorts the keys of all rows, then reads the rows of the page: a province has thousands of wide rows."""

    def page(self, number):
        page = super().page(number)
        keys = list(page.object_list.values_list("pk", flat=True))
        rows = self.object_list.order_by().in_bulk(keys) if keys else {}
        page.object_list = [rows[pk] for pk in keys]
        return page


class OrganisationList(AsOfMixin, PortalList):
    model = Organisation
    access = "chibo.see_organisations"
    template_name = "chibo/organisation_list.html"
    filter_class = OrganisationFilter
    paginator_class = KeysFirst
    title = "Tổ chức đảng"

    def get_rows(self):
        return organisations_seen(self.request.user, self.day)

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        units = Organisation.objects.none().worn_on(self.day, context["object_list"])
        counts = members_by_cell([unit.pk for unit in units if unit.kind.is_cell], self.day)
        for unit in units:
            unit.members_now = counts.get(unit.pk, (0, 0))[0]
            unit.kind_name = unit.kind.name_on(self.day)
        return {**context, "object_list": units, "asked": self.request.GET.urlencode()}


class OrganisationDetail(AsOfMixin, PortalDetail):
    model = Organisation
    access = "chibo.see_organisations"
    template_name = "chibo/organisation_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("kind", "cell_type", "parent")

    def get_object(self, queryset=None):
        unit = super().get_object(queryset)
        self.today_name = unit.name
        Organisation.objects.none().worn_on(self.day, [unit])
        return unit

    def get_sub(self):
        last = min(self.day, self.object.valid_to or self.day)  # what ended keeps the name of its last day
        superior = self.object.parent.name if self.object.parent_id else ""
        return f"{self.object.kind.name_on(last)}. {superior}".strip(". ")

    def get_crumbs(self):
        return [(LIST[0], LIST[1] + self.keep)]

    def get_context_data(self, **context):
        unit, user, day = self.object, self.request.user, self.day
        seen = Organisation.objects.visible_to(user)
        children = seen.under_on(unit, day).select_related("kind", "cell_type", "parent").in_order()
        members, official = members_by_cell([unit.pk], day).get(unit.pk, (0, 0)) if unit.kind.is_cell else (0, 0)
        sees_figures = verdict("dashboard.see_figures", user) is True
        if not unit.kind.is_cell and not unit.kind.is_body and sees_figures:
            members, official = members_below(unit, day)
        exists = (not unit.valid_from or unit.valid_from <= day) and (not unit.valid_to or day <= unit.valid_to)
        line = (
            Lineage.objects.visible_to(user)
            .filter(Q(organisation=unit) | Q(heir=unit))
            .select_related("organisation", "heir")
        )
        visible = set(seen.filter(pk__in={pk for one in line for pk in (one.organisation_id, one.heir_id)}).values_list("pk", flat=True))  # fmt: skip
        # committees stand before cells
        below = sorted(seen.worn_on(day, children), key=lambda one: (one.kind.is_cell, one.kind.rank))
        for child in below:
            child.kind_name = child.kind.name_on(day)
        return super().get_context_data(
            children=below,
            terms=unit.terms.all(),
            positions=unit.positions.on(day).by_rank().select_related("member")
            if verdict("chibo.see_members", user) is True
            else [],
            members=members,
            official=official,
            exists=exists,
            findings=findings_of(unit, day, members, official) if exists and sees_figures else [],
            lineage=[(one, one.organisation_id in visible, one.heir_id in visible) for one in line],
            delegations=unit.delegations.on(day),
            today_name=self.today_name,
            may_edit=self.is_now and may_edit_organisation(user, unit) is True,
            may_rearrange=may_rearrange_organisation(user, unit) is True,
            panels=panels_for("chibo.organisation", self.request, unit) if self.is_now else [],
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
        return found(by=self.request.user, **answers)


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

    def get_initial(self):
        return {"ordinal": next_ordinal(self.object)}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "organisation": self.object}

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
