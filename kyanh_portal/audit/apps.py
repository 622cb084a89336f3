from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "kyanh_portal.audit"
    verbose_name = "Nhật ký"
