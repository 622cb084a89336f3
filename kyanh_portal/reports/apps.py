from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "kyanh_portal.reports"
    verbose_name = "Báo cáo"
