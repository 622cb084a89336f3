"""A decision about tuổi đảng is followed from its day: the page, the lists of Huy hiệu, table N3; days before stay as they were."""

import datetime as dt

import pytest

from chibo.models import Gap, Member
from chibo.owndata import data_of
from chibo.reports.badges import candidates
from chibo.reports.register_facts import Facts
from chibo.reports.register_tables import n3
from chibo.services.lifecycle import check_badge
from chibo.services.party_age import note_age_decision, party_age_of
from kyanh_portal.base.errors import RuleBroken

NOW = dt.date(2020, 12, 21)
DECIDED = dt.date(2020, 10, 15)


@pytest.fixture
def member(world, settings):
    """Admitted on 20/12/1990, one year lost: 29 years on 21/12/2020 by the rule."""
    settings.PORTAL_TODAY = NOW
    one = world.members_a1[3]
    Member.objects.filter(pk=one.pk).update(born_on=dt.date(1960, 5, 12), decided_on=dt.date(1990, 12, 20), admitted_on=dt.date(1990, 12, 20), official_on=dt.date(1991, 12, 20), joined_on=dt.date(1990, 12, 20))  # fmt: skip
    Gap.objects.create(member=one, starts_on=dt.date(1995, 1, 9), ends_on=dt.date(1996, 1, 9), why="Gián đoạn")
    return Member.objects.get(pk=one.pk)


def decide(member, **fields):
    given = {"counts_from": dt.date(1980, 11, 7), "decision": "45-QĐ/ThU", "decided_on": DECIDED, "authority": "Ban Thường vụ Thị ủy", **fields}  # fmt: skip
    return note_age_decision(member, by=None, **given)


def again(member):
    return Member.objects.get(pk=member.pk)


def test_followed_from_its_day_and_not_before(member):
    assert party_age_of(member, NOW) == (29, 0)
    decide(member)
    member = again(member)
    assert party_age_of(member, DECIDED - dt.timedelta(days=1)) == (28, 9)
    assert party_age_of(member, DECIDED) == (39, 11)
    assert party_age_of(member, dt.date(2020, 11, 7)) == (40, 0)


def test_time_out_after_the_decision_still_does_not_count(member):
    decide(member, decided_on=dt.date(1995, 7, 9))
    assert party_age_of(again(member), NOW) == (39, 7)  # of the year out only the six months after the decision


def test_a_later_decision_follows_an_earlier_one(member):
    decide(member)
    decide(member, counts_from=dt.date(1985, 11, 7), decision="46-QĐ/ThU", decided_on=dt.date(2020, 12, 1))
    member = again(member)
    assert party_age_of(member, dt.date(2020, 11, 30))[0] == 40 and party_age_of(member, dt.date(2020, 12, 1))[0] == 35


def test_the_badge_list_and_the_badge_follow(member, world):
    award = dt.date(2020, 11, 7)
    assert not any(row["member"] == member for row in candidates(world.cell_a1, award))
    with pytest.raises(RuleBroken, match="mới đủ 40 năm"):
        check_badge(member, 40, award)
    decide(member)
    row = next(row for row in candidates(world.cell_a1, award) if row["member"] == member)
    assert (row["years"], row["age"], row["counts_from"]) == (40, "40 năm 0 tháng", dt.date(1980, 11, 7))
    assert row["note"] == "Tuổi đảng theo QĐ 45-QĐ/ThU, 15/10/2020"
    check_badge(again(member), 40, award)


def test_table_n3_counts_it_in_its_band(member, world):
    def bands(last):
        table = n3(Facts(world.cell_a1, 2020, last))
        place = [column.label for column in table.columns].index
        return tuple(int(table.rows[0][place(name)]) for name in ("10–29", "40–49"))

    before, then = bands(NOW), bands(DECIDED - dt.timedelta(days=1))
    decide(member)
    assert bands(NOW) == (before[0] - 1, before[1] + 1)
    assert bands(DECIDED - dt.timedelta(days=1)) == then


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"counts_from": dt.date(1959, 1, 1)}, "counts_from"),
        ({"counts_from": dt.date(2020, 11, 1)}, "counts_from"),
        ({"decided_on": dt.date(2199, 3, 1)}, "decided_on"),
        ({"decided_on": dt.date(1991, 1, 1)}, "decided_on"),
        ({"decision": "  "}, "decision"),
        ({"authority": ""}, "authority"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(member, wrong, field):
    with pytest.raises(RuleBroken) as broken:
        decide(member, **wrong)
    assert broken.value.field == field and not member.age_decisions.exists()


def test_written_on_the_page_of_the_member(member, world, client):
    client.force_login(world.users["organising"])
    address = f"/to-chuc/dang-vien/{member.pk}/"
    assert "29 năm 0 tháng" in client.get(f"{address}tuoi-dang/").text
    answer = client.post(f"{address}tuoi-dang/", {"counts_from": "07/11/1980", "decision": "45-QĐ/ThU", "decided_on": "15/10/2020", "authority": "Ban Thường vụ Thị ủy"}, follow=True)  # fmt: skip
    assert "40 năm 1 tháng" in answer.text and "<dt>Quyết định tuổi đảng</dt><dd>45-QĐ/ThU ngày 15/10/2020, Ban Thường vụ Thị ủy</dd>" in answer.text  # fmt: skip
    past = client.get(f"{address}?ngay=01/10/2020").text
    assert "28 năm 9 tháng" in past and "45-QĐ/ThU" not in past
    assert "45-QĐ/ThU" in str(data_of(again(member)))
