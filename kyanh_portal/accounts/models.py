"""The person who signs in. What they may do hangs on the roles they hold, never on flags here."""

import unicodedata

from django.contrib.auth.models import AbstractBaseUser, UserManager
from django.core.validators import RegexValidator
from django.db import models

from kyanh_portal.base.vietnamese import clean_line


def normal_name(username: str) -> str:
    """Composed and case-folded, so that every keyboard signs in to the same account."""
    return unicodedata.normalize("NFKC", username).strip().casefold()


def composed(password: str | None) -> str | None:
    """The same password whichever keyboard typed it."""
    return unicodedata.normalize("NFC", password) if password else password


class AccountManager(UserManager):
    def get_by_natural_key(self, username):
        return self.get(username=normal_name(username))

    def create_user(self, username, password=None, **fields):
        """A new account; the name is normalised, the password hashed (Argon2)."""
        user = self.model(username=normal_name(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    create_superuser = None  # nobody stands above the roles


class TextSize(models.TextChoices):
    NORMAL = "", "Vừa"
    LARGE = "large", "Lớn"
    LARGER = "larger", "Rất lớn"


class User(AbstractBaseUser):
    """An account. In the demo world it is a post ("Bí thư Chi bộ …"), not a private person."""

    username = models.CharField(
        "tên đăng nhập",
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9][a-z0-9._-]*$", "Tên đăng nhập chỉ gồm chữ thường không dấu, số, dấu chấm, gạch.")
        ],
        error_messages={"unique": "Tên đăng nhập này đã có người dùng. Chọn tên khác."},
    )
    display_name = models.CharField("họ tên hoặc chức danh", max_length=120)
    email = models.EmailField("thư điện tử", blank=True)
    is_active = models.BooleanField("đang dùng", default=True)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    text_size = models.CharField("cỡ chữ", max_length=10, choices=TextSize, blank=True, default="")
    active_role = models.CharField("vai trò đang dùng", max_length=30, blank=True, default="")
    is_synthetic = models.BooleanField("số liệu giả lập", default=False)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    # Rights are roles in organisations (chibo.RoleGrant). These two satisfy libraries that ask.
    is_staff = False
    is_superuser = False

    objects = AccountManager()

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        ordering = ["username"]

    def __str__(self):
        return self.display_name or self.username

    def clean(self):
        super().clean()
        self.username = normal_name(self.username)
        self.display_name = clean_line(self.display_name)

    def get_full_name(self):
        return self.display_name

    get_short_name = get_full_name

    # A keyboard may send "ế" as one letter or as three: the password is composed (NFC) before it is hashed or checked.
    def set_password(self, raw_password):
        super().set_password(composed(raw_password))

    def check_password(self, raw_password):
        return super().check_password(composed(raw_password))

    def has_perm(self, perm, obj=None):
        return False

    def has_module_perms(self, app_label):
        return False


class SignInFailure(models.Model):
    """How often signing in failed lately: for a name at an address, for a name, for an address.

    Kept in PostgreSQL, so that emptying Redis forgives nobody. The name is a digest: people type passwords there.
    """

    digest = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    blocked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "lần đăng nhập sai"
        verbose_name_plural = "lần đăng nhập sai"

    def __str__(self):
        return f"{self.failures} lần, {self.last_at:%H:%M %d/%m/%Y}"
