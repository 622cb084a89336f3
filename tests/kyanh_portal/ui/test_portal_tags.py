"""Dates, numbers and chips as they are written here."""

import datetime as dt

import pytest
from django.template import Context, Template, TemplateSyntaxError

from kyanh_portal.ui.templatetags import portal


def test_dates_are_written_the_vietnamese_way():
    day = dt.date(2022, 4, 3)
    assert portal.vn_date(day) == "03/4/2022"
    assert portal.vn_date_short(day) == "03/4"
    assert portal.vn_date(None) == ""
    late = dt.datetime(2020, 12, 31, 18, 30, tzinfo=dt.UTC)  # already the next year in Vietnam
    assert portal.vn_date(late) == "01/01/2021"
    assert portal.vn_time(late) == "1 giờ 30"
    assert portal.vn_clock(late) == "01:30"


@pytest.mark.parametrize(
    ("number", "places", "written"),
    [
        (1234.5, None, "1.234,5"),
        (4317, None, "4.317"),
        (0, None, "0"),
        (None, None, ""),
        (2.005, 2, "2,01"),
        (-1234567, None, "-1.234.567"),
    ],
)
def test_numbers_have_points_between_thousands(number, places, written):
    assert portal.vn_number(number, places) == written


def test_a_share_without_a_base_is_a_dash_never_zero():
    assert portal.percent(15, 17) == "88,2%"
    assert portal.percent(0.882) == "88,2%"
    assert portal.percent(0, 17) == "0,0%"
    assert portal.percent(0, 0) == "–"
    assert portal.percent(None) == "–"


def test_a_status_is_icon_and_word_and_escapes():
    chip = Template('{% status "late" word %}').render(Context({"word": "<b>Quá hạn</b>"}))
    assert "icons.svg#i-late" in chip and "is-late" in chip
    assert "&lt;b&gt;Quá hạn" in chip
    with pytest.raises(TemplateSyntaxError):
        portal.status("màu mè", "x")


def test_every_icon_named_in_the_pages_is_drawn():
    import re
    from pathlib import Path

    from django.conf import settings

    drawn = set(re.findall(r'id="i-([a-z]+)"', (settings.BASE_DIR / "static/img/icons.svg").read_text()))
    named = {
        icon
        for page in Path(settings.BASE_DIR, "templates").rglob("*.html")
        for icon in re.findall(r'{% icon "([a-z]+)"', page.read_text())
    }
    assert named and named <= drawn, named - drawn
    assert set(portal.STATUS_ICONS.values()) <= drawn


def test_a_device_is_named_in_two_words():
    assert portal.device("Mozilla/5.0 (Linux; Android 14) Chrome/140 Mobile Safari") == "Chrome trên Android"
    assert portal.device("") == "Trình duyệt lạ trên máy lạ"
