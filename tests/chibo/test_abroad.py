"""Abroad for good, to work, for a time: which paper, when the list changes, what must be done there and back."""

import datetime as dt

import pytest
from django.test import Client

from chibo.choices import Standing, Transferred, TransferState
from chibo.due_abroad import abroad_due
from chibo.models import Member
from chibo.reports.register_facts import Facts
from chibo.reports.register_tables import n8
from chibo.services.abroad import note_report, note_return, note_slip
from chibo.services.dossier import file_of
from chibo.services.transfers import note_fee, request_transfer, sign_box
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.parameters.parameter import parameters
from kyanh_portal.parameters.setting import set_parameter

MOVED, SIGNED, NOW = dt.date(2020, 3, 2), dt.date(2020, 3, 9), dt.date(2020, 12, 21)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.PORTAL_TODAY = NOW


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def letter(member, kind, **fields):
    given = {"elsewhere": "Nhật Bản", "returns_on": dt.date(2020, 12, 1) if kind == Transferred.ABROAD_FOR_A_TIME else None, **fields}  # fmt: skip
    made = request_transfer(member, kind, MOVED, "Quyết định cử đi", by=None, **given)
    return note_fee(made, MOVED, by=None)


def gone(member, kind, **fields):
    made = letter(member, kind, **fields)
    for box in list(made.boxes.all()):
        made = sign_box(made, box.number, SIGNED, by=None)
    return made


def on_roll(world, day):
    return set(Member.objects.on_roll(world.cell_a1, day).values_list("pk", flat=True))


def test_each_kind_has_its_own_paper(world):
    boxes = {kind: letter(one, kind).boxes.count() for kind, one in zip((Transferred.ABROAD, Transferred.LABOUR, Transferred.ABROAD_FOR_A_TIME), world.members_a1[3:6], strict=True)}  # fmt: skip
    assert boxes == {Transferred.ABROAD: 2, Transferred.LABOUR: 2, Transferred.ABROAD_FOR_A_TIME: 2}


@pytest.mark.parametrize(
    "kind,fields,words",
    [
        (Transferred.ABROAD_FOR_A_TIME, {"returns_on": None}, "phải ghi ngày hết hạn"),
        (Transferred.ABROAD_FOR_A_TIME, {"returns_on": dt.date(2020, 5, 1)}, "từ 3 đến dưới 12 tháng"),
        (Transferred.ABROAD_FOR_A_TIME, {"returns_on": dt.date(2021, 3, 2)}, "từ 12 tháng thì chọn chính thức"),
        (Transferred.ABROAD, {"returns_on": dt.date(2020, 12, 1)}, "ngắn hơn thì chọn tạm thời"),
        (Transferred.LABOUR, {"elsewhere": " "}, "Ghi nước, nơi đến"),
    ],
)
def test_a_way_that_cannot_be_is_refused(world, kind, fields, words):
    with pytest.raises(RuleBroken, match=words):
        letter(world.members_a1[3], kind, **fields)


def test_a_cell_of_the_system_is_not_abroad(world):
    with pytest.raises(RuleBroken, match="không chọn chi bộ"):
        letter(world.members_a1[3], Transferred.ABROAD, target=world.cell_a2)


@pytest.mark.parametrize("kind", [Transferred.ABROAD, Transferred.LABOUR])
def test_who_goes_for_good_or_to_work_leaves_the_list_and_comes_back(world, kind):
    one = world.members_a1[1]
    made = gone(one, kind)
    assert made.state == (TransferState.RECEIVED if kind == Transferred.ABROAD else TransferState.SENT)
    assert one.pk in on_roll(world, dt.date(2020, 3, 8)) and one.pk not in on_roll(world, SIGNED)
    assert not one.positions.on(SIGNED).exists()  # the deputy's post ended the day before
    note_slip(made, dt.date(2020, 4, 6), by=None)
    made = note_return(made, dt.date(2020, 10, 5), world.cell_a1, by=None)
    one.refresh_from_db()
    assert (made.state, made.state_on(dt.date(2020, 5, 1)), one.joined_on) == (TransferState.RETURNED, TransferState.RECEIVED, dt.date(2020, 10, 5))  # fmt: skip
    assert one.pk in on_roll(world, dt.date(2020, 10, 5)) and one.pk not in on_roll(world, dt.date(2020, 6, 1))
    assert one.pk in on_roll(world, dt.date(2020, 3, 8))  # the list of an earlier day is as it was
    with pytest.raises(RuleBroken, match="không còn chờ"):
        note_return(made, dt.date(2020, 10, 6), world.cell_a1, by=None)


def test_who_works_abroad_stays_on_the_list_where_the_branch_says_so(world):
    set_parameter(
        parameters.get("chibo.labour_counts"),
        "stays",
        by=None,
        valid_from=dt.date(2020, 1, 1),
        source="Công văn hướng dẫn",
    )
    one = world.members_a1[3]
    gone(one, Transferred.LABOUR)
    assert one.pk in on_roll(world, SIGNED) and one.standing_on(SIGNED) == Standing.SENT_AWAY


