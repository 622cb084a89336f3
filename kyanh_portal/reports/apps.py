from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "kyanh_portal.reports"
    verbose_name = "Báo cáo"

    def ready(self):
        from kyanh_portal.base.health import add_check
        from kyanh_portal.reports.running import queue_moves

        add_check("queue", queue_moves)
