"""The workshop of 18/12/2020 in the demo world, from the papers ordered to the notice of its conclusion.

Published are the day, 26 cells, 16 papers, 8 remarks and the two guests of the province; all words are invented.
"""

import datetime as dt

from hoithao import demo_workshop_texts as texts
from hoithao.choices import KindCode, RemarkSort
from hoithao.documents.minutes import frame
from hoithao.models import Meeting, MeetingKind
from hoithao.services.meetings import open_meeting, plan_meeting, save_text, set_read_back
from hoithao.services.minutes import close_meeting
from hoithao.services.workshop_issuing import issue_workshop_paper
from hoithao.services.workshop_papers import accept_paper, comment_on, order_papers, send_version
from hoithao.services.workshop_record import prepare_workshop, propose, set_programme, write_state
from hoithao.services.workshops import add_disagreement, add_remark, conclude
from kyanh_portal.base.calendar import at_local
from kyanh_portal.demo.world import World
from kyanh_portal.documents.content import Heading, OfficialDocument, Paragraph, Signature
from kyanh_portal.filecheck.check import check_file
from kyanh_portal.rendering.docx import official_docx
from kyanh_portal.rendering.pdf import official_pdf

ASKED, DUE, HELD = dt.date(2020, 11, 20), dt.date(2020, 12, 10), dt.date(2020, 12, 18)
SIGNER = "Nguyễn Văn Mẫu"
# (type of cell, place) of the two papers that came as files
AS_FILE = {("co_quan", 1): ("docx", official_docx), ("luc_luong_vu_trang", 0): ("pdf", official_pdf)}


def build_workshop(world: World) -> None:
    """Ordered, sent, judged, held, concluded, told; and one seminar still to come, with a paper to send."""
    office = world["vanphong"]
    meeting = _planned(world, HELD, "nâng cao chất lượng sinh hoạt chi bộ")
    prepare_workshop(
        meeting, by=office, organisers=texts.ORGANISERS, purpose=texts.PURPOSE, invited=texts.INVITED, prepare=texts.PREPARE,
        chair_post="Thường trực Thị ủy", delegates=80, more_than=True, papers_by=DUE, reply_by=dt.date(2020, 12, 16),
        contact="Văn phòng Thị ủy",
    )  # fmt: skip
    set_programme(meeting, by=office, lines=texts.PROGRAMME)
    papers, types = _papers(world, meeting, office)
    for code in ("workshop_programme", "workshop_invitation"):
        issue_workshop_paper(
            meeting, code, by=office, dated=dt.date(2020, 12, 11), signing="office", signer_name=SIGNER
        )
    open_meeting(
        meeting,
        by=office,
        chair_post="Thường trực Thị ủy",
        secretary_post="Chánh Văn phòng Thị ủy",
        at=meeting.starts_at,
    )
    _held(meeting, office)
    _drawn_together(meeting, office, papers, types)
    save_text(meeting, "guests", "Trưởng Ban Tổ chức Tỉnh ủy\nTrưởng Ban Tuyên giáo Tỉnh ủy", seen="")
    save_text(meeting, "conclusion", texts.WORKSHOP_CONCLUSION, seen="")
    set_read_back(meeting, True, by=office)
    close_meeting(meeting, by=office, ended_at=meeting.starts_at + dt.timedelta(hours=4))
    issue_workshop_paper(
        meeting, "workshop_notice", by=office, dated=dt.date(2020, 12, 21), signing="office", signer_name=SIGNER
    )
    world["workshop"] = Meeting.objects.select_related("organisation__kind", "kind").get(pk=meeting.pk)
    _to_come(world, office)


def _planned(world, day, theme):
    return plan_meeting(
        by=world["vanphong"], organisation=world["town"], kind=MeetingKind.objects.get(code=KindCode.WORKSHOP),
        month=day.replace(day=1), starts_at=at_local(day, 7, 30), place="Hội trường Thị ủy", theme=theme, is_synthetic=True,
    )  # fmt: skip


