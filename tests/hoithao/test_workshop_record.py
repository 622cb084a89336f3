"""What a workshop brings: programme, counts known as "more than", states, solutions; its papers, news and book."""

import datetime as dt
import io
import re

import pytest
from pypdf import PdfReader

from chibo.models import CellType
from hoithao.choices import RemarkSort
from hoithao.documents.workshop_papers import compose_notice, compose_report
from hoithao.models import Paper
from hoithao.reports.proceedings import ask_for_proceedings, chapters_of, without_head
from hoithao.reports.workshop_news import news_facts, news_pdf
from hoithao.services.workshop_issuing import KINDS, issue_workshop_paper
from hoithao.services.workshop_papers import accept_paper, order_papers, send_version
from hoithao.services.workshop_record import (
    prepare_workshop,
    programme_text,
    propose,
    read_programme,
    set_programme,
    write_state,
)
from hoithao.services.workshops import add_remark
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.kinds import kinds
from kyanh_portal.filecheck.check import CheckedFile
from kyanh_portal.filecheck.kinds import DOCX, PDF
from kyanh_portal.rendering.docx_reading import WordBlock
from kyanh_portal.rendering.pdf import official_pdf
from kyanh_portal.reports.running import run_report
from tests.factories.nghiquyet import HELD, workshop
from tests.hoithao.test_workshop_papers import ASKED, DUE, word_file
from tests.papers.checker import check_paper, errors

LINES = "7 giờ 30 | Đón đại biểu | Văn phòng\n8:00 | Khai mạc | Thường trực\nThảo luận"


@pytest.fixture
def meeting(world):
    return workshop(world)


@pytest.fixture
def prepared(meeting):
    prepare_workshop(
        meeting, by=None, organisers="Ban Tổ chức\nVăn phòng", invited="Bí thư các đảng bộ\nBí thư chi bộ", delegates=80,
        more_than=True, reply_by=dt.date(2020, 12, 15), contact="Văn phòng",
    )  # fmt: skip
    set_programme(meeting, by=None, lines=LINES)
    meeting.refresh_from_db()
    return type(meeting).objects.select_related("plan", "organisation__kind", "kind").get(pk=meeting.pk)


def words_of(paper) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(official_pdf(paper))).pages)


def test_programme_is_read_line_by_line_and_written_back(prepared):
    assert read_programme(LINES) == [
        (dt.time(7, 30), "Đón đại biểu", "Văn phòng"),
        (dt.time(8), "Khai mạc", "Thường trực"),
        (None, "Thảo luận", ""),
    ]
    assert read_programme(programme_text(prepared.programme_lines.all())) == read_programme(LINES)


@pytest.mark.parametrize(
    "lines", ["25 giờ | Khai mạc", "9:00 | A\n8:00 | B", "8:00 | ", "sáng | Khai mạc | Ai", "a|b|c|d"]
)
def test_programme_names_the_wrong_line(meeting, lines):
    with pytest.raises(RuleBroken) as refused:
        set_programme(meeting, by=None, lines=lines)
    assert refused.value.field == "lines"


def test_more_than_eighty_is_said_so_in_every_paper(prepared):
    for code in ("workshop_notice", "workshop_report", "minutes"):
        assert "hơn 80 đại biểu" in words_of(kinds.get(code).compose(prepared)).replace("\n", " ")
    assert "hơn 80 đại biểu" in " ".join(news_facts(prepared).paragraphs)
    prepared.plan.more_than = False
    assert "có 80 đại biểu" in " ".join(news_facts(prepared).paragraphs)


def test_more_than_wants_its_number(meeting):
    with pytest.raises(RuleBroken) as refused:
        prepare_workshop(meeting, by=None, more_than=True)
    assert refused.value.field == "delegates"


def test_invitation_names_weekday_place_and_who_is_invited(prepared):
    words = words_of(kinds.get("workshop_invitation").compose(prepared)).replace("\n", " ")
    assert "ngày 18 tháng 12 năm 2020 (thứ Sáu)" in re.sub(r"\s+", " ", words)
    assert "Bí thư các đảng bộ;" in words and "Bí thư chi bộ." in words
    assert "- Như trên;" in words and "T/L BAN THƯỜNG VỤ" in words


