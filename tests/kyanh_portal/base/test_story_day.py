"""The demo world stands at a day of its story; a real portal lives by the clock."""

import datetime as dt
import os
import subprocess
import sys

from django.conf import settings as live
from django.utils import timezone

from kyanh_portal.base import calendar


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
