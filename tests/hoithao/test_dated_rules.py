"""Procedure and kinds of decisions changed on screen from a day: meetings before keep theirs."""

import datetime as dt

import pytest

from hoithao.choices import StepPage, Threshold
from hoithao.models import Ballot, DecisionKind, StepTemplate
from hoithao.services.procedure import steps_on
from hoithao.views.stepping import STEPS
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.base.calendar import today, vn_date
from tests.factories.hoithao import planned

pytestmark = pytest.mark.django_db
PAGE = "/sinh-hoat/quy-trinh/THUONG_KY/ban-moi/"


@pytest.fixture
def staff(client, world):
    client.force_login(world.users["organising"])
    return client


def day_after(days=10):
    return today() + dt.timedelta(days=days)


def typed(client, **changes):
    """What the page of a new version holds, with changes."""
    form = client.get(PAGE).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in sent.items() if value not in (None, False)}
    return {**sent, "valid_from": day_after().isoformat(), "source": "Hướng dẫn 7", **changes}


def test_pages_of_steps_are_those_of_the_runner():
    assert set(StepPage.values) == {step.slug for step in STEPS} | {StepPage.OUTSIDE}


def test_a_new_version_rules_from_its_day_and_not_before(staff, world):
    before = planned(world.cell_a1, (today() - dt.timedelta(days=40)).replace(day=1))
    names = [step.name for step in steps_on(before)]
    place = next(i for i, step in enumerate(steps_on(before)) if step.code == "hoc-bac")
    added = len(names)
    changes = {
        f"name_{place}": "Học tập Bác, nêu một gương", "out_3": "on",
        f"name_{added}": "Nghe ý kiến cấp ủy viên dự", f"order_{added}": "145", f"phase_{added}": "KET_THUC", f"page_{added}": "ket-luan",
    }  # fmt: skip
    moved = {f"order_{i}": str(10 * (i + 1)) for i in range(added)}
    answer = staff.post(PAGE, typed(staff, **{**moved, **changes}))
    assert answer.status_code == 302, answer.content.decode()[:4000]
    assert [step.name for step in steps_on(before)] == names
    rows = list(StepTemplate.objects.filter(kind=before.kind).on(day_after()))
    assert len(rows) == added and [row.order for row in rows] == sorted(
        {10 * (i + 1) for i in range(added)} - {40} | {145}
    )
    assert "Nghe ý kiến cấp ủy viên dự" in {row.name for row in rows} and "Học tập Bác, nêu một gương" in {
        row.name for row in rows
    }
    assert "tai-lieu" not in {row.code for row in rows}
    assert vn_date(day_after()) in staff.get("/sinh-hoat/quy-trinh/?loai=THUONG_KY").content.decode()
    assert AuditEntry.objects.filter(verb="procedure.revised").exists()
    again = staff.post(PAGE, typed(staff, name_0="Khác"))
    assert again.status_code == 422 and "Bỏ bản ấy trước" in again.content.decode()
    assert staff.post("/sinh-hoat/quy-trinh/THUONG_KY/bo-ban-cho/").status_code == 302
    assert [row.name for row in StepTemplate.objects.filter(kind=before.kind).on(day_after())] == names


