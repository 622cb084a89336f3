from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "kyanh_portal.reminders"
    verbose_name = "Việc sắp đến hạn"
