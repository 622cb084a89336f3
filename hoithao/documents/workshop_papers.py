"""Papers of a workshop: chương trình, giấy mời, thông báo kết luận, báo cáo tổng hợp tham luận (399-QĐ/TW, 05-HD/VPTW).

All facts come from the record; what is not recorded leaves a dotted place in the draft and keeps the paper from issue.
"""

from hoithao.choices import OrderState, RemarkSort
from hoithao.documents.minutes import committee_name, frame, summary_of
from hoithao.documents.workshop_minutes import positions_of, unit_of
from hoithao.models import Meeting
from hoithao.models.workshop import in_turn
from hoithao.rules import delegates_words
from hoithao.services.workshop_issuing import KINDS, Signing, closing_of
from kyanh_portal.access.rules import verdict
from kyanh_portal.base.calendar import vn_date, vn_date_long, vn_time, weekday
from kyanh_portal.documents.content import Heading, Item, OfficialDocument, Paragraph, Said, Signature, Table
from kyanh_portal.documents.kinds import add_kind, kinds
from kyanh_portal.documents.models import IssuedDocument
from kyanh_portal.documents.profiles import profile_on
from kyanh_portal.documents.types import TYPES

ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]
BLANK = "…"


def _plan(meeting):
    return getattr(meeting, "plan", None)


def _sections(parts) -> list:
    """(title, blocks) pairs with blocks only where there is something to say, numbered I-, II-, …"""
    kept = [(title, blocks) for title, blocks in parts if blocks]
    return [
        block
        for number, (title, blocks) in zip(ROMAN, kept, strict=False)
        for block in (Heading(f"{number}- {title}"), *blocks)
    ]


def _paper(
    meeting, code, summary, body, recipients, *, dated=None, signing=Signing.OFFICE, signer=""
) -> OfficialDocument:
    kind = TYPES[KINDS[code].type_code]
    authority, position = Signing(signing).lines
    return OfficialDocument(
        kind=code,
        type_name=kind.name,
        type_symbol=kind.symbol,
        summary=summary,
        date=dated,
        body=tuple(body),
        signature=Signature(authority=authority, position=position, name=signer),
        recipients=tuple(recipients),
        draft="Dự thảo",
        is_synthetic=meeting.is_synthetic,
        profile=profile_on(dated or meeting.held_on).code,
        **frame(meeting.organisation),
    )


def _archive(meeting) -> str:
    return meeting.organisation.kind.files_at or "Lưu Văn phòng"


def _when(meeting) -> str:
    day = meeting.held_on
    return f"{vn_time(meeting.began_at)}, {vn_date_long(day)} ({weekday(day)})"


def _standing_committee(meeting) -> str:
    return f"Ban Thường vụ {committee_name(meeting.organisation.name)}"


def compose_programme(meeting: Meeting, **signed) -> OfficialDocument:
    """Chương trình: aim, time, place, and the lines in their order."""
    plan, lines = _plan(meeting), list(meeting.programme_lines.all())
    rows = [(f"{x.at.hour} giờ {x.at.minute:02d}" if x.at else "", x.what, x.who) for x in lines]
    blocks = [Table(("Thời gian", "Nội dung", "Người thực hiện"), tuple(rows), (2, 6, 4)) if rows else Paragraph(BLANK)]
    facts = [Paragraph(f"1. Thời gian: {_when(meeting)}."), Paragraph(f"2. Địa điểm: {meeting.place}.")]
    if plan and plan.organiser_lines:
        facts.append(Paragraph(f"3. Đơn vị tổ chức: {'; '.join(plan.organiser_lines)}."))
    body = _sections(
        [
            ("MỤC ĐÍCH, YÊU CẦU", [Paragraph(plan.purpose)] if plan and plan.purpose else []),
            ("THỜI GIAN, ĐỊA ĐIỂM", facts),
            ("NỘI DUNG CHƯƠNG TRÌNH", blocks),
        ]
    )
    recipients = ("Đại biểu dự hội thảo", _archive(meeting))
    return _paper(meeting, "workshop_programme", summary_of(meeting), body, recipients, **signed)


