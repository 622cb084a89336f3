"""python manage.py check_archive /archive: can the newest base copy and the pieces since bring everything back?"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kyanh_portal.backup.archive import faults, is_received


class Command(BaseCommand):
    help = "Kiểm tra kho lưu từng giao dịch: bản gốc nguyên vẹn, các mảnh liền nhau, nơi nhận đang chạy."

    def add_arguments(self, parser):
        parser.add_argument("folder", help="Thư mục kho lưu, có base/ và wal/.")
        parser.add_argument("--base", default="base", help="Tên thư mục của bản gốc trong kho.")

    def handle(self, *args, **options):
        folder = Path(options["folder"])
        found = faults(folder / options["base"], folder / "wal")
        if not is_received():
            found.append("Nơi nhận không chạy: mọi việc ghi đang phải chờ.")
        if found:
            raise CommandError("\n".join(["Kho lưu có chỗ hỏng:", *found[:20]]))
        self.stdout.write("Kho lưu nguyên vẹn: bản gốc đúng từng tệp, các mảnh liền nhau, nơi nhận đang chạy.")
