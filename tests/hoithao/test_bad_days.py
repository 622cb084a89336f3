"""Bad days of a secretary: the database stops midway, a secret paper is typed, a child of locked minutes is touched."""

import re
import uuid

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.urls import reverse

from hoithao.models import Contribution, Meeting, Vote
from hoithao.services.minutes import add_addendum
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.base.stamps import GUIDE
from tests.factories.hoithao import closed, opened

SECRET = "TỐI MẬT\nKế hoạch phòng thủ khu vực"
CHILDREN = ["agendaitem", "attendance", "contribution", "vote", "paper", "remark", "disagreement", "conclusion"]


@pytest.fixture
def secretary(client, world):
    client.force_login(world.users["secretary"])
    return client


def step(meeting, slug):
    return reverse("hoithao:run", args=[meeting.pk, slug])


def unreachable():
    """From now on the server is sought at a port where nobody listens: what a stopped PostgreSQL looks like."""
    connection.close()
    was = dict(connection.settings_dict)
    connection.settings_dict.update(HOST="127.0.0.1", PORT="1")
    return was


def reachable(was):
    connection.close()
    connection.settings_dict.update(was)


@pytest.fixture
def running(client, committed_world):
    meeting = opened(committed_world.cell_a1, committed_world.members_a1)
    client.force_login(committed_world.users["secretary"])
    client.raise_request_exception = False
    return client, meeting


def test_stopped_database_gives_back_what_was_typed_and_recovers_by_itself(running):
    client, meeting = running
    typed = {"conclusion": "Giao đồng chí phó bí thư\nbáo cáo <b>trước</b> ngày 25 tháng này.", "seen_conclusion": "", "once": str(uuid.uuid4())}  # fmt: skip
    was = unreachable()
    try:
        with pytest.raises(OperationalError):
            connection.ensure_connection()
        page = client.post(step(meeting, "ket-luan"), typed)
        read = client.get(step(meeting, "ket-luan"))
        saved = client.post(
            reverse("hoithao:meeting_save", args=[meeting.pk]),
            {"field": "conclusion", "value": "x", "seen": ""}, HTTP_ACCEPT="application/json",
        )  # fmt: skip
    finally:
        reachable(was)
    assert page.status_code == read.status_code == saved.status_code == 503
    assert page.headers["Retry-After"] and "Traceback" not in page.text
    assert "báo cáo &lt;b&gt;trước&lt;/b&gt; ngày 25" in page.text and "Gửi lại" in page.text
    assert f'action="{step(meeting, "ket-luan")}"' in page.text
    assert "sẽ tự gửi lại" in saved.json()["message"]
    assert Meeting.objects.get().conclusion == ""
    again = {name: typed[name] for name in re.findall(r'name="(\w+)"', page.text.split("<form")[1])}
    assert set(again) == set(typed)
    for _ in range(2):  # its button, pressed twice
        assert client.post(step(meeting, "ket-luan"), again).status_code == 302
    assert Meeting.objects.get().conclusion == typed["conclusion"]


def test_contribution_sent_again_from_the_page_of_503_stands_once(running):
    client, meeting = running
    member = meeting.roll.first().member_id
    typed = {"member": member, "sort": "GOP_Y", "text": "Nhất trí.", "stay": "1", "once": str(uuid.uuid4())}
    was = unreachable()
    try:
        assert client.post(step(meeting, "thao-luan"), typed).status_code == 503
    finally:
        reachable(was)
    for _ in range(3):
        client.post(step(meeting, "thao-luan"), typed)
    assert Contribution.objects.filter(text="Nhất trí.").count() == 1


def test_connection_cut_midway_is_mended_by_the_next_request(running):
    client, meeting = running
    with connection.cursor() as cursor, pytest.raises(OperationalError):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    connection.close()
    assert client.get(step(meeting, "ket-luan")).status_code == 200


def test_password_never_stands_on_the_page_of_503(client, committed_world):
    client.raise_request_exception = False
    was = unreachable()
    try:
        page = client.post(reverse("account_login"), {"login": "secretary", "password": "rất kín"})
    finally:
        reachable(was)
    assert page.status_code == 503 and "rất kín" not in page.text and "secretary" not in page.text


