"""python manage.py backup: tonight's copy, sealed, checked, old ones beyond the number kept taken away."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kyanh_portal.backup.copies import Broken, make, verify


class Command(BaseCommand):
    help = "Sao lưu cơ sở dữ liệu vào BACKUP_DIR, mã hóa bằng BACKUP_KEYS."

    def add_arguments(self, parser):
        parser.add_argument("--to", default=settings.BACKUP_DIR, help="Thư mục, mặc định là BACKUP_DIR.")
        parser.add_argument("--keep", type=int, default=35, help="Giữ bao nhiêu bản mới nhất.")

    def handle(self, *args, **options):
        if not options["to"]:
            raise CommandError("Chưa có chỗ để: đặt BACKUP_DIR (ổ đĩa khác với ổ của cơ sở dữ liệu).")
        if options["keep"] < 1:
            raise CommandError("--keep phải từ 1.")
        folder = Path(options["to"])
        if not folder.is_dir():
            raise CommandError(f"Không thấy thư mục {folder}. Gắn ổ sao lưu rồi chạy lại.")
        try:
            note = make(folder, options["keep"])
            verify(note)
        except Broken as error:
            raise CommandError(str(error)) from None
        size = sum(note.with_suffix(part).stat().st_size for part in (".dump.age", ".tables.age"))
        self.stdout.write(f"Đã sao lưu: {note} ({size / 1_000_000:.2f} MB).")
