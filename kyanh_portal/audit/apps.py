from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "kyanh_portal.audit"
    verbose_name = "Nhật ký"

    def ready(self):
        from kyanh_portal.audit import signals  # noqa: F401 - listens to sign-in and sign-out
