"""Sổ nghiệp vụ: each book has who belongs in it that year, and tells nobody what the field classes keep back."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from chibo.choices import CardState, Leaving, Transferred
from chibo.models import Badge, Member
from chibo.reports.books import BOOKS, BooksReport
from chibo.services.cards import take_card_step
from chibo.services.lifecycle import leave_party
from chibo.services.recognition import note_vote
from chibo.services.transfers import request_transfer
from kyanh_portal.reports.running import ask, run_report

pytestmark = pytest.mark.django_db
D = dt.date


@pytest.fixture
def year(world):
    one, two, three, four, five = world.members_a1[:5]
    leave_party(one, Leaving.ASKED, D(2020, 5, 4), "QĐ 11-QĐ/ThU", by=None)
    leave_party(two, Leaving.DIED, D(2020, 6, 8), "Phiếu báo 3", by=None)
    leave_party(world.members_b1[0], Leaving.EXPELLED, D(2020, 7, 1), "QĐ 15-QĐ/ThU", by=None)
    Badge.objects.create(member=three, years=30, awarded_on=D(2020, 9, 2), number="HT 00001234")
    Badge.objects.create(member=four, years=30, awarded_on=D(2019, 9, 2), number="HT 00001111")
    Member.objects.filter(pk=five.pk).update(card_issued_on=D(2001, 1, 5))
    five.refresh_from_db()
    take_card_step(five, CardState.LOST, D(2020, 10, 5), by=None, paper="Bản kiểm điểm")
    request_transfer(four, Transferred.INSIDE, D(2020, 11, 2), "QĐ 4", by=None, target=world.cell_a2)
    Member.objects.filter(pk=world.members_a1[9].pk).update(admitted_on=D(2018, 12, 2))
    note_vote(Member.objects.get(pk=world.members_a1[9].pk), "CONG_NHAN", "CHI_BO", D(2020, 1, 10), 9, 7, "NQ 1", by=None)  # fmt: skip
    return world


def tables(user, unit):
    work = {}
    list(BooksReport().steps(user, {"unit": unit.pk, "year": 2020, "wanted": list(BOOKS)}, work, []))
    return {one.code: one for one in work["tables"]}


def test_each_book_has_its_rows_of_the_year_and_unit(year):
    found = tables(year.users["organising"], year.ward_a)
    names = {code: [row[1] for row in table.rows] for code, table in found.items()}
    one, two, three, four, five = (member.full_name for member in year.members_a1[:5])
    official = {(m.full_name, m.organisation.name) for m in (*year.members_a1, *year.members_a2) if m.official_on}
    gone = {(one, year.cell_a1.name), (two, year.cell_a1.name)}
    listed = [(row[1], row[6]) for row in found["DS"].rows]
    assert set(listed) == official - gone and len(listed) == len(set(listed))
    assert [row[0] for row in found["DS"].rows] == list(range(1, len(listed) + 1))
    assert year.members_a1[9].full_name in names["DB"]
    assert "7/9, 10/01/2020" in {row[-1] for row in found["DB"].rows}
    assert (names["RA"], names["TT"], names["GT"], names["PT"], names["HH"]) == ([one], [two], [four], [five], [three])
    assert found["RA"].rows[0][4:7] == ["Xin ra khỏi Đảng", "04/5/2020", "QĐ 11-QĐ/ThU"]
    assert {row[1] for row in tables(year.users["organising"], year.town)["RA"].rows} == {one, year.members_b1[0].full_name}  # fmt: skip


def test_the_office_gets_no_book_about_leaving_and_cards(year):
    found = tables(year.users["office"], year.town)
    assert [code for code, table in found.items() if "chỉ cấp ủy" in table.base] == ["RA", "TT", "PT"]
    assert not any(found[code].rows for code in ("RA", "TT", "PT")) and found["DS"].rows
    assert "Số lý lịch" not in [column.label for column in found["DS"].columns]
    assert "7/9" not in str(found["DB"].rows)


def test_a_sibling_cells_books_stay_closed_and_the_files_are_made(year):
    report, secretary = BooksReport(), year.users["secretary"]
    asked = {"unit": year.cell_a1.pk, "year": 2020, "wanted": list(BOOKS)}
    assert not report.may_run(secretary, {**asked, "unit": year.cell_b1.pk})
    run = ask(report.code, asked, ["xlsx", "pdf"], by=secretary)
    assert run_report(run.pk) == "done", run.problem
    files = {one.name.rsplit(".", 1)[1]: bytes(one.content) for one in run.files.all()}
    assert files["pdf"].startswith(b"%PDF")
    assert load_workbook(io.BytesIO(files["xlsx"])).sheetnames == list(BOOKS)
