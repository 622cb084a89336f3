from django.apps import AppConfig


class NghiquyetConfig(AppConfig):
    name = "nghiquyet"
    verbose_name = "Nghị quyết"
