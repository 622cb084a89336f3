"""The superior's tables, the minute book and a member's register: counted from the facts, cells by the days they lived."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pypdf import PdfReader

from chibo.models import Organisation
from hoithao.choices import REPORTED, Mark, Reason
from hoithao.models import MeetingDocument, Tick
from hoithao.monthly import month_rows, month_summary, span_rows
from hoithao.services.frames import leaves_of
from hoithao.services.meetings import open_meeting
from hoithao.services.scores import adopt_score, review_score, save_score, send_score
from kyanh_portal.access.scope import scope_of
from kyanh_portal.reports.report import reports
from tests.factories.frames import PHU_THO, local_frame
from tests.factories.hoithao import closed, planned

pytestmark = pytest.mark.django_db
MONTH = dt.date(2020, 12, 1)


def scored_and_closed(cell, members, frame, lost=0, month=MONTH, **more):
    def score(meeting):
        answers = {c.pk: (c.most - (lost if c.code == "3" else 0), "") for c in leaves_of(frame.criteria.all())}
        save_score(meeting, by=None, answers=answers)
        adopt_score(meeting, by=None, in_favour=5)

    return closed(cell, members, month, score=score, votes=[], **more)


@pytest.fixture
def scores(world):
    frame = local_frame("MAU", PHU_THO)
    away = {world.members_a1[6].pk: (Mark.EXCUSED, Reason.ILL, "")}
    world.a1 = scored_and_closed(world.cell_a1, world.members_a1, frame, lost=8, exceptions=away)
    world.a2 = scored_and_closed(world.cell_a2, world.members_a2, frame, lost=25)
    return world


def run(world, code, parameters, formats=("pdf", "xlsx")):
    report, work, aside = reports.get(code), {}, []
    user = world.users["committee"]
    list(report.steps(user, parameters, work, aside))
    return {name: content for name, _, content in report.files(user, parameters, work, list(formats))}, aside


def test_a_month_tells_every_cell_and_its_bases(scores):
    rows = month_rows(scores.town, MONTH)
    told = {row.cell.name: (row.state, row.points, row.level) for row in rows}
    assert told == {
        "Chi bộ A1": ("Đã khóa", "92", "Tốt"),
        "Chi bộ A2": ("Đã khóa", "75", "Khá"),
        "Chi bộ B1": ("Chưa họp", "", ""),
    }
    s = month_summary(rows, scores.town, MONTH)
    assert (s["due"], s["held"], s["not_held"], s["scored"], s["present"], s["base"]) == (3, 2, 1, 2, 14, 15)
    assert dict(s["levels"]) == {"Tốt": 1, "Khá": 1}
    assert rows[0].losses == "Tổ chức: trừ 8"


def test_the_superior_stands_in_a_column_of_its_own(scores):
    score = scores.a1.meeting.score
    send_score(score, by=None)
    review_score(score, by=None, adjusts=True, points={"3": "30"}, reason="Ít ý kiến.")
    row = month_rows(scores.ward_a, MONTH)[0]
    assert (row.level, row.points, row.superior_level, row.superior_total) == ("Tốt", "92", "Khá", 85)


def test_cells_count_by_the_days_they_lived(scores):
    Organisation.objects.filter(pk=scores.cell_b1.pk).update(valid_to=dt.date(2020, 11, 30))
    assert [row.cell.name for row in month_rows(scores.town, MONTH)] == ["Chi bộ A1", "Chi bộ A2"]
    assert len(month_rows(scores.town, dt.date(2020, 11, 1))) == 3


def test_the_table_asks_no_more_for_more_cells(scores):
    with CaptureQueriesContext(connection) as many:
        month_rows(scores.town, MONTH)
    scored_and_closed(scores.cell_b1, scores.members_b1, scores.a1.meeting.score.frame)
    with CaptureQueriesContext(connection) as more:
        month_rows(scores.town, MONTH)
    assert len(more) == len(many), [q["sql"][:90] for q in more]


def test_the_month_as_files(scores):
    meeting = scores.a1.meeting
    meeting.refresh_from_db()
    Tick.objects.create(meeting=meeting, code=REPORTED, at=meeting.ended_at + dt.timedelta(hours=26, minutes=30))
    files, _ = run(scores, "bang-thang", {"month": "2020-12-01", "unit": scores.ward_a.pk, "half": ""})
    sheet = load_workbook(io.BytesIO(files["chat-luong-sinh-hoat-2020-12.xlsx"]))["Chất lượng"]
    lines = [row for row in sheet.iter_rows(values_only=True) if row[0] in (1, 2)]
    assert lines[0][1] == "Chi bộ A1" and lines[0][5:8] == ("92", "X", None)
    assert lines[1][6:8] == (None, "X")
    head, *full = [row for row in load_workbook(io.BytesIO(files["chat-luong-sinh-hoat-2020-12.xlsx"]))["Đầy đủ"].iter_rows(values_only=True) if row[0] in ("TT", 1, 2)]  # fmt: skip
    told = [dict(zip(head, row, strict=True)) for row in full]
    assert [row["Báo cáo cấp trên sau họp (giờ)"] for row in told] == [26, None]
    assert told[0]["Tỷ lệ phát biểu"] == pytest.approx(1 / told[0]["Có mặt"]) and told[1]["Ghi chú (lý do trừ điểm)"]
    text = PdfReader(io.BytesIO(files["chat-luong-sinh-hoat-2020-12.pdf"])).pages[0].extract_text()
    assert "2/2 chi bộ hoạt động trong tháng đã họp" in text.replace("\n", " ")


def test_six_months_are_sums(scores):
    scored_and_closed(scores.cell_a1, scores.members_a1, scores.a1.meeting.score.frame, month=dt.date(2020, 11, 1))
    row = span_rows(scores.ward_a, [dt.date(2020, month, 1) for month in range(7, 13)])[0]
    assert (row.due, row.met, row.present, row.base, dict(row.levels)) == (6, 2, 19, 20, {"Tốt": 2})
    files, _ = run(scores, "bang-6-thang", {"month": "2020-12-01", "unit": scores.ward_a.pk, "half": "2"})
    assert set(files) == {"sinh-hoat-6-thang-2020-2.pdf", "sinh-hoat-6-thang-2020-2.xlsx"}


def test_the_minute_book_has_cover_contents_and_running_pages(scores):
    closed(scores.cell_a1, scores.members_a1, dt.date(2020, 11, 1))
    files, aside = run(scores, "so-bien-ban", {"unit": scores.cell_a1.pk, "year": 2020}, ["pdf"])
    pages = PdfReader(io.BytesIO(files["so-bien-ban-2020.pdf"])).pages
    assert aside == []
    assert "SỔ BIÊN BẢN" in pages[0].extract_text() and "Năm 2020" in pages[0].extract_text()
    contents = pages[1].extract_text()
    assert contents.index("tháng 11 năm 2020") < contents.index("tháng 12 năm 2020")
    assert [str(n) in page.extract_text().split("\n") for n, page in enumerate(pages, 1)][1:] == [True] * (
        len(pages) - 1
    )


def test_a_member_reads_the_own_register_and_no_other(scores, client):
    member = scores.members_a1[5]
    client.force_login(scores.users["member"])
    page = client.get(f"/sinh-hoat/du-hop/{member.pk}/?nam=2020")
    assert "Thường kỳ: 1/1 buổi = 100,0%" in page.content.decode()
    assert client.get(f"/sinh-hoat/du-hop/{scores.members_a1[6].pk}/?nam=2020").status_code == 404
    paper = client.get(f"/sinh-hoat/du-hop/{member.pk}/pdf/?nam=2020")
    assert "SỔ DỰ HỌP NĂM 2020" in PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()
    assert client.get(f"/sinh-hoat/du-hop/{member.pk}/?nam=20").status_code == 404


def test_the_page_of_the_month_shows_both_scores(scores, client):
    client.force_login(scores.users["committee"])
    page = client.get(f"/sinh-hoat/bang-thang/{scores.ward_a.pk}/?thang=2020-12").content.decode()
    assert "92, Tốt" in page and "75, Khá" in page
    assert client.get(f"/sinh-hoat/bang-thang/{scores.ward_b.pk}/").status_code == 404
    assert client.get(f"/sinh-hoat/bang-thang/{scores.ward_a.pk}/?thang=2020-13").status_code == 404


def test_what_was_posted_late_is_judged_by_when_the_meeting_really_began(scores, client):
    """Called for the fifth, held on the sixth: papers posted on the morning of the sixth came before it."""
    meeting = planned(scores.cell_b1, MONTH)
    posted = meeting.starts_at + dt.timedelta(hours=14)
    MeetingDocument.objects.create(meeting=meeting, title="Dự thảo", posted_at=posted)
    began = meeting.starts_at + dt.timedelta(days=1)
    open_meeting(meeting, by=None, chair=scores.members_b1[0], secretary=scores.members_b1[1], at=began)
    row = next(row for row in month_rows(scores.ward_b, MONTH) if row.cell == scores.cell_b1)
    assert row.posted_hours == 10
    client.force_login(scores.users["standing"])
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Triệu tập lúc" in page and "06/12/2020" in page and "05/12/2020" in page


def test_a_long_month_stands_folded_below_its_committees(client, world, monkeypatch):
    closed(world.cell_a1, world.members_a1)
    client.force_login(world.users["standing"])
    address = f"/sinh-hoat/bang-thang/{world.town.pk}/?thang=2020-12"
    assert "<details" not in client.get(address).content.decode().split('id="bang"')[1].split("</section>")[0]
    monkeypatch.setattr("hoithao.views.tables.SHORT", 2)
    shown = client.get(address)
    groups = {group["unit"]: (group["held"], len(group["rows"])) for group in shown.context["groups"]}
    assert groups[world.ward_a][0] == 1 and sum(rows for _, rows in groups.values()) == len(shown.context["rows"])
    assert f"<b>{world.ward_a}</b>: 1/" in shown.content.decode()


def test_a_member_comes_to_the_own_register_from_the_front_page(client, world):
    closed(world.cell_a1, world.members_a1)
    user = world.users["member"]
    client.force_login(user)
    page = client.get("/").content.decode()
    own = f"/sinh-hoat/du-hop/{scope_of(user).member_id}/"
    assert f'href="{own}"' in page and client.get(own).status_code == 200
    refused = client.get("/sinh-hoat/kien-nghi/")
    assert refused.status_code == 403 and "Đảng viên hỏi bí thư chi bộ" in refused.content.decode()
