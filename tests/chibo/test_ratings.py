"""Xếp loại hằng năm: votes over all official members, the cap with its base, who decides, what is not rated."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chibo.due_growth import ratings_due
from chibo.models import Rating, RatingTally, ReviewYear
from chibo.reports.register_facts import Listed
from chibo.reports.register_tables import TABLES, RegisterTables
from chibo.rulebooks import rating_book_on
from chibo.services import ratings
from chibo.services.members import add_member, set_standing
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.parameters.models import ParameterValue

DAY = dt.date(2020, 12, 5)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def voted(world, level="HTT", votes=8):
    session = ratings.open_year(world.cell_a1, 2020, by=None)
    rows = {one.member_id: (level, votes) for one in session.ratings.filter(not_rated="")}
    return ratings.vote(session, rows, by=None, voted_on=DAY, base=9, self_level="HTT")


LEVELS = st.sampled_from(["", "HTXS", "HTT", "HT", "KHT"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(steps=st.lists(st.tuples(st.integers(0, 13), LEVELS, LEVELS, st.booleans()), max_size=6))
@pytest.mark.django_db
def test_levels_counted_when_written_are_those_of_the_ratings(world, steps):
    """Any writings one after another, several ratings at once, some gone: the counts are what a count would give."""
    with transaction.atomic():
        for cell in (world.cell_a1, world.cell_a2):
            ratings.open_year(cell, 2020, by=None)
        rows = list(Rating.objects.order_by("pk"))
        for place, level, final, is_gone in steps:
            chosen = Rating.objects.filter(pk__in=[one.pk for one in rows[place : place + 4]])
            if is_gone:
                chosen.delete()
            else:
                chosen.update(level=level, final=final, not_rated="")
        facts = {}
        for session, level, final in Rating.objects.filter(not_rated="").values_list("session", "level", "final"):
            facts[session, final or level] = facts.get((session, final or level), 0) + 1
        told = {(one.session_id, one.level): one.number for one in RatingTally.objects.all()}
        transaction.set_rollback(True)  # each example from the start again
    assert told == facts


def test_twenty_three_rated_good_allow_four_excellent():
    assert ratings.cap_of(["HTT"] * 23 + ["HTXS"] * 5, 20, "good").most == 4
    assert ratings.cap_of(["HTT"] * 23 + ["HTXS"] * 5, 20, "good").is_over
    assert not ratings.cap_of(["HTT"] * 23 + ["HTXS"] * 4, 20, "good").is_over
    assert ratings.cap_of(["HTT"] * 23 + ["HTXS"] * 5, 20, "good_or_better").most == 5


@given(st.lists(st.sampled_from(["HTXS", "HTT", "HT", "KHT"]), max_size=60), st.integers(0, 100))
def test_the_cap_never_passes_its_share(levels, share):
    cap = ratings.cap_of(levels, share, "good")
    assert cap.most * 100 <= share * cap.base < (cap.most + 1) * 100
    assert cap.base == levels.count("HTT")


def test_the_rulebook_is_that_of_the_year():
    days = (dt.date(2020, 12, 31), dt.date(2023, 12, 31), dt.date(2025, 12, 31))
    assert [rating_book_on(day).code for day in days] == ["132-2018", "124-2023", "366-2025"]


def test_who_is_exempt_suspended_or_new_is_not_rated(world):
    set_standing(world.members_a1[1], "MIEN", dt.date(2020, 1, 1), by=None)
    set_standing(world.members_a1[2], "DINH_CHI", dt.date(2020, 11, 1), by=None)
    new = add_member(by=None, organisation=world.cell_a1, full_name="Lê Mẫu Mới", admitted_on=dt.date(2020, 9, 1))
    session = ratings.open_year(world.cell_a1, 2020, by=None)
    found = dict(session.ratings.exclude(not_rated="").values_list("member", "not_rated"))
    assert found == {world.members_a1[1].pk: "MIEN", world.members_a1[2].pk: "DINH_CHI", new.pk: "MOI"}


def test_a_level_needs_more_than_half_of_the_base(world):
    with pytest.raises(RuleBroken, match="cần ít nhất 5/9"):
        voted(world, votes=4)
    assert voted_count(voted_again(world)) == 10


def voted_again(world):
    session = ReviewYear.objects.get(organisation=world.cell_a1)
    rows = {one.member_id: ("HTT", 5) for one in session.ratings.filter(not_rated="")}
    return ratings.vote(session, rows, by=None, voted_on=DAY, base=9, self_level="HTT")


def voted_count(session):
    return session.ratings.filter(level="HTT").count()


def test_the_way_on_screen_keeps_what_was_typed(world):
    secretary, committee = client_of(world.users["secretary"]), client_of(world.users["committee"])
    session = ratings.open_year(world.cell_a1, 2020, by=None)
    url, rows = session.get_absolute_url(), list(session.ratings.filter(not_rated=""))
    answers = {"voted_on": "2020-12-05", "base": 9, "self_level": "HTT"}
    for one in rows:
        answers |= {f"level_{one.pk}": "HTT", f"votes_{one.pk}": 9}
    few = secretary.post(f"{url}bo-phieu/", {**answers, f"votes_{rows[0].pk}": 4})
    assert few.status_code == 422
    assert "cần ít nhất 5/9 phiếu" in few.content.decode()
    assert secretary.post(f"{url}bo-phieu/", answers).status_code == 302
    assert secretary.post(f"{url}quyet-dinh/", {}).status_code == 403
    assert (
        secretary.post(f"{url}tham-dinh/", {"appraised_on": "2020-12-10", "appraisal": "Hồ sơ đủ"}).status_code == 403
    )
    assert (
        committee.post(f"{url}tham-dinh/", {"appraised_on": "2020-12-01", "appraisal": "Hồ sơ đủ"}).status_code == 422
    )
    assert (
        committee.post(f"{url}tham-dinh/", {"appraised_on": "2020-12-10", "appraisal": "Hồ sơ đủ"}).status_code == 302
    )
    final = {f"final_{one.pk}": "HTT" for one in rows} | {"level": "HTT", "decision": "QĐ 9-QĐ/ĐU", f"final_{rows[0].pk}": "HTXS"}  # fmt: skip
    assert committee.post(f"{url}quyet-dinh/", final).status_code == 302
    assert committee.post(f"{url}khoa/").status_code == 302
    assert committee.post(f"{url}quyet-dinh/", final).status_code == 422
    assert Rating.objects.get(pk=rows[0].pk).final == "HTXS"
    page = secretary.get(url).content.decode()
    assert "Xuất sắc 1, tối đa 1 = 20 % của 9" in page
    assert committee.post(f"{url}mo-lai/", {"because": "Có đơn"}).status_code == 302
    assert secretary.get("/to-chuc/xep-loai/").status_code == 200


def test_the_tables_agree_with_each_other(world):
    voted(world)
    report, work = RegisterTables(), {}
    asked = {"unit": world.town.pk, "year": 2020, "wanted": list(TABLES)}
    list(report.steps(world.users["organising"], asked, work, []))
    tables = {one.code: one for one in work["tables"]}
    assert list(tables) == list(TABLES)
    closing = next(row[1] for row in tables["N2"].rows if row[0] == "Cuối kỳ")
    assert tables["N3"].rows[-1][1] == closing == 20
    assert tables["N1"].rows[-1][1] == 3
    assert tables["N7"].rows[-1][1:4] == [10, 0, 10]
    files = report.files(world.users["organising"], asked, work, ["pdf", "xlsx"])
    assert [content[:2] for _, _, content in files] == [b"%P", b"PK"]


def test_each_figure_of_a_table_opens_to_the_rows_it_counts(world):
    """Page, list behind the figure and file are counted by the same code; a figure's list has as many rows."""
    import re

    session = voted(world)
    Rating.objects.filter(pk=session.ratings.first().pk).update(level="HTXS")
    client = client_of(world.users["organising"])
    for code in TABLES:
        page = client.get("/to-chuc/bang/", {"bang": code, "don_vi": world.town.pk, "nam": 2020})
        assert page.status_code == 200, code
        table = page.context["table"]
        links = re.findall(r'<a href="([^"]+danh-sach[^"]+)">([\d.]+)</a>', page.content.decode())
        listed = sum(isinstance(cell, Listed) and cell > 0 for row in table.rows for cell in row[1:])
        assert len(links) == listed, code
        for address, number in links:
            found = client.get(address.replace("&amp;", "&"))
            assert (found.status_code, found.context["page_obj"].paginator.count) == (200, int(number)), address
    assert client.get("/to-chuc/bang/danh-sach/", {"bang": "N3", "dong": 900, "cot": 1}).status_code == 404
    assert client.get("/to-chuc/bang/danh-sach/", {"bang": "N1", "dong": 0, "cot": 0}).status_code == 404


