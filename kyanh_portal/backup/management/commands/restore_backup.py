"""python manage.py restore_backup NOTE --key FILE --into DATABASE: into a new database, beside the one in use."""

import time
from contextlib import closing
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from kyanh_portal.backup.copies import Broken, identities, read_note, restore, set_aside
from kyanh_portal.backup.tools import connect


class Command(BaseCommand):
    help = "Khôi phục một bản sao lưu vào một cơ sở dữ liệu mới và so từng bảng với lúc sao lưu."

    def add_arguments(self, parser):
        parser.add_argument("note", help="Phiếu của bản sao lưu (tệp .json).")
        parser.add_argument("--key", required=True, help="Tệp khóa riêng (AGE-SECRET-KEY-…), từ phong bì trong két.")
        parser.add_argument("--into", required=True, help="Tên cơ sở dữ liệu mới, chưa có trên máy chủ.")

    def handle(self, *args, **options):
        began, name, note = time.monotonic(), options["into"], Path(options["note"])
        if not name.replace("_", "").isalnum() or not name.isascii() or name == connection.settings_dict["NAME"]:
            raise CommandError("--into là tên mới, chỉ gồm chữ không dấu, số, gạch dưới; không trùng cơ sở đang dùng.")
        try:
            keys = identities(Path(options["key"]))
            told = read_note(note)
            self.create(name)
            tables = restore(note, keys, name)
        except Broken as error:
            raise CommandError(str(error)) from None
        ended = set_aside(name)
        rows = sum(count for count, _ in tables.values())
        self.stdout.write(
            f"Đã khôi phục vào {name}: {len(tables)} bảng, {rows} dòng, khớp từng bảng với lúc sao lưu"
            f" ({told['made_at']:%d/%m/%Y %H:%M} UTC), {time.monotonic() - began:.0f} giây. Đã kết thúc {ended} phiên đăng nhập.\n"
            f"Việc tiếp theo: DATABASE_URL trỏ vào {name}; manage.py verify_audit --anchor {told['anchor']};"
            " so sổ số văn bản với bản giấy rồi mới mở cổng."
        )

    def create(self, name):
        with closing(connect()) as session:
            session.autocommit = True
            with session.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
                if cursor.fetchone():
                    raise CommandError(f"Đã có cơ sở dữ liệu {name}. Chọn tên khác; không ghi đè bản nào.")
                cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
