"""Papers printed before a meeting: sign-in sheet and blank minutes, each page with the meeting's code."""

from hoithao.papercodes import MINUTES, SIGN_IN, code_of, qr_svg
from hoithao.rules import LEFT_OUT
from hoithao.services.attendance import roll_of
from kyanh_portal.rendering.pdf import join_pdfs, report_pdf_portrait

ROWS = 20  # lines of the roll a page holds, with long names on two lines
RULED, RULED_NEXT, RULED_LAST = 13, 26, 11


def sheet_pdf(meeting, sheet: str) -> bytes:
    """The PDF of one sheet; every page bears its own code, so that a photograph of any page files itself."""
    if sheet == SIGN_IN:
        rows = list(enumerate(roll_of(meeting), 1))
        chunks = [rows[i : i + ROWS] for i in range(0, len(rows), ROWS)] or [[]]
        pages = [_page(meeting, sheet, n, len(chunks), rows=chunk) for n, chunk in enumerate(chunks, 1)]
    else:
        agenda = list(meeting.agenda.all())
        pages = [
            _page(meeting, MINUTES, 1, 3, agenda=agenda, ruled=range(RULED)),
            _page(meeting, MINUTES, 2, 3, ruled=range(RULED_NEXT)),
            _page(meeting, MINUTES, 3, 3, ruled=range(RULED_LAST), is_last=True),
        ]
    return pages[0] if len(pages) == 1 else join_pdfs((f"Trang {n}", page) for n, page in enumerate(pages, 1))


def _page(meeting, sheet, number, pages, **context) -> bytes:
    code = code_of(meeting.client_key, sheet, number)
    rows = context.pop("rows", [])
    lines = [(n, row, row.standing in LEFT_OUT) for n, row in rows]
    template = "print/sign_in_sheet.html" if sheet == SIGN_IN else "print/blank_minutes.html"
    return report_pdf_portrait(
        template,
        {
            "meeting": meeting, "code": code, "qr": qr_svg(code), "number": number, "pages": pages, "lines": lines,
            "is_first": number == 1, "is_synthetic": meeting.is_synthetic, **context,
        },
    )  # fmt: skip
