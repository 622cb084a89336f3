"""Receipts of đảng phí, pensioners with other pay, members abroad, and reductions that end."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from chibo.fee_choices import FeePaid
from chibo.models import FeeStanding
from chibo.reports.dues import DuesReport
from chibo.services import dues, receipts
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.reminders.due import due_for

D = dt.date
NOV = D(2020, 11, 1)


@pytest.fixture
def secretary(world):
    client = Client()
    client.force_login(world.users["secretary"])
    return client


@pytest.fixture
def ledger(world):
    for member in world.members_a1:
        dues.declare(member, "F1", by=None, starts_on=D(2020, 1, 1), base=5_000_000)
    return dues.open_month(world.cell_a1, NOV, by=None)


def told(form, name):
    return " ".join(form.errors.get(name, []))


def test_a_pension_and_other_pay_are_both_counted(world):
    member = world.members_a1[0]
    with pytest.raises(RuleBroken, match="thu nhập thêm") as refused:
        dues.declare(member, "F3B", by=None, starts_on=D(2026, 3, 1), base=6_000_000)
    assert refused.value.field == "extra_pay"
    dues.declare(member, "F3B", by=None, starts_on=D(2026, 3, 1), base=6_000_000, extra_pay=3_000_000)
    line = dues.open_month(world.cell_a1, D(2026, 3, 1), by=None).lines.get(member=member)
    assert (line.base, line.due) == (9_000_000, 45_000)
    assert line.rate == "0,5 % lương hưu và thu nhập thêm" and "chưa xác nhận" in line.source


def test_a_group_without_a_rate_is_refused_at_its_field_until_staff_set_one(world, secretary):
    member, url = world.members_a1[0], reverse("chibo:fee_declare", args=[world.members_a1[0].pk])
    typed = {"starts_on": "2020-11-01", "group": "F8", "base": "7000000", "reduction": "0", "ground": "Bản khai 12"}
    answer = secretary.post(url, typed)
    assert answer.status_code == 422
    assert "chưa có mức đóng áp dụng cho tháng 11/2020" in told(answer.context["form"], "group")
    assert "Bản khai 12" in answer.content.decode() and "7000000" in answer.content.decode()
    dues.set_rate(by=None, group="F8", valid_from=D(2020, 1, 1), of="INCOME", value=1, source="Văn bản giả lập")
    assert secretary.post(url, typed).status_code == 302
    assert FeeStanding.objects.get(member=member).base == 7_000_000


@pytest.mark.parametrize("until,said", [("", "ghi tháng cuối cùng"), ("2020-10-01", "sớm hơn tháng bắt đầu"), ("2021-11-01", "chậm nhất hết tháng 10/2021")])  # fmt: skip
def test_a_reduction_ends_within_twelve_months(world, secretary, until, said):
    url = reverse("chibo:fee_declare", args=[world.members_a1[0].pk])
    typed = {"starts_on": "2020-11-01", "group": "F1", "base": "5000000", "reduction": "50", "reduced_until": until, "ground": "QĐ 7-QĐ/ĐU"}  # fmt: skip
    answer = secretary.post(url, typed)
    assert answer.status_code == 422 and said in told(answer.context["form"], "reduced_until")
    assert "QĐ 7-QĐ/ĐU" in answer.content.decode()
    assert secretary.post(url, {**typed, "reduced_until": "2021-10-01"}).status_code == 302


def test_after_its_end_the_whole_is_due_and_the_secretary_is_told_before(world):
    member = world.members_a1[0]
    dues.declare(member, "F1", by=None, starts_on=D(2020, 1, 1), base=5_000_000, reduction=50, reduced_until=D(2020, 10, 1), ground="QĐ 7")  # fmt: skip
    owed = [dues.open_month(world.cell_a1, D(2020, month, 1), by=None).lines.get(member=member) for month in (9, 10, 11)]  # fmt: skip
    assert [(one.due, one.reduction) for one in owed] == [(25_000, 50), (25_000, 50), (50_000, 0)]

    def listed(role, day):
        return [item.title for source, item in due_for(world.users[role], day) if source.code == "fee_reductions"]

    assert listed("secretary", D(2020, 8, 20)) == [] and listed("committee", D(2020, 10, 20)) == []
    assert listed("secretary", D(2020, 10, 20)) == [f"Hết hạn giảm, miễn đảng phí: {member}"]
    dues.declare(member, "F1", by=None, starts_on=D(2020, 10, 1), base=5_000_000)
    assert listed("secretary", D(2020, 10, 20)) == []


def test_an_exemption_that_ends_is_paid_for_again_and_names_its_paper(world):
    member = world.members_a1[0]
    with pytest.raises(RuleBroken, match="quyết định"):
        dues.declare(member, "F9", by=None, starts_on=D(2020, 1, 1))
    dues.declare(member, "F1", by=None, starts_on=D(2020, 1, 1), base=5_000_000, reduction=100, reduced_until=D(2020, 10, 1), ground="QĐ 7")  # fmt: skip
    states = [dues.open_month(world.cell_a1, D(2020, month, 1), by=None).lines.get(member=member).state for month in (10, 11)]  # fmt: skip
    assert states == [FeePaid.FREE, FeePaid.OWES]


def test_receipts_follow_on_and_stand_in_the_list_and_the_report(world, secretary, ledger):
    url = reverse("chibo:fee_tick", args=[ledger.pk])
    first, second = [line.member for line in ledger.lines.all()[:2]]
    typed = {"members": [first.pk, second.pk], "paid_on": "2020-11-05", "channel": "TIEN_MAT"}
    answer = secretary.post(url, {**typed, "receipt_from": "số một"})
    assert answer.status_code == 422 and "chữ số" in told(answer.context["form"], "receipt_from")
    assert "checked" in answer.content.decode() and "số một" in answer.content.decode()
    assert secretary.post(url, {**typed, "receipt_from": "BL 0099"}).status_code == 302
    assert list(ledger.lines.exclude(receipt="").values_list("receipt", flat=True)) == ["BL 0099", "BL 0100"]
    third = ledger.lines.all()[2].member
    answer = secretary.post(url, {**typed, "members": [first.pk, second.pk, third.pk], "receipt_from": "BL 0100"})
    assert answer.status_code == 422 and "BL 0100 đã ghi" in told(answer.context["form"], "receipt_from")
    assert "biên lai BL 0100" in secretary.get(ledger.get_absolute_url()).content.decode()
    (table,) = [one for one in DuesReport().tables(world.cell_a1, {"year": 2020, "first": 11, "last": 11}, world.users["secretary"]) if one.code == "Danh sách thu"]  # fmt: skip
    at = [column.label for column in table.columns].index
    assert [row[at("STT")] for row in table.rows] == list(range(1, 11))
    assert [row[at("Số biên lai")] for row in table.rows[:3]] == ["BL 0099", "BL 0100", ""]
    secretary.post(url, {**typed, "members": [second.pk]})
    assert ledger.lines.get(member=first).receipt == ""


def test_codes_of_the_portal_are_written_one_by_one_and_never_twice(world, secretary, ledger):
    first, second = [line.member for line in ledger.lines.all()[:2]]
    with pytest.raises(RuleBroken, match="mỗi đồng chí một mã"):
        dues.tick(ledger, [first.pk, second.pk], by=None, paid_on=NOV, channel="DVC", receipt_from="1")
    dues.tick(ledger, [first.pk, second.pk], by=None, paid_on=NOV, channel="DVC")
    url = reverse("chibo:fee_receipts", args=[ledger.pk])
    assert secretary.get(url).content.decode().count('name="receipt_') == 2
    answer = secretary.post(url, {f"receipt_{first.pk}": "G22-1", f"receipt_{second.pk}": "G22-1"})
    assert answer.status_code == 422 and "G22-1 đã ghi" in told(answer.context["form"], f"receipt_{second.pk}")
    assert answer.content.decode().count("G22-1") >= 2
    assert secretary.post(url, {f"receipt_{first.pk}": "G22-1", f"receipt_{second.pk}": "G22-2"}).status_code == 302
    assert secretary.post(url, {f"receipt_{first.pk}": "G22-2", f"receipt_{second.pk}": "G22-1"}).status_code == 302
    later = dues.open_month(world.cell_a1, D(2020, 12, 1), by=None)
    dues.tick(later, [first.pk], by=None, paid_on=D(2020, 12, 1), channel="TIEN_MAT")
    with pytest.raises(RuleBroken, match="G22-1 đã ghi"):
        receipts.set_receipts(later, {first.pk: "G22-1"}, by=None)
    for member in world.members_a1:
        dues.declare(member, "F1", by=None, starts_on=D(2020, 1, 1), base=5_000_000)
    dues.close_month(ledger, by=None)
    with pytest.raises(RuleBroken, match="đã chốt"):
        receipts.set_receipts(ledger, {first.pk: "G22-9"}, by=None)