@pytest.mark.parametrize("code", [*KINDS, "minutes"])
def test_each_paper_of_a_workshop_follows_the_guide(prepared, code):
    add_remark(prepared, by=None, sort=RemarkSort.CLOSING, speaker="Bí thư Thị ủy", text="Hội thảo đạt mục đích.")
    propose(prepared, by=None, theme="Chuẩn bị", text="Gửi nội dung trước một ngày.")
    paper = kinds.get(code).compose(prepared)
    assert errors(check_paper(official_pdf(paper), paper)) == []


def test_papers_wait_for_what_they_lack_then_take_one_number(world, meeting):
    office = world.users["office"]
    asked = {"by": office, "dated": dt.date(2020, 12, 9), "signing": "office", "signer_name": "Nguyễn Mẫu Ký"}
    with pytest.raises(RuleBroken) as refused:
        issue_workshop_paper(meeting, "workshop_invitation", **asked)
    assert refused.value.missing
    prepare_workshop(meeting, by=None, invited="Bí thư chi bộ")
    with pytest.raises(RuleBroken) as refused:
        issue_workshop_paper(meeting, "workshop_invitation", **{**asked, "dated": HELD + dt.timedelta(days=1)})
    assert refused.value.field == "dated"
    paper = issue_workshop_paper(meeting, "workshop_invitation", **asked)
    assert re.fullmatch(r"Số 01-GM/\S+", paper.number_line)
    with pytest.raises(RuleBroken):
        issue_workshop_paper(meeting, "workshop_invitation", **asked)
    with pytest.raises(RuleBroken) as refused:
        issue_workshop_paper(meeting, "workshop_notice", **asked)  # a conclusion is not announced before it is given
    assert refused.value.field == "dated"


def test_office_issues_from_the_page(world, meeting, client):
    client.force_login(world.users["office"])
    page = f"/sinh-hoat/hoi-thao/{meeting.pk}/van-ban/workshop_notice/"
    assert client.get(page).status_code == 200
    answer = client.post(page, {"dated": "2020-12-21", "signing": "secretary", "signer_name": "Nguyễn Mẫu Ký"})
    assert answer.status_code == 302
    shown = client.get(f"/sinh-hoat/hoi-thao/{meeting.pk}/").content.decode()
    assert "01-TB/" in shown


def test_notice_gives_each_point_its_paragraph(prepared):
    add_remark(prepared, by=None, sort=RemarkSort.CLOSING, speaker="Bí thư Thị ủy", text="Hội thảo đạt mục đích.")
    texts = [getattr(block, "text", "") for block in compose_notice(prepared).body]
    assert [text for text in texts if re.match(r"\d\. Nhiệm vụ", text)] == [
        f"{i}. Nhiệm vụ thứ {i}. Làm việc {i} trong quý I/2021." for i in (1, 2, 3)
    ]


def test_report_draws_states_and_solutions_together(world, prepared):
    kind = CellType.objects.first()
    write_state(prepared, by=None, cell_type=kind, strengths="Đi vào nền nếp.", weaknesses="Còn dài.")
    write_state(prepared, by=None, cell_type=kind, strengths="Đã đi vào nền nếp.", weaknesses="Còn dài.")
    point, paper = prepared.conclusions.first(), prepared.papers.first()
    propose(prepared, by=None, theme="Chuẩn bị", text="Gửi nội dung trước một ngày.", paper=paper, conclusion=point)
    texts = [getattr(block, "text", "") for block in compose_report(prepared).body]
    assert "Ưu điểm: Đã đi vào nền nếp." in texts and "Ưu điểm: Đi vào nền nếp." not in texts
    assert "Nhiệm vụ: Gửi nội dung trước một ngày (tham luận số 1)." in texts
    headings = [text for text in texts if re.match(r"[IVX]+- ", text)]
    assert [heading.split("-")[0] for heading in headings] == ["I", "II", "III", "IV", "V"][: len(headings)]


def test_conclusion_shows_where_it_came_from_and_leads(world, prepared, client):
    propose(prepared, by=None, theme="Chuẩn bị", text="Gửi trước.", conclusion=prepared.conclusions.first())
    client.force_login(world.users["office"])
    page = client.get(f"/sinh-hoat/hoi-thao/{prepared.pk}/").content.decode()
    assert "từ nhiệm vụ: chuẩn bị" in page and "vào kết luận 1" in page


