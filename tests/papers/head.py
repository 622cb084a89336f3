"""Checks of the first page's head: letterhead, number, place and date, type and summary (H01–H15, T01–T05, A04)."""

import datetime as dt
import re

from kyanh_portal.documents.types import type_named
from tests.papers.sheet import MM, Problem, squeeze

TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"
NUMBER = re.compile(
    r"Số (0[1-9]|[1-9]\d+)-(NQ|QĐ|CT|KL|QC|TT|HD|TB|TC|BC|KH|QH|CTr|ĐA|PA|DA|TTr|CV|BB|BS|GM)"
    r"/([A-ZĐ]*ThU|[A-ZĐ]{2,})(-[A-ZĐ]{2,})?"
)
OPEN_NUMBER = re.compile(r"Số\s+-(.+)/(.+)")
DATE = re.compile(r".+, ngày (0[1-9]|[12]\d|3[01]) tháng (0[12]|[3-9]|1[0-2]) năm (\d{4})")
OPEN_DATE = re.compile(r".+, ngày\s+tháng\s+(.*\s)?năm(\s.*)?")
BODY_SYMBOLS = {
    "CHI BỘ": "CB",
    "ĐẢNG UỶ": "ĐU",
    "THỊ UỶ": "ThU",
    "TỈNH UỶ": "TU",
    "ĐẠI HỘI": "ĐH",
    "VĂN PHÒNG": "VP",
}
LEVEL_NEEDED = {
    "Trần Phú",
    "Hà Huy Tập",
    "Ngô Quyền",
    "Huế",
    "Phú Thọ",
}  # a person's name, one syllable, the province's


def _same(one: str, other: str) -> bool:
    return squeeze(one).replace("ỦY", "UỶ") == squeeze(other).replace("ỦY", "UỶ")


def check_head(sheet, content) -> tuple[float, list[Problem]]:
    """(bottom of the five hyphens, problems)."""
    problems: list[Problem] = []

    def need(truth, code, message, severity="E"):
        if not truth:
            problems.append(Problem(code, severity, message, 1))

    layout = content.layout
    begins = content.addressed_by if content.is_letter else content.type_name
    kind = next(
        (
            x
            for x in sheet.lines(sheet.flow)
            if (x.text.startswith(begins) if content.is_letter else _same(x.text, begins))
        ),
        None,
    )
    need(kind, "T01", f"no line {begins}")
    top = kind.top if kind else 1e9
    left, right = sheet.column("left", bottom=top - 1), sheet.column("right", bottom=top - 1)
    need(right and right[0].text == TITLE, "H01", f"right column starts {right[0].text if right else ''!r}")
    need(sum(x.text.count(TITLE) for x in sheet.lines(sheet.text)) == 1, "H01", "the title stands once")
    if not (left and right):
        return top, problems
    _title(sheet, right[0], layout, need)
    need(abs(left[0].bottom - right[0].bottom) <= 2.5, "H06", "columns start at different heights")
    _bodies(sheet, left, content, need)
    _place_and_date(right[1:] or right, right[0], content, need)
    if kind and content.is_letter:
        return _addressees(sheet, kind, content, need), problems
    bottom = _type_and_summary(sheet, kind, content, need) if kind else top
    if content.addressees:
        words = next((x for x in sheet.lines(sheet.flow) if x.text.startswith(content.addressed_by)), None)
        need(words, "N04", f"no line {content.addressed_by}")
        bottom = _addressees(sheet, words, content, need) if words else bottom
    return bottom, problems


def _addressees(sheet, words, content, need) -> float:
    """Kính gửi, Kính trình: 14 italic, the names upright, each closed by a semicolon, centred (N04)."""
    first = words.inked[: len(squeeze(content.addressed_by))]
    need(all("Italic" in c["fontname"] for c in first), "N04", f"{content.addressed_by} not italic")
    need(abs(words.centre - sheet.middle) <= 1.5 * MM, "N04", "addressees not centred")
    lines = [x for x in sheet.lines(sheet.flow) if x.top >= words.top - 1]
    written, end = "", words
    for line in lines:
        written, end = written + squeeze(line.text), line
        if written.count(";") == len(content.addressees):
            break
    wanted = squeeze(content.addressed_by + "".join(content.addressee_lines))
    need(written == wanted, "N04", f"addressees {written[:80]!r}")
    need(content.recipient_lines[0] == "- Như trên;", "N04", "the first recipient is not Như trên")
    return end.bottom


def _title(sheet, title, layout, need) -> None:
    need(title.sized(layout.title_size, bold=True), "H02", "title not 15 bold upright")
    rules = [r for r in sheet.rules if 0 <= r["top"] - title.bottom <= 6 or abs(r["top"] - title.bottom) <= 1.5]
    rules = [r for r in rules if r["x1"] > title.x0 and r["x0"] < title.x1]
    need(len(rules) == 1, "H03", f"{len(rules)} rules under the title")
    if len(rules) == 1:
        rule = rules[0]
        need(abs((rule["x1"] - rule["x0"]) - (title.x1 - title.x0)) <= 2, "H04", "rule not as long as the title")
        need(abs((rule["x1"] + rule["x0"]) / 2 - title.centre) <= 1, "H05", "rule not centred under the title")
        need(not rule.get("dash") or not rule["dash"][0], "H05", "rule not solid")