def test_who_goes_for_a_time_stays_on_the_list_without_a_vote(world):
    one = world.members_a1[3]
    made = gone(one, Transferred.ABROAD_FOR_A_TIME)
    assert one.pk in on_roll(world, SIGNED) and one.standing_on(SIGNED) == Standing.SENT_AWAY
    made = note_slip(made, dt.date(2020, 4, 1), by=None)
    assert made.state == TransferState.RECEIVED
    made = note_return(made, dt.date(2020, 9, 1), world.cell_a1, by=None)
    assert one.standing_on(dt.date(2020, 9, 1)) == Standing.OFFICIAL and one.standing_on(dt.date(2020, 8, 31)) == Standing.SENT_AWAY  # fmt: skip
    with pytest.raises(RuleBroken, match="sớm hơn ngày về nước"):
        note_report(made, dt.date(2020, 8, 30), by=None)


def test_the_limits_abroad_and_back_are_told(world):
    """60 working days for the slip, 30 for a time; 30 after coming back (members.md 5.4)."""
    user = world.users["secretary"]
    long, short = gone(world.members_a1[3], Transferred.ABROAD), gone(world.members_a1[4], Transferred.ABROAD_FOR_A_TIME)  # fmt: skip

    def due(day=dt.date(2020, 3, 20)):
        return {(item.title.split(":")[0], item.due_on) for item in abroad_due(user, day)}

    assert due() == {("Nộp phiếu ở nước ngoài", dt.date(2020, 6, 3)), ("Nộp phiếu ở nước ngoài", dt.date(2020, 4, 20))}
    note_slip(long, dt.date(2020, 4, 1), by=None)
    note_slip(short, dt.date(2020, 4, 1), by=None)
    assert due() == set() and due(dt.date(2020, 11, 10)) == {("Dự kiến về nước", dt.date(2020, 12, 1))}
    back = note_return(short, dt.date(2020, 11, 2), world.cell_a1, by=None)
    assert due(dt.date(2020, 11, 10)) == {("Báo cáo khi về nước", dt.date(2020, 12, 14))}
    note_report(back, dt.date(2020, 11, 20), by=None)
    assert due(dt.date(2020, 11, 25)) == set()


def test_the_file_and_the_table_know_of_it(world):
    made = gone(world.members_a1[3], Transferred.ABROAD)
    assert {56, 57} <= {line.kind.number for line in file_of(world.members_a1[3], NOW).wanted}
    note_return(made, dt.date(2020, 11, 2), world.cell_a1, by=None)
    assert {63, 82} <= {line.kind.number for line in file_of(world.members_a1[3], NOW).wanted}
    rows = {row[0]: row for row in n8(Facts(world.town, 2020)).rows}
    assert rows["Ra nước ngoài"][1] == 1 and rows["Chính thức"][1] == 0


def test_the_secretary_writes_the_whole_way(world):
    one, client = world.members_a1[3], client_of(world.users["secretary"])
    sent = client.post(f"/to-chuc/dang-vien/{one.pk}/chuyen/", {"kind": "NN_TAM_THOI", "elsewhere": "Hàn Quốc", "moved_on": "2020-03-02", "ground": "Quyết định cử đi học", "fee_until": "2020-03-01", "returns_on": "2020-12-01"})  # fmt: skip
    assert sent.status_code == 302
    address = sent["Location"]
    for number in (1, 2):
        assert client.post(f"{address}o/{number}/", {"signed_on": "2020-03-09"}).status_code == 302
    page = client.get(address).content.decode()
    assert "Hàn Quốc" in page and "mẫu 3D-SHĐ" in page and "Trước ngày 20/4/2020" in page and "Ghi đã nộp phiếu" in page
    bad = client.post(f"{address}nop-phieu/", {"slip_on": "2020-03-01"})
    assert bad.status_code == 422 and "sớm hơn ngày giới thiệu" in bad.content.decode() and "2020-03-01" in bad.content.decode()  # fmt: skip
    assert client.post(f"{address}nop-phieu/", {"slip_on": "2020-04-01"}).status_code == 302
    assert client.post(f"{address}ve-nuoc/", {"back_on": "2020-11-02", "organisation": world.cell_a1.pk}).status_code == 302  # fmt: skip
    assert client.post(f"{address}bao-cao/", {"reported_on": "2020-11-20"}).status_code == 302
    page = client.get(address).content.decode()
    assert "02/11/2020, báo cáo 20/11/2020" in page and "Ghi đã về nước" not in page
    earlier = client.get(f"{address}?ngay=2020-06-01").content.decode()
    assert "02/11/2020" not in earlier and "Đã tiếp nhận" in earlier
