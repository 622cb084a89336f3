from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "kyanh_portal.dashboard"
