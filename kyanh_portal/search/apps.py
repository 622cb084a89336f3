from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "kyanh_portal.search"
