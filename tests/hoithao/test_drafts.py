"""What is chosen or typed on a step is kept as each field is left, and shown again until the button is pressed."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from chibo.choices import Role
from hoithao.models import Contribution, Meeting
from tests.factories.chibo import make_user
from tests.factories.hoithao import closed, opened


@pytest.fixture
def secretary(client, world):
    client.force_login(world.users["secretary"])
    return client


def step(meeting, slug):
    return reverse("hoithao:run", args=[meeting.pk, slug])


def leave(client, meeting, slug, **fields):
    sent = {"draft": "1", "once": str(uuid.uuid4()), **fields}
    return client.post(step(meeting, slug), sent, HTTP_ACCEPT="application/json")


def test_half_a_contribution_outlives_the_page_and_the_session(secretary, world):
    meeting = opened(world.cell_a1, world.members_a1)
    answer = leave(secretary, meeting, "thao-luan", member=world.members_a1[2].pk, text="Đề nghị làm sớm")
    assert answer.status_code == 200 and answer.json()["saved_at"]
    assert not Contribution.objects.exists()
    again = Client()
    again.force_login(world.users["secretary"])
    page = again.get(step(meeting, "thao-luan"))
    assert "Đề nghị làm sớm" in page.text and "chưa vào biên bản" in page.text and 'role="alert"' not in page.text
    assert f'value="{world.members_a1[2].pk}" selected' in page.text
    sent = {"member": world.members_a1[2].pk, "sort": "GOP_Y", "text": "Đề nghị làm sớm", "stay": "1"}
    again.post(step(meeting, "thao-luan"), {**sent, "once": page.context["once"]})
    assert Contribution.objects.count() == 1
    assert "Đề nghị làm sớm" not in again.get(step(meeting, "thao-luan")).context["form"].initial.values()


def test_marks_of_a_roll_half_taken_are_there_after_a_reload(secretary, world):
    meeting = opened(world.cell_a1, world.members_a1)
    ill = world.members_a1[3]
    leave(secretary, meeting, "diem-danh", **{f"mark_{ill.pk}": "VANG", f"reason_{ill.pk}": "OM_DAU"})
    rows = {row.member_id: row for row in secretary.get(step(meeting, "diem-danh")).context["counted"]}
    assert (rows[ill.pk].chosen, rows[ill.pk].chosen_reason) == ("VANG", "OM_DAU")
    assert meeting.roll.get(member=ill).mark == "CO_MAT"  # kept, not yet written


def marks_of(page, **marks):
    """What a browser sends from this page of the roll."""
    seal = page.context["seal"]
    return {"seen_roll": seal, "once": str(page.context["once"]), **marks}


@pytest.mark.parametrize("way", ["draft", "refused"])
def test_roll_kept_from_before_never_hides_what_another_marked_since(secretary, world, way):
    meeting = opened(world.cell_a1, world.members_a1)
    ill, away = world.members_a1[3], world.members_a1[4]
    mine = marks_of(
        secretary.get(step(meeting, "diem-danh")), **{f"mark_{ill.pk}": "VANG", f"reason_{ill.pk}": "OM_DAU"}
    )
    other = Client()
    other.force_login(make_user("deputy", Role.CELL_SECRETARY, world.cell_a1))
    theirs = {f"mark_{away.pk}": "VANG", f"reason_{away.pk}": "CONG_TAC"}
    sent = other.post(step(meeting, "diem-danh"), marks_of(other.get(step(meeting, "diem-danh")), **theirs))
    assert sent.status_code == 302 and meeting.roll.get(member=away).mark == "VANG_CO_LY_DO"
    if way == "draft":
        leave(secretary, meeting, "diem-danh", **mine)
        page = secretary.get(step(meeting, "diem-danh"))
    else:  # a reason is missing: the page comes back, still from the roll it started from
        page = secretary.post(step(meeting, "diem-danh"), {**mine, f"reason_{ill.pk}": ""})
        assert page.status_code == 422
    again = {**mine, "seen_roll": page.context["seal"], "once": str(page.context["once"])}
    asked = secretary.post(step(meeting, "diem-danh"), again)
    assert asked.status_code == 409 and away.full_name in asked.text
    assert meeting.roll.get(member=away).mark == "VANG_CO_LY_DO"
    known = {**mine, "seen_roll": asked.context["seal"], "once": str(asked.context["once"])}
    assert secretary.post(step(meeting, "diem-danh"), known).status_code == 302  # told, and pressed again
    assert meeting.roll.get(member=away).mark == "CO_MAT"


def test_draft_is_nobody_elses(client, world):
    meeting = opened(world.cell_a1, world.members_a1)
    client.force_login(world.users["secretary"])
    leave(client, meeting, "thao-luan", text="Riêng của tôi")
    client.force_login(world.users["committee"])
    assert "Riêng của tôi" not in client.get(step(meeting, "thao-luan")).text


@pytest.mark.parametrize("role,status", [("standing", 403), ("member", 403), ("administrator", 404), ("stranger", 404)])
def test_who_does_not_run_the_meeting_keeps_no_draft(client, world, role, status):
    meeting = opened(world.cell_a1, world.members_a1)
    client.force_login(world.users[role])
    assert leave(client, meeting, "thao-luan", text="Lạ").status_code == status


def test_draft_of_a_locked_meeting_and_a_secret_one_are_refused(secretary, world):
    meeting = closed(world.cell_a1, world.members_a1).meeting
    assert "đã khóa" in leave(secretary, meeting, "thao-luan", text="x").json()["message"]
    other = opened(world.cell_a1, world.members_a1, month=meeting.month.replace(month=11))
    assert "độ mật" in leave(secretary, other, "thao-luan", text="TUYỆT MẬT").json()["message"]
    assert "TUYỆT MẬT" not in secretary.get(step(other, "thao-luan")).text


def test_refusals_stand_at_their_field_with_a_link_on_top(secretary, world):
    meeting = opened(world.cell_a1, world.members_a1)
    gone = world.members_a1[4]
    roll = {f"mark_{gone.pk}": "VANG", "seen_roll": "", "once": uuid.uuid4()}
    vote = {"subject": "Nghị quyết", "threshold": "QUA_NUA", "in_favour": "99", "against": "0", "blank": "0"}
    for slug, sent, name in (
        ("diem-danh", roll, f"mark_{gone.pk}"),
        ("ket-luan", {"conclusion": "", "seen_conclusion": ""}, "conclusion"),
        ("bieu-quyet", vote, "in_favour"),
    ):
        page = secretary.post(step(meeting, slug), {**sent, "once": uuid.uuid4()})
        assert page.status_code == 422 and f'id="loi-{name}"' in page.text, slug
        assert 'href="#loi-' in page.text or 'href="#id_in_favour"' in page.text, slug
    assert Meeting.objects.get().conclusion == ""
