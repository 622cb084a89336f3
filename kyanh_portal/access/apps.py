from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "kyanh_portal.access"
    verbose_name = "Quyền truy cập"

    def ready(self):
        from kyanh_portal.access import checks  # noqa: F401 - registers the start-up check
        from kyanh_portal.base import deployment  # noqa: F401 - and what a real installation must have
