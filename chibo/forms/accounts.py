"""Accounts and roles, for the administrator."""

from django import forms
from django.db.models import Q

from chibo.choices import Role
from chibo.models import Organisation
from chibo.models.role import member_of, members_to_tie
from kyanh_portal.accounts.models import User
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.forms import DateField, LineField, PortalForm


class AccountForm(PortalForm):
    username = forms.CharField(
        label="Tên đăng nhập", max_length=60, validators=User._meta.get_field("username").validators
    )
    display_name = LineField(label="Họ tên hoặc chức danh", max_length=120)


class GrantForm(PortalForm):
    role = forms.ChoiceField(label="Vai trò", choices=Role)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Tại đơn vị", empty_label="Chọn đơn vị")
    starts_on = DateField(label="Từ ngày", initial=today)
    ends_on = DateField(label="Đến ngày", required=False)

    def __init__(self, *args, paths, **kwargs):
        super().__init__(*args, **kwargs)
        covered = Q(pk__in=[])
        for path in paths:
            covered |= Q(path__startswith=path)
        self.fields["organisation"].queryset = Organisation.objects.filter(covered).in_order()


class TieForm(PortalForm):
    member = forms.ModelChoiceField(
        None, label="Đồng chí", required=False, empty_label="Chưa gắn với đồng chí nào",
        help_text="Đảng viên của chi bộ nơi tài khoản đang giữ vai trò, chưa có tài khoản khác.",
    )  # fmt: skip

    def __init__(self, *args, account, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members_to_tie(account, today())
        self.fields["member"].initial = member_of(account)


class EndForm(PortalForm):
    ends_on = DateField(label="Ngày cuối", initial=today)
