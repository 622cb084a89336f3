from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kyanh_portal.accounts"
    verbose_name = "Tài khoản"

    def ready(self):
        from kyanh_portal.accounts import sessions  # noqa: F401 - listens to sign-in
