from django.apps import AppConfig


class ChiboConfig(AppConfig):
    name = "chibo"
    verbose_name = "Tổ chức đảng và đảng viên"

    def ready(self):
        from kyanh_portal.access.scope import provide_scope

        from chibo.scope import scope_of_user

        provide_scope(scope_of_user)
