"""Majorities, dates, titles and names of signers."""

import datetime as dt

import pytest

from kyanh_portal.base.errors import RuleBroken
from nghiquyet.rules import check_adoption, check_date, clean_signer, clean_title


@pytest.mark.parametrize(("base", "in_favour"), [(34, 18), (34, 34), (15, 8), (1, 1), (2, 2), (9, 5)])
def test_check_adoption_accepts_more_than_half(base, in_favour):
    check_adoption(base, in_favour)


@pytest.mark.parametrize(
    ("base", "in_favour", "words"),
    [
        (34, 17, "cần ít nhất 18"),
        (34, 16, "cần ít nhất 18"),
        (15, 7, "cần ít nhất 8"),
        (2, 1, "cần ít nhất 2"),
        (0, 0, "ít nhất 1"),
        (10, 11, "nhiều hơn"),
        (10, -1, "nhỏ hơn 0"),
    ],
)
def test_check_adoption_refuses_with_the_number_needed(base, in_favour, words):
    with pytest.raises(RuleBroken, match=words):
        check_adoption(base, in_favour)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("về việc thử.", "về việc thử"),
        ("Nghị quyết về việc thử ;", "về việc thử"),
        ("  về\u202e việc\n thử  ", "về việc thử"),
        ("về vie\u0323\u0302c", "về việc"),
        (".", ""),
    ],
)
def test_clean_title_has_no_stop_and_no_type(typed, kept):
    assert clean_title(typed) == kept


@pytest.mark.parametrize(
    "typed", ["PGS.TS Nguyễn Văn Tám", "ThS. Nguyễn Văn Tám", "Đại tá Nguyễn Văn Tám", "Nguyễn Văn Tám"]
)
def test_clean_signer_bears_no_degree(typed):
    assert clean_signer(typed) == "Nguyễn Văn Tám"


def test_check_date_lies_between_the_vote_and_today():
    vote, today = dt.date(2021, 2, 1), dt.date(2021, 3, 1)
    check_date(vote, vote, today)
    check_date(today, vote, today)
    for day in (dt.date(2021, 1, 31), dt.date(2021, 3, 2)):
        with pytest.raises(RuleBroken):
            check_date(day, vote, today)