def compose_invitation(meeting: Meeting, **signed) -> OfficialDocument:
    """Giấy mời: content, chair, who is invited, when with the day of the week, where, what to prepare."""
    plan = _plan(meeting)
    invited = plan.invited_lines if plan else []
    body = [
        Paragraph(f"{_standing_committee(meeting)} trân trọng kính mời các đồng chí trong thành phần dưới đây dự hội thảo:"),
        Paragraph(f"1. Nội dung: {summary_of(meeting)}."),
        Paragraph(f"2. Chủ trì: {meeting.chair_label or BLANK}."),
        Paragraph("3. Thành phần:" if invited else f"3. Thành phần: {BLANK}"),
        *(Item(f"{line.rstrip(' ;.')}{'.' if last else ';'}") for line, last in _with_last(invited)),
        Paragraph(f"4. Thời gian: {_when(meeting)}."),
        Paragraph(f"5. Địa điểm: {meeting.place}."),
    ]  # fmt: skip
    if plan and plan.prepare:
        body.append(Paragraph(f"6. Tài liệu, chuẩn bị: {plan.prepare.rstrip('.')}."))
    if plan and plan.reply_by:
        contact = f" với {plan.contact}" if plan.contact else ""
        body.append(Paragraph(f"Đại biểu vắng mặt báo cáo{contact} trước ngày {vn_date(plan.reply_by)}."))
    summary = f"dự {summary_of(meeting)}"
    return _paper(meeting, "workshop_invitation", summary, body, ("Như trên", _archive(meeting)), **signed)


def _with_last(lines):
    return [(line, i == len(lines)) for i, line in enumerate(lines, 1)]


def _steering(meeting):
    return list(meeting.remarks.filter(sort=RemarkSort.STEERING))


def counted(meeting) -> str:
    """What was heard, in numbers: "báo cáo đề dẫn, 16 tham luận, 8 ý kiến phát biểu"."""
    lead_in = meeting.papers.filter(is_lead_in=True).count()
    papers = meeting.papers.filter(is_lead_in=False).count()
    floor = meeting.remarks.filter(sort=RemarkSort.FLOOR).count()
    parts = ["báo cáo đề dẫn"] if lead_in else []
    parts += [f"{papers} tham luận"] if papers else []
    parts += [f"{floor} ý kiến phát biểu"] if floor else []
    steering = _steering(meeting)
    if steering:
        parts.append(f"ý kiến chỉ đạo của {', '.join(f'đồng chí {one.speaker}' for one in steering)}")
    return ", ".join(parts[:-1]) + (" và " if len(parts) > 1 else "") + parts[-1] if parts else BLANK


def compose_notice(meeting: Meeting, **signed) -> OfficialDocument:
    """Thông báo kết luận: what was heard, then the conclusion point by point, each a paragraph of its own."""
    closing = closing_of(meeting)
    number = delegates_words(meeting)
    who = closing.speaker if closing else meeting.chair_label or BLANK
    chair = meeting.chair_label or BLANK
    opening = (
        f"{vn_date_long(meeting.held_on).capitalize()}, tại {meeting.place}, {_standing_committee(meeting)} tổ chức "
        f"{summary_of(meeting)}, {chair} chủ trì{f'; dự hội thảo có {number}' if number else ''}. "
        f"Sau khi nghe {counted(meeting)}, đồng chí {who} đã kết luận như sau:"
    )
    points = [
        Paragraph(f"{point.order}. {point.heading.rstrip('.')}. {point.text}".strip())
        for point in meeting.conclusions.all()
    ]
    open_matters = [
        Paragraph(f"{matter.matter.rstrip('.')}: {positions_of(matter)}")
        for matter in meeting.disagreements.all()
        if not matter.settled
    ]
    body = [
        Paragraph(opening),
        *_sections(
            [
                ("ĐÁNH GIÁ CHUNG", [Paragraph(closing.text)] if closing else []),
                ("NỘI DUNG KẾT LUẬN", points or [Paragraph(BLANK)]),
                ("VẤN ĐỀ TIẾP TỤC NGHIÊN CỨU", open_matters),
                ("TỔ CHỨC THỰC HIỆN", [Paragraph(meeting.conclusion)] if meeting.conclusion else []),
            ]
        ),
        Paragraph("Thông báo để các cấp uỷ, đơn vị liên quan biết, thực hiện."),
    ]
    superior = meeting.organisation.parent
    upward = (f"{committee_name(superior.name)} (để báo cáo)",) if superior else ()
    recipients = (*upward, "Các cấp uỷ, đơn vị dự hội thảo (để thực hiện)", _archive(meeting))
    summary = f"kết luận của đồng chí {who} tại {summary_of(meeting)}"
    return _paper(meeting, "workshop_notice", summary, body, recipients, **signed)


