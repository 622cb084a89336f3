"""P13: five resolutions × 200 duties × 200 organisations × 20 periods, four million lines of reports.

Pages are asked before and after the load, in one process. Used by `manage.py bench` in its own database; what was
loaded stays there: the rows come from the database itself, the roll-ups from the product's own rebuild.
"""

import datetime as dt
import statistics
import time

from django.db import connection

from kyanh_portal.demo.world import Measured, add_benchmark, settle

RESOLUTIONS, DUTIES, ORGANISATIONS, PERIODS = 5, 200, 200, 20
DATED, FIRST = dt.date(2019, 3, 1), dt.date(2019, 4, 1)
ROUNDS = 9
_DUTY = """
    INSERT INTO nghiquyet_duty (created_at, updated_at, resolution_id, clause_id, title, description, lead_id, lead_post, moved, cycle,
        reported_by, approver_id, leader, authority, product, needs_proof, state, given_on, is_synthetic)
    SELECT now(), now(), %(resolution)s, (%(clauses)s::bigint[])[1 + n %% cardinality(%(clauses)s::bigint[])], 'Việc đo ' || n, '', %(town)s, 'Bí thư', 0,
        'month', 'cell', %(town)s, 'Bí thư', '', 'Biên bản', false, 'doing', %(dated)s, true FROM generate_series(1, %(duties)s) n
"""
_REPORTS = """
    INSERT INTO nghiquyet_progressreport (created_at, updated_at, resolution_id, organisation_id, cycle, period, due_on, version, state, summary,
        sent_on, reason, needs_again, is_synthetic)
    SELECT now(), now(), %(resolution)s, o.id, 'month', m.day, m.day + 35, 1, 'received', 'Đo', m.day + 33, '', false, true
    FROM (SELECT id FROM chibo_organisation WHERE id = ANY(%(units)s) ORDER BY id LIMIT %(organisations)s) o
    CROSS JOIN (SELECT (%(first)s::date + make_interval(months => n))::date AS day FROM generate_series(0, %(periods)s - 1) n) m
"""
_LINES = """
    INSERT INTO nghiquyet_reportline (report_id, duty_id, state, text, suggestion, difficulty, is_prefilled)
    SELECT r.id, d.id, (ARRAY['done', 'done', 'moving', 'same'])[1 + (r.id + d.id) %% 4], 'Đã làm trong kỳ', '', '', false
    FROM nghiquyet_progressreport r CROSS JOIN nghiquyet_duty d WHERE r.resolution_id = %(resolution)s AND d.resolution_id = %(resolution)s
"""
_READ_BARE = """
    SELECT count(*) FROM (SELECT l.duty_id, r.period, l.state, count(*) FROM nghiquyet_progressreport r JOIN nghiquyet_reportline l ON l.report_id = r.id
    WHERE r.resolution_id = %s AND l.duty_id IS NOT NULL GROUP BY l.duty_id, r.period, l.state) bare
"""
_WRITE_BARE = """
    INSERT INTO bare_tally SELECT t.* FROM nghiquyet_dutytally t JOIN nghiquyet_duty d ON d.id = t.duty_id WHERE d.resolution_id = %s
"""


def bare(resolution: int) -> tuple[float, float]:
    """Seconds to read the same lines once, and to write the same sums into an empty table of the same columns and keys."""
    with connection.cursor() as cursor:
        reading = timed(lambda: cursor.execute(_READ_BARE, [resolution]))
        cursor.execute("CREATE TABLE bare_tally (LIKE nghiquyet_dutytally INCLUDING ALL)")
        writing = timed(lambda: cursor.execute(_WRITE_BARE, [resolution]))
        cursor.execute("DROP TABLE bare_tally")
    return reading, writing


def issued(number: int):
    """An issued resolution of the town with twelve khoản, by the product's services."""
    from chibo.models import Organisation
    from kyanh_portal.accounts.models import User
    from nghiquyet.choices import Level, Signing
    from nghiquyet.demo_drafting import to_sign, to_vote
    from nghiquyet.models import Resolution
    from nghiquyet.services.drafting import draft_resolution
    from nghiquyet.services.issuing import adopt_resolution, issue_resolution
    from nghiquyet.services.skeletons import Part

    office, town = User.objects.get(username="vanphong"), Organisation.objects.get(kind__code="thi_uy")
    parts = [Part(Level.SECTION, "Nhiệm vụ", ""), *(Part(Level.PARAGRAPH, "", f"Khoản đo thứ {n}.") for n in range(12))]
    row = draft_resolution(
        by=office, organisation=town, title=f"nghị quyết để đo số {number} (giả lập)", signing=Signing.STANDING, is_thematic=True,
        parts=parts, preamble="Thống nhất:", signer_name="Nguyễn Văn Mẫu", signer_position="BÍ THƯ", is_synthetic=True,
    )  # fmt: skip
    row = adopt_resolution(to_vote(row, by=office, voted_on=DATED), by=office, base=11, in_favour=11, on=DATED)
    row = issue_resolution(to_sign(row, by=office), by=office, dated=DATED)
    return Resolution.objects.select_related("organisation").get(pk=row.pk)


