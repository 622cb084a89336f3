"""The scoring step, the superior's page and the frames on screen, as people press them; no scripts."""

import datetime as dt

import pytest

from hoithao.choices import ScoreState
from hoithao.models import Criterion, RuleFrame, Score
from hoithao.services.meetings import save_text, set_read_back
from hoithao.services.minutes import close_meeting
from hoithao.services.scores import adopt_score, save_score
from tests.factories.frames import AN_PHU, BINH_THUAN, CUTS, PHU_THO, local_frame
from tests.factories.hoithao import opened
from tests.hoithao.test_scores import full_answers

pytestmark = pytest.mark.django_db
NEW = dt.date(2026, 3, 1)


def step(meeting):
    return f"/sinh-hoat/{meeting.pk}/buoc/cham-diem/"


def posted(frame, **but):
    answers = full_answers(frame, **but)
    out = {f"points_{pk}": str(points) for pk, (points, _) in answers.items()}
    return out | {f"note_{pk}": note for pk, (_, note) in answers.items()}


def test_the_step_fills_in_what_data_prove_and_goes_on_after_the_vote(world, client):
    meeting = opened(world.cell_a1, world.members_a1, NEW)
    client.force_login(world.users["secretary"])
    page = client.get(step(meeting)).content.decode()
    assert "Tỷ lệ dự họp 10/10 = 100,0%; không ai vắng không lý do: đủ 5 điểm" in page
    frame = RuleFrame.objects.get(code="HD42-2025")
    answer = client.post(step(meeting), {**posted(frame, C6="20"), "stay": "1"})
    assert answer.status_code == 302 and answer.url == step(meeting)
    page = client.get(step(meeting)).content.decode()
    assert "90/100 điểm, mức Tốt" in page
    answer = client.post(step(meeting), {**posted(frame, C6="15"), "in_favour": "9", "against": "0", "blank": "0"})
    assert answer.status_code == 302 and answer.url.endswith("/buoc/doc-lai/")
    assert meeting.score.state == ScoreState.ADOPTED
    end = client.get(f"/sinh-hoat/{meeting.pk}/buoc/ket-thuc/").content.decode()
    assert "85/100 điểm, mức Khá" in end and "Còn thiếu 5 điểm để đạt mức Tốt (90)." in end


