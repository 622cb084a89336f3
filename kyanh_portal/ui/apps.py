from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "kyanh_portal.ui"
    verbose_name = "Giao diện"
