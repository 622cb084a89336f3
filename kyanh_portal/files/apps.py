from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "kyanh_portal.files"
    verbose_name = "Tệp đính kèm"

    def ready(self):
        from kyanh_portal.files import trail  # noqa: F401 - words of the trail
