"""What a workshop adds to the minutes of a meeting: papers heard, remarks by sort, views that differed, the conclusion."""

from hoithao.choices import RemarkSort
from kyanh_portal.documents.content import Heading, Paragraph, Said

_SAID_AS = {RemarkSort.OPENING: " (khai mạc)", RemarkSort.FLOOR: "", RemarkSort.STEERING: " (phát biểu chỉ đạo)"}


def unit_of(meeting, organisation, *, short=False) -> str:
    """The unit with the body it stands under: cells of one name are many. `short` for the narrow column of a table."""
    above = organisation.parent
    name = organisation.label if short else organisation.name
    if above is None or meeting.organisation_id in (organisation.pk, above.pk):
        return name
    return f"{name}, {above.label if short else above.name}"


def author_of(paper) -> str:
    """Who wrote a paper, with the unit and the body above it, each named once."""
    by = paper.author
    for part in unit_of(paper.meeting, paper.organisation).split(", "):
        by = by if part in by else f"{by}, {part}"
    return by


def papers_heard(meeting) -> list:
    """Each paper in the order of presentation, with its unit; the lead-in paper is no tham luận and is told apart."""
    papers = list(meeting.papers.select_related("organisation__parent").order_by("order"))
    if not papers:
        return []
    number = sum(not paper.is_lead_in for paper in papers)
    parts = ["Báo cáo đề dẫn"] if number < len(papers) else []
    parts += [f"{number} tham luận"] if number else []
    lines = [
        Said(
            f"Đại diện {unit_of(meeting, paper.organisation)}",
            f"{paper.title}{' (báo cáo đề dẫn)' if paper.is_lead_in else ''}.",
        )
        for paper in papers
    ]
    return [Heading(" và ".join(parts), level=2), *lines]


def remarks_made(meeting) -> list:
    """Opening words, the floor, steering words, then the matters on which views differed; a workshop takes no vote."""
    remarks = list(meeting.remarks.all())
    blocks = [
        Said(f"{remark.speaker or 'Đại biểu'}{word}", remark.text)
        for sort, word in _SAID_AS.items()
        for remark in remarks
        if remark.sort == sort
    ]
    for matter in meeting.disagreements.all():
        blocks.append(Paragraph(f"Vấn đề còn ý kiến khác nhau: {matter.matter}. {positions_of(matter)}"))
    return blocks


def concluded(meeting) -> list:
    """The closing words, then the conclusion point by point."""
    closing = meeting.remarks.filter(sort=RemarkSort.CLOSING)
    return [
        *(Said(remark.speaker or "Chủ trì", remark.text) for remark in closing),
        *(Paragraph(f"{point.order}. {point.heading}. {point.text}".strip()) for point in meeting.conclusions.all()),
    ]


def positions_of(matter) -> str:
    """The positions with who held them, and what was settled or who studies the matter on."""
    held = [
        f"Loại ý kiến {place}{f' ({who})' if who else ''}: {text.rstrip('.')}."
        for place, text, who in (
            ("thứ nhất", matter.first_view, matter.first_by), ("thứ hai", matter.second_view, matter.second_by),
            ("khác", matter.other_views, ""),
        )
        if text
    ]  # fmt: skip
    onward = f"giao {matter.carried_by} nghiên cứu tiếp" if matter.carried_by else "tiếp tục nghiên cứu"
    settled = f"Đã thống nhất: {matter.settled}" if matter.settled else f"Chưa thống nhất, {onward}."
    return " ".join([*held, settled])