def _papers(world, meeting, office):
    """The lead-in and 16 papers ordered, sent and accepted; one more asked for that never came."""
    model, by_type = set(world["model_cells"]), {}
    for cell in world["cells"]:
        if cell.pk in model:
            by_type.setdefault(cell.cell_type.code, []).append(cell)
    title, text = texts.LEAD_IN
    lead_in = _ordered(meeting, office, world["town"], title, is_lead_in=True)
    _sent(lead_in, title, "Trưởng Ban Tổ chức Thị ủy", text=text)
    accept_paper(lead_in, by=office)
    papers, used = {}, set()
    for kind, group in texts.PAPERS.items():
        for place, (title, state, done, proposed) in enumerate(group):
            cell = by_type[kind][place % len(by_type[kind])]
            used.add(cell.pk)
            order = _ordered(meeting, office, cell, title)
            author = f"Bí thư {cell.name}"
            text = (
                f"Thực trạng: {state}\nCách làm: {done}\nBài học: {texts.PAPER_CLOSING}\nĐề xuất, kiến nghị: {proposed}"
            )
            if (kind, place) == ("thon_tdp", 0):  # sent short first, then as it was asked for
                _sent(order, title, author, text=f"Thực trạng: {state}\nĐề xuất, kiến nghị: {proposed}", day=4)
                comment_on(order, by=world["bantochuc"], text=texts.CHANGES, asks_changes=True, on=dt.date(2020, 12, 7))
            kept = AS_FILE.get((kind, place))
            checked = _file(cell, title, author, text, *kept) if kept else None
            _sent(order, title, author, text="" if checked else text, checked=checked)
            papers[kind, place] = accept_paper(order, by=office)
    villages = [cell for cell in world["cells"][1:] if "thôn" in cell.name and cell.pk not in used]
    silent = villages[0] if villages else next(cell for cell in world["cells"][1:] if cell.pk not in used)
    _ordered(meeting, office, silent, texts.LATE_SUBJECT)
    return papers, {cell.cell_type.code: cell.cell_type for cells in by_type.values() for cell in cells}


def _ordered(meeting, office, unit, subject, *, is_lead_in=False):
    return order_papers(
        meeting, by=office, organisations=[unit], subject=subject, asks=texts.ASKS, due_on=DUE, on=ASKED,
        is_lead_in=is_lead_in, is_synthetic=True,
    )[0]  # fmt: skip


def _sent(order, title, author, *, text="", checked=None, day=9):
    on = dt.date(2020, 12, day)
    send_version(order, by=None, title=title, author=author, text=text, checked=checked, on=on, is_synthetic=True)


def _file(cell, title, author, text, extension, draw):
    """The paper as its cell would send it, judged like any file from a person."""
    body = []
    for line in text.split("\n"):
        head, _, words = line.partition(": ")
        body += [Heading(head, level=2), Paragraph(words)]
    paper = OfficialDocument(
        kind="talk", type_name="THAM LUẬN", type_symbol="", summary=title, date=dt.date(2020, 12, 9), shows_number=False,
        body=tuple(body), signature=Signature(name=author), recipients=("Ban Tổ chức hội thảo", "Lưu Chi bộ"), is_synthetic=True, **frame(cell),
    )  # fmt: skip
    return check_file(draw(paper), f"tham-luan.{extension}", allowed=(extension,))


def _held(meeting, office):
    said = [(RemarkSort.OPENING, "Phó Bí thư Thường trực Thị ủy", texts.OPENING)]
    said += [(RemarkSort.FLOOR, *one) for one in texts.FLOOR]
    said += [(RemarkSort.STEERING, *one) for one in texts.STEERING]
    said += [(RemarkSort.CLOSING, "Bí thư Thị ủy", texts.CLOSING)]
    for sort, speaker, text in said:
        add_remark(meeting, by=office, sort=sort, speaker=speaker, text=text, is_synthetic=True)
    for matter, first, second, settled in texts.DISAGREEMENTS:
        add_disagreement(
            meeting, by=office, matter=matter, first_view=first, second_view=second, settled=settled,
            first_by="Một số bí thư đảng ủy", second_by="Một số bí thư chi bộ", is_synthetic=True,
            carried_by="" if settled else "Ban Tổ chức Thị ủy",
        )  # fmt: skip
    for heading, text in texts.CONCLUSIONS:
        conclude(meeting, by=office, heading=heading, text=text, is_synthetic=True)


def _drawn_together(meeting, office, papers, types):
    points = {point.order: point for point in meeting.conclusions.all()}
    for code, (strengths, weaknesses, causes) in texts.STATES.items():
        write_state(
            meeting, by=office, cell_type=types[code], strengths=strengths, weaknesses=weaknesses, causes=causes,
            is_synthetic=True,
        )  # fmt: skip
    for theme, sort, words, origin, point in texts.SOLUTIONS:
        propose(
            meeting, by=office, theme=theme, sort=sort, text=words, paper=papers.get(origin), conclusion=points.get(point),
            is_synthetic=True,
        )  # fmt: skip


def _to_come(world, office):
    """A seminar of January 2021, invented, so that the secretary of the demo has a paper to send."""
    theme, subject = texts.SEMINAR
    meeting = _planned(world, dt.date(2021, 1, 15), theme)
    prepare_workshop(meeting, by=office, chair_post="Phó Bí thư Thường trực Thị ủy", papers_by=dt.date(2021, 1, 8))
    order_papers(
        meeting, by=office, organisations=[world["cells"][0], world["cells"][1]], subject=subject, asks=texts.ASKS,
        due_on=dt.date(2021, 1, 8), on=dt.date(2020, 12, 20), is_synthetic=True,
    )  # fmt: skip