def _bodies(sheet, left, content, need) -> None:
    layout, star = content.layout, next((i for i, x in enumerate(left) if x.text == "*"), None)
    need(star is not None, "H09", "no star under the issuing body")
    star = len(left) if star is None else star
    names, below = left[:star], left[star + 1 :]
    regular = [x for x in names if x.sized(layout.letterhead_size)]
    bold = [x for x in names if x.sized(layout.letterhead_size, bold=True)]
    need(len(regular) + len(bold) == len(names), "H07", "a body's name not 14 regular or 14 bold")
    need(_same("".join(x.text for x in regular), content.superior_name), "H07", "superior body not in regular letters")
    need(_same("".join(x.text for x in bold), content.issuer_name), "H07", "issuing body not in bold letters")
    need(all(x.text == x.text.upper() for x in names), "H07", "a body's name not in capitals")
    superior, issuer = content.superior_name, content.issuer_name
    need(issuer.startswith(layout.issuers), "H08", f"{issuer} issues no paper under {layout.code}")
    if superior and issuer.startswith(("CHI BỘ", "ĐẢNG UỶ", "THỊ UỶ")):
        need(superior.startswith("ĐẢNG BỘ "), "H08", f"superior line of {issuer} is {superior}")
    elif superior and issuer.startswith(("VĂN PHÒNG", "BAN ", "UỶ BAN KIỂM TRA")):
        need(
            re.match(r"(ĐẢNG|TỈNH|THÀNH|THỊ|HUYỆN) U[ỶY]", superior), "H08", f"superior line of {issuer} is {superior}"
        )
    if bold and star < len(left):
        zone = (bold[-1].bottom - 1, left[star].bottom + 4)
        need(
            not [r for r in sheet.rules if zone[0] < r["top"] < zone[1] and r["x1"] < sheet.middle],
            "H09",
            "a rule there",
        )
    _number(below, bold, content, need)


def _number(below, bold, content, need) -> None:
    layout = content.layout
    if content.number_line:
        need(below, "H10", "no number line")
        if below:
            line = below[0]
            pattern = NUMBER if content.number else OPEN_NUMBER
            need(pattern.fullmatch(line.text), "H10", f"number line {line.text!r}")
            need(line.sized(layout.letterhead_size), "H12", "number not 14 regular")
            # An open number ends with letters only: its place is judged by its column.
            if content.number and bold:
                need(abs(line.centre - bold[-1].centre) <= 2 * MM, "H12", "number not centred with the issuing body")
    kind = type_named(content.type_name)
    need(kind is None or kind.symbol == content.type_symbol, "H11", f"{content.type_name} is not {content.type_symbol}")
    for name, symbol in BODY_SYMBOLS.items():
        if content.issuer_name.startswith(name):
            need(
                content.issuer_symbol.startswith(symbol), "H11", f"{content.issuer_name} is not {content.issuer_symbol}"
            )
    if content.is_letter:
        about = [x for x in below[1:] if not x.text.startswith("Dự thảo")]
        need(_same("".join(x.text for x in about), content.summary), "T04", f"summary {[x.text for x in about]}")
        need(all(x.sized(12, italic=True) for x in about), "T04", "summary of a letter not 12 italic")
        need(not content.summary.lower().startswith("v/v"), "T04", "summary starts with V/v")
    if content.is_draft:
        marks = [x for x in below if x.text.startswith("Dự thảo")]
        need(marks and marks[0].sized(layout.draft_size, italic=True), "A04", "no draft mark, 14 italic", "W")
        need(not content.number, "A04", "a draft with a number", "W")
    elif not content.is_letter:
        need(len(below) <= bool(content.number_line), "H10", f"under the number: {[x.text for x in below[1:]]}")


def _place_and_date(lines, title, content, need) -> None:
    line, written = lines[0], " ".join(x.text for x in lines)  # a long place takes two lines
    match = DATE.fullmatch(written)
    if content.date is None:
        need(OPEN_DATE.fullmatch(written), "H13", f"date line {written!r}")
    else:
        need(match, "H13", f"date line {written!r}")
    if match:
        try:
            dt.date(int(match[3]), int(match[2]), int(match[1]))
        except ValueError:
            need(False, "H13", f"no such day: {written!r}")
    need(all(x.sized(content.layout.letterhead_size, italic=True) for x in lines), "H14", "date not 14 italic")
    need(line.top > title.bottom, "H14", "date not below the title's rule")
    need(content.date is None or abs(line.centre - title.centre) <= 2 * MM, "H14", "date not centred with the title")
    need(content.place not in LEVEL_NEEDED, "H15", f"{content.place} needs its level (Phường, Thành phố)", "W")


def _type_and_summary(sheet, kind, content, need) -> float:
    layout = content.layout
    need(kind.text == kind.text.upper() and kind.sized(layout.type_size, bold=True), "T01", "type not capitals 16 bold")
    need(abs(kind.centre - sheet.middle) <= 1.5 * MM, "T01", f"type centred at {kind.centre / MM:.1f} mm")
    below = [x for x in sheet.lines(sheet.flow) if x.top > kind.top + 5]
    end = next((i for i, x in enumerate(below) if re.fullmatch(r"[-–—_*]+", x.text)), None)
    need(end is not None and below[end].text == "-----", "T03", "no five hyphens under the summary")
    if end is None:
        return kind.bottom
    hyphens, summary = below[end], below[:end]
    need(abs(hyphens.centre - sheet.middle) <= 1.5 * MM, "T03", "hyphens not centred")
    need(not [r for r in sheet.rules if kind.bottom < r["top"] < hyphens.bottom + 4], "T03", "a rule by the hyphens")
    text = content.body_of + content.summary
    need(_same("".join(x.text for x in summary), text), "T02", "summary not directly below the type")
    need(all(x.sized(layout.summary_size, bold=True) for x in summary), "T02", "summary not 14 bold")
    need(all(abs(x.centre - sheet.middle) <= 1.5 * MM for x in summary), "T02", "summary not centred")
    need(not content.summary.endswith("."), "T05", "summary ends with a full stop", "W")
    return hyphens.bottom
