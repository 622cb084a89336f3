from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "kyanh_portal.demo"
