"""The superior's six months: what is counted from records, the list behind each figure, what is typed, the same as files."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from chibo.choices import Placed
from chibo.models import Member, Placement
from hoithao.choices import KindCode, PutOff, Status
from hoithao.half_years import Half, columns, half_rows, half_summary, items_of
from hoithao.models import AgendaItem, HalfYearNote, Meeting
from kyanh_portal.reports.report import reports
from nghiquyet.models import StudySession, Supervision
from nghiquyet.services import supervisions as checks
from tests.factories.hoithao import closed, kind
from tests.factories.living import resolution_in_force

pytestmark = pytest.mark.django_db
HALF = Half(2020, 2)


@pytest.fixture
def half_year(world):
    """Two meetings of A1, one of B1; somebody admitted at A1 who moved to B1 since; an inspection of A1; a study at A1."""
    for month in (11, 12):
        closed(world.cell_a1, world.members_a1, dt.date(2020, month, 1))
    closed(world.cell_b1, world.members_b1, dt.date(2020, 12, 1), votes=[])
    admitted, moved = world.members_a1[8], world.members_b1[4]
    Member.objects.filter(pk=admitted.pk).update(admitted_on=dt.date(2020, 9, 3), official_on=None)
    Member.objects.filter(pk=moved.pk).update(
        admitted_on=dt.date(2020, 8, 20), official_on=None, joined_on=dt.date(2020, 12, 10)
    )
    Placement.objects.create(
        member=moved, organisation=world.cell_a1, role=Placed.OFFICIAL, starts_on=dt.date(2020, 8, 20), ends_on=dt.date(2020, 12, 9)
    )  # fmt: skip
    check = checks.plan_supervision(
        by=world.users["inspection"], organisation=world.town, form="thematic", title="nền nếp sinh hoạt", subjects=[world.cell_a1]
    )  # fmt: skip
    for paper in ("decision", "plan"):
        checks.add_paper(check, by=None, kind=paper, title="Văn bản", dated=dt.date(2020, 9, 1), text="Nội dung")
    for state in ("preparing", "announced"):
        check = checks.advance(check, by=None, state=state, on=dt.date(2020, 9, 1))
    world.check = check
    resolution = resolution_in_force(world)
    day = dt.date(2020, 11, 20)
    for make_up in (False, True):
        StudySession.objects.create(
            resolution=resolution, organisation=world.cell_a1, held_on=day, summoned=10, attended=9, is_make_up=make_up
        )  # fmt: skip
    world.admitted = admitted
    return world


def row_of(world, role, cell):
    user, unit = world.users[role], world.town if role in ("inspection", "standing") else world.ward_a
    return next(row for row in half_rows(user, unit, HALF) if row.cell == cell)


def test_figures_are_counted_from_the_records(half_year):
    row = row_of(half_year, "inspection", half_year.cell_a1)
    assert {c: row.number(c) for c in ("ket-nap", "hoc-tap", "ktgs")} == {"ket-nap": 2, "hoc-tap": 1, "ktgs": 1}
    assert (row.span.met, row.span.due) == (2, 6)
    there = row_of(half_year, "inspection", half_year.cell_b1)
    assert there.number("ket-nap") == 0  # admitted elsewhere, moved in since
    s = half_summary(half_rows(half_year.users["inspection"], half_year.town, HALF))
    assert [(column.code, number, cells) for column, number, cells in s["counted"]] == [
        ("ke-hoach", 0, 0), ("doc-bao", 3, 2), ("ket-nap", 2, 1), ("hoc-tap", 1, 1), ("ktgs", 1, 1),
    ]  # fmt: skip
    before = half_rows(half_year.users["inspection"], half_year.town, Half(2020, 1))
    assert all(row.number(code) == 0 for row in before for code in ("ket-nap", "hoc-tap", "ktgs"))


def test_themes_planned_and_articles_read_are_counted_with_their_lists(half_year):
    """The two columns of the An Giang table that meetings tell (cell-meetings.md 7.1)."""
    cell, members, user = half_year.cell_a2, half_year.members_a2, half_year.users["standing"]
    read, put_off = (closed(cell, members, dt.date(2020, month, 1)).meeting for month in (10, 11))
    with connection.cursor() as cursor:  # as if it had been put off before the lock, which lets nothing be changed
        cursor.execute("SET LOCAL session_replication_role = replica")
        AgendaItem.objects.filter(meeting=put_off).update(put_off=PutOff.choices[0][0])
        AgendaItem.objects.filter(meeting=read, order=1).update(title="Đọc báo, bài viết trong tháng")
        cursor.execute("SET LOCAL session_replication_role = origin")
    for month, status in ((8, Status.CANCELLED), (9, Status.PLANNED), (12, Status.PLANNED)):
        Meeting.objects.create(
            organisation=cell, kind=kind(KindCode.THEMATIC), month=dt.date(2020, month, 1), status=status,
            starts_at=dt.datetime(2020, month, 20, 12, tzinfo=dt.UTC), place="Nhà văn hóa",
        )  # fmt: skip
    row = row_of(half_year, "standing", cell)
    assert (row.number("ke-hoach"), row.number("doc-bao"), row.span.thematic) == (2, 1, 0)
    (item,) = items_of(user, columns.get("doc-bao"), [cell], HALF)
    assert (item.url, item.note) == (read.get_absolute_url(), "Đọc báo, bài viết trong tháng")
    assert len(items_of(user, columns.get("ke-hoach"), [cell], HALF)) == 2


def test_who_may_not_see_a_dossier_counts_none_and_who_moved_away_is_not_named(half_year, client):
    row = row_of(half_year, "committee", half_year.cell_a1)
    assert row.number("ktgs") == 0 and row.number("ket-nap") == 2
    names = [item.name for item in row.found["ket-nap"]]
    assert sorted(names) == sorted([str(Member.objects.get(pk=half_year.admitted.pk)), "Đồng chí đã chuyển sinh hoạt đi nơi khác"])  # fmt: skip
    client.force_login(half_year.users["committee"])
    page = client.get(reverse("hoithao:half_year_list", args=[half_year.ward_a.pk]), {"ky": "2020-2", "cot": "ktgs"})
    assert "nền nếp sinh hoạt" not in page.content.decode() and "Trong kỳ chưa ghi lần nào" in page.content.decode()
    client.force_login(half_year.users["inspection"])
    page = client.get(reverse("hoithao:half_year_list", args=[half_year.ward_a.pk]), {"ky": "2020-2", "cot": "ktgs"})
    assert half_year.check.get_absolute_url() in page.content.decode()


def test_a_planned_inspection_is_not_yet_counted(half_year):
    Supervision.objects.filter(pk=half_year.check.pk).update(state="preparing")
    half_year.check.steps.filter(state="announced").delete()
    assert row_of(half_year, "inspection", half_year.cell_a1).number("ktgs") == 0


def test_every_figure_opens_to_as_many_lines(half_year, client):
    user = half_year.users["inspection"]
    row = row_of(half_year, "inspection", half_year.cell_a1)
    counts = {"da-hop": row.span.met, "du-hop": 2, "chuyen-de": row.span.thematic, "buoi-diem": row.span.model}
    counts |= {code: row.number(code) for code in ("ket-nap", "hoc-tap", "ktgs")}
    for code, number in counts.items():
        assert len(items_of(user, columns.get(code), [half_year.cell_a1], HALF)) == number, code
    client.force_login(user)
    page = client.get(reverse("hoithao:half_year_table", args=[half_year.town.pk]), {"ky": "2020-2"}).content.decode()
    for code in ("da-hop", "ket-nap", "hoc-tap", "ktgs"):
        address = f"{reverse('hoithao:half_year_list', args=[half_year.town.pk])}?ky=2020-2&amp;cot={code}&amp;chi_bo={half_year.cell_a1.pk}"
        assert address in page, code
        answer = client.get(address.replace("&amp;", "&"))
        assert answer.status_code == 200 and answer.context["number"] == counts[code]
    base = reverse("hoithao:half_year_list", args=[half_year.ward_b.pk])
    assert client.get(base, {"ky": "2020-2", "cot": "khac"}).status_code == 404
    assert client.get(base, {"ky": "2020-2", "cot": "ket-nap", "chi_bo": half_year.cell_a1.pk}).status_code == 404
    assert client.get(base, {"ky": "2020-3", "cot": "ket-nap"}).status_code == 404


def test_dan_van_kheo_is_typed_with_who_and_when_and_nothing_typed_is_lost(half_year, client):
    page = reverse("hoithao:half_year_write", args=[half_year.cell_a1.pk]) + "?ky=2020-2"
    client.force_login(half_year.users["secretary"])
    short = client.post(page, {"number": "2", "names": "Tuyến đường hoa", "remark": "Đạt cấp phường"})
    assert short.status_code == 422 and "có 1 dòng tên" in short.content.decode()
    assert "Tuyến đường hoa" in short.content.decode() and not HalfYearNote.objects.exists()
    assert client.post(page, {"number": "1", "names": "Tuyến đường hoa", "remark": "Đạt cấp phường"}).status_code == 302
    client.force_login(half_year.users["committee"])
    assert client.get(page).context["form"].initial["number"] == 1
    assert client.post(page, {"number": "2", "names": "Tuyến đường hoa\nTổ tự quản"}).status_code == 302
    table = client.get(reverse("hoithao:half_year_table", args=[half_year.ward_a.pk]), {"ky": "2020-2"})
    row = table.context["page_obj"][0]
    assert row.note.number == 2 and "Đồng chí committee" in table.content.decode()
    assert HalfYearNote.objects.count() == 2  # the earlier one stays
    assert client.get(reverse("hoithao:half_year_table", args=[half_year.ward_a.pk]), {"ky": "2020-1"}).context["page_obj"][0].note is None  # fmt: skip
    client.force_login(half_year.users["standing"])
    assert client.post(page, {"number": "0"}).status_code == 403
    client.force_login(half_year.users["secretary"])
    ahead = client.post(reverse("hoithao:half_year_write", args=[half_year.cell_a1.pk]) + "?ky=2099-1", {"number": "0"})
    assert ahead.status_code == 422 and "chưa đến" in ahead.content.decode()


def test_the_files_tell_the_same(half_year):
    HalfYearNote.objects.create(organisation=half_year.cell_a1, starts_on=HALF.first, number=1, names="Tuyến đường hoa")
    report, work = reports.get("bang-6-thang"), {}
    user, parameters = half_year.users["inspection"], {"month": "2020-12-01", "unit": half_year.town.pk, "half": "2"}
    list(report.steps(user, parameters, work, []))
    files = {name: content for name, _, content in report.files(user, parameters, work, ["pdf", "xlsx"])}
    book = load_workbook(io.BytesIO(files["sinh-hoat-6-thang-2020-2.xlsx"]))
    table = [row for row in book["Sáu tháng"].iter_rows(values_only=True) if row[0] in ("STT", 1, 2, 3)]
    head, *lines = table
    told = [dict(zip(head, line, strict=True)) for line in lines]
    first = next(line for line in told if line["Chi bộ"] == "Chi bộ A1")
    assert (first["Đã họp"], first["Kết nạp"], first["Học nghị quyết, chuyên đề"], first["Kiểm tra, giám sát (phần được xem)"], first["Dân vận khéo"]) == (2, 2, 1, 1, 1)  # fmt: skip
    assert next(line for line in told if line["Chi bộ"] == "Chi bộ B1")["Dân vận khéo"] is None
    listed = [row for row in book["Danh sách"].iter_rows(values_only=True) if isinstance(row[0], int)]
    assert [row[1] for row in listed] == ["Kết nạp", "Kết nạp", "Học nghị quyết, chuyên đề", "Kiểm tra, giám sát (phần được xem)", "Dân vận khéo"]  # fmt: skip
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(files["sinh-hoat-6-thang-2020-2.pdf"])).pages)
    text = " ".join(text.split())
    assert "Danh sách kèm theo" in text and "nền nếp sinh hoạt" in text and "Tuyến đường hoa" in text
    assert "không tính kết nạp lại" in text


def test_more_cells_ask_no_more(half_year, client):
    client.force_login(half_year.users["inspection"])

    def asked(unit):
        client.get(reverse("hoithao:half_year_table", args=[unit.pk]), {"ky": "2020-2"})
        with CaptureQueriesContext(connection) as questions:
            assert client.get(reverse("hoithao:half_year_table", args=[unit.pk]), {"ky": "2020-2"}).status_code == 200
        return len(questions)

    assert asked(half_year.town) <= asked(half_year.ward_a)


def test_the_report_is_asked_for_with_what_the_page_knows(half_year, client):
    client.force_login(half_year.users["standing"])
    page = client.get(reverse("hoithao:half_year_table", args=[half_year.ward_a.pk]), {"ky": "2020-1"})
    form = client.get(page.context["as_file"]).context["form"]
    assert form.initial == {"unit": str(half_year.ward_a.pk), "half": "1", "month": "2020-01"}


def test_a_half_year_names_itself():
    assert Half.of(dt.date(2020, 7, 1)) == Half(2020, 2) and Half.of(dt.date(2020, 6, 30)) == Half(2020, 1)
    assert (Half(2020, 2).first, Half(2020, 2).last) == (dt.date(2020, 7, 1), dt.date(2020, 12, 31))
    for text in ("2020", "2020-3", "20-1", "x-1", ""):
        with pytest.raises(ValueError):
            Half.named(text)
