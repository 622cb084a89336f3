from django.apps import AppConfig


class ParametersConfig(AppConfig):
    name = "kyanh_portal.parameters"
    verbose_name = "Tham số"

    def ready(self):
        from kyanh_portal.parameters import trail  # noqa: F401 - words of the trail
