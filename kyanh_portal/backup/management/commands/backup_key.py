"""python manage.py backup_key: a new pair of keys. To be run away from the server; the private half goes into the safe."""

import pyrage
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Tạo một cặp khóa sao lưu. Chạy trên máy khác máy chủ; khóa riêng cất vào két, không để trên máy chủ."
    requires_system_checks = []

    def handle(self, *args, **options):
        pair = pyrage.x25519.Identity.generate()
        self.stdout.write(f"# khóa công khai, ghi vào BACKUP_KEYS: {pair.to_public()}\n{pair}")
