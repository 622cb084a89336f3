from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kyanh_portal.accounts"
    verbose_name = "Tài khoản"
