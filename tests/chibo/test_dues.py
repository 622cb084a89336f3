"""Đảng phí: worked checks, the month's ledger, what the database refuses, who reads what."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from chibo.fee_choices import FeePaid
from chibo.models import FeeLine, FeeMonth, FeeRate
from chibo.reports.dues import DuesReport
from chibo.services import dues
from chibo.services.members import set_standing
from kyanh_portal.base.errors import RuleBroken

NOV = dt.date(2020, 11, 1)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def ledger_of(world, month=NOV):
    for member in world.members_a1:
        dues.declare(member, "F1", by=None, starts_on=dt.date(2020, 1, 1), base=5_000_000)
    return dues.open_month(world.cell_a1, month, by=None)


@pytest.mark.parametrize("group,base,wage,amount", [("F1", 12_340_000, 0, 123_400), ("F4", None, 4_140_000, 12_420), ("F6", None, 0, 5_000), ("F3", 6_500_000, 0, 32_500)])  # fmt: skip
def test_worked_checks_of_2026(db, group, base, wage, amount):
    rate = dues.rates_on(dt.date(2026, 3, 1))[group]
    assert dues.amount_owed(rate, base, wage).amount == amount


def test_the_rate_is_that_of_the_month_not_of_today(db):
    before, after = dues.rates_on(dt.date(2026, 1, 31))["F4"], dues.rates_on(dt.date(2026, 2, 1))["F4"]
    assert (before.of, after.of) == ("FIXED", "MINIMUM")
    assert dues.rates_on(dt.date(2028, 1, 1))["F5"].value == Decimal("0.3")


@given(st.integers(0, 10**9), st.sampled_from([0, 30, 50, 70, 100]))
def test_never_more_than_the_rate_and_never_negative(base, reduction):
    rate = FeeRate(group="F1", of="INCOME", value=Decimal(1), source="x", is_confirmed=True)
    owed = dues.amount_owed(rate, base, 0, reduction).amount
    assert 0 <= owed <= base // 100 + 1
    assert abs(owed - base * (100 - reduction) / 10_000) <= 0.5


def test_from_fifty_years_of_party_age_nothing_is_due(world):
    member = world.members_a1[0]
    type(member).objects.filter(pk=member.pk).update(admitted_on=dt.date(1974, 1, 1), official_on=dt.date(1975, 1, 1))
    dues.declare(member, "F3", by=None, starts_on=dt.date(2026, 1, 1), base=6_500_000)
    line = dues.open_month(world.cell_a1, dt.date(2026, 3, 1), by=None).lines.get(member=member)
    assert (line.state, line.due) == (FeePaid.FREE, 0)


def test_a_month_from_opening_to_the_superior(world):
    set_standing(world.members_a1[8], "TAM_DI", dt.date(2020, 10, 1), by=None)
    ledger = ledger_of(world)
    assert ledger.lines.count() == 10
    assert ledger.lines.get(member=world.members_a1[8]).state == FeePaid.ELSEWHERE
    secretary = client_of(world.users["secretary"])
    paid = [member.pk for member in world.members_a1[:6]]
    assert secretary.get(reverse("chibo:fee_tick", args=[ledger.pk])).content.decode().count('name="members"') == 9
    answer = secretary.post(reverse("chibo:fee_tick", args=[ledger.pk]), {"members": paid, "paid_on": "2020-11-05", "channel": "TIEN_MAT"})  # fmt: skip
    assert answer.status_code == 302
    dues.tick(ledger, paid[:5], by=None, paid_on=dt.date(2020, 11, 5), channel="TIEN_MAT")
    assert secretary.post(reverse("chibo:fee_close", args=[ledger.pk])).status_code == 302
    ledger.refresh_from_db()
    assert (ledger.collected, ledger.kept, ledger.to_pass_up) == (250_000, 175_000, 75_000)
    assert secretary.post(reverse("chibo:fee_pass_up", args=[ledger.pk]), {"passed_on": "2020-11-20"}).status_code == 302  # fmt: skip
    assert client_of(world.users["committee"]).post(reverse("chibo:fee_check", args=[ledger.pk])).status_code == 302
    ledger.refresh_from_db()
    assert ledger.state == "DA_DOI_CHIEU"
    assert dues.unpaid_months(world.members_a1, 2020, NOV) == {m.pk: 1 for m in world.members_a1[5:] if m != world.members_a1[8]}  # fmt: skip


def test_the_database_refuses_to_change_a_closed_month(world):
    ledger = dues.close_month(ledger_of(world), by=None)
    line = ledger.lines.first()
    for act in (
        lambda: FeeLine.objects.filter(pk=line.pk).update(paid=1),
        lambda: FeeLine.objects.filter(pk=line.pk).delete(),
        lambda: FeeMonth.objects.filter(pk=ledger.pk).update(collected=1),
        lambda: FeeMonth.objects.filter(pk=ledger.pk).update(state="MO"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    with pytest.raises(RuleBroken, match="đã chốt"):
        dues.tick(ledger, [], by=None, paid_on=NOV, channel="TIEN_MAT")


def test_a_new_rate_or_income_does_not_touch_a_closed_month(world):
    ledger = dues.close_month(ledger_of(world), by=None)
    before = list(ledger.lines.values_list("due", flat=True))
    dues.declare(world.members_a1[0], "F1", by=None, starts_on=dt.date(2020, 1, 1), base=9_000_000)
    assert list(ledger.lines.values_list("due", flat=True)) == before


def test_who_told_nothing_stops_the_closing(world):
    ledger = dues.open_month(world.cell_a1, NOV, by=None)
    with pytest.raises(RuleBroken, match="10 đồng chí chưa khai"):
        dues.close_month(ledger, by=None)


def test_amounts_of_people_are_for_the_keeper_and_the_auditor_only(world):
    url = ledger_of(world).get_absolute_url()
    seen = {role: "5.000.000" in client_of(world.users[role]).get(url).content.decode() for role in ("secretary", "inspection", "committee", "organising", "office", "standing")}  # fmt: skip
    assert seen == {"secretary": True, "inspection": True, "committee": False, "organising": False, "office": False, "standing": False}  # fmt: skip


def test_the_statement_adds_up_and_leaves_open_months_out(world):
    first = ledger_of(world, dt.date(2020, 10, 1))
    dues.tick(first, [m.pk for m in world.members_a1], by=None, paid_on=dt.date(2020, 10, 5), channel="DVC")
    dues.close_month(first, by=None)
    dues.open_month(world.cell_a1, NOV, by=None)
    report = DuesReport()
    tables = report.tables(world.ward_a, {"unit": world.ward_a.pk, "year": 2020, "first": 1, "last": 12}, world.users["committee"])  # fmt: skip
    totals = {row[2]: row[6] for row in tables[0].rows}
    assert (totals["02"], totals["04"], totals["12"]) == (500_000, 350_000, 150_000)
    assert len(tables) == 2
    work = {}
    list(
        report.steps(
            world.users["secretary"], {"unit": world.cell_a1.pk, "year": 2020, "first": 1, "last": 12}, work, []
        )
    )
    assert [one.code for one in work["tables"]] == ["Thu nộp", "Chi bộ", "Sổ thu, chi", "Kinh phí", "Danh sách thu"]
    files = report.files(world.users["secretary"], {"year": 2020}, work, ["xlsx", "pdf"])
    assert [content[:2] for _, _, content in files] == [b"%P", b"PK"]


def test_the_opening_of_the_meeting_leads_to_the_tick_list(world):
    from tests.factories.hoithao import planned

    ledger = ledger_of(world)
    meeting = planned(world.cell_a1, NOV)
    page = client_of(world.users["secretary"]).get(reverse("hoithao:run", args=[meeting.pk, "khai-mac"]))
    assert reverse("chibo:fee_tick", args=[ledger.pk]) in page.content.decode()


def test_incomes_stand_sealed_in_the_table(world):
    from django.core.exceptions import FieldError
    from django.db import connection

    ledger = ledger_of(world)
    with connection.cursor() as cursor:
        for table in ("chibo_feestanding", "chibo_feeline"):
            cursor.execute(f"SELECT base FROM {table} WHERE base IS NOT NULL")
            kept = [base for (base,) in cursor.fetchall()]
            assert kept
            assert not any("5000000" in base or base.isdigit() for base in kept)
            assert len(set(kept)) == len(kept), "the same income must not be told by the same seal"
    assert {line.base for line in ledger.lines.all()} == {5_000_000}
    with pytest.raises(FieldError):
        FeeLine.objects.filter(base=5_000_000).exists()


def test_extra_of_free_will_is_collected_told_and_closed(world):
    ledger, secretary = ledger_of(world), client_of(world.users["secretary"])
    url, one = reverse("chibo:fee_extra", args=[ledger.pk]), world.members_a1[0]
    assert secretary.post(url, {"member": one.pk, "amount": 200_000}).status_code == 422
    assert secretary.post(url, {"member": world.members_b1[0].pk, "amount": 1, "ground": "BC 1"}).status_code == 422
    assert secretary.post(url, {"member": one.pk, "amount": 200_000, "ground": "BC 12, 05/11/2020"}).status_code == 302
    dues.tick(ledger, [one.pk], by=None, paid_on=NOV, channel="TIEN_MAT")
    closed = dues.close_month(ledger, by=None)
    assert (closed.collected, closed.kept) == (250_000, 175_000)
    tables = DuesReport().tables(world.cell_a1, {"year": 2020, "first": 1, "last": 12}, world.users["secretary"])
    assert "Dòng 02 gồm 200.000 đồng đóng thêm tự nguyện." in tables[0].notes
    with pytest.raises(IntegrityError), transaction.atomic():
        FeeLine.objects.filter(ledger=ledger).update(extra=1)


def test_shares_of_the_levels_above_fill_their_rows(world):
    from kyanh_portal.parameters.models import ParameterValue

    ledger = ledger_of(world)
    dues.tick(ledger, [m.pk for m in world.members_a1], by=None, paid_on=NOV, channel="DVC")
    dues.close_month(ledger, by=None)
    for name, share in (("chibo.fee_kept_base", 50), ("chibo.fee_kept_above", 10)):
        ParameterValue.objects.create(name=name, valid_from=dt.date(2020, 1, 1), value=share, source="x")
    tables = DuesReport().tables(world.town, {"year": 2020, "first": 1, "last": 12}, world.users["office"])
    rows = {row[2]: row[6] for row in tables[0].rows}
    assert [rows[code] for code in ("02", "05", "06", "07", "04", "12")] == [500_000, 350_000, 75_000, 7_500, 432_500, 67_500]  # fmt: skip
    assert [rows[code] for code in ("08", "09", "10", "11", "13")] == [432_500, 350_000, 75_000, 7_500, 67_500]


def test_the_book_of_money_balances_and_is_never_rewritten(world):
    from chibo.models import FundEntry
    from chibo.services import funds

    ledger = ledger_of(world)
    dues.tick(ledger, [m.pk for m in world.members_a1], by=None, paid_on=NOV, channel="DVC")
    dues.close_month(ledger, by=None)
    secretary, url = client_of(world.users["secretary"]), reverse("chibo:fund_enter", args=[world.cell_a1.pk])
    entry = {"on": "2020-12-01", "kind": "BAO_CHI", "text": "Mua báo", "amount": 100_000, "voucher": "PC01"}
    assert secretary.post(url, {**entry, "kind": "DANG_PHI"}).status_code == 422
    assert secretary.post(url, {**entry, "on": "2031-12-01"}).status_code == 422
    assert secretary.post(url, entry).status_code == 302
    row = FundEntry.objects.get(kind="BAO_CHI")
    back = reverse("chibo:fund_take_back", args=[world.cell_a1.pk, row.pk])
    assert secretary.post(back, {"because": "ghi nhầm"}).status_code == 302
    assert secretary.post(back, {"because": "lần nữa"}).status_code == 422
    assert secretary.post(url, {**entry, "amount": 90_000}).status_code == 302
    book = funds.book_of(
        world.cell_a1, dt.date(2020, 1, 1), dt.date(2040, 12, 31)
    )  # taken back on the day it was noticed
    assert (book.opening, book.came, book.went, book.closing) == (0, 350_000, 90_000, 260_000)
    assert book.lines[-1][3] == book.closing
    assert funds.book_of(world.cell_a1, dt.date(2041, 1, 1), dt.date(2041, 12, 31)).opening == 260_000
    page = secretary.get(reverse("chibo:fund_book", args=[world.cell_a1.pk]), {"nam": 2020}).content.decode()
    assert "Mua báo" in page
    assert "đã lấy lại" in page
    for act in (
        lambda: FundEntry.objects.filter(pk=row.pk).update(amount=1),
        lambda: FundEntry.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert secretary.get(reverse("chibo:fund_book", args=[world.cell_b1.pk])).status_code == 404