def compose_report(meeting: Meeting, **signed) -> OfficialDocument:
    """Báo cáo tổng hợp tham luận: how many came from whom, the state of affairs by type, views, solutions by theme."""
    papers = in_turn(meeting.papers.select_related("organisation__parent", "cell_type"))
    body = _sections(
        [
            ("KHÁI QUÁT", _how_many(meeting, papers)),
            ("THỰC TRẠNG THEO LOẠI HÌNH CHI BỘ", _states(meeting)),
            (
                "VẤN ĐỀ CÒN Ý KIẾN KHÁC NHAU",
                [
                    Paragraph(f"{number}. {matter.matter.rstrip('.')}. {positions_of(matter)}")
                    for number, matter in enumerate(meeting.disagreements.all(), 1)
                ],
            ),
            ("NHIỆM VỤ, GIẢI PHÁP ĐỀ XUẤT", _solutions(meeting, papers)),
            ("Ý KIẾN CHỈ ĐẠO", [Said(one.speaker, one.text) for one in _steering(meeting)]),
            ("DANH MỤC THAM LUẬN", _list_of(meeting, papers)),
        ]
    )
    recipients = (f"{_standing_committee(meeting)} (để báo cáo)", _archive(meeting))
    summary = f"tổng hợp tham luận tại {summary_of(meeting)}"
    return _paper(meeting, "workshop_report", summary, body, recipients, **signed)


def _how_many(meeting, papers) -> list:
    orders = list(meeting.paper_orders.exclude(state=OrderState.WITHDRAWN).select_related("organisation__parent"))
    number = delegates_words(meeting)
    blocks = [
        Paragraph(
            f"Hội thảo tổ chức {vn_date_long(meeting.held_on)} tại {meeting.place}"
            f"{f', dự có {number}' if number else ''}. Hội thảo đã nghe {counted(meeting)}."
        )
    ]
    if orders:
        missing = [unit_of(meeting, order.organisation, short=True) for order in orders if order.is_awaited]
        silent = f"; chưa gửi: {', '.join(missing)}" if missing else ""
        received = sum(order.state == OrderState.ACCEPTED for order in orders)
        blocks.append(Paragraph(f"Đã đặt {len(orders)} bài, nhận {received} bài{silent}."))
    types = {}
    for paper in papers:
        if not paper.is_lead_in:
            types.setdefault(paper.cell_type.name if paper.cell_type_id else "Tổ chức khác", []).append(paper)
    if types:
        rows = [(name, str(len(group))) for name, group in types.items()]
        rows.append(("Cộng", str(sum(len(group) for group in types.values()))))
        blocks.append(Table(("Loại hình chi bộ", "Số tham luận"), tuple(rows), (3, 1)))
    return blocks


def _states(meeting) -> list:
    blocks = []
    for number, state in enumerate(meeting.type_states.select_related("cell_type"), 1):
        blocks.append(Heading(f"{number}. {state.cell_type.name}", level=2))
        for label, text in (("Ưu điểm", state.strengths), ("Hạn chế", state.weaknesses), ("Nguyên nhân", state.causes)):
            if text:
                blocks.append(Paragraph(f"{label}: {text}"))
    return blocks


def _solutions(meeting, papers) -> list:
    called = {paper.pk: paper.called for paper in papers}
    themes = {}
    for one in meeting.solutions.all():
        themes.setdefault(one.theme, []).append(one)
    blocks = []
    for number, (theme, group) in enumerate(themes.items(), 1):
        blocks.append(Heading(f"{number}. {theme}", level=2))
        for one in group:
            origin = f" ({called[one.paper_id]})" if one.paper_id in called else ""
            blocks.append(Item(f"{one.get_sort_display()}: {one.text.rstrip('.')}{origin}."))
    return blocks


def _list_of(meeting, papers) -> list:
    if not papers:
        return []
    rows = tuple(
        (str(paper.turn or "ĐD"), paper.title, paper.author, unit_of(meeting, paper.organisation, short=True))
        for paper in papers
    )
    return [Table(("Số", "Tham luận", "Người trình bày", "Đơn vị"), rows, (1, 6, 4, 4))]


def papers_of(meeting, user) -> list[dict]:
    """The papers of a workshop for its page: draft or issued, and whether this user may issue the draft."""
    issued = {
        paper.kind: paper
        for paper in IssuedDocument.objects.visible_to(user)
        .for_target(meeting)
        .filter(kind__in=KINDS)
        .defer("content")
        .order_by("-pk")
    }
    may = verdict("hoithao.issue_workshop_paper", user, meeting) is True
    return [
        {
            "code": code,
            "label": kinds.get(code).label,
            "issued": issued.get(code),
            "may_issue": may and code not in issued,
        }
        for code in KINDS
    ]


_COMPOSERS = {
    "workshop_programme": compose_programme,
    "workshop_invitation": compose_invitation,
    "workshop_notice": compose_notice,
    "workshop_report": compose_report,
}
for _code, _kind in KINDS.items():
    add_kind(_code, _kind.label, Meeting, _COMPOSERS[_code], "hoithao.see_meeting", names_types=True)
