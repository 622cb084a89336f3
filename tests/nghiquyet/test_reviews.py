"""Sơ kết, tổng kết, the congress resolution: what an evaluation counts, freezes and drafts; the chain both ways; exports."""

import datetime as dt
import io

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.kinds import kinds
from kyanh_portal.rendering.docx import official_docx
from nghiquyet.choices import Comparator, Cycle, Direction, Measure, MeasuredAt, Outcome, ReviewSort, Signing, TimeLogic
from nghiquyet.documents.resolution import compose
from nghiquyet.figures.chain import chain_of
from nghiquyet.figures.reviews import headline, headline_words
from nghiquyet.figures.tables import target_rows
from nghiquyet.models import Evaluation, OutgoingPaper
from nghiquyet.services import reviews, studies, targets
from nghiquyet.services.outgoing import missing_of
from tests.factories.living import duty_of, rate_of, resolution_in_force
from tests.factories.nghiquyet import issued, thematic

pytestmark = pytest.mark.django_db
MID = dt.date(2023, 6, 30)


@pytest.fixture
def resolution(world, settings):
    settings.PORTAL_TODAY = MID
    return resolution_in_force(world)


def level_of(resolution, text, years, *, logic=TimeLogic.BY_YEAR, final=100, comparator=Comparator.AT_LEAST, **facets):
    """A number measured at the issuing body, with a goal for the end, for some years, and figures."""
    row = rate_of(
        resolution, goal=(comparator, final, None), text=text, measure=Measure.NUMBER, unit="mô hình", measured_at=MeasuredAt.OWN,
        cycle=Cycle.YEAR, time_logic=logic, **facets,
    )  # fmt: skip
    for year, (goal, actual) in years.items():
        if goal is not None:
            targets.set_goal(row, by=None, year=year, comparator=comparator, low=goal, high=None)
        if actual is not None:
            targets.record_figure(
                row, by=None, organisation=resolution.organisation, day=dt.date(year, 12, 1), numerator=actual
            )
    return row


def outcomes(world, resolution, day=MID, sort=ReviewSort.MID):
    return {row["text"]: row["outcome"] for row in target_rows(resolution, world.users["office"], day, sort)}


def test_mid_term_is_judged_by_the_goal_of_the_year_never_by_a_straight_line(world, resolution):
    level_of(resolution, "Có phân kỳ, đạt", {2022: (20, 20)})
    level_of(resolution, "Có phân kỳ, không đạt", {2022: (30, 25)})
    level_of(resolution, "Không phân kỳ", {2022: (None, 5)})
    level_of(resolution, "Phân kỳ, chưa có số", {2022: (30, None)})
    assert outcomes(world, resolution) == {
        "Có phân kỳ, đạt": Outcome.MET, "Có phân kỳ, không đạt": Outcome.MISSED, "Không phân kỳ": Outcome.NOT_YET,
        "Phân kỳ, chưa có số": Outcome.NO_DATA,
    }  # fmt: skip


def test_mid_term_sums_what_is_cumulative(world, resolution):
    level_of(resolution, "Lũy kế", {2021: (None, 12), 2022: (20, 9)}, logic=TimeLogic.CUMULATIVE)
    assert outcomes(world, resolution) == {"Lũy kế": Outcome.OVER}


def test_a_sum_over_the_term_is_set_against_its_goal_as_a_sum(world, resolution, client, settings):
    target = level_of(resolution, "Lũy kế", {2021: (None, 12), 2022: (20, 9)}, logic=TimeLogic.CUMULATIVE)
    row = target_rows(resolution, world.users["office"], MID, ReviewSort.MID)[0]
    assert (row["value"], row["total"], row["ratio"]) == ("9", "21", "105")
    settings.PORTAL_TODAY = MID
    client.force_login(world.users["office"])
    text = client.get(target.get_absolute_url()).text
    assert "bằng 105% mức phấn đấu" in text and "Cộng từ đầu kỳ: 21" in text
    review = reviews.draft_review(resolution, by=world.users["office"], day=MID, sort=ReviewSort.MID)
    assert "- Lũy kế: 9 mô hình năm 2022; cả kỳ 21 mô hình; đánh giá: vượt." in review.paper.text


