"""The old card's number, sealed; rewards of the Party, their book, and the list that brings old numbers in."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chibo.dossier_choices import RewardGiver, RewardKind
from chibo.models import OldCard, Rating, Reward
from chibo.owndata import data_of
from chibo.rulebooks import REWARDS
from chibo.services.honours import note_reward, set_old_card, show_old_card
from chibo.services.ratings import open_year
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.exchange.models import ImportRow
from kyanh_portal.exchange.running import confirm, run_import, send_list
from tests.factories.lists import HEADS, person, upload

NOW = dt.date(2020, 12, 21)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.PORTAL_TODAY = NOW


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def reward(member, **fields):
    given = {"kind": "GIAY_KHEN", "giver": "CO_SO", "decided_on": dt.date(2020, 1, 15), "decision": "QĐ 05-QĐ/ĐU", **fields}  # fmt: skip
    return note_reward(member, by=None, **given)


def test_every_form_names_who_gives_it():
    assert set(REWARDS) == set(RewardKind.values)
    assert {giver for givers in REWARDS.values() for giver in givers} == set(RewardGiver.values)


@pytest.mark.parametrize("number", ["1234567", "123456789", "12 34 56 7a", "000777123456"])
def test_an_old_number_has_eight_digits(world, number):
    with pytest.raises(RuleBroken, match="đúng 8 chữ số"):
        set_old_card(world.members_a1[3], number, by=None)


def test_the_old_number_stands_sealed_and_belongs_to_one_person(world):
    one, two = world.members_a1[3], world.members_a1[4]
    card = set_old_card(
        one, "00 012 345", by=world.users["secretary"], issued_at="Tỉnh ủy Giả", issued_on=dt.date(2011, 3, 1)
    )
    assert card.open() == "00012345" and "12345" not in card.sealed and card.shown == "•••••345"
    with pytest.raises(RuleBroken, match="đã có ở một đồng chí khác"):
        set_old_card(two, "00012345", by=None)
    set_old_card(one, "00012346", by=None)
    assert OldCard.objects.get().open() == "00012346"
    assert "12345" not in str(list(AuditEntry.objects.values_list("facts", flat=True)))
    with pytest.raises(RuleBroken, match="Ghi lý do"):
        show_old_card(one, "x", by=None)


def test_the_whole_number_is_shown_once_with_a_reason(world):
    one, client = world.members_a1[3], client_of(world.users["secretary"])
    address = f"/to-chuc/dang-vien/{one.pk}/"
    sent = client.post(f"{address}the-cu/", {"number": "00012345", "issued_at": "Ban Tổ chức Tỉnh ủy Giả"})
    assert sent.status_code == 302
    page = client.get(address).content.decode()
    assert "00012345" not in page and "Ban Tổ chức Tỉnh ủy Giả" in page
    answer = client.post(f"{address}xem-the-cu/", {"reason": "Đối chiếu khi đổi thẻ"})
    assert "00012345" in answer.content.decode() and answer["Cache-Control"] == "no-store"
    assert AuditEntry.objects.get(verb="member.old_card_shown").facts["reason"] == "Đối chiếu khi đổi thẻ"
    for role in ("committee", "office", "inspection"):
        assert client_of(world.users[role]).get(f"{address}xem-the-cu/").status_code == 403
        assert "Thẻ đảng viên cũ" not in client_of(world.users[role]).get(address).content.decode()


def test_bad_input_keeps_what_was_typed(world):
    client = client_of(world.users["secretary"])
    answer = client.post(f"/to-chuc/dang-vien/{world.members_a1[3].pk}/the-cu/", {"number": "123", "issued_at": "Nơi cấp giữ lại"})  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422 and "Nơi cấp giữ lại" in page and "đúng 8 chữ số" in page


@pytest.mark.parametrize(
    "fields,words",
    [
        ({"kind": "BANG_KHEN", "giver": "CHI_BO"}, "Bằng khen của Đảng do Ban thường vụ tỉnh ủy"),
        ({"kind": "BIEU_DUONG", "giver": "TINH_UY"}, "Biểu dương của Đảng do Chi bộ"),
        ({"decided_on": dt.date(1990, 1, 1)}, "sớm hơn ngày kết nạp"),
        ({"decision": "  "}, "Ghi số, ngày quyết định"),
    ],
)
def test_a_reward_that_cannot_be_is_refused(world, fields, words):
    with pytest.raises(RuleBroken, match=words):
        reward(world.members_a1[3], **fields)
    assert not Reward.objects.exists()


def test_the_same_decision_is_written_once(world):
    reward(world.members_a1[3])
    with pytest.raises(RuleBroken, match="đã ghi cho đồng chí ấy"):
        reward(world.members_a1[3])
    reward(world.members_a1[4])  # one decision may reward many


def test_the_condition_is_told_not_forced(world):
    """06-HD/TW 19.2a: excellent in the year; five years running for the level above and the province."""
    one, client = world.members_a1[3], client_of(world.users["secretary"])
    address = f"/to-chuc/dang-vien/{one.pk}/khen-thuong/"
    answers = {"kind": "GIAY_KHEN", "giver": "CO_SO", "decided_on": "2020-01-15", "decision": "QĐ 1"}
    told = client.post(address, answers, follow=True).content.decode()
    assert "Cổng chưa ghi xếp loại hoàn thành xuất sắc năm 2019 hoặc 2020" in told
    for year in range(2015, 2020):
        session = open_year(world.cell_a1, year, by=None)
        Rating.objects.filter(session=session, member=one).update(final="HTXS", not_rated="")
    assert "2015, 2016, 2017, 2018, 2019" in client.get(address).content.decode()
    told = client.post(address, {**answers, "decision": "QĐ 2"}, follow=True).content.decode()
    assert "Cổng chưa ghi" not in told
    told = client.post(address, {**answers, "kind": "BANG_KHEN", "giver": "TINH_UY", "decision": "QĐ 3"}, follow=True).content.decode()  # fmt: skip
    assert "Cổng chưa ghi" not in told
    Rating.objects.filter(session__year=2017, member=one).update(final="HTT")
    told = client.post(address, {**answers, "kind": "BANG_KHEN", "giver": "TINH_UY", "decision": "QĐ 4"}, follow=True).content.decode()  # fmt: skip
    assert "Cổng chưa ghi đủ 5 năm liền" in told


def test_rewards_stand_on_the_page_in_the_story_and_in_the_own_data(world):
    own = world.members_a1[5]
    reward(own, for_what="Hoàn thành xuất sắc nhiệm vụ năm 2019")
    page = client_of(world.users["member"]).get(f"/to-chuc/dang-vien/{own.pk}/").content.decode()
    assert "Được tặng giấy khen của Đảng (QĐ 05-QĐ/ĐU)" in page and "Hoàn thành xuất sắc nhiệm vụ năm 2019" in page
    before = client_of(world.users["secretary"]).get(f"/to-chuc/dang-vien/{own.pk}/?ngay=2020-01-14").content.decode()
    assert "giấy khen" not in before.lower()
    assert dict(data_of(own))["Khen thưởng của Đảng"][0][:2] == ("Hình thức", "Giấy khen")


def test_the_book_of_rewards_is_of_the_branch_and_of_the_day(world):
    reward(world.members_a1[3])
    reward(world.members_b1[2], decided_on=dt.date(2020, 11, 7), kind="BIEU_DUONG", giver="CHI_BO", decision="NQ 11")
    names = lambda role, query="": {one.member_id for one in client_of(world.users[role]).get(f"/to-chuc/khen-thuong/?{query}").context["object_list"]}  # noqa: E731 # fmt: skip
    both = {world.members_a1[3].pk, world.members_b1[2].pk}
    assert names("organising") == both and names("office") == both and names("secretary") == {world.members_a1[3].pk}
    assert names("organising", "ngay=2020-06-30") == {world.members_a1[3].pk}
    assert names("organising", "kind=BIEU_DUONG") == {world.members_b1[2].pk}
    assert names("organising", "year=2019") == set()


def test_the_book_asks_no_more_for_many(world):
    client = client_of(world.users["organising"])
    client.get("/to-chuc/khen-thuong/")
    reward(world.members_a1[3])

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/to-chuc/khen-thuong/").status_code == 200
        return len(queries)

    one = asked()
    for member in (*world.members_a1[4:8], *world.members_b1[:3]):
        reward(member)
    assert asked() <= one


def brought_in(world, rows):
    run = send_list("dang-vien", upload(rows, heads=[*HEADS, "Số thẻ đảng viên cũ"]), "write", by=world.users["organising"])  # fmt: skip
    run_import(run.pk)
    run.refresh_from_db()
    if run.may_confirm:
        confirm(run, by=run.requester)
        run_import(run.pk)
    return run


def test_a_list_brings_old_numbers_in_sealed(world):
    run = brought_in(world, [[*person(1), "00000123"], [*person(2), "123"], [*person(3), ""]])
    assert OldCard.objects.get().open() == "00000123" and "00000123" not in str(list(ImportRow.objects.values()))
    wrong = [row for row in run.rows.all() if row.problems]
    assert len(wrong) == 1 and "cần đúng 8" in str(wrong[0].problems)
    again = brought_in(world, [[*person(1), "00000123"]])
    assert again.counts == {"same": 1}
    OldCard.objects.update(issued_at="Nơi cấp giữ lại")
    brought_in(world, [[*person(1), "00000124"]])
    card = OldCard.objects.get()
    assert (card.open(), card.issued_at) == ("00000124", "Nơi cấp giữ lại")
    taken = brought_in(world, [[*person(4), "00000124"]])
    assert "đã có ở một đồng chí khác" in str([row.problems for row in taken.rows.all()])
    assert OldCard.objects.count() == 1
