"""The procedure as data: order, pages, stamps; tasks given, returning and answered."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from hoithao.choices import Part, TaskState
from hoithao.models import Meeting, StepTemplate, Task, TaskResult
from hoithao.services.minutes import close_meeting
from hoithao.services.procedure import mark_prepared, stamps_of
from hoithao.services.tasks import give_task, report_tasks, tasks_of_last
from hoithao.views.stepping import current_step, steps_of
from kyanh_portal.base.errors import Conflict, RuleBroken
from tests.factories.hoithao import kind, opened, planned, ready

NEXT = dt.date(2021, 1, 1)


@pytest.fixture
def secretary(client, world):
    client.force_login(world.users["secretary"])
    return client


def step(meeting, slug):
    return reverse("hoithao:run", args=[meeting.pk, slug])


def test_regular_meeting_has_the_twenty_steps_of_the_guide(world):
    steps = list(StepTemplate.objects.filter(kind=kind()))
    assert [one.order for one in steps] == list(range(1, 21))
    assert steps[5].name == "Cử thư ký" and steps[15].code == "giao-viec" and steps[18].code == "doc-lai"
    pages = [one.slug for one in steps_of(planned(world.cell_a1))]
    wanted = [
        "khai-mac",
        "diem-danh",
        "noi-dung",
        "thao-luan",
        "ket-luan",
        "giao-viec",
        "bieu-quyet",
        "doc-lai",
        "ket-thuc",
    ]
    assert [page for page in pages if page in wanted] == wanted


def test_order_and_pages_follow_the_data_of_the_day(world):
    meeting = planned(world.cell_a1)
    last = StepTemplate.objects.get(kind=kind(), code="bieu-quyet")
    last.valid_to = dt.date(2020, 12, 4)
    last.save()
    StepTemplate.objects.create(kind=kind(), order=7, code="bieu-quyet", phase=Part.OPENING, name="Biểu quyết trước",
                                page="bieu-quyet", valid_from=dt.date(2020, 12, 5))  # fmt: skip
    pages = [one.slug for one in steps_of(meeting)]
    assert pages.index("bieu-quyet") < pages.index("noi-dung")
    earlier = planned(world.cell_a1, dt.date(2020, 11, 1))
    pages = [one.slug for one in steps_of(earlier)]
    assert pages.index("bieu-quyet") > pages.index("giao-viec")


def test_each_press_stamps_its_steps_once_and_the_meeting_resumes_there(secretary, world):
    meeting = opened(world.cell_a1, world.members_a1)
    assert current_step(meeting) == "noi-dung"
    secretary.post(step(meeting, "noi-dung"), {"once": uuid.uuid4()})
    first = stamps_of(meeting)
    assert {"dang-phi", "chuong-trinh", "thoi-su", "ket-qua", "hoc-bac"} <= set(first)
    secretary.post(step(meeting, "noi-dung"), {"once": uuid.uuid4()})
    assert stamps_of(meeting) == first
    said = {"member": world.members_a1[2].pk, "sort": "GOP_Y", "text": "Nhất trí.", "stay": "1", "once": uuid.uuid4()}
    secretary.post(step(meeting, "thao-luan"), said)
    assert secretary.get(reverse("hoithao:resume", args=[meeting.pk])).url == step(meeting, "thao-luan")
    secretary.post(step(meeting, "thao-luan"), {"once": uuid.uuid4()})
    assert secretary.get(reverse("hoithao:resume", args=[meeting.pk])).url == step(meeting, "ket-luan")


def test_preparing_steps_are_ticked_and_taken_back(world):
    meeting = planned(world.cell_a1)
    mark_prepared(meeting, {"chi-uy", "tai-lieu"}, by=None)
    at = stamps_of(meeting)["chi-uy"]
    mark_prepared(meeting, {"chi-uy"}, by=None)
    assert stamps_of(meeting) == {"chi-uy": at}
    with pytest.raises(RuleBroken):
        mark_prepared(meeting, {"diem-danh"}, by=None)


def test_task_is_given_over_http_and_returns_until_it_is_done(secretary, world):
    meeting = opened(world.cell_a1, world.members_a1)
    sent = {
        "text": "Vận động hai hộ",
        "member": world.members_a1[3].pk,
        "due": "2020-12-25",
        "stay": "1",
        "once": uuid.uuid4(),
    }
    for _ in range(2):
        assert secretary.post(step(meeting, "giao-viec"), sent).status_code == 302
    task = Task.objects.get()
    assert "Vận động hai hộ" in secretary.get(step(meeting, "giao-viec")).text
    later = opened(world.cell_a1, world.members_a1, NEXT)
    page = secretary.get(step(later, "noi-dung"))
    assert "Kết quả 1 việc giao kỳ trước" in page.text and "đã quá hạn" in page.text
    answer = secretary.post(
        step(later, "noi-dung"), {f"state_{task.pk}": "CHUA_LAM", f"was_{task.pk}": "", "once": uuid.uuid4()}
    )
    assert answer.status_code == 302 and tasks_of_last(later) == (0, 1)
    assert list(Task.objects.coming_to(later)) == [task]
    report_tasks(later, {task.pk: (TaskState.DONE, "đủ hai hộ")}, by=None)
    assert tasks_of_last(later) == (1, 1)
    third = planned(world.cell_a1, dt.date(2021, 2, 1))
    assert not Task.objects.coming_to(third).exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " "}, "text"),
        ({"member": None}, "member"),
        ({"due": None}, "due"),
        ({"due": dt.date(2020, 12, 4)}, "due"),
    ],
)
def test_task_lacking_what_it_needs_is_refused_at_its_field(world, change, field):
    meeting = opened(world.cell_a1, world.members_a1)
    task = {"text": "Vận động", "member": world.members_a1[3], "due": dt.date(2020, 12, 25), **change}
    with pytest.raises(RuleBroken) as broken:
        give_task(meeting, by=None, **task)
    assert broken.value.field == field and not Task.objects.exists()


def test_result_somebody_else_noted_is_not_overwritten_unseen(world):
    task = give_task(opened(world.cell_a1, world.members_a1), by=None, text="Vận động", member=world.members_a1[3], due=dt.date(2020, 12, 25))  # fmt: skip
    later = opened(world.cell_a1, world.members_a1, NEXT)
    report_tasks(later, {task.pk: (TaskState.DONE, "")}, by=None, seen={task.pk: ""})
    with pytest.raises(Conflict):
        report_tasks(later, {task.pk: (TaskState.OPEN, "")}, by=None, seen={task.pk: ""})
    assert TaskResult.objects.get().state == TaskState.DONE


def test_tasks_stand_in_the_minutes_and_are_frozen_with_them(world):
    meeting = ready(world.cell_a1, world.members_a1)
    task = give_task(meeting, by=None, text="Vận động hai hộ", member=world.members_a1[3], due=dt.date(2020, 12, 25))
    from hoithao.services.meetings import set_read_back

    set_read_back(Meeting.objects.get(pk=meeting.pk), True, by=None)
    minutes = close_meeting(meeting, by=None, ended_at=meeting.opened_at + dt.timedelta(minutes=95))
    tables = [block for block in minutes.document.content["body"] if block["block"] == "table"]
    assert tables[0]["rows"] == [["1", "Vận động hai hộ", str(world.members_a1[3]), "25/12/2020"]]
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(text="Khác")
    with pytest.raises(RuleBroken):
        give_task(meeting, by=None, text="Thêm", member=world.members_a1[3], due=dt.date(2020, 12, 25))
