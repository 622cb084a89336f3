"""make bench: ratios measured side by side in one run (never a timed test), in throw-away databases beside the own one."""

import os
import statistics
import subprocess
import sys
import time
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

from kyanh_portal.demo.world import Measured, Page, add_pages, background, benchmarks, pages, row_limits

LARGE = 12
ROUNDS = 15
SMALL_DB, LARGE_DB, WORK_DB = "kyanh_bench_1", "kyanh_bench_12", "kyanh_bench_p9"
add_pages(*(Page(*one) for one in [
    ("P5", "bảng số liệu của thị ủy", "thuongvu", "/"),
    ("P7", "danh sách cuộc họp", "thuongvu", "/sinh-hoat/"),
    ("P7", "danh sách đảng viên", "thuongvu", "/to-chuc/dang-vien/"),
    ("P7", "danh sách văn bản", "thuongvu", "/van-ban/"),
    ("P7", "tìm", "thuongvu", "/tim/?q=mau+an"),
    ("P7", "danh sách cuộc họp, xem cả tỉnh", "tinhuy", "/sinh-hoat/"),
    ("P7", "danh sách đảng viên, xem cả tỉnh", "tinhuy", "/to-chuc/dang-vien/"),
    ("P7", "tìm, xem cả tỉnh", "tinhuy", "/tim/?q=mau+an"),
]))  # fmt: skip
# For a bare number of an app: what it is, and its goal.
WORDS = {
    "P1 cả đường": ("từ bấm đến có tệp ÷ WeasyPrint trần", 1.2),
    "P1": ("PDF biên bản ÷ WeasyPrint trần", 0.75),
    "P2": ("PDF biên bản ÷ Chromium đã chạy sẵn", 0.6),
}


