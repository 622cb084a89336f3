"""make bench: ratios measured side by side in one run (never a timed test). Uses throw-away databases."""

import os
import subprocess
import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

from kyanh_portal.demo.world import benchmarks, seconds

LARGE = 12
PAGES = {"P5": "/", "P7 danh sách": "/sinh-hoat/", "P7 tìm": "/tim/?q=mau+an"}


class Command(BaseCommand):
    help = "Đo các tỉ số hiệu năng trên cơ sở dữ liệu tạm."

    def add_arguments(self, parser):
        parser.add_argument("--inside", help="dùng nội bộ: đo trong cơ sở dữ liệu này")

    def handle(self, *args, **options):
        if options["inside"]:
            self.inside(options["inside"])
            return
        self.stdout.write("| # | phép đo | kết quả | mục tiêu | |\n|---|---|---|---|---|")
        base = self.run_inside("kyanh_bench_1", 1)
        large = self.run_inside("kyanh_bench_12", LARGE)
        for name in PAGES:
            self.row(name, f"trang, ×{LARGE} ÷ ×1", large[name] / base[name], 1.2)
        for name, what, goal in (("P1", "PDF biên bản ÷ WeasyPrint trần", 0.75), ("P1 cả đường", "từ bấm đến có tệp ÷ WeasyPrint trần", 1.2), ("P2", "PDF biên bản ÷ Chromium đã chạy sẵn", 0.6), ("P9", "100 buổi trọn vẹn, một tiến trình ÷ chèn trần", 1.5), ("P12", "nạp thế giới giả lập, giây", 60)):  # fmt: skip
            if name in base:
                self.row(name, what, base[name], goal)

    def row(self, name, what, value, goal):
        self.stdout.write(f"| {name} | {what} | {value:.2f} | ≤ {goal} | {'đạt' if value <= goal else 'chưa đạt'} |")

    def run_inside(self, name, scale) -> dict:
        """Make the database, load it in a process of its own, and measure there."""
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}"')
        parts = settings.DATABASES["default"]
        host = (parts.get("HOST") or "localhost").replace("/", "%2F")
        url = f"postgres://{parts['USER']}:{parts.get('PASSWORD') or ''}@{host}:{parts.get('PORT') or 5432}/{name}"
        environment = {**os.environ, "DATABASE_URL": url, "REDIS_URL": settings.REDIS_URL, "STATEMENT_TIMEOUT_MS": "0"}

        def manage(*command):
            return subprocess.run(
                [sys.executable, "manage.py", *command], env=environment, check=True, capture_output=True, text=True
            ).stdout

        manage("migrate", "--verbosity", "0")
        start = time.perf_counter()
        manage("demo")
        loaded = time.perf_counter() - start
        if scale > 1:
            manage("demo", "--scale", str(scale))
        told = dict(line.split("=") for line in manage("bench", "--inside", str(scale)).split())
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        return {"P12": loaded} | {key.replace("_", " "): float(value) for key, value in told.items()}

    def inside(self, scale):
        from django.test import Client

        from kyanh_portal.accounts.models import User

        client = Client(headers={"host": "localhost"})
        client.force_login(User.objects.get(username="thuongvu"))
        for name, address in PAGES.items():
            self.tell(name, seconds(lambda address=address: client.get(address)))
        if scale == "1":
            self.by_the_apps()

    def by_the_apps(self):
        """What the apps measure on the demo world: P1 a paper, P9 whole meetings."""
        for name, measure in benchmarks():
            self.tell(name, measure())

    def tell(self, name, value):
        self.stdout.write(f"{name.replace(' ', '_')}={value:.5f}")
