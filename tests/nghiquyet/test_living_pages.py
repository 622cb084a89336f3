"""The pages of the living resolution, through the browser's eyes: what they say, what they refuse, what they cost."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.reminders.due import due_for
from nghiquyet.choices import Level
from nghiquyet.documents.resolution import numbered
from nghiquyet.figures.living import bare_clauses, living
from nghiquyet.models import Duty, ProgressReport, Resolution
from nghiquyet.services import duties as work
from nghiquyet.services import progress
from nghiquyet.services import targets as aims
from nghiquyet.services.told_only import mark_told_only
from tests.factories.living import duty_of, rate_of, resolution_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def resolution(world, settings):
    settings.PORTAL_TODAY = dt.date(2021, 4, 3)
    return resolution_in_force(world)


def khoan(resolution):
    return list(resolution.clauses.filter(level=Level.PARAGRAPH).order_by("order"))


def page(client, world, role, name, *args, query=""):
    client.force_login(world.users[role])
    return client.get(reverse(f"nghiquyet:{name}", args=args) + query)


def test_khoan_without_carrier_are_listed(world, resolution, client):
    number = len(khoan(resolution))
    assert bare_clauses(resolution) == number
    duty_of(resolution, world.ward_a, clause=khoan(resolution)[0])
    assert bare_clauses(resolution) == number - 1
    answer = page(client, world, "office", "resolution_living", resolution.pk, query="?loc=bare")
    assert f"Còn {number - 1}/{number} khoản" in answer.content.decode()
    due = [
        item.title
        for source, item in due_for(world.users["office"], dt.date(2021, 4, 3))
        if source.code == "bare_clauses"
    ]
    assert due == [f"{number - 1} khoản chưa giao ai làm"]


def test_a_khoan_that_only_tells_is_no_gap(world, resolution, client):
    first, second = khoan(resolution)[:2]
    number = len(khoan(resolution))
    client.force_login(world.users["office"])
    address = reverse("nghiquyet:clause_told", args=[first.pk])
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "Chỉ nêu tình hình năm 2020"}).status_code == 302
    assert bare_clauses(resolution) == number - 1
    text = page(client, world, "office", "resolution_living", resolution.pk).content.decode()
    assert f"Còn {number - 1}/{number} khoản" in text and "Chỉ nêu tình hình năm 2020" in text
    listed = page(client, world, "office", "resolution_living", resolution.pk, query="?loc=bare").content.decode()
    assert f'id="k{first.pk}"' not in listed and f'id="k{second.pk}"' in listed
    told = page(client, world, "office", "resolution_living", resolution.pk, query="?loc=told").content.decode()
    assert f'id="k{first.pk}"' in told and f'id="k{second.pk}"' not in told
    assert client.post(address, {"reason": "Lần nữa"}).status_code == 422, "marked once"
    assert client.post(reverse("nghiquyet:clause_to_assign", args=[first.pk])).status_code == 302
    assert bare_clauses(resolution) == number
    assert list(first.told_only.values_list("reason", "ended_by__username")) == [("Chỉ nêu tình hình năm 2020", world.users["office"].username)]  # fmt: skip


def test_what_is_carried_or_over_needs_no_such_mark(world, resolution):
    first, second = khoan(resolution)[:2]
    duty_of(resolution, world.ward_a, clause=first)
    with pytest.raises(RuleBroken, match="đã có chỉ tiêu"):
        mark_told_only(first, by=None, reason="Chỉ nêu tình hình")
    mark_told_only(second, by=None, reason="Chỉ nêu tình hình")
    duty_of(resolution, world.ward_b, clause=second, title="Việc giao về sau")
    sections, _ = living(resolution, numbered(resolution.clauses.order_by("order", "id")), world.users["office"], dt.date(2021, 4, 3))  # fmt: skip
    states = {block.clause.pk: block.state for _, _, blocks in sections for block in blocks}
    assert states[second.pk] == "moving", "a duty given later counts, not the mark"
    type(resolution).objects.filter(pk=resolution.pk).update(life="ended")
    with pytest.raises(RuleBroken, match="không thực hiện nữa"):
        mark_told_only(khoan(resolution)[2], by=None, reason="Chỉ nêu tình hình")


def test_the_margin_says_late_and_proved(world, resolution, client, settings):
    first, second = khoan(resolution)[:2]
    late = duty_of(resolution, world.ward_a, clause=first, due_on=dt.date(2021, 3, 30))
    done = duty_of(resolution, world.ward_b, clause=second, title="Việc xong")
    work.submit_duty(done, by=None, note="Kế hoạch số 7")
    work.accept_duty(done, by=None)
    text = page(client, world, "secretary", "resolution_living", resolution.pk).content.decode()
    assert "Quá hạn 4 ngày" in text
    assert "Xong đúng hạn, 03/4/2021" in text
    assert late.title in text
    only = page(client, world, "secretary", "resolution_living", resolution.pk, query="?loc=late").content.decode()
    assert "Xong đúng hạn" not in only


def test_two_leads_sent_are_refused(world, resolution, client):
    client.force_login(world.users["office"])
    form = {
        "title": "Lập kế hoạch", "lead": [world.ward_a.pk, world.ward_b.pk], "lead_post": "Bí thư", "due_on": "2021-06-30",
        "leader": "Phó Bí thư", "product": "Kế hoạch", "authority": "Thường trực",
    }  # fmt: skip
    url = reverse("nghiquyet:duty_create", args=[resolution.pk])
    answer = client.post(url, form)
    assert answer.status_code == 422
    assert "một cơ quan chủ trì" in answer.content.decode()
    assert client.post(url, {**form, "lead": [world.ward_a.pk]}).status_code == 302
    assert Duty.objects.get().lead == world.ward_a


def test_a_number_opens_to_its_units(world, resolution, client):
    target = rate_of(resolution, cycle="quarter")
    aims.record_figure(
        target, by=None, organisation=world.cell_a1, day=dt.date(2021, 1, 1), numerator=17, denominator=18
    )
    text = page(client, world, "standing", "target_detail", target.pk, query="?ky=2021-01-01").content.decode()
    for words in (
        "94,4%",
        "17",
        "18",
        "1/3 đơn vị có số liệu",
        "2 đơn vị chưa có số liệu",
        "Chi bộ B1",
        "Chưa đủ số liệu",
    ):
        assert words in text, words


def test_a_report_of_a_resolution_that_is_over_is_late_no_more(world, resolution, client, settings):
    duty_of(resolution, world.ward_a, cycle="month", due_on=None)
    progress.open_reports(resolution, dt.date(2021, 4, 1))
    settings.PORTAL_TODAY = dt.date(2021, 4, 16)

    def listed(query):
        return page(client, world, "office", "report_list", query=query).content.decode()

    assert "Quá hạn gửi 11 ngày" in listed("?state=qua-han")
    Resolution.objects.filter(pk=resolution.pk).update(life="replaced")
    assert "Chưa gửi; nghị quyết đã được thay thế" in listed("")
    assert "Quá hạn gửi 11 ngày" not in listed("")
    assert "Chưa gửi; nghị quyết" not in listed("?state=qua-han")


def test_a_report_is_written_sent_taken_in(world, resolution, client):
    target = rate_of(resolution, cycle="quarter")
    progress.open_reports(resolution)
    report = ProgressReport.objects.get(organisation=world.cell_a1)
    client.force_login(world.users["secretary"])
    line = report.lines.get()
    refused = client.post(reverse("nghiquyet:report_writer", args=[report.pk, "gui"]))
    assert refused.status_code == 422
    assert f"/ghi/#dong-{line.pk}" in refused.content.decode()
    url = reverse("nghiquyet:report_write", args=[report.pk])
    wrong = client.post(url, {"summary": "", f"numerator_{line.pk}": "19", f"denominator_{line.pk}": "18"})
    assert wrong.status_code == 422
    assert "lớn hơn mẫu số" in wrong.content.decode()
    assert (
        client.post(url, {"summary": "Tốt", f"numerator_{line.pk}": "17", f"denominator_{line.pk}": "18"}).status_code
        == 302
    )
    assert client.post(reverse("nghiquyet:report_writer", args=[report.pk, "gui"])).status_code == 302
    client.force_login(world.users["committee"])
    assert client.post(reverse("nghiquyet:report_receiver", args=[report.pk, "tiep-nhan"])).status_code == 302
    assert target.figures.get().numerator == 17


@pytest.mark.parametrize("act", ["tien-do", "nop", "lui-han", "vuong-mac", "xem-lai", "tiep-nhan"])
def test_every_step_of_the_lead_has_its_page(world, resolution, client, act):
    duty = duty_of(resolution, world.cell_a1)
    assert page(client, world, "secretary", "duty_do", duty.pk, act).status_code == 200
    assert page(client, world, "secretary", "duty_do", duty.pk, "khong-co").status_code == 404


@pytest.mark.parametrize(
    "act", ["xac-nhan", "tra-lai", "mo-lai", "giao-lai", "tra-loi-han", "tam-dung", "lam-tiep", "chuyen", "thoi"]
)
def test_every_step_of_the_giver_has_its_page(world, resolution, client, act):
    duty = duty_of(resolution, world.cell_a1)
    assert page(client, world, "office", "duty_decide", duty.pk, act).status_code == 200


def test_the_page_costs_the_same_for_one_duty_and_for_many(world, resolution, client):
    def questions(path):
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    client.force_login(world.users["standing"])
    clause = khoan(resolution)[0]
    duty_of(resolution, world.ward_a, clause=clause)
    rate_of(resolution, clause=clause)
    paths = [
        reverse("nghiquyet:resolution_living", args=[resolution.pk]),
        "/nghi-quyet/nhiem-vu/",
        "/nghi-quyet/bao-cao-tien-do/",
    ]
    progress.open_reports(resolution)
    before = [questions(path) for path in paths]
    for i in range(3):
        duty_of(resolution, world.ward_b, clause=clause, title=f"Việc {i}")
        rate_of(resolution, clause=clause, text=f"Chỉ tiêu {i}")
    progress.open_reports(resolution)
    assert [questions(path) for path in paths] == before


def test_a_figure_set_by_hand_stands_against_what_the_portal_counts(world, client):
    resolution = resolution_in_force(world)
    fed, asked = rate_of(resolution, feed="attendance"), rate_of(resolution)
    client.force_login(world.users["office"])
    page = reverse("nghiquyet:target_figure", args=[fed.pk])
    shown = client.get(page).text
    assert "Cổng đang có" in shown and "Số của một đơn vị" not in shown  # the portal counts it itself
    year = f"{fed.first_year}-01-01"
    refused = client.post(page, {"sort": "override", "day": year, "numerator": "30", "denominator": "20", "reason": ""})
    assert (
        refused.status_code == 422
        and "nhiều hơn mẫu số" in refused.text
        and "Lý do, nguồn: Mục này chưa ghi" in refused.text
    )
    assert client.post(page, {"sort": "override", "day": year, "numerator": "18", "denominator": "20", "reason": "Theo kỳ đã họp"}).status_code == 302  # fmt: skip
    assert "Sửa: Theo kỳ đã họp" in client.get(fed.get_absolute_url()).text
    assert 'name="organisation"' in client.get(reverse("nghiquyet:target_figure", args=[asked.pk])).text


def test_a_milestone_has_no_squares_and_a_quote_reads_as_written(world, client):
    resolution = resolution_in_force(world)
    city = rate_of(resolution, None, measure="milestone", time_logic="by_year", text="Trở thành thành phố")
    aims.forecast_target(city, by=None, forecast="hard", why="Hồ sơ đang lập")
    output = rate_of(resolution, None, measure="number", unit="tỷ đồng", text="Giá trị sản xuất", measured_at="own")
    aims.quote_figure(output, by=None, day=dt.date(2022, 6, 30), numerator=29488, source="Báo chí năm 2022")
    client.force_login(world.users["office"])
    shown = client.get(reverse("nghiquyet:resolution_living", args=[resolution.pk])).text
    assert "Khó đạt: Hồ sơ đang lập" in shown
    assert "<b>29.488 tỷ đồng</b>" in client.get(output.get_absolute_url()).text
