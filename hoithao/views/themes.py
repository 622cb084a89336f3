"""The library of themes: drafts of the advisory group, approval, which cells used them."""

from django.db.models import Count
from django.urls import path

from chibo.models import Organisation
from hoithao.access import ROUND_STAFF
from hoithao.choices import ThemeState
from hoithao.comparing import compare
from hoithao.forms.rounds import GroundForm, ThemeForm
from hoithao.models import Adoption, Theme
from hoithao.services.themes import apply_to, approve_theme, draft_theme, redraft_theme, retire_theme
from hoithao.views.around import LIST
from hoithao.views.rounds import _Apply
from kyanh_portal.access.rules import verdict
from kyanh_portal.access.scope import scope_of
from kyanh_portal.ui.views import PortalAction, PortalCreate, PortalDetail, PortalEdit, PortalList

THEMES = ("Kho chuyên đề", "/sinh-hoat/chuyen-de/")


class ThemeList(PortalList):
    model = Theme
    access = "hoithao.see_programmes"
    template_name = "hoithao/theme_list.html"
    title = "Kho chuyên đề"
    sub = "Tổ xây dựng soạn, cấp ủy duyệt, chi bộ áp dụng"

    def get_rows(self):
        rows = super().get_rows().select_related("organisation").prefetch_related("cell_types")
        return rows.annotate(used=Count("adoptions__organisation", distinct=True)).order_by("state", "title", "pk")

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        may_draft = verdict("hoithao.draft_theme", self.request.user) is True
        return super().get_context_data(may_draft=may_draft, **context)


class ThemeDetail(PortalDetail):
    model = Theme
    access = "hoithao.see_programmes"
    template_name = "hoithao/theme_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation", "approved_by").prefetch_related("cell_types")

    def get_sub(self):
        types = ", ".join(str(one) for one in self.object.cell_types.all())
        return f"{self.object.organisation.name}. {types or 'Mọi loại hình chi bộ'}"

    def get_crumbs(self):
        return [LIST, THEMES]

    def get_context_data(self, **context):
        theme, user = self.object, self.request.user
        adoptions = (
            Adoption.objects.visible_to(user).filter(theme=theme).select_related("organisation", "meeting__kind")
        )
        pairs, before, after = compare(adoptions)
        is_draft = theme.state == ThemeState.DRAFT
        return super().get_context_data(
            versions=theme.versions.select_related("by"),
            pairs=pairs, before=before, after=after, is_draft=is_draft, is_approved=theme.state == ThemeState.APPROVED,
            may_edit=is_draft and verdict("hoithao.edit_theme", user, theme) is True,
            may_approve=verdict("hoithao.approve_theme", user, theme) is True,
            may_apply=theme.state == ThemeState.APPROVED and verdict("hoithao.plan_meeting", user) is True,
            **context,
        )  # fmt: skip


class ThemeCreate(PortalCreate):
    access = "hoithao.draft_theme"
    form_class = ThemeForm
    title = "Lập chuyên đề"
    verb = "Ghi dự thảo"

    def get_form_kwargs(self):
        mine = scope_of(self.request.user).covers_as("path", *ROUND_STAFF)
        units = (
            Organisation.objects.visible_to(self.request.user)
            .filter(mine, kind__is_cell=False, kind__is_body=False)
            .order_by("path")
        )
        return {**super().get_form_kwargs(), "units": units}

    def get_crumbs(self):
        return [LIST, THEMES]

    def act(self, **answers):
        return draft_theme(by=self.request.user, **answers)


class ThemeEdit(PortalEdit):
    model = Theme
    access = "hoithao.edit_theme"
    form_class = ThemeForm
    title = "Sửa dự thảo chuyên đề"
    verb = "Ghi dự thảo lần sau"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation")

    def get_initial(self):
        t = self.object
        return {"title": t.title, "cell_types": t.cell_types.all(), "lead": t.lead, "purpose": t.purpose, "draft": t.draft, "agenda": t.agenda}  # fmt: skip

    def get_crumbs(self):
        return [LIST, THEMES, (self.object.title, self.object.get_absolute_url())]

    def act(self, theme, **answers):
        theme = redraft_theme(theme, by=self.request.user, **answers)
        return f"Đã ghi, dự thảo lần {theme.version}."


class ThemeApprove(PortalAction):
    model = Theme
    access = "hoithao.approve_theme"
    form_class = GroundForm
    title = "Duyệt chuyên đề"
    consequence = "Duyệt rồi thì mọi chi bộ trong Đảng bộ xem và áp dụng được; lời văn không sửa nữa."
    verb = "Duyệt"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation")

    def get_sub(self):
        return self.object.title

    def get_crumbs(self):
        return [LIST, THEMES, (self.object.title, self.object.get_absolute_url())]

    def act(self, theme, ground):
        approve_theme(theme, by=self.request.user, ground=ground)
        return "Đã duyệt. Các chi bộ áp dụng được từ bây giờ."


class ThemeRetire(ThemeApprove):
    form_class = PortalAction.form_class
    title = "Cho thôi dùng chuyên đề"
    consequence = "Chi bộ không áp dụng mới được nữa. Những buổi đã dùng giữ nguyên."
    verb = "Cho thôi dùng"

    def act(self, theme):
        retire_theme(theme, by=self.request.user)
        return "Đã cho thôi dùng."


class ThemeApply(_Apply):
    model = Theme

    def get_queryset(self):
        return super().get_queryset().select_related("organisation")

    def get_sub(self):
        return self.object.title

    def get_crumbs(self):
        return [LIST, THEMES, (self.object.title, self.object.get_absolute_url())]

    def act(self, theme, meeting):
        self.used = meeting
        apply_to(meeting, by=self.request.user, theme=theme)
        return f"Đã đưa chương trình mẫu vào {meeting.name.lower()}."


urlpatterns = [
    path("chuyen-de/", ThemeList.as_view(), name="theme_list"),
    path("chuyen-de/moi/", ThemeCreate.as_view(), name="theme_create"),
    path("chuyen-de/<int:pk>/", ThemeDetail.as_view(), name="theme_detail"),
    path("chuyen-de/<int:pk>/sua/", ThemeEdit.as_view(), name="theme_edit"),
    path("chuyen-de/<int:pk>/duyet/", ThemeApprove.as_view(), name="theme_approve"),
    path("chuyen-de/<int:pk>/thoi-dung/", ThemeRetire.as_view(), name="theme_retire"),
    path("chuyen-de/<int:pk>/ap-dung/", ThemeApply.as_view(), name="theme_apply"),
]