def test_lower_better_shows_no_ratio_and_is_missed_above_its_goal(world, resolution):
    level_of(
        resolution, "Tỷ lệ hộ nghèo dưới 2", {2022: (2, "2.1")}, comparator=Comparator.BELOW, final=2, direction=Direction.LOWER
    )  # fmt: skip
    row = target_rows(resolution, world.users["office"], MID, ReviewSort.MID)[0]
    assert (row["outcome"], row["ratio"], row["value"]) == (Outcome.MISSED, "", "2.1")


def test_the_figure_shown_is_of_the_period_judged_not_of_one_just_begun(world, resolution):
    each = {"logic": TimeLogic.EACH, "final": 20}
    level_of(resolution, "Năm nào cũng đạt", {2021: (None, 25), 2022: (None, 20), 2023: (None, 1)}, **each)
    level_of(resolution, "Có năm không đạt", {2021: (None, 7), 2022: (None, 30), 2023: (None, 2)}, **each)
    level_of(resolution, "Theo mức của năm", {2022: (20, 21), 2023: (None, 3)})
    level_of(resolution, "Lũy kế", {2021: (None, 12), 2022: (20, 9), 2023: (None, 4)}, logic=TimeLogic.CUMULATIVE)
    rows = {row["text"]: row for row in target_rows(resolution, world.users["office"], MID, ReviewSort.MID)}
    assert {text: (row["period"], row["value"], row["total"], row["outcome"]) for text, row in rows.items()} == {
        "Năm nào cũng đạt": ("năm 2022", "20", "", Outcome.MET),
        "Có năm không đạt": ("năm 2021", "7", "", Outcome.MISSED),
        "Theo mức của năm": ("năm 2022", "21", "", Outcome.OVER),
        "Lũy kế": ("năm 2022", "9", "21", Outcome.OVER),
    }


def test_the_headline_counts_all_targets_and_lists_the_dropped(world, resolution):
    level_of(resolution, "Đạt", {2022: (20, 20)})
    gone = level_of(resolution, "Thôi", {})
    level_of(resolution, "Chưa đến kỳ", {})
    targets.drop_target(gone, by=None, why="Đơn vị đã giải thể, Quyết định 1")
    counts = headline(list(outcomes(world, resolution).values()))
    assert headline_words(counts) == "1/3 chỉ tiêu đạt và vượt (33,3%)"
    assert {word: n for _, word, n in counts["groups"] if n} == {
        "Đạt": 1,
        "Chưa đến kỳ đánh giá": 1,
        "Không còn đánh giá": 1,
    }
    review = reviews.draft_review(resolution, by=world.users["office"], day=MID, sort=ReviewSort.MID)
    assert "không còn đánh giá (Đơn vị đã giải thể, Quyết định 1)" in review.paper.text


def test_an_evaluation_is_frozen_and_a_rerun_is_a_new_one(world, resolution):
    target = level_of(resolution, "Mô hình", {2022: (20, 20)})
    office = world.users["office"]
    first = reviews.evaluate(resolution, by=office, day=MID, sort=ReviewSort.MID)
    targets.record_figure(target, by=None, organisation=resolution.organisation, day=dt.date(2022, 12, 1), numerator=7)
    second = reviews.evaluate(resolution, by=office, day=MID, sort=ReviewSort.MID)
    first.refresh_from_db()
    assert first.snapshot["targets"][0]["value"] == "20"
    assert second.snapshot["targets"][0]["value"] == "7"
    assert first.is_intact
    assert first.by == office
    assert world.cell_a1.pk in [row[0] for row in first.snapshot["organisations"]]
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Evaluation.objects.filter(pk=first.pk).update(sha256="")
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        first.delete()


@pytest.mark.parametrize("day", [dt.date(2020, 1, 1), dt.date(2090, 1, 1)])
def test_a_day_before_the_resolution_or_to_come_is_refused(world, resolution, day):
    with pytest.raises(RuleBroken):
        reviews.draft_review(resolution, by=world.users["office"], day=day)
    assert not OutgoingPaper.objects.filter(type_code="report").exists()


