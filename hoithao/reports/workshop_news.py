"""Tin: the news of a workshop on one page. Every fact comes from the record; what is not recorded is not said."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from hoithao.choices import RemarkSort
from hoithao.documents.minutes import committee_name, summary_of
from hoithao.rules import delegates_words
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.rendering.letters import with_breaks
from kyanh_portal.rendering.pdf import render

MOST_LETTERS = 2_400  # of the body: what one page holds
LONGEST_THOUGHT = 300


@dataclass(frozen=True)
class News:
    """Headline, lead and body of the news, with the sources of its facts below."""

    headline: str
    lead: str
    paragraphs: list[str]
    source: str
    is_synthetic: bool


def _short(text: str, limit: int = LONGEST_THOUGHT) -> str:
    """The first sentences that fit, whole."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = max(text.rfind(end, 0, limit) for end in (". ", "; "))
    return text[: cut + 1].rstrip(";") if cut > 60 else text[:limit].rsplit(" ", 1)[0] + "…"


def news_facts(meeting) -> News:
    """The news as the record gives it."""
    committee = committee_name(meeting.organisation.name)
    about = summary_of(meeting)
    papers = list(meeting.papers.select_related("cell_type").order_by("order"))
    remarks = list(meeting.remarks.all())
    floor = [one for one in remarks if one.sort == RemarkSort.FLOOR]
    steering = [one for one in remarks if one.sort == RemarkSort.STEERING]
    closing = next((one for one in remarks if one.sort == RemarkSort.CLOSING), None)
    points = list(meeting.conclusions.all())
    number = delegates_words(meeting)
    lead = f"Ngày {vn_date(meeting.held_on)}, tại {meeting.place}, {committee} tổ chức {about}."
    guests = [line.strip() for line in meeting.guests.split("\n") if line.strip()]
    attended = [f"Hội thảo do {meeting.chair_label} chủ trì." if meeting.chair_label else ""]
    if guests:
        attended.append(
            f"Dự hội thảo có {', '.join(f'đồng chí {guest}' for guest in guests)}{f' cùng {number}' if number else ''}."
        )
    elif number:
        attended.append(f"Dự hội thảo có {number}.")
    others = [paper for paper in papers if not paper.is_lead_in]
    heard = ["báo cáo đề dẫn"] if len(others) < len(papers) else []
    types = list(dict.fromkeys(paper.cell_type.name.lower() for paper in others if paper.cell_type_id))
    if others:
        heard.append(
            f"{len(others)} tham luận" + (f" từ các loại hình chi bộ: {', '.join(types)}" if len(types) > 1 else "")
        )
    if floor:
        heard.append(f"{len(floor)} ý kiến phát biểu")
    paragraphs = [" ".join(filter(None, attended))]
    if heard:
        paragraphs.append(f"Hội thảo đã nghe {'; '.join(heard)}.")
    settled = [matter for matter in meeting.disagreements.all() if matter.settled]
    if settled:
        paragraphs.append(
            f"Các đại biểu thống nhất về: {'; '.join(matter.matter[:1].lower() + matter.matter[1:] for matter in settled)}."
        )
    paragraphs += [f"Phát biểu chỉ đạo, đồng chí {one.speaker} nêu: {_short(one.text)}" for one in steering]
    if points:
        who = f"đồng chí {closing.speaker} nhấn mạnh" if closing else "hội thảo thống nhất"
        listed = "; ".join(f"({point.order}) {point.heading.rstrip('.')}" for point in points)
        paragraphs.append(f"Kết luận hội thảo, {who} {len(points)} nội dung: {listed}.")
    kept, letters = [], 0
    for paragraph in filter(None, paragraphs):
        letters += len(paragraph)
        if letters > MOST_LETTERS:
            break
        kept.append(paragraph)
    source = f"Nguồn: hồ sơ và biên bản hội thảo ngày {vn_date(meeting.held_on)}."
    return News(f"{committee}: {about}", lead, kept, source, meeting.is_synthetic)


def news_pdf(meeting) -> bytes:
    """The news as one page."""
    html = render_to_string("print/workshop_news.html", {"news": news_facts(meeting)})
    return render(with_breaks(html), "css/print-book.css")
