"""What a paper says: its lines as the guide writes them, and a seal that holds."""

import datetime as dt
import json
import unicodedata

import pytest

from kyanh_portal.documents.authority import may_issue
from kyanh_portal.documents.content import Item, OfficialDocument, Paragraph, Said, Table
from kyanh_portal.documents.profiles import HD05, HD36, LAST_DAY_OF_DISTRICTS, profile_on
from kyanh_portal.documents.types import TYPES, type_named
from tests.papers.samples import minutes, resolution, ward_resolution


@pytest.mark.parametrize("make", [minutes, resolution, ward_resolution])
def test_paper_comes_back_from_json_as_it_went(make):
    paper = make()
    stored = json.loads(json.dumps(paper.to_json()))

    assert OfficialDocument.from_json(stored) == paper
    assert OfficialDocument.from_json(stored).sha256() == paper.sha256()


def test_seal_is_of_the_letters_and_changes_with_any_of_them():
    text = "Nghị quyết về đổi mới"

    composed = minutes(body=(Paragraph(text),))
    taken_apart = minutes(body=(Paragraph(unicodedata.normalize("NFD", text) + "\u200b\x00"),))
    other = minutes(body=(Paragraph(text + "."),))

    assert composed.sha256() == taken_apart.sha256()
    assert composed.sha256() != other.sha256()
    assert unicodedata.is_normalized("NFC", composed.canonical().decode())


@pytest.mark.parametrize(
    ("number", "line"), [(5, "Số 05-BB/CB"), (127, "Số 127-BB/CB"), (None, "Số \u00a0\u00a0\u00a0\u00a0\u00a0-BB/CB")]
)
def test_number_line_pads_below_ten_and_has_no_colon(number, line):
    assert minutes(number=number).number_line == line
    assert minutes(number=number, shows_number=False).number_line == ""


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (dt.date(2026, 2, 3), "Hưng Trí, ngày 03 tháng 02 năm 2026"),
        (dt.date(2026, 5, 27), "Hưng Trí, ngày 27 tháng 5 năm 2026"),
        (dt.date(2026, 11, 9), "Hưng Trí, ngày 09 tháng 11 năm 2026"),
    ],
)
def test_date_line_pads_days_and_the_first_two_months(day, line):
    assert minutes(date=day).date_line == line


def test_recipients_and_bases_are_closed_as_ruled():
    paper = resolution(bases=("- Căn cứ A;", "Căn cứ B"), recipients=("- Như trên;", "Lưu Văn phòng Thị uỷ"))

    assert paper.basis_lines == ["- Căn cứ A;", "- Căn cứ B."]
    assert paper.recipient_lines == ["- Như trên;", "- Lưu Văn phòng Thị uỷ."]


def test_each_speaker_is_named_as_one_speaks_of_him():
    assert Said("Nguyễn Văn Mẫu", "Nhất trí.\nThêm một ý.").lines == [
        "- Đồng chí Nguyễn Văn Mẫu: Nhất trí.",
        "Thêm một ý.",
    ]
    assert Said("đại diện Chi bộ 1", "Nhất trí.").lines == ["- Đại diện Chi bộ 1: Nhất trí."]
    assert Said("Đồng chí Mẫu", "").lines == ["- Đồng chí Mẫu: "]
    assert Item("- đã có gạch").lines == ["- đã có gạch"]


def test_number_ends_the_draft():
    final = minutes(number=None, draft="Dự thảo lần 2").with_number(7)

    assert (final.is_draft, final.number_line) == (False, "Số 07-BB/CB")


def test_uneven_rows_and_wrong_widths_make_a_whole_table():
    table = Table(("a", "b"), (("1",), ("1", "2", "3")), (1, 2))

    assert {len(row) for row in table.rows} == {3}
    assert sum(table.shares) == pytest.approx(100, abs=0.01)


def test_file_name_is_plain_ascii():
    assert minutes().file_name == "bien-ban-05-bb-cb-chi-bo-to-dan-pho-1-2020-12-03"
    assert minutes(issuer_name="😀/../..", type_name="").file_name.isascii()
    assert "/" not in minutes(issuer_name="a/../b").file_name


@pytest.mark.parametrize(
    ("day", "guide"),
    [
        (dt.date(2015, 1, 1), HD36),
        (dt.date(2018, 4, 3), HD36),
        (dt.date(2026, 5, 26), HD36),
        (dt.date(2026, 5, 27), HD05),
        (None, HD05),
    ],
)
def test_guide_follows_the_date(day, guide):
    assert profile_on(day) is guide
    assert minutes(date=day).layout is guide


def test_district_committees_ended_before_the_newer_guide():
    assert HD05.valid_from > LAST_DAY_OF_DISTRICTS
    assert "THỊ UỶ" in HD36.issuers
    assert "THỊ UỶ" not in HD05.issuers


def test_symbols_of_types_and_who_may_issue_them():
    assert type_named("BIÊN BẢN").symbol == "BB"
    assert TYPES["decision"].symbol == TYPES["regulation"].symbol == "QĐ"
    assert may_issue("cell", "resolution")
    assert may_issue("cell", "guidance") is False
    assert may_issue("district_committee", "resolution") is None
