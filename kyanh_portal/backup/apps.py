from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "kyanh_portal.backup"
    verbose_name = "Sao lưu"

    def ready(self):
        from django.conf import settings

        from kyanh_portal.backup.archive import is_received
        from kyanh_portal.backup.copies import is_fresh
        from kyanh_portal.base.health import add_check

        add_check("archive", is_received)
        if settings.BACKUP_DIR:
            add_check("backup", is_fresh)
