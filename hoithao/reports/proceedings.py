"""Kỷ yếu: the book of a workshop, from typed papers, Word and PDF files, made in the background."""

from django.template.loader import render_to_string

from hoithao.choices import KindCode, RemarkSort
from hoithao.documents.minutes import summary_of
from hoithao.documents.workshop_minutes import author_of, positions_of
from hoithao.models import Meeting
from hoithao.rules import delegates_words
from kyanh_portal.base.calendar import vn_date_long
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.rendering.book import Book, Chapter
from kyanh_portal.rendering.docx_reading import WordBlock, docx_blocks
from kyanh_portal.reports.report import PDF, Report, add_report
from kyanh_portal.reports.running import ask

HEAD_LINES = 14  # of a Word paper: where its letterhead and title stand


def ask_for_proceedings(meeting, *, by, client_key=None):
    """Put the book in the queue; raises RuleBroken where there is nothing to put in it."""
    if not meeting.papers.exists():
        raise RuleBroken("Hội thảo chưa có tham luận nào, chưa làm kỷ yếu được.")
    return ask("proceedings", {"meeting": meeting.pk}, ["pdf"], by=by, client_key=client_key)


def text_blocks(text: str) -> list[WordBlock]:
    """Typed words as blocks: a line starting with a dash is a line of a list."""
    blocks = []
    for line in text.split("\n"):
        if line.startswith(("- ", "– ", "+ ")):
            blocks.append(WordBlock("item", 0, ((line[2:], False, False),)))
        elif line.strip():
            blocks.append(WordBlock("paragraph", 0, ((line, False, False),)))
    return blocks


def without_head(blocks, title: str) -> list[WordBlock]:
    """A unit's Word paper without its own letterhead, since the chapter bears the title: all up to the title is dropped.

    Only where the title stands among the first lines, and with the short line of hyphens below it.
    """
    wanted = fold(title)
    for place, block in enumerate(blocks[:HEAD_LINES]):
        if block.kind in ("heading", "paragraph") and fold(block.text).removeprefix("tham luan ") == wanted:
            rest = blocks[place + 1 :]
            return rest[1:] if rest and not rest[0].text.strip("-–—_ *") else rest
    return list(blocks)


def part_html(title: str, blocks, *, by="", kicker="", note="") -> str:
    """One chapter as the engine draws it."""
    return render_to_string(
        "print/book_part.html", {"title": title, "by": by, "kicker": kicker, "blocks": blocks, "note": note}
    )


def said_blocks(remarks) -> list[WordBlock]:
    """Remarks one after the other, each under who spoke."""
    blocks = []
    for remark in remarks:
        blocks.append(WordBlock("said", 0, ((remark.speaker, True, False),)))
        blocks += text_blocks(remark.text)
    return blocks


def chapters_of(meeting) -> list[Chapter]:
    """Opening, lead-in, papers in the order of presentation, remarks, views, steering, conclusion."""
    remarks = {sort: [] for sort in RemarkSort.values}
    for remark in meeting.remarks.all():
        remarks[remark.sort].append(remark)
    papers = list(meeting.papers.select_related("organisation__parent", "file__body", "meeting").order_by("order"))
    lead_in = [paper for paper in papers if paper.is_lead_in]
    others = [paper for paper in papers if not paper.is_lead_in]
    chapters = _part("Phát biểu khai mạc", said_blocks(remarks[RemarkSort.OPENING]))
    chapters += [_paper(paper, "Báo cáo đề dẫn") for paper in lead_in]
    for number, paper in enumerate(others, 1):
        chapters.append(_paper(paper, f"Tham luận số {number}"))
    chapters += _part("Ý kiến phát biểu tại hội thảo", said_blocks(remarks[RemarkSort.FLOOR]))
    views = [
        block
        for matter in meeting.disagreements.all()
        for block in (WordBlock("said", 0, ((matter.matter, True, False),)), *text_blocks(positions_of(matter)))
    ]
    chapters += _part("Vấn đề còn ý kiến khác nhau", views)
    chapters += _part("Phát biểu chỉ đạo", said_blocks(remarks[RemarkSort.STEERING]))
    points = [
        WordBlock(
            "paragraph", 0, ((f"{point.order}. {point.heading.rstrip('.')}. ", True, False), (point.text, False, False))
        )
        for point in meeting.conclusions.all()
    ]
    return chapters + _part("Kết luận hội thảo", [*said_blocks(remarks[RemarkSort.CLOSING]), *points])


def _part(title, blocks) -> list[Chapter]:
    return [Chapter(title, html=part_html(title, blocks))] if blocks else []


def _paper(paper, kicker) -> Chapter:
    by = author_of(paper)
    shown = {"by": by, "kicker": kicker}
    if paper.file_id and paper.file.kind == "pdf":
        note = f"Toàn văn theo tệp đơn vị gửi ({paper.file.pages} trang), ở các trang sau."
        html = part_html(paper.title, [], note=note, **shown)
        return Chapter(paper.title, html=html, pdf=paper.file.bytes, by=by)
    is_word = paper.file_id and paper.file.kind == "docx"
    blocks = without_head(docx_blocks(paper.file.bytes), paper.title) if is_word else text_blocks(paper.text)
    note = "" if blocks else "Chưa có toàn văn."
    return Chapter(paper.title, html=part_html(paper.title, blocks, note=note, **shown), by=by)


class Proceedings(Report):
    """The book; one step for each chapter, one for the binding."""

    code = "proceedings"
    title = "Kỷ yếu hội thảo"
    access = "hoithao.see_programmes"

    def _meeting(self, user, parameters):
        rows = Meeting.objects.visible_to(user).filter(kind__code=KindCode.WORKSHOP)
        return rows.select_related("organisation__kind", "kind", "plan").filter(pk=parameters["meeting"]).first()

    def run_title(self, parameters):
        meeting = Meeting.objects.select_related("kind").get(pk=parameters["meeting"])
        return f"Kỷ yếu: {meeting.name}"

    def may_run(self, user, parameters):
        return self._meeting(user, parameters) is not None

    def count(self, user, parameters):
        return len(chapters_of(self._meeting(user, parameters))) + 1

    def steps(self, user, parameters, work, set_aside):
        meeting = self._meeting(user, parameters)
        book = Book(chapters_of(meeting))
        for _ in book.draw():
            yield
        work["book"] = bind(meeting, book)
        yield

    def files(self, user, parameters, work, formats):
        return [("ky-yeu-hoi-thao.pdf", PDF, work["book"])]


def bind(meeting, book: Book) -> bytes:
    """Cover, contents and the drawn chapters in one file."""
    facts = {
        "organisation": meeting.organisation,
        "theme": summary_of(meeting).removeprefix("hội thảo").strip() or meeting.theme,
        "place": meeting.organisation.place_name,
        "day": vn_date_long(meeting.held_on),
        "delegates": delegates_words(meeting),
        "is_synthetic": meeting.is_synthetic,
    }

    def contents(chapters):
        return render_to_string("print/book_contents.html", {"chapters": chapters})

    return book.bind(
        render_to_string("print/book_cover.html", facts),
        contents,
        title=f"Kỷ yếu: {meeting.name}",
        edge="Số liệu giả lập" if meeting.is_synthetic else "",
    )


add_report(Proceedings())