def test_news_fits_one_page_and_says_only_what_is_recorded(prepared):
    for i in range(30):
        add_remark(prepared, by=None, sort=RemarkSort.STEERING, speaker=f"Đồng chí {i}", text="Chỉ đạo rất dài. " * 60)
    assert len(PdfReader(io.BytesIO(news_pdf(prepared))).pages) == 1
    text = news_facts(prepared).lead
    assert "18/12/2020" in text and "Hội trường" in text


def foreign_pdf(pages) -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=612, height=792)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def accepted(meeting, unit, checked=None, text="Nội dung."):
    order = order_papers(meeting, by=None, organisations=[unit], subject="Bài", due_on=DUE, on=ASKED)[0]
    send_version(order, by=None, title=f"Bài của {unit.name}", author="Bí thư", text=text, checked=checked)
    return accept_paper(order, by=None)


def test_book_binds_text_word_and_pdf_with_pages_counted_through(world, prepared):
    accepted(prepared, world.cell_a2, CheckedFile("bai.docx", DOCX, word_file(), None, ""), text="")
    accepted(prepared, world.cell_b1, CheckedFile("bai.pdf", PDF, foreign_pdf(3), 3, "quét"), text="")
    accepted(prepared, world.ward_a, text="Một đoạn dài để sang trang. " * 400)
    run = ask_for_proceedings(prepared, by=world.users["office"])
    assert run_report(run.pk) == "done"
    run.refresh_from_db()
    assert run.done_steps == run.all_steps == len(chapters_of(prepared)) + 1
    book = PdfReader(io.BytesIO(bytes(run.files.get().content)))
    pages = [page.extract_text() for page in book.pages]
    assert "KỶ YẾU HỘI THẢO" in pages[0] and "MỤC LỤC" in pages[1]
    for number, page in enumerate(pages[1:], 2):
        assert re.search(rf"(?m)^\s*{number}\s*$", page), f"page {number} bears its number"
    assert not re.search(r"(?m)^\s*1\s*$", pages[0])
    marks = {item.title: book.get_destination_page_number(item) for item in book.outline if not isinstance(item, list)}
    listed = dict(re.findall(r"(Bài của [^(]+?)\s*\(.*?\)\s*(\d+)", " ".join(pages[1].split())))
    for unit in (world.cell_a2, world.cell_b1, world.ward_a):
        title = f"Bài của {unit.name}"
        assert title in pages[marks[title]]
        assert int(listed[title]) == marks[title] + 1
    after_pdf = marks[f"Bài của {world.ward_a.name}"]
    assert after_pdf == marks[f"Bài của {world.cell_b1.name}"] + 1 + 3
    assert "Chi ủy họp trước kỳ sinh hoạt." in " ".join(pages[marks[f"Bài của {world.cell_a2.name}"]].split())
    links = [book.get_page_number(mark.get_object()["/Dest"][0].get_object()) for mark in book.pages[1]["/Annots"]]
    assert links == [chapter for title, chapter in marks.items() if title not in ("Bìa", "Mục lục")]


def test_book_names_the_body_above_a_cell_once(world, prepared):
    paper = accepted(prepared, world.cell_a2)
    Paper.objects.filter(pk=paper.pk).update(author=f"Bí thư {world.cell_a2.name}")
    chapter = next(one for one in chapters_of(prepared) if one.title == paper.title)
    assert chapter.by == f"Bí thư {world.cell_a2.name}, {world.ward_a.name}"


@pytest.mark.parametrize(
    "head", [["ĐẢNG BỘ XÃ", "THAM LUẬN", "Giữ nếp sinh hoạt", "-----"], ["Tham luận: giữ nếp sinh hoạt"]]
)
def test_own_letterhead_of_a_word_paper_is_left_out_of_the_book(head):
    words = [WordBlock("paragraph", 0, ((text, False, False),)) for text in [*head, "Thực trạng.", "Bài học."]]
    assert [block.text for block in without_head(words, "Giữ nếp sinh hoạt")] == ["Thực trạng.", "Bài học."]
    assert without_head(words, "Một bài khác") == words


def test_book_needs_a_paper(world, meeting):
    Paper.objects.filter(meeting=meeting).delete()
    with pytest.raises(RuleBroken):
        ask_for_proceedings(meeting, by=world.users["office"])


def test_secretary_of_a_cell_may_not_ask_for_the_book(world, meeting, client):
    client.force_login(world.users["secretary"])
    assert client.post(f"/sinh-hoat/hoi-thao/{meeting.pk}/ky-yeu/").status_code == 404
