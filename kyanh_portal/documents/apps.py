from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "kyanh_portal.documents"
    verbose_name = "Văn bản"
