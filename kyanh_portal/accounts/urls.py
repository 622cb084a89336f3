"""Addresses of the account pages: only the parts of allauth this portal uses, no sign-up, no mail, no social accounts."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from kyanh_portal.accounts import views

urlpatterns = [
    path("", views.AccountHome.as_view(), name="account_home"),
    path("co-chu/", views.ChooseTextSize.as_view(), name="account_text_size"),
    path("vai-tro/", views.ChooseRole.as_view(), name="account_role"),
    path("vao/", account.login, name="account_login"),
    path("ra/", account.logout, name="account_logout"),
    path("quen-mat-khau/", views.Help.as_view(), name="account_help"),
    path("tam-khoa/", login_not_required(account.account_inactive), name="account_inactive"),
    path("mat-khau/", account.password_change, name="account_change_password"),
    path("xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("phien/", views.Sessions.as_view(), name="usersessions_list"),
    path("bao-ve/", mfa.index, name="mfa_index"),
    path("vao/ma/", login_not_required(mfa.authenticate), name="mfa_authenticate"),
    path("xac-nhan/ma/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("xac-nhan/khoa/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("bao-ve/dien-thoai/", totp.activate_totp, name="mfa_activate_totp"),
    path("bao-ve/dien-thoai/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("bao-ve/du-phong/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("bao-ve/du-phong/lap/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("bao-ve/du-phong/tai/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("bao-ve/khoa/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("bao-ve/khoa/them/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("bao-ve/khoa/<int:pk>/sua/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("bao-ve/khoa/<int:pk>/bo/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("vao/khoa/", login_not_required(keys.login_webauthn), name="mfa_login_webauthn"),
]
