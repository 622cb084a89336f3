"""The forms of allauth in our words; and the two small choices of the account page."""

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as code_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

from kyanh_portal.accounts.models import TextSize, User, normal_name

EMPTY = "Mục này chưa ghi. Đồng chí ghi rồi gửi lại."


def _say(form, **words):
    """Labels, no placeholders, and what an empty field is told."""
    for name, (label, help_text) in words.items():
        field = form.fields.get(name)
        if field:
            field.label, field.help_text = label, help_text
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
        field.error_messages["required"] = EMPTY


class SignInForm(account_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, login=("Tên đăng nhập", ""), password=("Mật khẩu", ""))
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        self.fields["login"].max_length = 200

    def clean_login(self):
        """A name that looks like a mail address is still a name."""
        return normal_name(self.cleaned_data["login"])

    def user_credentials(self):
        return {"username": self.cleaned_data["login"], "password": self.cleaned_data["password"]}


class ChangePasswordForm(account_forms.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(
            self,
            oldpassword=("Mật khẩu đang dùng", ""),
            password1=("Mật khẩu mới", "Ít nhất 12 chữ. Một câu dễ nhớ, có dấu cách cũng được, là tốt nhất."),
            password2=("Gõ lại mật khẩu mới", ""),
        )

    def clean(self):
        cleaned = super().clean()
        if "password2" in self.errors:
            self.errors["password2"] = self.error_class(["Hai lần gõ mật khẩu mới chưa giống nhau."])
        return cleaned

    def save(self):
        super().save()
        self.user.must_change_password = False
        self.user.save(update_fields=["must_change_password"])


class ReauthenticateForm(account_forms.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, password=("Mật khẩu", ""))


class CodeForm(code_forms.AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, code=("Mã xác nhận", "6 chữ số trên điện thoại, hoặc một mã dự phòng."))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}


class CodeAgainForm(code_forms.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, code=("Mã xác nhận", "6 chữ số trên điện thoại, hoặc một mã dự phòng."))


class ActivateCodeForm(ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, code=("Mã 6 chữ số điện thoại đang hiện", ""))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


class AddKeyForm(AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, name=("Tên khóa", "Để nhận ra sau này, ví dụ: điện thoại cơ quan."))
        if "passwordless" in self.fields:
            self.fields["passwordless"].label = "Đăng nhập không cần mật khẩu"
            self.fields["passwordless"].help_text = "Chỉ cần vân tay, khuôn mặt hoặc mã của chính máy này."


class TextSizeForm(forms.ModelForm):
    text_size = forms.ChoiceField(label="Cỡ chữ", choices=TextSize, required=False, widget=forms.RadioSelect)

    class Meta:
        model = User
        fields = ["text_size"]


class ActiveRoleForm(forms.ModelForm):
    """Which of several roles decides menu and front page; an unknown one falls back to the leading role."""

    class Meta:
        model = User
        fields = ["active_role"]
