"""The paper file as a checklist: what it should hold, how it was found, by the day; who reads it, who ticks it."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chibo.dossier_choices import PaperState
from chibo.dossier_rules import AT_ADMISSION, AT_RECOGNITION, EVERY_YEAR, INTRODUCED, Life, expected, kinds_on
from chibo.models import Badge, DossierPaper
from chibo.owndata import data_of
from chibo.services.dossier import check_papers, file_of
from chibo.services.lifecycle import note_discipline
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.base.errors import RuleBroken

DAY, EARLIER, NOW = dt.date(2020, 11, 9), dt.date(2020, 6, 30), dt.date(2020, 12, 21)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.PORTAL_TODAY = NOW


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def test_the_catalogue_has_104_kinds_in_three_thirds():
    kinds = list(kinds_on(NOW).values())
    assert [one.number for one in kinds] == list(range(1, 105)) and len({one.name for one in kinds}) == 104
    count = {at: sum(one.priority == at for one in kinds) for at in (1, 2, 3)}
    assert count == {1: 36, 2: 49, 3: 19}  # 1–36, 37–85, 86–104
    assert set(AT_ADMISSION) | set(AT_RECOGNITION) | set(EVERY_YEAR) | set(INTRODUCED) <= set(kinds_on(NOW))


def test_what_a_file_should_hold_follows_what_the_register_knows(world):
    probationary, one = world.members_a1[9], world.members_a1[3]
    assert set(expected(Life())) == set(AT_ADMISSION)
    assert {line.kind.number for line in file_of(probationary, NOW).wanted} == set(AT_ADMISSION)
    before = {line.kind.number for line in file_of(one, NOW).wanted}
    assert before == {*AT_ADMISSION, *AT_RECOGNITION, *EVERY_YEAR} - {19}  # no card is written yet
    Badge.objects.create(member=one, years=30, awarded_on=dt.date(2020, 9, 2))
    note_discipline(one, "KHIEN_TRACH", dt.date(2020, 10, 1), "QĐ 3", by=None)
    assert {line.kind.number for line in file_of(one, NOW).wanted} - before == {20, 22}
    assert {line.kind.number for line in file_of(one, dt.date(2020, 9, 30)).wanted} - before == {20}
    assert {line.kind.number for line in file_of(one, dt.date(2010, 6, 1)).wanted} == set(AT_ADMISSION)


def test_a_later_look_keeps_the_earlier_one(world):
    one = world.members_a1[3]
    assert check_papers(one, EARLIER, {1: "CO", 2: "THIEU", 5: "CO"}, by=None) == 3
    assert check_papers(one, DAY, {1: "DA_SO_HOA", 2: "CO", 5: ""}, by=None) == 2
    assert check_papers(one, DAY, {1: "DA_SO_HOA", 2: "CO"}, by=None) == 0  # the same day found the same
    assert check_papers(one, dt.date(2020, 12, 1), {1: "DA_SO_HOA", 2: "CO"}, by=None) == 0  # nothing changed
    then, now = file_of(one, dt.date(2020, 7, 31)), file_of(one, NOW)
    assert (then.held, len(then.missing), then.scanned, then.checked_on) == (2, 1, 0, EARLIER)
    assert (now.held, len(now.missing), now.scanned, now.checked_on) == (3, 0, 1, DAY)
    assert now.unseen == len(now.wanted) - 3
    assert check_papers(one, dt.date(2020, 12, 1), {1: "DA_SO_HOA", 2: "CO"}, by=None, whole=True) == 2  # seen again
    assert file_of(one, NOW).checked_on == dt.date(2020, 12, 1)
    check_papers(one, DAY, {3: "KHONG_CAN"}, by=None)
    assert len(file_of(one, NOW).wanted) == len(now.wanted) - 1  # what is not needed is asked of nobody


@pytest.mark.parametrize(
    "on,states,words",
    [
        (dt.date(2090, 3, 1), {1: "CO"}, "chưa đến"),
        (dt.date(1999, 3, 1), {1: "CO"}, "sớm hơn ngày kết nạp"),
        (DAY, {105: "CO"}, "không có giấy tờ số 105"),
        (DAY, {1: ""}, "Chưa đánh dấu giấy tờ nào"),
    ],
)
def test_what_cannot_be_is_refused(world, on, states, words):
    with pytest.raises(RuleBroken, match=words):
        check_papers(world.members_a1[3], on, states, by=None)
    assert not DossierPaper.objects.exists()


def test_the_committee_ticks_and_the_page_tells_how_it_was_found(world):
    one, client = world.members_a1[3], client_of(world.users["committee"])
    address = f"/to-chuc/dang-vien/{one.pk}/ho-so/"
    assert "Chưa kiểm" in client.get(address).content.decode()
    form = client.get(f"{address}kiem/").content.decode()
    assert "Quyết định kết nạp đảng viên" in form and form.count("<select") == 104
    sent = client.post(f"{address}kiem/", {"on": "2020-11-09", "paper_1": "CO", "paper_2": "DA_SO_HOA", "paper_38": "THIEU"})  # fmt: skip
    assert sent.status_code == 302 and sent["Location"] == address
    page = client.get(address).content.decode()
    assert "Thiếu" in page and "đã số hóa lên hệ thống Trung ương" in page and "1361-CV/BTCTW" in page
    told = AuditEntry.objects.get(verb="member.papers_checked")
    assert told.facts["papers"] == 3 and told.facts["on"] == "2020-11-09"
    own = client.get(f"/to-chuc/dang-vien/{one.pk}/").content.decode()
    assert "thiếu 1" in own and "Kiểm hồ sơ giấy: xem 3 giấy tờ, thiếu 1" in own


def test_bad_input_keeps_what_was_chosen(world):
    one, client = world.members_a1[3], client_of(world.users["committee"])
    answer = client.post(f"/to-chuc/dang-vien/{one.pk}/ho-so/kiem/", {"on": "2099-01-01", "paper_1": "CO", "paper_104": "THIEU"})  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422 and '<option value="CO" selected>' in page and "Kiểm tra lại năm" in page
    assert not DossierPaper.objects.exists()


def test_the_secretary_reads_and_is_told_who_ticks(world):
    client, one = client_of(world.users["secretary"]), world.members_a1[3]
    page = client.get(f"/to-chuc/dang-vien/{one.pk}/ho-so/")
    assert page.status_code == 200 and "/kiem/" not in page.content.decode()
    refused = client.get(f"/to-chuc/dang-vien/{one.pk}/ho-so/kiem/")
    assert refused.status_code == 403 and "báo giấy còn thiếu cho đảng ủy" in refused.content.decode()
    assert client_of(world.users["office"]).get(f"/to-chuc/dang-vien/{one.pk}/ho-so/").status_code == 403
    assert client.get(f"/to-chuc/dang-vien/{world.members_a2[1].pk}/ho-so/").status_code == 404


def test_the_list_finds_who_lacks_a_paper_as_of_a_day(world):
    client = client_of(world.users["organising"])
    one, two = world.members_a1[3], world.members_b1[2]
    check_papers(one, EARLIER, {38: "THIEU", 1: "CO"}, by=None)
    check_papers(two, EARLIER, {5: "THIEU"}, by=None)
    check_papers(one, DAY, {38: "CO"}, by=None)

    def names(query):
        return {row.pk for row in client.get(f"/to-chuc/dang-vien/ho-so/?{query}").context["object_list"]}

    assert names("only=missing") == {two.pk}
    assert names("only=missing&ngay=2020-07-31") == {one.pk, two.pk}
    assert names("paper=38&ngay=2020-07-31") == {one.pk}
    assert names("paper=38") == set()
    assert one.pk not in names("only=unseen") and len(names("only=unseen")) == 18
    assert len(names("cell=chi+bo+b1")) == 5


def test_the_list_asks_no_more_for_many_than_for_one(world):
    client = client_of(world.users["committee"])
    client.get("/to-chuc/dang-vien/ho-so/")
    check_papers(world.members_a1[3], DAY, {1: "CO"}, by=None)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/to-chuc/dang-vien/ho-so/").status_code == 200
        return len(queries)

    one = asked()
    for member in (*world.members_a1, *world.members_a2):
        check_papers(member, EARLIER, dict.fromkeys(range(1, 9), PaperState.PRESENT), by=None)
    assert asked() <= one


def test_a_member_finds_the_checklist_among_the_own_data(world):
    own = world.members_a1[5]
    check_papers(own, DAY, {38: "THIEU"}, by=None)
    lines = dict(data_of(own))["Giấy tờ trong hồ sơ (chỉ có hay thiếu)"]
    assert lines[0][:2] == ("Giấy chứng nhận học lớp bồi dưỡng nhận thức về Đảng", "Thiếu, kiểm 09/11/2020")
    page = client_of(world.users["member"]).get(f"/to-chuc/dang-vien/{own.pk}/").content.decode()
    assert "Kiểm hồ sơ giấy" in page and "/ho-so/" not in page  # told, without an address that would be refused