def forms_of(meeting, item, member):
    run = {
        slug: step(meeting, slug)
        for slug in ("khai-mac", "diem-danh", "noi-dung", "thao-luan", "bieu-quyet", "ket-luan")
    }
    vote = {"threshold": "QUA_NUA", "in_favour": "1", "against": "0", "blank": "0"}
    return [
        (run["khai-mac"], {"guests": SECRET, "seen_guests": ""}),
        (run["diem-danh"], {f"mark_{member.pk}": "VANG", f"reason_{member.pk}": "KHAC", f"note_{member.pk}": "Tuyệt mật"}),
        (run["noi-dung"], {"documents_spread": SECRET, "seen_documents_spread": ""}),
        (run["noi-dung"], {f"presented_{item.pk}": SECRET, f"seen_presented_{item.pk}": ""}),
        (run["noi-dung"], {f"summed_up_{item.pk}": SECRET, f"seen_summed_up_{item.pk}": ""}),
        (run["thao-luan"], {"member": member.pk, "sort": "GOP_Y", "text": SECRET}),
        (run["thao-luan"], {"guest": "MẬT", "sort": "GOP_Y", "text": "Nhất trí"}),
        (run["bieu-quyet"], {"subject": "Độ mật: Mật. Thông qua", **vote}),
        (run["ket-luan"], {"conclusion": SECRET, "seen_conclusion": ""}),
        (reverse("hoithao:agenda_edit", args=[meeting.pk]), {f"title_{item.pk}": "T Ố I  M Ậ T"}),
        (reverse("hoithao:agenda_edit", args=[meeting.pk]), {"new": "TUYỆT MẬT"}),
        (reverse("hoithao:meeting_edit", args=[meeting.pk]), {"place": "Tối mật", "day": "2020-12-05", "hour": "19:30"}),
    ]  # fmt: skip


@pytest.mark.parametrize("number", range(12))
def test_stamped_text_is_stopped_before_storing_on_every_form(secretary, world, number):
    meeting = opened(world.cell_a1, world.members_a1)
    item = meeting.agenda.first()
    address, sent = forms_of(meeting, item, world.members_a1[3])[number]
    answer = secretary.post(address, {**sent, "once": uuid.uuid4()})
    assert answer.status_code == 422 and GUIDE in answer.text
    entry = AuditEntry.objects.get(verb="secrecy.stopped")
    assert entry.by == world.users["secretary"] and set(entry.facts) == {"rule", "field", "place"}
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{table}" AS x WHERE x::text ~* %s', ["phòng thủ khu vực|tối mật|t ố i  m ậ t|tuyệt mật"])  # fmt: skip
            assert cursor.fetchone()[0] == 0, table


def test_stamped_text_saved_by_a_script_is_stopped(secretary, world):
    meeting = opened(world.cell_a1, world.members_a1)
    sent = {"field": "conclusion", "value": SECRET, "seen": ""}
    answer = secretary.post(reverse("hoithao:meeting_save", args=[meeting.pk]), sent, HTTP_ACCEPT="application/json")
    plain = secretary.post(reverse("hoithao:meeting_save", args=[meeting.pk]), sent)
    assert answer.status_code == plain.status_code == 422 and answer.json()["message"] == GUIDE
    assert AuditEntry.objects.filter(verb="secrecy.stopped").exists() and Meeting.objects.get().conclusion == ""


def test_stamped_addendum_and_new_meeting_are_stopped(secretary, world):
    meeting = closed(world.cell_a1, world.members_a1).meeting
    for address, sent in (
        (reverse("hoithao:addendum_create", args=[meeting.pk]), {"reason": "Ghi thiếu", "text": SECRET}),
        (reverse("hoithao:meeting_create"), {"theme": "TUYỆT MẬT", "place": "Nhà văn hóa"}),
    ):
        answer = secretary.post(address, {**sent, "once": uuid.uuid4()})
        assert answer.status_code == 422 and GUIDE in answer.text
    assert not meeting.minutes.addenda.exists()


def test_stamped_text_does_not_wait_in_a_new_session(client, world):
    meeting = opened(world.cell_a1, world.members_a1)
    from django.test import Client

    visitor = Client(enforce_csrf_checks=True)
    visitor.get(reverse("account_login"))
    visitor.post(step(meeting, "ket-luan"), {"conclusion": SECRET, "csrfmiddlewaretoken": "x" * 64})
    assert "parked_post" not in visitor.session


@pytest.mark.parametrize("table", [*CHILDREN, "meeting", "minutes", "addendum"])
def test_no_table_of_a_meeting_can_be_emptied_at_once(world, table):
    closed(world.cell_a1, world.members_a1)
    with pytest.raises(DatabaseError, match="frozen|refuses"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE hoithao_{table} CASCADE")


@pytest.mark.parametrize("table", ["agendaitem", "attendance", "contribution", "vote", "addendum", "minutes"])
@pytest.mark.parametrize("statement", ["DELETE FROM hoithao_{}", "UPDATE hoithao_{} SET id = id"])
def test_rows_of_locked_minutes_are_neither_changed_nor_deleted(world, table, statement):
    minutes = closed(world.cell_a1, world.members_a1)
    add_addendum(minutes, by=None, reason="Ghi nhầm", text="Nội dung đúng")
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_a_vote_of_another_meeting_cannot_be_moved_into_a_locked_one(world):
    minutes = closed(world.cell_a1, world.members_a1)
    other = opened(world.cell_a1, world.members_a1, month=minutes.meeting.month.replace(month=11))
    Vote.objects.create(meeting=other, order=1, subject="x", base=10, entitled_present=10, in_favour=1)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE hoithao_vote SET meeting_id = %s WHERE meeting_id = %s", [minutes.meeting_id, other.pk])
