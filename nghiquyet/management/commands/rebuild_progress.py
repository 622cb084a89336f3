"""python manage.py rebuild_progress: the sums of targets and duties again, from figures and reports."""

from django.core.management.base import BaseCommand
from django.db import connection

from nghiquyet.models import Resolution
from nghiquyet.services.rollup import rebuild


class Command(BaseCommand):
    help = "Tính lại tổng hợp chỉ tiêu, nhiệm vụ từ số liệu và báo cáo đã tiếp nhận; số đã đúng thì không ghi lại."

    def handle(self, *args, **options):
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
        rows = list(Resolution.objects.filter(document__isnull=False).order_by("pk"))
        self.stdout.write(f"Đã tính lại {sum(map(rebuild, rows))} dòng tổng hợp của {len(rows)} nghị quyết.")
