from django.apps import AppConfig


class HoithaoConfig(AppConfig):
    name = "hoithao"
    verbose_name = "Sinh hoạt, hội nghị, hội thảo"