def test_tables_of_another_unit_stay_closed(world):
    page = client_of(world.users["secretary"]).get("/to-chuc/bang/", {"bang": "N3", "don_vi": world.town.pk})
    assert page.context["unit"] == world.cell_a1
    assert page.context["table"].rows[-1][1] == 10


def decided(world):
    session = ratings.appraise(voted(world), DAY, "Hồ sơ đủ", by=None)
    return ratings.decide(session, {}, by=None, level="HTT", decision="QĐ 9-QĐ/ĐU")


def test_nothing_is_decided_before_the_appraisal(world):
    with pytest.raises(RuleBroken, match="Đã bỏ phiếu"):
        ratings.decide(voted(world), {}, by=None, level="HTT", decision="QĐ 9")


def test_the_database_refuses_to_change_a_locked_year(world):
    session = ratings.lock(decided(world), by=None)
    one = session.ratings.first()
    for act in (
        lambda: Rating.objects.filter(pk=one.pk).update(final="HTXS"),
        lambda: Rating.objects.filter(pk=one.pk).delete(),
        lambda: ReviewYear.objects.filter(pk=session.pk).update(level="HTXS"),
        lambda: ReviewYear.objects.filter(pk=session.pk).update(state="QUYET_DINH"),
        lambda: ReviewYear.objects.filter(pk=session.pk).update(state="TU_KIEM"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    with pytest.raises(RuleBroken, match="vì sao"):
        ratings.reopen(session, " ", by=None)
    ratings.reopen(session, "Có đơn", by=None)
    assert Rating.objects.filter(pk=one.pk).update(final="HT") == 1


def points_year(world):
    session = ratings.open_year(world.cell_a1, 2020, by=None)
    ReviewYear.objects.filter(pk=session.pk).update(rulebook="366-2025")
    session.refresh_from_db()
    return session


@pytest.mark.parametrize("points,best", [(100, "HTXS"), (90, "HTXS"), (89.9, "HTT"), (70, "HTT"), (69, "HT"), (50, "HT"), (49, "KHT"), (0, "KHT")])  # fmt: skip
def test_points_of_a_hundred_bound_the_level(points, best):
    assert ratings.most_for(points, rating_book_on(dt.date(2025, 12, 31))) == best


def test_of_2025_both_parts_of_the_points_are_asked_and_kept(world):
    session, client = points_year(world), client_of(world.users["secretary"])
    url, rows = f"{session.get_absolute_url()}bo-phieu/", list(session.ratings.filter(not_rated=""))
    answers = {"voted_on": "2020-12-05", "base": 9, "self_level": "HTT", "common_self": "25", "task_self": "60,5"}
    for one in rows:
        answers |= {f"level_{one.pk}": "HTT", f"votes_{one.pk}": 9, f"common_{one.pk}": "27", f"task_{one.pk}": "50"}
    over = client.post(url, {**answers, f"task_{rows[0].pk}": "71"})
    assert over.status_code == 422
    low = client.post(url, {**answers, f"task_{rows[0].pk}": "40"})
    assert low.status_code == 422
    assert "67 điểm thì cao nhất là “Hoàn thành nhiệm vụ”" in low.content.decode()
    assert client.post(url, answers).status_code == 302
    session.refresh_from_db()
    assert float(session.points) == 85.5
    assert float(session.ratings.filter(not_rated="").first().points) == 77
    assert "85,5/100 điểm" in client.get(session.get_absolute_url()).content.decode()


def test_a_committee_and_its_organisation_are_rated_apart(world):
    from chibo.models import Position

    committee, organising = client_of(world.users["committee"]), client_of(world.users["organising"])
    asked = {"organisation": world.ward_a.pk, "year": 2020}
    nobody = committee.post("/to-chuc/xep-loai/moi/", {**asked, "subject": "TAP_THE"})
    assert nobody.status_code == 422
    for member in world.members_a1[:3]:
        Position.objects.create(member=member, organisation=world.ward_a, post="UV_BCH", starts_on=dt.date(2020, 1, 1))
    for subject in ("TO_CHUC", "TAP_THE"):
        assert committee.post("/to-chuc/xep-loai/moi/", {**asked, "subject": subject}).status_code == 302
    body, whole = ReviewYear.objects.get(subject="TAP_THE"), ReviewYear.objects.get(subject="TO_CHUC")
    assert whole.ratings.count() == 0
    form = committee.get(f"{body.get_absolute_url()}bo-phieu/").context["form"]
    assert form.initial["base"] == 34  # the number of the term goes before the posts written down
    answers = {"voted_on": "2020-12-05", "base": 34, "self_level": "HTXS"}
    assert committee.post(f"{body.get_absolute_url()}bo-phieu/", answers).status_code == 422
    assert committee.post(f"{body.get_absolute_url()}bo-phieu/", {**answers, "self_votes": 18}).status_code == 302
    assert committee.post(f"{body.get_absolute_url()}tham-dinh/", {}).status_code == 403
    assert organising.post(f"{body.get_absolute_url()}tham-dinh/", {"appraised_on": "2020-12-06", "appraisal": "Đủ"}).status_code == 302  # fmt: skip
    page = organising.get("/to-chuc/xep-loai/", {"year": 2020}).content.decode()
    assert "0 = 20 % của 0 (số Hoàn thành tốt)" in page


def test_caps_group_cells_by_type_and_committees_apart(world):
    for cell, level in ((world.cell_a1, "HTXS"), (world.cell_a2, "HTT"), (world.cell_b1, "HTT")):
        session = ratings.open_year(cell, 2020, by=None)
        ReviewYear.objects.filter(pk=session.pk).update(self_level=level)
    sessions = ReviewYear.objects.select_related("organisation__kind", "organisation__cell_type")
    found = ratings.caps_of_bodies(sessions)
    assert [(count, cap.base, cap.most, cap.excellent) for _, count, cap in found] == [(3, 2, 0, 1)]


def test_outstanding_is_a_mark_of_excellent_organisations(world, client):
    session = voted(world)
    ratings.appraise(session, dt.date(2020, 12, 20), "Đủ hồ sơ", by=None)
    client.force_login(world.users["committee"])
    url = reverse("chibo:year_decide", args=[session.pk])
    assert "Tiêu biểu" in client.get(url).content.decode()
    finals = {f"final_{one.pk}": one.level for one in session.ratings.filter(not_rated="")}
    wrong = client.post(url, {"level": "HTT", "is_outstanding": "on", "decision": "QĐ 9-QĐ/ĐU", **finals})
    assert wrong.status_code == 422 and "Bỏ dấu hoặc chọn lại mức" in wrong.content.decode() and "QĐ 9-QĐ/ĐU" in wrong.content.decode()  # fmt: skip
    assert client.post(url, {"level": "HTXS", "is_outstanding": "on", "decision": "QĐ 9-QĐ/ĐU", **finals}).status_code == 302  # fmt: skip
    session.refresh_from_db()
    assert session.is_outstanding and session.level_words == "Hoàn thành xuất sắc nhiệm vụ tiêu biểu"
    assert "nhiệm vụ tiêu biểu" in client.get(session.get_absolute_url()).content.decode()
    listed = client.get("/to-chuc/xep-loai/").content.decode()
    assert "nhiệm vụ tiêu biểu" in listed and "Tiêu biểu 1/1 tổ chức" in listed and "tối đa" in listed
    table = client.get(f"/to-chuc/bang/?bang=N7B&nam=2020&don_vi={world.ward_a.pk}").content.decode()
    assert "Trong đó tiêu biểu" in table
    mine = ReviewYear.objects.all()
    assert ratings.outstanding_in(mine, 2020, session.path) == (1, 1, 1, 100.0)
    with pytest.raises(IntegrityError, match="chibo_review_year_outstanding"), transaction.atomic():
        ReviewYear.objects.filter(pk=session.pk).update(level="HTT")


def test_the_decision_confirms_the_proposal_and_shows_only_what_differs(world, client):
    session = voted(world)
    ratings.appraise(session, dt.date(2020, 12, 20), "Đủ hồ sơ", by=None)
    client.force_login(world.users["committee"])
    url = reverse("chibo:year_decide", args=[session.pk])
    page = client.get(url).content.decode()
    rows = list(session.ratings.filter(not_rated=""))
    assert page.count("Đổi mức") == len(rows) == 10 and '<details class="k-open" open>' not in page
    assert "tối đa 2 = 20 % của 10" in page and f"Hoàn thành tốt nhiệm vụ: {len(rows)} đồng chí" in page
    typed = {f"final_{one.pk}": one.level for one in rows} | {"level": "HTT", f"final_{rows[2].pk}": "HT"}
    wrong = client.post(url, {**typed, "decision": ""}).content.decode()
    assert wrong.count('<details class="k-open" open>') == 1  # the one changed stands open with its new level
    assert '<option value="HT" selected>' in wrong.split('<details class="k-open" open>')[1].split("</details>")[0]
    said = client.post(url, {**typed, "decision": "QĐ 9-QĐ/ĐU"}, follow=True).content.decode()
    assert "1 đồng chí được công nhận mức khác đề nghị" in said and "chi bộ đề nghị: Hoàn thành tốt nhiệm vụ" in said


def test_a_share_of_the_outstanding_warns_where_the_branch_has_set_one(world):
    session = voted(world)
    ratings.appraise(session, dt.date(2020, 12, 20), "Đủ hồ sơ", by=None)
    ratings.decide(session, {}, by=None, level="HTXS", decision="QĐ 9", is_outstanding=True)
    ParameterValue.objects.create(name="chibo.outstanding_cap", valid_from=dt.date(2020, 1, 1), value=20, source="x")
    assert ratings.outstanding_in(ReviewYear.objects.all(), 2020, session.path) == (1, 1, 0, 20.0)


def test_the_cell_is_told_to_open_and_to_vote_by_the_day_its_branch_has_set(world):
    ParameterValue.objects.create(name="chibo.rating_cell_day", valid_from=dt.date(2020, 1, 1), value=10, source="Kế hoạch")  # fmt: skip
    secretary, day = world.users["secretary"], dt.date(2020, 12, 1)

    def told(on=day):
        return [(one.title.split(":")[0], one.due_on) for one in ratings_due(secretary, on)]

    assert told() == [("Mở kiểm điểm, xếp loại năm 2020", dt.date(2020, 12, 10))] and not told(dt.date(2020, 11, 30))
    ratings.open_year(world.cell_a1, 2020, by=None)
    assert told() == [("Bỏ phiếu xếp loại năm 2020", dt.date(2020, 12, 10))]
    ReviewYear.objects.update(state="DA_BO_PHIEU", voted_on=DAY)
    assert told() == []