def fill(row, organisations: int, periods: int) -> None:
    """Its 200 duties, and what so many organisations reported in so many periods."""
    from chibo.models import Organisation
    from nghiquyet.choices import Level
    from nghiquyet.services.rollup import rebuild

    clauses = list(row.clauses.filter(level=Level.PARAGRAPH).values_list("pk", flat=True))
    units = list(Organisation.objects.below(row.organisation).valid_on(FIRST).filter(kind__is_body=False).values_list("pk", flat=True))  # fmt: skip
    facts = {
        "resolution": row.pk, "clauses": clauses, "town": row.organisation_id, "dated": DATED, "duties": DUTIES, "units": units,
        "organisations": organisations, "first": FIRST, "periods": periods,
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in (_DUTY, _REPORTS, _LINES):
            cursor.execute(statement, facts)
    settle()
    rebuild(row)


def asked(client, address: str) -> float:
    """Median seconds of a page, after two rounds to warm up."""
    taken = []
    for number in range(ROUNDS + 2):
        started = time.perf_counter()
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
        if number >= 2:
            taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def timed(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def receive(row, period: dt.date) -> float:
    """Seconds to receive one report of 200 duties, returned and sent again before: it is added to the bodies above it."""
    from nghiquyet.models import ProgressReport
    from nghiquyet.services.progress import receive_report, return_report, send_report

    taken = []
    for report in ProgressReport.objects.filter(resolution=row, period=period).order_by("pk")[:5]:
        report = send_report(return_report(report, by=None, reason="Để đo"), by=None)
        taken.append(timed(lambda report=report: receive_report(report, by=None)))
    return statistics.median(taken)


def measure() -> list[Measured]:
    """Pages on the mass ÷ the same pages without it; the roll-up ÷ writing its sums bare."""
    from django.test import Client

    from kyanh_portal.accounts.models import User
    from nghiquyet.models import ReportLine

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username="thuongvu"))
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    small = issued(0)
    fill(small, 6, 1)
    pages = {"bảng số liệu": "/", "danh sách nghị quyết": "/nghi-quyet/", "danh sách báo cáo tiến độ": "/nghi-quyet/bao-cao-tien-do/"}  # fmt: skip
    before = {name: asked(client, address) for name, address in pages.items()}
    few = receive(small, FIRST)
    started, large = time.perf_counter(), [issued(number) for number in range(1, RESOLUTIONS + 1)]
    for row in large:
        fill(row, ORGANISATIONS, PERIODS)
    loaded = time.perf_counter() - started
    lines = ReportLine.objects.filter(report__resolution__in=large).count()
    out = [Measured("P13", f"nạp {RESOLUTIONS} nghị quyết, {lines} dòng báo cáo và tổng hợp, phút", loaded / 60, 12)]
    for name, address in pages.items():
        out.append(Measured("P13", f"{name}, có ÷ không có số ấy", asked(client, address) / before[name], 1.2))
    for name, part in (("trang thực hiện nghị quyết (200 nhiệm vụ)", "thuc-hien"), ("cụ thể hóa", "cu-the-hoa"), ("học tập", "hoc-tap")):  # fmt: skip
        thin = asked(client, f"/nghi-quyet/{small.pk}/{part}/")
        full = asked(client, f"/nghi-quyet/{large[0].pk}/{part}/")
        again = asked(client, f"/nghi-quyet/{small.pk}/{part}/")
        out.append(Measured("P13", f"{name}, 200 đơn vị × 20 kỳ ÷ 6 đơn vị × 1 kỳ", full * 2 / (thin + again), 1.2, again / thin))  # fmt: skip
    many, again = receive(large[0], FIRST), receive(small, FIRST)
    out.append(Measured("P13", f"tiếp nhận một báo cáo 200 việc ({many:.3f} giây), 200 ÷ 6 đơn vị", many * 2 / (few + again), 1.5, again / few))  # fmt: skip
    return out + rolled(large)


def rolled(large) -> list[Measured]:
    """Every sum of a resolution from nothing, and again where nothing differs, ÷ reading its lines and writing its sums bare."""
    from nghiquyet.models import DutyTally
    from nghiquyet.services.rollup import rebuild

    anew, same, least = [], [], []
    for row in large[:3]:
        DutyTally.objects.filter(duty__resolution=row).delete()
        settle()
        anew.append(timed(lambda row=row: rebuild(row)))
        same.append(timed(lambda row=row: rebuild(row)))
        least.append(sum(bare(row.pk)))
    anew, same, least = (statistics.median(taken) for taken in (anew, same, least))
    return [
        Measured("P13", f"tổng hợp lại một nghị quyết từ đầu (800.000 dòng, mọi cấp; {anew:.1f} giây) ÷ đọc, ghi trần", anew / least, 3),
        Measured("P13", f"tổng hợp lại khi số đã đúng ({same:.1f} giây) ÷ đọc, ghi trần", same / least, 3),
    ]  # fmt: skip


add_benchmark("P13", measure)
