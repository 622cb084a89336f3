"""How django-allauth behaves here: sign-up is closed, guessing is slowed down, every word is Vietnamese."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError

from kyanh_portal.accounts import guessing
from kyanh_portal.accounts.devices import known_device
from kyanh_portal.accounts.models import normal_name
from kyanh_portal.accounts.signals import account_event
from kyanh_portal.base.address import client_address

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi gõ lại."
WRONG_CODE = "Mã chưa đúng hoặc đã hết hạn. Chờ mã mới hiện trên điện thoại rồi gõ lại."


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": WRONG,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "enter_current_password": "Mật khẩu đang dùng chưa đúng.",
        "incorrect_password": "Mật khẩu chưa đúng.",
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": "Đã thử nhiều lần. Đợi vài phút rồi thử lại.",
        "rate_limited": "Đã thử nhiều lần. Đợi vài phút rồi thử lại.",
    }

    def is_open_for_signup(self, request):
        """Accounts are opened by the administrator only."""
        return False

    def get_client_ip(self, request):
        return client_address(request)

    def clean_username(self, username, shallow=False):
        return normal_name(username)

    def authenticate(self, request, **credentials):
        """Refuse while a wait lasts, before the password is even looked at; count what fails."""
        from django.contrib.auth import authenticate

        name, address = credentials.get("username", ""), client_address(request)
        device = known_device(request, name)
        wait = guessing.wait_left(name, address, device)
        if wait:
            account_event.send(type(self), verb="account.slowed_down", facts={"seconds": int(wait.total_seconds())})
            raise ValidationError(
                f"Đã sai nhiều lần. Đợi {guessing.in_words(wait)} rồi thử lại, hoặc gọi người quản trị."
            )
        user = authenticate(request, **credentials)
        if user is None:
            guessing.count_failure(name, address, device)
        else:
            guessing.forgive(name, address, device)
        return user

    def get_reauthentication_methods(self, user):
        words = {
            "reauthenticate": "Dùng mật khẩu",
            "mfa_reauthenticate": "Dùng mã trên điện thoại",
            "mfa_reauthenticate:webauthn": "Dùng khóa bảo mật",
        }
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": words.get(method["id"], method["description"])} for method in methods]


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Vai trò của đồng chí bắt buộc có lớp bảo vệ thứ hai, nên không tắt được.",
        "cannot_generate_recovery_codes": "Bật lớp bảo vệ thứ hai trước, rồi mới lập mã dự phòng.",
        "incorrect_code": WRONG_CODE,
    }

    def get_totp_label(self, user):
        return user.username