def test_the_report_is_drafted_with_seven_parts_and_three_annexes(world, resolution):
    level_of(resolution, "Mô hình mới", {2022: (20, 20)})
    duty_of(resolution, world.ward_a, title="Việc trễ", due_on=dt.date(2023, 6, 20))
    review = reviews.draft_review(resolution, by=world.users["office"], day=MID, sort=ReviewSort.MID)
    for part in (
        "I- CÔNG TÁC",
        "II- KẾT QUẢ",
        "III- KẾT QUẢ",
        "IV- KIỂM TRA",
        "V- HẠN CHẾ",
        "VI- BÀI HỌC",
        "VII- PHƯƠNG",
    ):
        assert f"\n{part}" in review.paper.text
    assert "Nhiệm vụ quá hạn 10 ngày: Việc trễ" in review.paper.text
    assert any("…" in line for line in missing_of(review.paper))
    content = kinds.get("outgoing").compose(review.paper)
    assert [annex.title for annex in content.annexes] == ["Biểu chỉ tiêu", "Biểu nhiệm vụ", "Danh mục văn bản"]
    word = Document(io.BytesIO(official_docx(content)))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert any("Mô hình mới" in text for text in cells)
    assert any("Việc trễ" in text for text in cells)


def test_other_papers_bear_no_annexes(world, resolution):
    from nghiquyet.services.outgoing import write_paper

    paper = write_paper(by=world.users["office"], organisation=world.town, type_code="report", title="kết quả quý")
    assert kinds.get("outgoing").compose(paper).annexes == ()


def test_a_congress_resolution_has_its_own_series_and_letterhead(world, resolution):
    congress = issued(thematic(world, signing=Signing.CONGRESS, title="Đại hội nhiệm kỳ 2020 - 2025"))
    assert congress.document.number_line == "Số 01-NQ/ĐH"
    assert resolution.document.number_line.startswith("Số 01-NQ/")
    paper = compose(congress)
    assert paper.issuer_name.startswith("ĐẠI HỘI ĐẠI BIỂU")
    assert (paper.signature.authority, paper.signature.position) == ("T/M ĐOÀN CHỦ TỊCH", "")
    assert paper.confirmed_by.position == "BÍ THƯ" and compose(resolution).confirmed_by is None


def test_the_chain_reads_both_ways(world, resolution):
    congress = issued(thematic(world, signing=Signing.CONGRESS, title="Đại hội nhiệm kỳ 2020 - 2025"))
    above, own = rate_of(congress, text="Chỉ tiêu Đại hội"), rate_of(resolution, text="Chỉ tiêu chuyên đề")
    office = world.users["office"]
    reviews.link_target(own, by=office, serves=above)
    reviews.link_target(above, by=office, resolutions=[resolution])
    studies.take_point(
        by=office,
        resolution=resolution,
        organisation=world.cell_a1,
        target=own,
        taken="done",
        paper="Nghị quyết tháng 4",
    )
    down = chain_of(congress, office).links[0]
    assert (down.resolutions, down.below) == ([resolution], [own])
    up = chain_of(resolution, office)
    assert up.serves == [above]
    assert up.links[0].above == [above]
    assert (up.links[0].taken, up.links[0].in_words) == ([], 1)  # an act of the unit, no paper in the portal
    with pytest.raises(RuleBroken, match="lẫn nhau"):
        reviews.link_target(above, by=office, serves=own)


def test_pages_answer_and_stay_flat(world, resolution, client):
    level_of(resolution, "Mô hình", {2022: (20, 20)})
    duty_of(resolution, world.ward_a, title="Việc đầu")
    review = reviews.draft_review(resolution, by=world.users["office"], day=MID, sort=ReviewSort.MID)
    names = [
        ("evaluation_list", resolution.pk),
        ("evaluation_detail", review.pk),
        ("resolution_chain", resolution.pk),
        ("tables_export", resolution.pk),
    ]
    client.force_login(world.users["office"])

    def cost():
        out = []
        for name, pk in names:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse(f"nghiquyet:{name}", args=[pk])).status_code == 200
            out.append(len(queries))
        return out

    cost()
    one = cost()
    for n in range(3):
        level_of(resolution, f"Mô hình {n}", {2022: (20, 20)})
        duty_of(resolution, world.ward_a, title=f"Việc {n}")
    assert cost() == one
    text = client.get(reverse("nghiquyet:evaluation_list", args=[resolution.pk])).content.decode()
    assert "4/4 chỉ tiêu đạt và vượt (100%)" in text
    client.force_login(world.users["secretary"])
    assert "Mở báo cáo" not in client.get(review.get_absolute_url()).content.decode()