class Command(BaseCommand):
    help = "Đo các tỉ số hiệu năng trên cơ sở dữ liệu tạm."

    def add_arguments(self, parser):
        parser.add_argument("--only", action="append", help="chỉ đo phép này, ví dụ P7; ghi nhiều lần được")
        parser.add_argument("--keep", action="store_true", help="giữ cơ sở dữ liệu đã nạp cho lần đo sau")
        parser.add_argument("--inside", choices=["pages", "apps"], help="dùng nội bộ: đo trong cơ sở dữ liệu này")

    def handle(self, *args, only=None, keep=False, inside=None, **options):
        self.only = {name.upper() for name in only or []}
        if inside == "pages":
            answer_pages()
        elif inside == "apps":
            answer_apps(self.only)
        else:
            self.measure(keep)

    def measure(self, keep):
        started = time.perf_counter()
        self.stdout.write("| # | phép đo | kết quả | mục tiêu | | cặp A/A |\n|---|---|---|---|---|---|", ending="\n")
        import_benches()
        loaded = self.load()
        if loaded and self.wants("P12"):
            self.row(Measured("P12", "nạp thế giới giả lập, giây", loaded, 60))
        if self.wants("P5", "P7"):
            self.grown()
        if self.wants("P6", "P7"):
            self.beside_bare()
        if self.wants("P8"):
            self.row(Measured("P8", "trang hỏi nhiều hơn khi có nhiều dòng (tests/test_query_counts.py)", queries(), 0))
        if self.wants("P1", "P2", "P3", "P4", "P9", "P10", "P11", "P13"):
            self.copy(SMALL_DB, WORK_DB)
            chosen = [part for name in self.only for part in ("--only", name)]
            for line in self.manage(WORK_DB, "bench", "--inside", "apps", *chosen).splitlines():
                name, what, value, goal, noise = line.split("|")
                self.row(Measured(name, what, float(value), float(goal), float(noise) if noise else None))
            self.drop(WORK_DB)
        if not keep:
            self.drop(*{database(scale) for page in pages() for scale in page.scales})
        self.stdout.write(f"Đo xong trong {time.perf_counter() - started:.0f} giây.")

    def wants(self, *names) -> bool:
        return not self.only or bool(self.only & set(names))

    def row(self, one: Measured):
        held = "đạt" if one.value <= one.goal else "chưa đạt"
        noise = f"{one.noise:.2f}" if one.noise is not None else ""
        number = f"{one.value:.0f}" if one.goal == 0 else f"{one.value:.2f}"
        self.stdout.write(f"| {one.name} | {one.what} | {number} | ≤ {one.goal:g} | {held} | {noise} |")
        self.stdout.flush()

    # The databases
    def load(self) -> float | None:
        """Load the demo world (seconds; None where it was kept), and ×12 of it where a measure wants that."""
        loaded = None
        if not self.exists(SMALL_DB):
            self.sql(f'CREATE DATABASE "{SMALL_DB}"')
            self.manage(SMALL_DB, "migrate", "--verbosity", "0")
            start = time.perf_counter()
            self.manage(SMALL_DB, "demo")
            loaded = time.perf_counter() - start
        scales = {scale for page in pages() if self.wants(page.name) for scale in page.scales}
        for scale in sorted(scales | ({LARGE} if self.wants("P12") else set())):
            if self.exists(database(scale)):
                continue
            start = time.perf_counter()
            self.copy(SMALL_DB, database(scale))
            self.manage(database(scale), "demo", "--scale", str(scale))
            if scale == LARGE and self.wants("P12"):
                minutes = (time.perf_counter() - start + (loaded or 0)) / 60
                self.row(Measured("P12", f"nạp thế giới giả lập ×{LARGE}, phút", minutes, 12))
        return loaded

    def sql(self, *statements):
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def exists(self, name) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None

    def copy(self, source, target):
        self.sql("SET statement_timeout = 0", f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        self.sql(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    def drop(self, *names):
        for name in names:
            self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def start(self, database, *command, **options):
        parts = settings.DATABASES["default"]
        host = (parts.get("HOST") or "localhost").replace("/", "%2F")
        url = f"postgres://{parts['USER']}:{parts.get('PASSWORD') or ''}@{host}:{parts.get('PORT') or 5432}/{database}"
        environment = {**os.environ, "DATABASE_URL": url, "REDIS_URL": settings.REDIS_URL, "STATEMENT_TIMEOUT_MS": "0",
                       "PYTHONWARNINGS": "ignore"}  # fmt: skip
        command = [sys.executable, "manage.py", *command]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, **options)

    def manage(self, database, *command) -> str:
        process = self.start(database, *command)
        out, _ = process.communicate()
        if process.returncode:
            raise SystemExit(f"manage.py {' '.join(command)}: mã {process.returncode}")
        return out

    # P5, P7: one process a database, asked in turns
    def grown(self):
        """Each page in the small database, in the large and in the small again, in turns."""
        wanted = [page for page in pages() if self.wants(page.name)]
        for scales in dict.fromkeys(page.scales for page in wanted):
            small, large = (
                self.start(database(scale), "bench", "--inside", "pages", stdin=subprocess.PIPE) for scale in scales
            )
            try:
                for page in wanted:
                    if page.scales == scales:
                        self.turn(small, large, page)
            finally:
                for process in (small, large):
                    process.stdin.close()
                    process.wait(timeout=20)

    def turn(self, small, large, page):
        first, grown, again = in_turns([small, large, small], [f"{page.user} {page.address} {page.rows}"] * 3)
        ratio = grown / statistics.median([first, again])
        what = page.what + (f" ({page.rows} dòng ở cả hai bên)" if page.rows else "")
        what = f"{what}, ×{page.scales[1] // page.scales[0]} ÷ ×1 ({again * 1000:.0f} ms → {grown * 1000:.0f} ms)"
        self.row(Measured(page.name, what, ratio, page.goal, again / first))

    def beside_bare(self):
        """Pages of the portal beside the bare page: with as many bytes (P6), with 50 rows (P7)."""
        small = self.start(SMALL_DB, "bench", "--inside", "pages", stdin=subprocess.PIPE)
        for name, what, address, bare, goal in (
            ("P6", "bảng số liệu ÷ trang trần cùng số byte", "/", "SAME/", 2.0),
            ("P7", "danh sách cuộc họp (25 dòng) ÷ trang trần 50 dòng", "/sinh-hoat/", "BARE", 1.5),
        ):
            if self.wants(name):
                page, least, again = in_turns([small] * 3, [f"thuongvu {asked} 0" for asked in (address, bare, bare)])
                self.row(Measured(name, what, page / statistics.median([least, again]), goal, again / least))
        small.stdin.close()
        small.wait(timeout=20)


def database(scale: int) -> str:
    """The database that holds the demo world this many times."""
    return SMALL_DB if scale == 1 else LARGE_DB if scale == LARGE else f"kyanh_bench_{scale}"


def in_turns(processes, questions) -> list[float]:
    """Median seconds of each question, asked A, B, C, A, B, C …, after two rounds to warm up."""
    taken = [[] for _ in questions]
    for number in range(ROUNDS + 2):
        for process, question, times in zip(processes, questions, taken, strict=True):
            process.stdin.write(question + "\n")
            process.stdin.flush()
            seconds = float(process.stdout.readline())
            if number >= 2:
                times.append(seconds)
    return [statistics.median(times) for times in taken]


def answer_pages():
    """Read "user address rows" lines, answer the seconds of CPU and waiting that one GET took."""
    from django.test import Client

    from kyanh_portal.accounts.models import User
    from kyanh_portal.ui.views import PortalList

    import_benches()
    usual = [(place, name, getattr(place, name)) for place, name in [(PortalList, "paginate_by"), *row_limits()]]
    settings.ROOT_URLCONF = "kyanh_portal.demo.bare"
    clients, known = {}, set()
    for line in sys.stdin:
        user, address, rows = line.split()
        for place, name, most in usual:
            setattr(place, name, int(rows) or most)
        if user not in clients:
            clients[user] = Client(headers={"host": "localhost"})
            found = User.objects.filter(username=user).first() or whole_province(user)
            clients[user].force_login(found)
        if address.startswith("SAME"):
            length = len(clients[user].get(address.removeprefix("SAME")).content)
            asked = f"/do-cung-byte/?bytes={length}"
        else:
            asked = "/do-tran/" if address == "BARE" else address
        start = time.perf_counter()
        answer = clients[user].get(asked)
        print(time.perf_counter() - start, flush=True)
        if line not in known:  # as if a worker had been there after the first asking
            known.add(line)
            for work in background():
                work()
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")


def whole_province(username):
    """An account with the roles of the standing committee one level higher: it sees all districts of ×12."""
    from kyanh_portal.accounts.models import User

    grants = apps.get_model("chibo", "RoleGrant").objects.filter(user__username="thuongvu")
    user = User.objects.create(username=username, display_name="Đo cả tỉnh", is_synthetic=True)
    for grant in grants.select_related("organisation"):
        grant.pk, grant.user, grant.organisation = None, user, grant.organisation.parent
        grant.save(force_insert=True)
    return user


def import_benches():
    """Let the apps say what they measure."""
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.bench"):
            import_module(f"{config.name}.bench")


def answer_apps(only):
    """What the apps measure on the demo world: papers, whole meetings."""
    import_benches()
    for name, measure in benchmarks():
        if not only or name.split()[0] in only:
            answer = measure()
            if isinstance(answer, int | float):
                answer = Measured(name, *WORDS[name][:1], answer, WORDS[name][1])
            for one in answer if isinstance(answer, list) else [answer]:
                noise = "" if one.noise is None else one.noise
                print(f"{one.name}|{one.what}|{one.value}|{one.goal}|{noise}", flush=True)


def queries() -> int:
    """How many pages fail the test of P8."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--no-header",
        "tests/test_query_counts.py",
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    return 0 if done.returncode == 0 else max(done.stdout.count("FAILED"), 1)
