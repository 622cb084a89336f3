"""Many at once: one key one row, no text lost, opposite locks done again. Against real PostgreSQL, in real threads."""

import datetime as dt
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from chibo.models import Organisation
from hoithao.models import Contribution, Meeting
from hoithao.services.meetings import save_text
from hoithao.services.minutes import close_meeting
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.base.retrying import whole
from kyanh_portal.documents.models import IssuedDocument
from nghiquyet.models import Resolution
from nghiquyet.services.issuing import issue_resolution, return_to_draft
from tests.factories.hoithao import opened, ready
from tests.factories.nghiquyet import adopted, cell_draft

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(number, work):
    """What `work(i)` answers in `number` threads that start together."""
    gate = threading.Barrier(number)

    def one(i):
        gate.wait()
        try:
            return work(i)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_one_key_sent_fifty_times_is_one_row_and_one_answer(committed_world):
    w = committed_world
    meeting = opened(w.cell_a1, w.members_a1)
    page = reverse("hoithao:run", args=[meeting.pk, "thao-luan"])
    body = {"member": w.members_a1[2].pk, "sort": "GOP_Y", "text": "Nhất trí với báo cáo.", "once": str(uuid.uuid4())}
    body["sort"] = Contribution._meta.get_field("sort").choices[0][0]
    clients = [signed_in(w.users["secretary"]) for _ in range(10)]
    answers = [a for _ in range(5) for a in at_once(10, lambda i: clients[i].post(page, {**body, "stay": "1"}))]
    assert {(a.status_code, a.headers.get("Location")) for a in answers} == {(302, page)}
    assert meeting.contributions.count() == 1

    other = clients[0].post(page, {**body, "stay": "1", "text": "Một ý kiến khác hẳn."})
    shown = other.content.decode()
    assert other.status_code == 409 and meeting.contributions.count() == 1
    assert "Một ý kiến khác hẳn." in shown and body["once"] not in shown
    assert "đã gửi một lần với nội dung khác" in shown


def test_two_editors_lose_nothing(committed_world):
    w, each = committed_world, 25
    meeting = opened(w.cell_a1, w.members_a1)
    address = reverse("hoithao:meeting_save", args=[meeting.pk])
    conflicts = []

    def edit(i):
        client, mine, seen = signed_in(w.users["secretary"]), "", ""
        for n in range(each):
            mine = f"{seen}\nviệc {i}-{n}".strip()
            for _ in range(200):
                answer = client.post(address, {"field": "conclusion", "value": mine, "seen": seen})
                if answer.status_code == 200:
                    seen = answer.json()["seen"]
                    break
                assert answer.status_code == 409
                seen = answer.json()["theirs"]  # both texts are at hand: merged, then sent again
                conflicts.append(i)
                mine = f"{seen}\nviệc {i}-{n}"
        return mine

    at_once(2, edit)
    meeting.refresh_from_db()
    assert sorted(meeting.conclusion.split("\n")) == sorted(f"việc {i}-{n}" for i in (0, 1) for n in range(each))
    assert conflicts, "the two never met: nothing was tested"


def test_opposite_locks_are_done_again_inside(committed_world):
    pair = list(Organisation.objects.order_by("pk")[:2].values_list("pk", flat=True))
    tries, met = [], threading.Barrier(2, timeout=60)

    def both(i):
        order = pair if i else pair[::-1]

        def work():
            tries.append(i)
            for pk in order:
                row = Organisation.objects.select_for_update(of=("self",)).get(pk=pk)
                if tries.count(i) == 1 and pk == order[0]:
                    met.wait()  # each has its first, and will want the other's
                Organisation.objects.filter(pk=pk).update(place_name=row.place_name + "x")

        whole(work)

    at_once(2, both)
    assert [len(o.place_name) for o in Organisation.objects.filter(pk__in=pair)] == [len("Kỳ Anh") + 2] * 2
    assert len(tries) > 2, "no deadlock came about: nothing was tested"


def test_a_deadlock_inside_a_larger_transaction_is_the_callers(committed_world):
    with transaction.atomic():
        assert whole(lambda: 7) == 7


def test_closing_twice_at_once_makes_one_paper(committed_world):
    w = committed_world
    meeting = ready(w.cell_a1, w.members_a1)
    end = meeting.starts_at + dt.timedelta(minutes=90)
    Meeting.objects.filter(pk=meeting.pk).update(opened_at=meeting.starts_at)
    made = at_once(4, lambda i: close_meeting(Meeting.objects.get(pk=meeting.pk), by=None, ended_at=end).document_id)
    assert len(set(made)) == 1 and IssuedDocument.objects.count() == 1


def test_issuing_and_returning_at_once_have_one_outcome(committed_world):
    w, outcomes = committed_world, set()
    for turn in range(6):
        draft = adopted(cell_draft(w.cell_a1, title=f"việc thứ {turn}"), base=9, in_favour=9)

        def act(i, pk=draft.pk, day=draft.adopted_on):
            row = Resolution.objects.get(pk=pk)
            try:
                if i:
                    return issue_resolution(row, by=None, dated=day).status
                return return_to_draft(row, by=None, reason="Sửa lại lời.").status
            except RuleBroken:
                return "refused"

        answers = at_once(2, act)
        assert answers.count("refused") == 1
        draft.refresh_from_db()
        assert draft.status in answers
        outcomes.add(draft.status)
    numbers = list(IssuedDocument.objects.filter(kind="resolution").order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_saved_text_of_another_is_never_overwritten(committed_world):
    meeting = opened(committed_world.cell_a1, committed_world.members_a1)
    save_text(meeting, "conclusion", "bản một", seen="")
    with pytest.raises(Conflict) as caught:
        save_text(meeting, "conclusion", "bản hai", seen="")
    assert caught.value.theirs == "bản một"
