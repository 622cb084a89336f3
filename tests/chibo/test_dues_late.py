"""Đóng bù: a closed month is never rewritten, what is paid later counts where it came in, and who paid is asked no more."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from chibo.debts import unpaid
from chibo.models import FeeLine, FundEntry, LatePayment
from chibo.reports.dues import DuesReport
from chibo.services import arrears, dues
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.reminders.due import due_for

D = dt.date
DEC = D(2020, 12, 1)


@pytest.fixture
def secretary(world):
    client = Client()
    client.force_login(world.users["secretary"])
    return client


@pytest.fixture
def december(world):
    """September to November closed: two of ten paid nothing, of the second only November is missing; December is open."""
    for member in world.members_a1:
        dues.declare(member, "F1", by=None, starts_on=D(2020, 1, 1), base=5_000_000)
    first, second = world.members_a1[:2]
    for month in (9, 10, 11):
        ledger = dues.open_month(world.cell_a1, D(2020, month, 1), by=None)
        gone = {first.pk} | ({second.pk} if month == 11 else set())
        dues.tick(ledger, [m.pk for m in world.members_a1 if m.pk not in gone], by=None, paid_on=D(2020, month, 5), channel="TIEN_MAT")  # fmt: skip
        dues.close_month(ledger, by=None)
    return dues.open_month(world.cell_a1, DEC, by=None)


def owed(member):
    return list(arrears.unpaid_lines().filter(member=member, ledger__month__lt=DEC).order_by("ledger__month"))


def told(world, day=D(2020, 12, 10)):
    return sorted(item.title for source, item in due_for(world.users["secretary"], day) if source.code == "fees" and "Chưa đóng" in item.title)  # fmt: skip


def sheet(world, last=12):
    tables = DuesReport().tables(world.cell_a1, {"year": 2020, "first": 9, "last": last}, world.users["secretary"])
    table = next(one for one in tables if one.code == "Danh sách thu")
    labels = [column.label for column in table.columns]
    return tables, [dict(zip(labels, row, strict=True)) for row in table.rows]


def test_what_is_paid_later_counts_where_it_came_in(world, december, secretary):
    first, second = world.members_a1[:2]
    assert told(world) == [f"Chưa đóng đảng phí 1 tháng: {second}", f"Chưa đóng đảng phí 3 tháng: {first}"]
    assert len(list(unpaid(Q(), D(2020, 12, 10)))) == 1
    page = secretary.get(december.get_absolute_url()).content.decode()
    url = reverse("chibo:fee_late", args=[december.pk])
    assert f'{url}">Ghi đóng bù: 2 đồng chí còn nợ tháng trước' in page
    assert "còn nợ 200.000 đ, 4 tháng trong năm" in page  # three months and December
    typed = {"lines": [one.pk for one in owed(first)], "paid_on": "2020-12-08", "channel": "TIEN_MAT", "receipt_from": "0301"}  # fmt: skip
    assert secretary.post(url, typed).status_code == 302
    assert {(row.amount, row.receipt, row.ledger_id) for row in LatePayment.objects.all()} == {(50_000, "0301", december.pk)}  # fmt: skip
    page = secretary.get(december.get_absolute_url()).content.decode()
    assert "Đóng bù 3 tháng trước 150.000 đ" in page and "đóng bù 3 tháng trước 150.000 đ, 08/12/2020" in page
    assert told(world) == [f"Chưa đóng đảng phí 1 tháng: {second}"]
    dues.tick(december, [m.pk for m in world.members_a1], by=None, paid_on=D(2020, 12, 8), channel="TIEN_MAT")
    closed = dues.close_month(december, by=None)
    assert (closed.collected, closed.kept) == (650_000, 455_000)
    assert FundEntry.objects.get(ledger=closed).amount == 455_000
    with pytest.raises(IntegrityError), transaction.atomic():
        LatePayment.objects.update(amount=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        LatePayment.objects.all().delete()
    assert FeeLine.objects.filter(member=first, state="PHAI_DONG").count() == 3  # the closed months still say so


def test_the_list_and_the_statement_carry_it_from_month_to_month(world, december):
    first, second = world.members_a1[:2]
    arrears.pay_late(december, [one.pk for one in owed(first)[:2]], by=None, paid_on=D(2020, 12, 8), channel="TIEN_MAT", receipt_from="0301")  # fmt: skip
    dues.tick(december, [m.pk for m in world.members_a1 if m != first], by=None, paid_on=D(2020, 12, 8), channel="TIEN_MAT")  # fmt: skip
    dues.close_month(december, by=None)
    tables, rows = sheet(world)
    mine = [row for row in rows if row["Họ và tên"] == first.full_name]
    assert [(row["Nợ trước"], row["Đóng bù"], row["Nợ sau"], row["Tháng nợ"]) for row in mine] == [
        (None, None, 50_000, 1), (50_000, None, 100_000, 2), (100_000, None, 150_000, 3), (150_000, 100_000, 100_000, 2),
    ]  # fmt: skip
    assert (mine[-1]["Số biên lai"], mine[-1]["Ngày"]) == ("0301", "08/12/2020")
    totals = {row[2]: row[6] for row in tables[0].rows}
    assert (totals["02"], totals["14"]) == (8 * 50_000 + 10 * 50_000 + 9 * 50_000 + 9 * 50_000 + 1 * 50_000, 150_000)
    assert "Dòng 02 gồm 100.000 đồng đóng bù các tháng trước." in tables[0].notes
    _, before = sheet(world, last=11)
    assert before[-1]["Tháng"] == "11/2020" and next(row for row in reversed(before) if row["Họ và tên"] == first.full_name)["Nợ sau"] == 150_000  # fmt: skip
    assert second.full_name in {row["Họ và tên"] for row in rows if row["Nợ sau"]}


def test_the_oldest_month_first_and_what_was_typed_stays(world, december, secretary):
    first = world.members_a1[0]
    url, lines = reverse("chibo:fee_late", args=[december.pk]), owed(first)
    typed = {"lines": [lines[2].pk], "paid_on": "2020-12-08", "channel": "TIEN_MAT", "receipt_from": "BL 7"}
    answer = secretary.post(url, typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and "còn nợ tháng 9/2020: đóng bù từ tháng cũ nhất" in page
    assert f'value="{lines[2].pk}" checked' in page and "BL 7" in page
    for wrong, field in (({"paid_on": "2031-01-01"}, "paid_on"), ({"paid_on": ""}, "paid_on"), ({"receipt_from": "bảy"}, "receipt_from"), ({"lines": ["x"]}, "lines")):  # fmt: skip
        answer = secretary.post(url, {**typed, "lines": [lines[0].pk], **wrong})
        assert answer.status_code == 422 and set(answer.context["form"].errors) == {field}
    assert secretary.post(url, {**typed, "lines": [lines[0].pk, lines[1].pk]}).status_code == 302
    assert secretary.post(url, {**typed, "lines": [lines[0].pk], "receipt_from": ""}).status_code == 302  # taken back
    assert [row.line for row in LatePayment.objects.all()] == [lines[0]]
    other = dues.open_month(world.cell_b1, DEC, by=None)
    assert secretary.get(reverse("chibo:fee_late", args=[other.pk])).status_code == 404
    with pytest.raises(RuleBroken, match="ở nơi khác"):
        arrears.pay_late(other, [lines[1].pk], by=None, paid_on=DEC, channel="TIEN_MAT")


def test_a_receipt_number_is_given_once_whatever_it_is_for(world, december):
    first, second = world.members_a1[:2]
    dues.tick(december, [second.pk], by=None, paid_on=DEC, channel="TIEN_MAT", receipt_from="0007")
    with pytest.raises(RuleBroken, match="0007 đã ghi"):
        arrears.pay_late(december, [owed(first)[0].pk], by=None, paid_on=DEC, channel="TIEN_MAT", receipt_from="7".zfill(4))  # fmt: skip
    arrears.pay_late(december, [owed(first)[0].pk], by=None, paid_on=DEC, channel="TIEN_MAT", receipt_from="0008")
    with pytest.raises(RuleBroken, match="0008 đã ghi"):
        dues.tick(december, [first.pk, second.pk], by=None, paid_on=DEC, channel="TIEN_MAT", receipt_from="0008")


def test_a_cell_that_owes_nothing_is_told_so(world, secretary):
    ledger = dues.open_month(world.cell_a1, DEC, by=None)
    page = secretary.get(reverse("chibo:fee_late", args=[ledger.pk])).content.decode()
    assert "Không còn ai nợ đảng phí của tháng đã chốt" in page and "Ghi đóng bù" not in page.split("k-actions")[1]
