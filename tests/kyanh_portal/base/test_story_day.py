"""The demo world stands at a day of its story; a real portal lives by the clock."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from django.conf import settings as live
from django.utils import timezone

from kyanh_portal.base import calendar, embedded
from kyanh_portal.base.run import read_day


def test_the_portal_judges_by_the_day_of_the_story(settings):
    settings.PORTAL_TODAY = dt.date(2020, 12, 21)
    assert calendar.today() == dt.date(2020, 12, 21)
    assert timezone.localtime(calendar.now()).date() == dt.date(2020, 12, 21)
    assert calendar.latest_day() == timezone.localdate()


def test_without_a_story_day_the_clock_counts(settings):
    settings.PORTAL_TODAY = None
    assert calendar.today() == timezone.localdate()


def test_a_real_portal_takes_no_story_day():
    """Even when the environment names one."""
    told = "import kyanh_portal.settings as s; print(s.PORTAL_TODAY)"
    environment = {
        **os.environ,
        "SECRET_KEY": "x" * 60,
        "PORTAL_TODAY": "2020-12-21",
        "DATABASE_URL": "postgres://x/x",
        "REDIS_URL": "redis://x",
    }
    done = subprocess.run(
        [sys.executable, "-c", told], cwd=live.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert done.stdout.strip() == "None", done.stderr


@pytest.mark.parametrize(
    ("day", "name"),
    [("", "kyanh"), ("2020-12-21", "kyanh"), ("2022-01-10", "kyanh_20220110"), ("2022-01-10; drop", "kyanh")],
)
def test_a_later_day_has_a_database_of_its_own(monkeypatch, day, name):
    monkeypatch.setenv("PORTAL_TODAY", day)
    assert embedded.database_name() == name


def test_a_day_that_is_none_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setenv("PORTAL_TODAY", "")
    with pytest.raises(SystemExit, match="không phải ngày"):
        read_day("10/01/2022")
    read_day("2022-01-10")
    assert embedded.database_name() == "kyanh_20220110"