def test_a_step_that_does_not_change_goes_on_as_it_is(staff):
    assert staff.post(PAGE, typed(staff, name_6="Điểm danh từng tổ")).status_code == 302
    rows = StepTemplate.objects.filter(kind__code="THUONG_KY").on(day_after())
    assert {row.code for row in rows if row.valid_from} == {"diem-danh"} and len(rows) == 20


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Chưa đổi bước nào"),
        ({"source": ""}, "Ghi căn cứ"),
        ({"name_0": ""}, "Ghi tên bước"),
        ({"order_1": "1"}, "Thứ tự 1 đã có bước khác"),
        ({"page_6": "chuan-bi"}, "ghi ở một trang của buổi họp"),
        ({"page_0": "noi-dung"}, "Đánh dấu ngoài buổi họp"),
        ({"phase_0": "KET_THUC", "page_0": "ket-luan"}, "không đứng sau phần"),
        ({"out_18": "on"}, "Thiếu trang Đọc lại biên bản"),
        ({"valid_from": "TODAY"}, "sớm nhất từ ngày mai"),
        ({"valid_from": "32/13/2026"}, "Ngày chưa đúng"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_lost(staff, changes, sentence):
    changes = {name: today().isoformat() if value == "TODAY" else value for name, value in changes.items()}
    answer = staff.post(PAGE, typed(staff, kept_5="điều phải giữ", **changes) if changes else typed(staff))
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page
    assert not changes or "điều phải giữ" in page
    assert StepTemplate.objects.filter(kind__code="THUONG_KY").count() == 20


def now(code):
    """The kind of decision as it holds today."""
    return DecisionKind.objects.on(today()).get(code=code)


def decision(**changes):
    answers = {
        "name": "Đề nghị khen thưởng",
        "threshold": "HAI_PHAN_BA",
        "source": "Quy định 9",
        "valid_from": day_after().isoformat(),
    }
    return {**answers, **changes}


def test_a_threshold_changes_from_a_day_and_the_old_line_stays(staff):
    page = "/sinh-hoat/loai-bieu-quyet/THUONG/"
    name = now("THUONG").name
    assert staff.post(page, decision(name=name, threshold="QUA_NUA")).status_code == 422  # nothing changed
    early = staff.post(page, decision(valid_from=today().isoformat()))
    assert early.status_code == 422 and "sớm nhất từ ngày mai" in early.content.decode()
    assert staff.post(page, decision(name=name)).status_code == 302
    assert DecisionKind.objects.on(today()).get(code="THUONG").threshold == Threshold.MAJORITY
    assert DecisionKind.objects.on(day_after()).get(code="THUONG").threshold == Threshold.TWO_THIRDS
    shown = staff.get("/sinh-hoat/loai-bieu-quyet/").content.decode()
    assert "Sắp áp dụng" in shown and vn_date(day_after()) in shown
    assert "Quy định 9" in staff.get(f"/sinh-hoat/loai-bieu-quyet/?ngay={day_after()}").content.decode()
    waiting = staff.post(page, decision(name="Khác", valid_from=day_after(20).isoformat()))
    assert waiting.status_code == 422 and "Đã có bản áp dụng" in waiting.content.decode()


def test_a_kind_of_decision_is_added_and_ended(staff):
    assert staff.post("/sinh-hoat/loai-bieu-quyet/moi/", decision()).status_code == 302
    made = DecisionKind.objects.on(day_after()).get(name="Đề nghị khen thưởng")
    assert made.code and not DecisionKind.objects.on(today()).filter(code=made.code).exists()
    page = "/sinh-hoat/loai-bieu-quyet/KY_LUAT/"
    assert staff.post(page, decision(stops="on")).status_code == 302
    assert not DecisionKind.objects.on(day_after()).filter(code="KY_LUAT").exists()
    assert DecisionKind.objects.on(today()).filter(code="KY_LUAT").exists()


def test_a_waiting_version_of_a_decision_is_taken_back(staff):
    page, name = "/sinh-hoat/loai-bieu-quyet/THUONG/", now("THUONG").name
    assert staff.post(f"{page}bo-ban-cho/").status_code == 422  # nothing waits
    assert staff.post(page, decision(name=name)).status_code == 302
    shown = staff.get("/sinh-hoat/loai-bieu-quyet/").content.decode()
    assert f"{page}bo-ban-cho/" in shown and f"Bỏ bản chờ từ {vn_date(day_after())}" in shown
    assert vn_date(day_after()) in staff.get(f"{page}bo-ban-cho/").content.decode()
    assert staff.post(f"{page}bo-ban-cho/").status_code == 302
    kept = now("THUONG")
    assert kept.threshold == Threshold.MAJORITY and kept.valid_to is None
    shown = staff.get("/sinh-hoat/loai-bieu-quyet/").content.decode()
    assert "Bỏ bản loại việc biểu quyết chưa áp dụng" in shown and "Sắp áp dụng" not in shown
    assert AuditEntry.objects.filter(verb="decision.withdrawn", facts__code="THUONG").count() == 1
    assert staff.post(page, decision(name=name)).status_code == 302  # a new one can be made


def test_an_end_not_reached_and_a_kind_not_begun_are_taken_back(staff):
    page = "/sinh-hoat/loai-bieu-quyet/KY_LUAT/"
    staff.post(page, decision(stops="on"))
    assert "Bỏ việc thôi dùng" in staff.get("/sinh-hoat/loai-bieu-quyet/").content.decode()
    assert staff.post(f"{page}bo-ban-cho/").status_code == 302
    assert now("KY_LUAT").valid_to is None
    staff.post("/sinh-hoat/loai-bieu-quyet/moi/", decision())
    made = DecisionKind.objects.get(name="Đề nghị khen thưởng")
    assert staff.post(f"/sinh-hoat/loai-bieu-quyet/{made.code}/bo-ban-cho/").status_code == 302
    assert not DecisionKind.objects.filter(code=made.code).exists()
    assert staff.get(f"/sinh-hoat/loai-bieu-quyet/{made.code}/bo-ban-cho/").status_code == 404


def test_a_version_a_ballot_was_prepared_by_stays(staff, world):
    page, name = "/sinh-hoat/loai-bieu-quyet/THUONG/", now("THUONG").name
    staff.post(page, decision(name=name, threshold="HAI_PHAN_BA"))
    later = DecisionKind.objects.get(code="THUONG", valid_to=None)
    coming = planned(world.cell_a1, day_after(40).replace(day=1))
    Ballot.objects.create(meeting=coming, order=1, subject="Bầu", decision=later, base=5, entitled_present=5)
    refused = staff.post(f"{page}bo-ban-cho/")
    assert refused.status_code == 422 and "Đã có phiếu soạn" in refused.content.decode()
    assert DecisionKind.objects.filter(pk=later.pk).exists()


def test_others_read_and_do_not_edit(client, world):
    client.force_login(world.users["secretary"])
    shown = client.get("/sinh-hoat/quy-trinh/").content.decode()
    assert "Điểm danh" in shown and "Lập bản mới" not in shown
    assert "hai phần ba" in client.get("/sinh-hoat/loai-bieu-quyet/").content.decode()
    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize(
    ("day", "source"),
    [
        (dt.date(2020, 12, 5), "29-QĐ/TW"), (dt.date(2022, 5, 5), "24-QĐ/TW"), (dt.date(2025, 6, 30), "24-QĐ/TW"),
        (dt.date(2025, 7, 1), "294-QĐ/TW"), (dt.date(2026, 7, 26), "208-QĐ/TW"),
    ],
)  # fmt: skip
def test_a_decision_cites_the_regulation_of_its_day(world, day, source):
    rows = DecisionKind.objects.on(day)
    codes = {"THUONG", "KET_NAP", "CONG_NHAN", "XOA_TEN", "KHAI_TRU", "KY_LUAT"}
    found = {row.code: row for row in rows}
    assert len(found) == rows.count() and codes < set(found)
    assert all(source in found[code].source for code in codes)
    assert found["THUONG"].threshold == Threshold.MAJORITY and found["KHAI_TRU"].threshold == Threshold.TWO_THIRDS
    assert ("RA_SOAT" in found) == (day >= dt.date(2021, 4, 12))


def test_a_new_version_holds_until_a_regulation_already_known(staff, settings):
    """In 2020 the regulation of 2021 is known: a local change before it ends where it begins, and is taken back alone."""
    settings.PORTAL_TODAY = dt.date(2020, 12, 21)
    page, name = "/sinh-hoat/loai-bieu-quyet/THUONG/", "Nghị quyết, kết luận và việc thường"
    assert "Sửa từ ngày" in staff.get("/sinh-hoat/loai-bieu-quyet/").content.decode()
    after = staff.post(page, decision(name=name, valid_from="2021-08-01"))
    assert after.status_code == 422 and "Đã có bản áp dụng từ 30/7/2021" in after.content.decode()
    assert staff.post(page, decision(name=name, valid_from="2021-01-10", stops="on")).status_code == 422
    assert staff.post(page, decision(name=name, valid_from="2021-01-10")).status_code == 302
    days = [dt.date(2020, 12, 31), dt.date(2021, 1, 10), dt.date(2021, 7, 29), dt.date(2021, 7, 30)]
    in_turn = [DecisionKind.objects.on(day).get(code="THUONG").threshold for day in days]
    assert in_turn == [Threshold.MAJORITY, Threshold.TWO_THIRDS, Threshold.TWO_THIRDS, Threshold.MAJORITY]
    assert "10/01/2021" in staff.get(f"{page}bo-ban-cho/").content.decode()
    assert staff.post(f"{page}bo-ban-cho/").status_code == 302
    assert [DecisionKind.objects.on(day).get(code="THUONG").source[:17] for day in days] == [
        "Quy định 29-QĐ/TW"
    ] * 3 + ["Quy định 24-QĐ/TW"]
