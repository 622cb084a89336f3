"""Vietnamese order and folding."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyanh_portal.base.calendar import vn_date, vn_date_long
from kyanh_portal.base.vietnamese import clean_line, clean_text, fold, person_sort_key, sort_key


@pytest.mark.parametrize("words", [
    ["an", "ăn", "ân", "ba"], ["da", "đa", "em"], ["an", "àn", "ản", "ãn", "án", "ạn"], ["o", "ô", "ơ", "p"], ["tổ 2", "tổ 10"], ["u", "ư", "v"],
])  # fmt: skip
def test_alphabetical_order(words):
    assert sorted(words, key=sort_key) == words


def test_people_stand_by_given_name():
    people = ["Trần Văn Bình", "Nguyễn Thị Ân", "Lê Văn An", "Đặng Văn An"]
    assert sorted(people, key=person_sort_key) == ["Đặng Văn An", "Lê Văn An", "Nguyễn Thị Ân", "Trần Văn Bình"]


@pytest.mark.parametrize(
    "text,folded",
    [("Đặng Thị Ánh", "dang thi anh"), ("THỊ UỶ Kỳ Anh", "thi uy ky anh"), ("Số 05-NQ/ĐU", "so 05 nq du")],
)
def test_fold(text, folded):
    assert fold(text) == folded


@given(st.text(max_size=60))
def test_both_unicode_forms_are_one(text):
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert fold(composed) == fold(decomposed)
    assert clean_text(composed) == clean_text(decomposed)
    assert clean_text(clean_text(text)) == clean_text(text)


def test_dates_carry_zeros_as_the_guide_asks():
    import datetime as dt

    assert vn_date_long(dt.date(2026, 2, 3)) == "ngày 03 tháng 02 năm 2026"
    assert vn_date(dt.date(2026, 5, 27)) == "27/5/2026"


@given(st.text(max_size=60) | st.text("aăâđộ Ợẽ\u0301\u0303\u00a0\u200b\u2028\t\u00ad", max_size=30))
def test_the_short_way_of_a_plain_line_cleans_as_the_long_one(text):
    assert clean_line(text) == " ".join(clean_text(text).split())
