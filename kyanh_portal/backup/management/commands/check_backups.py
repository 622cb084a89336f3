"""python manage.py check_backups: are the copies whole, and is the newest one of last night? Fails with what is wrong."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kyanh_portal.backup.copies import faults, notes, read_note


class Command(BaseCommand):
    help = "Kiểm tra mọi bản sao lưu: đủ tệp, đúng nội dung, bản mới nhất không quá 26 giờ."

    def add_arguments(self, parser):
        parser.add_argument("--in", dest="folder", default=settings.BACKUP_DIR, help="Thư mục, mặc định là BACKUP_DIR.")

    def handle(self, *args, **options):
        if not options["folder"]:
            raise CommandError("Chưa có chỗ để bản sao lưu: đặt BACKUP_DIR.")
        folder = Path(options["folder"])
        if wrong := faults(folder):
            raise CommandError("\n".join(["Bản sao lưu có chỗ hỏng:", *wrong]))
        kept = notes(folder)
        self.stdout.write(
            f"{len(kept)} bản sao lưu nguyên vẹn; mới nhất: {kept[0].stem}, đầu chuỗi nhật ký {read_note(kept[0])['anchor']}"
        )