def test_the_form_drafts_and_the_links_form_keeps(world, resolution, client):
    target = level_of(resolution, "Mô hình", {2022: (20, 20)})
    client.force_login(world.users["office"])
    answer = client.post(
        reverse("nghiquyet:evaluation_create", args=[resolution.pk]), {"sort": "mid", "day": "30/06/2023"}
    )
    review = Evaluation.objects.get()
    assert answer["Location"] == review.get_absolute_url()
    other = issued(thematic(world, title="khác"))
    client.post(reverse("nghiquyet:target_links", args=[target.pk]), {"resolutions": [other.pk]})
    assert [row.resolution for row in target.supports.all()] == [other]
    client.post(reverse("nghiquyet:target_links", args=[target.pk]), {})
    assert not target.supports.exists()


def test_the_export_holds_both_tables_with_numbers_as_numbers(world, resolution, client):
    level_of(resolution, "Mô hình", {2021: (None, 1000), 2022: (1200, "1234.5")})
    duty_of(resolution, world.ward_a, title="Lập kế hoạch xã")
    client.force_login(world.users["office"])
    answer = client.get(reverse("nghiquyet:tables_export", args=[resolution.pk]))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    aims, duties = book["Chỉ tiêu"], book["Nhiệm vụ"]
    head = {
        cell.value: cell.column
        for row in aims.iter_rows()
        for cell in row
        if cell.value in ("Thực hiện kỳ", "So cùng kỳ (%)")
    }
    last = aims.max_row
    cell = aims.cell(last, head["Thực hiện kỳ"])
    assert (cell.value, cell.number_format) == (1234.5, "#,##0.####")
    assert aims.cell(last, head["So cùng kỳ (%)"]).value == 123.45
    assert len([c for c in duties[3] if c.value]) + len([c for c in duties[2] if c.value]) >= 18
    assert any(cell.value == "Lập kế hoạch xã" for row in duties.iter_rows() for cell in row)


def test_acts_in_words_are_listed_once_with_how_many_units(world, resolution):
    target = level_of(resolution, "Mô hình", {2022: (20, 20)})
    duty = duty_of(resolution, world.town, title="Chi ủy họp", due_on=None, cycle="month", reported_by="cell")
    for cell, words in (
        (world.cell_a1, "Nghị quyết tháng 4"),
        (world.cell_a2, "Nghị quyết tháng 4"),
        (world.cell_b1, "Sổ theo dõi"),
    ):
        for point in ({"target": target}, {"duty": duty}):
            studies.take_point(by=None, resolution=resolution, organisation=cell, taken="done", paper=words, **point)
    assert reviews.taken_words(resolution, world.users["office"]) == [
        ["", "", "Nghị quyết tháng 4", "2 đơn vị"], ["", "", "Sổ theo dõi", world.cell_b1.name],
    ]  # fmt: skip


def test_awards_named_are_an_annex_of_the_report(world, resolution, client):
    client.force_login(world.users["office"])
    page = reverse("nghiquyet:evaluation_create", args=[resolution.pk])
    answers = {"sort": "year", "day": resolution.dated.isoformat()}
    refused = client.post(page, {**answers, "awards": "Chi bộ A1 | Nền nếp\n | Có mô hình hay"})
    assert refused.status_code == 422 and "Dòng 2" in refused.text and "Chi bộ A1 | Nền nếp" in refused.text
    assert (
        client.post(page, {**answers, "awards": "Chi bộ A1 | Giữ nền nếp | Giấy khen\n\nChi bộ B1"}).status_code == 302
    )
    content = kinds.get("outgoing").compose(Evaluation.objects.get().paper)
    assert content.annexes[3].title == "Danh sách khen thưởng"
    assert content.annexes[3].body[0].rows == (
        ("1", "Chi bộ A1", "Giữ nền nếp", "Giấy khen"),
        ("2", "Chi bộ B1", "", ""),
    )
