"""P11: 10,000 members from a spreadsheet, checked and written, against reading the file alone; time, and memory at its peak.

Each side runs in a process of its own, as a worker that does nothing else, in turns; memory is that of this process alone
(what Linux tells of a child with getrusage holds what its parent had). Used by `manage.py bench` in its own database; what
was written stays there.
"""

import os
import re
import statistics
import subprocess
import sys
import time

from chibo.views import help_cases
from kyanh_portal.demo.world import Measured, Page, add_background, add_benchmark, add_pages, add_row_limit
from kyanh_portal.reminders import views as reminders

ROWS = 10_000
MEMORY = 200  # megabytes at most
TURNS = 3
HEADS = ["Họ và tên", "Giới tính", "Ngày sinh", "Số định danh cá nhân", "Số lý lịch", "Chi bộ", "Đảng bộ cấp trên", "Ngày kết nạp", "Ngày chính thức"]  # fmt: skip
READ = """
import io, sys, time
from openpyxl import load_workbook
started = time.process_time()
rows = sum(1 for _ in load_workbook(io.BytesIO(open(sys.argv[1], "rb").read()), read_only=True).active.iter_rows(values_only=True))
print(time.process_time() - started)
"""
IMPORT = "import django; django.setup(); from chibo.bench import bring_in; bring_in()"


def spreadsheet(turn: int = 0) -> bytes:
    """A list of invented people spread over the cells of the database; others in each turn."""
    from chibo.models import Organisation
    from kyanh_portal.base.calendar import today
    from kyanh_portal.rendering.xlsx import Column, Sheet, workbook

    cells = list(Organisation.objects.cells().valid_on(today()).select_related("parent"))
    mark = (int(time.time()) + turn) % 100_000
    rows = []
    for n in range(ROWS):
        cell = cells[n % len(cells)]
        rows.append([
            f"Nguyễn Đo {mark} {n}", "Nam", "12/5/1960", f"000{mark % 10_000:04d}{n:05d}", f"{(mark * 7 + n) % 1_000_000:06d}Q{chr(65 + turn)}", cell.name,
            cell.parent.name if cell.parent_id else "", "3/7/1985", "3/7/1986",
        ])  # fmt: skip
    return workbook([Sheet("Danh sách", [Column(head) for head in HEADS], rows)])


def bring_in() -> None:
    """In the child: check and write the list in the file named first; print seconds, megabytes, rows."""
    from chibo.models import RoleGrant
    from kyanh_portal.exchange.models import ImportRun
    from kyanh_portal.exchange.running import confirm, run_import

    user = (
        RoleGrant.objects.filter(role="organising").select_related("user").order_by("organisation__path").first().user
    )
    with open(sys.argv[1], "rb") as file:
        content = file.read()
    run = ImportRun.objects.create(
        importer="dang-vien", title="Phép đo", sha256="0" * 64, content=content, requester=user
    )
    started, used = time.perf_counter(), time.process_time()
    run_import(run.pk)
    run.refresh_from_db()
    confirm(run, by=user)
    run_import(run.pk)
    run.refresh_from_db()
    took, used = time.perf_counter() - started, time.process_time() - used
    written = run.rows.exclude(written_at=None).count()
    with open("/proc/self/status") as status:
        most = int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1)) / 1024
    sys.stdout.write(f"{took} {used} {most} {written}")


def _child(code: str, path: str) -> list[str]:
    command = [sys.executable, "-c", code, path]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ).stdout.split()


def measure() -> list[Measured]:
    import tempfile

    reading, seen = [], []
    for turn in range(TURNS):
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
            file.write(spreadsheet(turn))
            file.flush()
            reading.append(float(_child(READ, file.name)[0]))
            seen.append([float(value) for value in _child(IMPORT, file.name)])
    took, used, most, written = zip(*seen, strict=True)
    if set(written) != {ROWS}:
        raise RuntimeError(f"{written} of {ROWS} rows written")
    return [
        Measured(
            "P11",
            "nhập 10.000 đảng viên (CPU) ÷ chỉ đọc tệp bằng openpyxl",
            statistics.median(used) / statistics.median(reading),
            4,
        ),
        Measured("P11", "nhập 10.000 đảng viên, giây theo đồng hồ", statistics.median(took), 60),
        Measured("P11", "bộ nhớ cao nhất khi nhập, MB", max(most), MEMORY),
    ]


add_benchmark("P11", measure)


_WHOLE, _YEAR = "tinhuy", "nam=2020"
# What it is, its address, and how many rows on both sides where two districts have less than a page.
REGISTER = [
    ("đảng viên", "/to-chuc/dang-vien/"),
    ("đảng viên theo tên", "/to-chuc/dang-vien/?name=mau+an"),
    ("đảng viên dự bị", "/to-chuc/dang-vien/?standing=probationary"),
    ("đảng viên miễn, tạm thời", "/to-chuc/dang-vien/?standing=special"),
    ("đảng viên của một chi bộ", "/to-chuc/dang-vien/?cell=to+dan+pho+1"),
    ("đảng viên tại ngày 30/6/2020", "/to-chuc/dang-vien/?ngay=2020-06-30"),
    ("tổ chức đảng", "/to-chuc/don-vi/"),
    ("tổ chức đảng tại ngày 01/7/2025", "/to-chuc/don-vi/?ngay=2025-07-01"),
    ("tìm", "/tim/?q=mau+an"),
    ("chuyển sinh hoạt", "/to-chuc/chuyen-sinh-hoat/", 7),
    ("kết nạp đảng viên", "/to-chuc/ket-nap/", 14),
    ("số liệu phát triển đảng viên", "/to-chuc/ket-nap/so-lieu/"),
    ("nợ dữ liệu", "/to-chuc/ra-soat/no-du-lieu/"),
    ("rà soát", "/to-chuc/ra-soat/", 2),
    ("giúp đỡ đảng viên", "/to-chuc/ra-soat/giup-do/", 4),
    ("xếp loại", "/to-chuc/xep-loai/"),
    ("đảng phí", "/to-chuc/dang-phi/"),
    ("việc sắp đến hạn", "/viec-den-han/", 40),
    *((f"bảng {code}", f"/to-chuc/bang/?bang={code}&{_YEAR}") for code in ("N1", "N2", "N3", "N4")),
    ("bảng N5", f"/to-chuc/bang/?bang=N5&{_YEAR}", 7),
    *((f"bảng {code}", f"/to-chuc/bang/?bang={code}&{_YEAR}") for code in ("N6", "N7", "N7B", "N8", "N9", "N10", "N11")),
    ("danh sách sau một con số của bảng N3", f"/to-chuc/bang/danh-sach/?bang=N3&dong=0&cot=1&{_YEAR}"),
]  # fmt: skip
add_row_limit(reminders, "MOST")
add_row_limit(help_cases, "NAMED")
# About 8,600 members of one province against about 103,600, seen by the province's organisation department.
add_pages(*(Page("P7", f"{what}, cả tỉnh", _WHOLE, address, (2, 24), rows=sum(rows)) for what, address, *rows in REGISTER))  # fmt: skip


def count_what_waits() -> None:
    """The worker's part: tables of large units that were asked for."""
    from chibo import kept

    for unit, year, day in kept.waiting_for_relay():
        kept.count_waiting(unit, year, day)


add_background(count_what_waits)