def test_a_refusal_keeps_what_was_typed_and_stands_at_its_field(world, client):
    meeting = opened(world.cell_a1, world.members_a1, NEW)
    client.force_login(world.users["secretary"])
    c2 = Criterion.objects.get(frame__code="HD42-2025", code="C2")
    answer = client.post(step(meeting), {f"points_{c2.pk}": "2", "weakness": "Ít ý kiến", "stay": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422 and not Score.objects.exists()
    assert 'value="2"' in page and "Ít ý kiến" in page and f"#loi-note_{c2.pk}" in page


def test_the_step_may_be_left_for_later(world, client):
    meeting = opened(world.cell_a1, world.members_a1, NEW)
    client.force_login(world.users["secretary"])
    assert client.post(step(meeting), {"skip": "1"}).url.endswith("/buoc/doc-lai/")
    assert "Buổi này chưa chấm điểm" in client.get(f"/sinh-hoat/{meeting.pk}/buoc/ket-thuc/").content.decode()


def test_sent_up_and_adjusted_beside(world, client):
    meeting = opened(world.cell_a1, world.members_a1, NEW)
    frame = RuleFrame.objects.get(code="HD42-2025")
    save_score(meeting, by=None, answers=full_answers(frame))
    adopt_score(meeting, by=None, in_favour=9)
    save_text(meeting, "conclusion", "Giao ba việc.", seen="")
    set_read_back(meeting, True, by=None)
    close_meeting(meeting, by=None, ended_at=meeting.opened_at + dt.timedelta(minutes=95))
    client.force_login(world.users["secretary"])
    assert client.post(f"/sinh-hoat/{meeting.pk}/diem/gui/").status_code == 302
    assert client.get(f"/sinh-hoat/{meeting.pk}/diem/cap-tren/").status_code == 403
    client.force_login(world.users["committee"])
    line = meeting.score.lines.get(criterion__code="C6")
    review = f"/sinh-hoat/{meeting.pk}/diem/cap-tren/"
    assert client.post(review, {f"line_{line.pk}": "12"}).status_code == 422
    assert client.post(review, {f"line_{line.pk}": "12", "reason": "Hai việc chưa xong."}).status_code == 302
    page = client.get(f"/sinh-hoat/{meeting.pk}/diem/").content.decode()
    assert "100/100 điểm, mức Tốt" in page and "82/100 điểm, mức Khá" in page and "Hai việc chưa xong." in page


def test_staff_enter_a_table_on_screen_and_put_it_in_force(world, client):
    client.force_login(world.users["organising"])
    answers = {
        "code": "XA-A", "name": "Bảng xã A", "source": "Quyết định 1", "organisation": world.ward_a.pk, "attendance_share": "90",
        "least_minutes": "90", "least_minutes_with_theme": "120", "most_excused_running": "3", "themes_a_quarter": "1",
        "cuts": "Tốt : 90\nKém : 0", "uncounted": "ask",
    }  # fmt: skip
    answer = client.post("/sinh-hoat/khung/moi/", answers)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    frame = RuleFrame.objects.get(code="XA-A")
    add = f"/sinh-hoat/khung/{frame.pk}/tieu-chi/"
    bad = client.post(add, {"code": "1", "name": "Dự họp", "sort": "points", "most": "40", "proof": "dự họp >= 90"})
    assert bad.status_code == 422 and "chưa rõ số đo nào" in bad.content.decode()
    assert (
        client.post(
            add, {"code": "1", "name": "Dự họp", "sort": "points", "most": "40", "proof": "tỷ lệ dự họp >= 90"}
        ).status_code
        == 302
    )
    early = client.post(f"/sinh-hoat/khung/{frame.pk}/ap-dung/", {"valid_from": "2020-01-01"})
    assert early.status_code == 422 and "cộng 40 điểm" in early.content.decode()
    scale = {"sort": "band", "measure": "tỷ lệ phát biểu", "bands": ">50 : 60\n<=50 : 30"}
    assert client.post(add, {"code": "2", "name": "Phát biểu", "most": "60", **scale}).status_code == 302
    assert client.post(f"/sinh-hoat/khung/{frame.pk}/ap-dung/", {"valid_from": "2020-01-01"}).status_code == 302
    meeting = opened(world.cell_a1, world.members_a1)
    preview = client.get(
        f"/sinh-hoat/khung/{RuleFrame.objects.get(code='HD42-2025').pk}/xem-thu/?buoi={meeting.pk}"
    ).content.decode()
    assert "Bảng xã A" in preview and "Số liệu cho 70/100" in preview and "chính khung này" not in preview
    same = client.get(f"/sinh-hoat/khung/{frame.pk}/xem-thu/?buoi={meeting.pk}").content.decode()
    assert "Buổi này chấm theo chính khung này" in same and same.count("Số liệu cho") == 1
    assert client.post(f"/sinh-hoat/khung/{frame.pk}/sua/", answers).status_code == 422
    assert client.post(f"/sinh-hoat/khung/{frame.pk}/ban-moi/").status_code == 302
    assert RuleFrame.objects.get(code="XA-A", version=2).criteria.count() == 2


def enter(client, code, rows, unit):
    """A local table typed into the pages as staff would; returns it in force."""
    answers = {
        "code": code, "name": f"Bảng {code}", "source": "Bảng điểm địa phương (mẫu thử)", "organisation": unit.pk, "uncounted": "ask",
        "attendance_share": "90", "least_minutes": "90", "least_minutes_with_theme": "120", "large_cell": "30",
        "least_minutes_large": "120", "most_excused_running": "3", "themes_a_quarter": "1", "cuts": CUTS,
    }  # fmt: skip
    assert client.post("/sinh-hoat/khung/moi/", answers).status_code == 302
    frame = RuleFrame.objects.get(code=code)
    for row, parent, name, most, more in rows:
        group = frame.criteria.get(code=parent).pk if parent else ""
        typed = {"code": row, "name": name, "most": str(most), "parent": group, "sort": "points", **more}
        answer = client.post(f"/sinh-hoat/khung/{frame.pk}/tieu-chi/", typed)
        assert answer.status_code == 302, (row, answer.content.decode()[:3000])
    answer = client.post(f"/sinh-hoat/khung/{frame.pk}/ap-dung/", {"valid_from": "2020-01-01"})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return frame


@pytest.mark.parametrize(("code", "rows"), [("AN-PHU", AN_PHU), ("PHU-THO", PHU_THO), ("BINH-THUAN", BINH_THUAN)])
def test_local_tables_of_the_notes_are_entered_on_screen_without_code(world, client, code, rows):
    client.force_login(world.users["organising"])
    frame = enter(client, code, rows, world.ward_a)
    same = local_frame(f"{code}-X", rows, world.ward_b)
    facts = ("code", "name", "sort", "most", "measure", "bands", "proof", "needs", "counts_if", "full_if", "is_key")
    typed = {one.code: [getattr(one, name) for name in facts] for one in frame.criteria.all()}
    made = {one.code: [getattr(one, name) for name in facts] for one in same.criteria.all()}
    assert {k: [str(x).replace("\r\n", "\n") for x in v] for k, v in typed.items()} == {
        k: [str(x) for x in v] for k, v in made.items()
    }
    meeting = opened(world.cell_a1, world.members_a1)
    score = save_score(meeting, by=None, answers=full_answers(frame))
    assert score.frame == frame and score.level == "Tốt"
    page = client.get(f"/sinh-hoat/khung/{frame.pk}/").content.decode()
    assert ("Tính đủ điểm khi chi bộ chỉ có bí thư" in page) == (code == "AN-PHU")
