from django.apps import AppConfig


class ChiboConfig(AppConfig):
    name = "chibo"
    verbose_name = "Tổ chức đảng và đảng viên"

    def ready(self):
        from chibo.scope import scope_of_user
        from kyanh_portal.access.scope import provide_scope
        from kyanh_portal.base.plugins import plug_in

        provide_scope(scope_of_user)
        plug_in(self.name)
