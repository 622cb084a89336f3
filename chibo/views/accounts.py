"""Accounts and roles, for the administrator."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from chibo.choices import Role
from chibo.forms.accounts import AccountForm, EndForm, GrantForm, TieForm
from chibo.models import RoleGrant
from chibo.models.role import accounts_managed_by, member_of
from chibo.services.accounts import (
    close_account,
    first_password,
    open_account,
    reopen_account,
    reset_password,
    tie_account,
)
from chibo.services.roles import end_role, grant_role
from kyanh_portal.access.scope import scope_of
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import LineField
from kyanh_portal.ui.views import PortalAction, PortalCreate, PortalDetail, PortalList

LIST = ("Người dùng", "/to-chuc/tai-khoan/")


class AccountFilter(FilterForm):
    name = LineField(label="Tên hoặc chức danh")

    def apply(self, rows, **answers):
        return rows.filter(display_name__icontains=answers["name"]) if "name" in answers else rows


class AccountsMixin:
    """Accounts are found by who may manage them; the rule stands on each view."""

    def get_queryset(self):
        return accounts_managed_by(self.request.user)

    def get_object(self, queryset=None):
        found = getattr(self, "_found", None)
        if found is None:
            found = self._found = get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])
        return found

    def get_crumbs(self):
        return [LIST]


class AccountList(PortalList):
    access = "accounts.manage"
    template_name = "chibo/account_list.html"
    filter_class = AccountFilter
    title = "Người dùng"

    def get_rows(self):
        return accounts_managed_by(self.request.user).prefetch_related("grants__organisation")


class AccountDetail(AccountsMixin, PortalDetail):
    access = "accounts.manage"
    template_name = "chibo/account_detail.html"
    context_object_name = "account"  # not "user": that is the one who reads

    def get_context_data(self, **context):
        grants = RoleGrant.objects.filter(user=self.object).select_related("organisation")
        member = member_of(self.object)
        return super().get_context_data(
            account=self.object,
            grants=grants,
            member=member,
            told=self.request.session.pop("first_password", ""),
            **context,
        )


class AccountCreate(PortalCreate):
    access = "accounts.manage"
    form_class = AccountForm
    title = "Mở tài khoản"
    verb = "Mở tài khoản"

    def get_crumbs(self):
        return [LIST]

    def act(self, username, display_name):
        password = first_password()
        user = open_account(username, display_name, password, by=self.request.user)
        self.request.session["first_password"] = password
        return user

    def get_success_url(self):
        return reverse("chibo:account_detail", args=[self.done.pk])


class OfAccount(AccountsMixin, PortalAction):
    access = "accounts.manage"

    def get_success_url(self):
        return reverse("chibo:account_detail", args=[self.object.pk])

    def get_crumbs(self):
        return [LIST, (str(self.object), reverse("chibo:account_detail", args=[self.object.pk]))]


class GrantCreate(OfAccount):
    form_class = GrantForm
    title = "Giao vai trò"
    verb = "Giao vai trò"

    def get_form_kwargs(self):
        paths = [h.path for h in scope_of(self.request.user).held if h.role == Role.ADMINISTRATOR]
        return {**super().get_form_kwargs(), "paths": paths}

    def act(self, account, **answers):
        grant_role(account, by=self.request.user, **answers)
        return "Đã giao vai trò."


class GrantEnd(OfAccount):
    form_class = EndForm
    title = "Thôi vai trò"
    verb = "Thôi vai trò"

    def act(self, account, ends_on):
        grant = RoleGrant.objects.visible_to(self.request.user).filter(user=account, pk=self.kwargs["grant"]).first()
        if grant is None:
            raise Http404
        end_role(grant, ends_on, by=self.request.user)
        return "Đã ghi ngày thôi vai trò."


class AccountTie(OfAccount):
    form_class = TieForm
    title = "Gắn với đồng chí trong danh sách"
    consequence = "Người được gắn ký biên bản mình chủ trì hoặc ghi, và xem sổ dự họp của mình."
    verb = "Ghi lại"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "account": self.object}

    def act(self, account, member):
        tie_account(account, member, by=self.request.user)
        return "Đã gắn tài khoản." if member else "Tài khoản không còn gắn với đồng chí nào."


class AccountSwitch(OfAccount):
    """Close, or open again."""

    title = "Khóa hoặc mở lại tài khoản"
    consequence = "Khóa thì mọi phiên của tài khoản kết thúc ngay."
    verb = "Khóa hoặc mở lại"

    def act(self, account):
        if account.is_active:
            close_account(account, by=self.request.user)
            return "Đã khóa tài khoản."
        reopen_account(account, by=self.request.user)
        return "Đã mở lại tài khoản."


class PasswordReset(OfAccount):
    title = "Cấp lại mật khẩu"
    consequence = "Mật khẩu cũ hết hiệu lực, mọi phiên kết thúc. Mật khẩu mới chỉ hiện một lần."
    verb = "Cấp mật khẩu mới"

    def act(self, account):
        self.request.session["first_password"] = reset_password(account, by=self.request.user)
        return "Đã cấp mật khẩu mới."
