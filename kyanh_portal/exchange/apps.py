from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "kyanh_portal.exchange"
    verbose_name = "Nhập danh sách"

    def ready(self):
        from kyanh_portal.base.plugins import plug_in

        plug_in(self.name)
