from django.apps import AppConfig


class HoithaoConfig(AppConfig):
    name = "hoithao"
    verbose_name = "Sinh hoạt, hội nghị, hội thảo"

    def ready(self):
        from kyanh_portal.base.plugins import plug_in

        plug_in(self.name)
