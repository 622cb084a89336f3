"""Đảng phí on the page: money and months as people write them, sums before an act, days with a wrong year, what is due above."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from chibo.due_growth import fees_due
from chibo.models import FeeStanding, FundEntry
from chibo.services import dues
from kyanh_portal.ui.forms import MoneyField

NOV, DEC = dt.date(2020, 11, 1), dt.date(2020, 12, 1)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def ledger(world):
    for member in world.members_a1:
        dues.declare(member, "F1", by=None, starts_on=dt.date(2020, 1, 1), base=5_000_000)
    return dues.open_month(world.cell_a1, NOV, by=None)


@pytest.mark.parametrize("typed", ["1500000", "1.500.000", "1 500 000", "1,500,000", "1.500.000 đ", " 1.500.000đ "])
def test_money_is_read_as_people_write_it(typed):
    assert MoneyField().clean(typed) == 1_500_000


@pytest.mark.parametrize("typed", ["1.5", "một triệu", "1.500.00", "1.500,000", "15e5"])
def test_money_that_may_mean_two_things_is_asked_again(world, typed):
    url = reverse("chibo:fund_enter", args=[world.cell_a1.pk])
    answer = client_of(world.users["secretary"]).post(url, {"on": "2020-12-01", "kind": "BAO_CHI", "text": "Mua báo", "amount": typed})  # fmt: skip
    assert answer.status_code == 422 and "ví dụ 1.500.000" in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode() and not FundEntry.objects.exists()


def test_a_month_and_money_typed_by_hand_are_understood(world):
    client, member = client_of(world.users["secretary"]), world.members_a1[0]
    url = reverse("chibo:fee_declare", args=[member.pk])
    assert client.post(url, {"starts_on": "12/2020", "group": "F1", "base": "5.250.000", "reduction": 0}).status_code == 302  # fmt: skip
    row = FeeStanding.objects.get(member=member)
    assert (row.starts_on, row.base) == (DEC, 5_250_000)
    wrong = client.post(url, {"starts_on": "tháng mười hai", "group": "F1", "base": "5.250.000", "reduction": 0})
    assert "Ghi theo mẫu 12/2020" in wrong.content.decode() and "5.250.000" in wrong.content.decode()


def test_each_act_says_its_sums_first_and_the_level_above_is_told(world, ledger):
    secretary, committee = client_of(world.users["secretary"]), client_of(world.users["committee"])
    ids = [one.pk for one in world.members_a1[:4]]
    dues.tick(ledger, ids, by=None, paid_on=NOV, channel="TIEN_MAT")
    owing = ledger.lines.filter(state="PHAI_DONG").count()
    page = secretary.get(reverse("chibo:fee_close", args=[ledger.pk])).content.decode()
    assert f"Đã thu 200.000 đ. {owing} đồng chí chưa đóng {owing * 50}.000 đ, chuyển thành nợ" in page
    dues.close_month(ledger, by=None)
    up = reverse("chibo:fee_pass_up", args=[ledger.pk])
    assert "Phải nộp 60.000 đ: đã thu 200.000 đ, chi bộ giữ 140.000 đ" in secretary.get(up).content.decode()
    day = dt.date(2020, 12, 21)
    assert "Nộp cấp trên đảng phí tháng 11/2020" in [one.title for one in fees_due(world.users["secretary"], day)]
    wrong = secretary.post(up, {"passed_on": "2002-12-05"})
    assert wrong.status_code == 422 and "Ngày nộp không trước tháng thu 11/2020" in wrong.content.decode()
    assert secretary.post(up, {"passed_on": "2020-12-05"}).status_code == 302
    assert "Đối chiếu đảng phí chi bộ đã nộp: 1 sổ" in [one.title for one in fees_due(world.users["committee"], day)]
    check = reverse("chibo:fee_check", args=[ledger.pk])
    assert "nhận đủ 60.000 đ, chi bộ nộp ngày 05/12/2020" in committee.get(check).content.decode()
    assert committee.post(check).status_code == 302
    assert not list(fees_due(world.users["committee"], day))


def test_a_payment_with_a_wrong_year_keeps_its_ticks(world, ledger):
    pk = world.members_a1[0].pk
    answer = client_of(world.users["secretary"]).post(reverse("chibo:fee_tick", args=[ledger.pk]), {"members": [pk], "paid_on": "2002-11-05", "channel": "TIEN_MAT"})  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422 and "Kiểm tra lại năm" in page and f'value="{pk}" checked' in page


def test_rates_in_force_stand_apart_from_those_replaced_and_to_come(world, settings):
    settings.PORTAL_TODAY = dt.date(2020, 12, 21)
    page = client_of(world.users["secretary"]).get(reverse("chibo:fee_rates"))
    now, to_come, replaced = (rates for _, rates in page.context["parts"])
    assert {one.valid_from for one in now} == {dt.date(2011, 1, 1)} and not replaced
    assert {one.valid_from.year for one in to_come} == {2026, 2028}
    assert "Đang áp dụng ngày 21/12/2020" in page.content.decode()
