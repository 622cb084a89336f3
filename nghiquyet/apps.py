from django.apps import AppConfig


class NghiquyetConfig(AppConfig):
    name = "nghiquyet"
    verbose_name = "Nghị quyết"

    def ready(self):
        from kyanh_portal.base.plugins import plug_in

        plug_in(self.name)
