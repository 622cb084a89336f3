"""The level of a year: rules staff write line by line, judged on the meetings, tried before they are set for a branch."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hoithao.services.score_watch import held_in_year, year_rule_of
from hoithao.services.scores import review_score, send_score
from hoithao.year_levels import NO_RULE, PATTERNS, Held, judge_year, mean_of, read_year_rule
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.base.calendar import add_months
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.parameters.models import ParameterValue
from tests.hoithao.test_scores import closed_with_score

PHU_THO = (
    "Tốt : mọi buổi từ Khá; ít nhất 7 buổi Tốt\nKhá : mọi buổi từ Trung bình; cấp ủy xét: số buổi cần có theo văn bản"
)
BINH_THUAN = "Mức năm : cấp ủy xét: các buổi là căn cứ, chi bộ tự xếp, cấp trên quyết định"
FULL = "Tốt : mọi buổi từ Khá; ít nhất 60% buổi Tốt; điểm trung bình từ 88\nKhá : nhiều nhất 1 buổi dưới Khá; không có buổi Kém\nTrung bình : không có buổi Kém\nKém :"
POINTS = {"Tốt": 92, "Khá": 80, "Trung bình": 60, "Kém": 40}


def meetings(**levels):
    names = {"tot": "Tốt", "kha": "Khá", "tb": "Trung bình", "kem": "Kém"}
    return [Held(names[k], Decimal(POINTS[names[k]]), Decimal(100)) for k, n in levels.items() for _ in range(n)]


@pytest.mark.parametrize(
    ("held", "level", "words"),
    [
        (meetings(tot=8, kha=4), "Tốt", "12 buổi có điểm: 8 Tốt, 4 Khá. Đủ điều kiện mức Tốt của năm (mọi buổi từ Khá; ít nhất 7 buổi Tốt)."),
        (meetings(tot=6, kha=6), "Khá", "Chưa đủ điều kiện mức Tốt: cần ít nhất 7 buổi Tốt. Xét được mức Khá, cấp ủy xét: số buổi cần có theo văn bản."),
        (meetings(tot=11, tb=1), "Khá", "cần mọi buổi từ Khá."),
        (meetings(tot=11, kem=1), "", "Không đủ điều kiện mức nào"),
        ([], "", "Chưa có buổi nào có điểm"),
    ],
)  # fmt: skip
def test_the_rule_of_phu_tho_entered_as_data(held, level, words):
    verdict = judge_year(held, PHU_THO)
    assert verdict.level == level and words in verdict.words


@pytest.mark.parametrize(
    ("held", "level"),
    [
        (meetings(tot=8, kha=4), "Tốt"), (meetings(tot=7, kha=5), "Khá"), (meetings(tot=8, kha=3, tb=1), "Khá"),
        (meetings(tot=8, kha=2, tb=2), "Trung bình"), (meetings(tot=11, kem=1), "Kém"),
    ],
)  # fmt: skip
def test_shares_means_and_most_are_conditions_too(held, level):
    verdict = judge_year(held, FULL)
    assert verdict.level == level and verdict.is_sure


def test_what_a_text_leaves_to_people_is_not_decided_and_without_a_rule_only_the_spread_is_told():
    assert judge_year(meetings(tot=12), BINH_THUAN).words == "12 buổi có điểm: 12 Tốt. Cấp ủy xét: các buổi là căn cứ, chi bộ tự xếp, cấp trên quyết định."  # fmt: skip
    assert judge_year(meetings(tot=2, kha=1), NO_RULE).words == "3 buổi có điểm: 2 Tốt, 1 Khá. Chưa chọn cách xếp mức năm."  # fmt: skip
    assert read_year_rule(f"{NO_RULE}.") == ()


def test_meetings_scored_by_criteria_without_levels_count_by_what_they_reached():
    held = [Held("", Decimal(5), Decimal(5))] * 10 + [Held("", Decimal(3), Decimal(5))]
    assert judge_year(held, "Tốt : ít nhất 10 buổi đủ điểm; ít nhất 11 buổi từ 3 tiêu chí").level == "Tốt"
    assert judge_year(held, "Tốt : mọi buổi từ Khá").level == ""
    assert "10 buổi đạt đủ tiêu chí" in judge_year(held, NO_RULE).words and mean_of(held) == "4,8"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Tốt mọi buổi từ Khá", "dấu hai chấm"), (" : mọi buổi từ Khá", "ghi mức"), ("Tốt : hầu hết buổi Tốt", "chưa đúng mẫu"),
        ("Tốt : mọi buổi từ Giỏi", "chưa đúng mẫu"), ("Tốt : mọi buổi Tốt\nTốt : không có buổi Kém", "hai dòng"), ("Khá :\nTốt : mọi buổi Tốt", "dòng cuối"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_told(text, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        read_year_rule(text)


@pytest.mark.parametrize("condition", PATTERNS)
def test_every_condition_the_page_offers_can_be_read_and_judged(condition):
    assert judge_year(meetings(tot=10, kha=2), f"Tốt : {condition}").words


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_one_more_good_meeting_never_lowers_the_year(tot, kha, tb, kem):
    names = ["Tốt", "Khá", "Trung bình", "Kém"]
    one = judge_year(meetings(tot=tot, kha=kha, tb=tb, kem=kem), FULL)
    more = judge_year(meetings(tot=tot + 1, kha=kha, tb=tb, kem=kem), FULL)
    if one.level:
        assert names.index(more.level) <= names.index(one.level)


@pytest.mark.django_db
def test_the_superiors_word_counts_where_it_adjusted(world):
    score = closed_with_score(world, month=dt.date(2026, 1, 1)).meeting.score
    assert held_in_year([world.cell_a1.pk], 2026)[world.cell_a1.pk][0].level == "Tốt"
    send_score(score, by=None)
    review_score(score, by=None, adjusts=True, points={"C6": Decimal(5)}, reason="Việc tháng trước chưa xong.")
    assert held_in_year([world.cell_a1.pk], 2026)[world.cell_a1.pk][0].level == "Khá"


@pytest.mark.django_db
def test_a_rule_is_tried_on_the_page_then_set_for_the_branch(world, client, django_assert_max_num_queries):
    for place in range(2):
        closed_with_score(world, month=add_months(dt.date(2026, 1, 1), place))
    client.force_login(world.users["organising"])
    address, form = (reverse(f"hoithao:{name}", args=[world.ward_a.pk]) for name in ("year_table", "year_rule_set"))
    page = client.get(address, {"nam": 2026}).content.decode()
    assert "Chưa đặt cách xếp" in page and "2 buổi có điểm: 2 Tốt" in page
    rule = "Tốt : mọi buổi từ Khá; ít nhất 2 buổi Tốt"
    tried = client.get(address, {"nam": 2026, "thu": rule}).content.decode()
    assert "Đang xem thử" in tried and "Đủ điều kiện mức Tốt" in tried and not ParameterValue.objects.exists()
    wrong = client.get(address, {"nam": 2026, "thu": "Tốt = tất cả"}).content.decode()
    assert "Chưa thử được" in wrong and "Tốt = tất cả" in wrong
    answers = {"value": rule, "valid_from": "2026-01-01", "source": "Hướng dẫn 05-HD/ĐU"}
    refused = client.post(form, {**answers, "value": "Tốt : hầu hết"})
    assert refused.status_code == 422 and "chưa đúng mẫu" in refused.content.decode()
    assert client.post(form, answers).status_code == 302
    assert year_rule_of(2026, world.cell_a1.path) == rule and year_rule_of(2026, world.cell_b1.path) == NO_RULE
    assert year_rule_of(2025, world.cell_a1.path) == NO_RULE
    with django_assert_max_num_queries(40):
        page = client.get(address, {"nam": 2026}).content.decode()
    assert "Đủ điều kiện mức Tốt" in page and "Hướng dẫn 05-HD/ĐU" in page
    assert AuditEntry.objects.filter(verb__startswith="parameter").exists()
    town = client.get(reverse("hoithao:year_table", args=[world.town.pk]), {"nam": 2026}).content.decode()
    assert "Đủ điều kiện mức Tốt" in town  # a cell keeps the rule of its own branch
    client.force_login(world.users["committee"])
    assert client.post(form, answers).status_code == 403


@pytest.mark.django_db
def test_the_table_asks_no_more_for_more_cells(world, client):
    client.force_login(world.users["organising"])

    def asked(unit):
        address = reverse("hoithao:year_table", args=[unit.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address, {"nam": 2026}).status_code == 200
        return len(queries)

    closed_with_score(world, month=dt.date(2026, 1, 1))
    assert asked(world.town) <= asked(world.ward_a)


@pytest.mark.django_db
def test_the_room_of_parameters_refuses_a_rule_that_cannot_be_read(world, client):
    client.force_login(world.users["organising"])
    address = reverse("parameters:parameter_set", args=["scores.year_rule"])
    answers = {"value": "Tốt : hầu hết", "valid_from": "2026-01-01", "source": "Hướng dẫn 05"}
    refused = client.post(address, answers)
    assert refused.status_code == 422 and "chưa đúng mẫu" in refused.content.decode()
    assert client.post(address, {**answers, "value": PHU_THO}).status_code == 302
    assert year_rule_of(2026, world.cell_b1.path) == PHU_THO
