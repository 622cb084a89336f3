"""Checks of the running text: measure, indent, pitch, punctuation (P04, B01–B10)."""

import itertools
import re
import unicodedata
from dataclasses import dataclass

from tests.papers.sheet import MM, Line, Problem, squeeze

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
POINTS = [
    "a",
    "b",
    "c",
    "d",
    "đ",
    "e",
    "g",
    "h",
    "i",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "q",
    "r",
    "s",
    "t",
    "u",
    "v",
    "x",
    "y",
]
DECREE_30 = re.compile(
    r"CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|Độc lập - Tự do - Hạnh phúc|\b(TM|KT|TL|TUQ)\. |\bV/v\b|^Số:", re.MULTILINE
)


@dataclass
class Flow:
    """A line of the text, with what it is: `first` of its paragraph, or one that goes on."""

    line: Line
    first: bool
    continues: bool = False


def body_lines(sheets, content, hyphens: float, end: tuple[int, float]) -> list[Line]:
    """Lines between the hyphens and the signatures, tables and their captions left out."""
    page, top = end
    captions = {squeeze(b.caption) for b in content.body if b.kind == "table" and b.caption}
    return [
        line
        for sheet in sheets[:page]
        for line in sheet.lines(sheet.flow)
        if (sheet.number > 1 or line.top > hyphens)
        and (sheet.number < page or line.top < top - 2)
        and squeeze(line.text) not in captions
    ]


def check_body(sheets, content, hyphens: float, end: tuple[int, float]) -> list[Problem]:
    """Every check of the running text."""
    lines = body_lines(sheets, content, hyphens, end)
    if not lines:
        return [Problem("B05", "E", "no text")]
    problems, layout = [], content.layout

    def bad(code, message, page=0, severity="E"):
        problems.append(Problem(code, severity, message, page))

    flows = _flows(sheets, lines, content, bad)
    sizes = {round(c["size"], 1) for line in lines for c in line.inked}
    if len(sizes) > 1 or not all(14 - 0.25 <= size <= 15 + 0.25 for size in sizes):
        bad("B01", f"letters of {sorted(sizes)} pt")
    for flow in flows:
        sheet = sheets[flow.line.page - 1]
        if flow.continues and " " in flow.line.text and abs(flow.line.x1 - sheet.right) > 1 * MM:
            bad(
                "P04",
                f"line ends {(sheet.right - flow.line.x1) / MM:.1f} mm before the margin: {flow.line.text[:50]!r}",
                sheet.number,
            )
    _pitches(sheets, flows, layout, bad)
    _words(lines, flows, content, bad)
    return problems


def _flows(sheets, lines, content, bad) -> list[Flow]:
    """Lines in their flow; chapters with their names stand centred, the number of an article in bold (HD05 II.I.6.2)."""
    flows, layout = [], content.layout
    centred = [squeeze(b.text) for b in content.body if b.kind == "heading" and b.level == 0]
    for line in lines:
        sheet = sheets[line.page - 1]
        if any(squeeze(line.text) in heading for heading in centred):
            if abs((line.x0 + line.x1) / 2 - (sheet.left + sheet.right) / 2) > 1.5 * MM:
                bad("B11", f"not centred: {line.text[:50]!r}", line.page)
            flows.append(Flow(line, True))
            continue
        if re.match(r"Điều \d+\.", line.text) and not all("Bold" in c["fontname"] for c in line.inked[:5]):
            bad("B11", f"the number of an article is not bold: {line.text[:50]!r}", line.page)
        offset = line.x0 - sheet.left
        first = abs(offset - layout.first_line_indent * MM) <= 1.5 * MM
        if not first and abs(offset) > 1 * MM:
            bad("B04", f"line starts {offset / MM:.1f} mm inside: {line.text[:50]!r}", line.page)
        flows.append(Flow(line, first))
    if not flows[0].first:
        bad("B04", "the first paragraph is not indented", flows[0].line.page)
    for flow, following in itertools.pairwise(flows):
        flow.continues = not following.first
    return flows


def _pitches(sheets, flows, layout, bad) -> None:
    """B02, B03: from one line to the next on the same page; a table between them is no pitch."""
    inside = set()
    for flow, following in itertools.pairwise(flows):
        one, two = flow.line, following.line
        boxes = sheets[one.page - 1].boxes
        if one.page != two.page or any(one.bottom - 2 <= box[1] <= two.top + 2 for box in boxes):
            continue
        pitch = two.bottom - one.bottom
        if not following.first:
            inside.add(round(pitch, 1))
        elif pitch < layout.line_pitch + layout.paragraph_gap - 0.3:
            bad("B03", f"{pitch:.1f} pt between paragraphs: {two.text[:50]!r}", two.page)
    if inside and (min(inside) < 18 - 0.3 or max(inside) > 22 + 0.3 or max(inside) - min(inside) > 0.3):
        bad("B02", f"line pitch {sorted(inside)} pt")


def paragraphs(flows) -> list[str]:
    """The text of each paragraph, its lines joined."""
    texts: list[list[str]] = []
    for flow in flows:
        if flow.first or not texts:
            texts.append([])
        texts[-1].append(flow.line.text)
    return [" ".join(lines) for lines in texts]


def _words(lines, flows, content, bad) -> None:
    texts = paragraphs(flows)
    if content.body and content.body[-1].kind != "table" and not re.search(r"\.[”\"’)]?$", texts[-1]):
        bad("B05", f"the text ends {texts[-1][-30:]!r}")
    bases = texts[: len(content.bases)]
    for i, basis in enumerate(bases, 1):
        if not basis.startswith("- ") or not basis.endswith("." if i == len(bases) else ";"):
            bad("B06", f"basis {basis[:40]!r}…{basis[-10:]!r}")
    if bases and any("Italic" in c["fontname"] for line in lines[: len(bases)] for c in line.chars):
        bad("B06", "bases in italics")
    _series("B07", [m[1] for text in texts if (m := re.match(r"([IVX]+)[-.] ", text))], ROMAN, bad)
    _points(texts, bad)
    whole = "\n".join(line.text for line in lines)
    if "./." in whole:
        bad("B05", "the text has ./.")
    if whole != unicodedata.normalize("NFC", whole):
        bad("B09", "letters not composed", severity="W")
    if re.search(r"\S  +\S| [,;:](\s|$)| \.(\s|$)", whole):
        bad("B09", "two spaces, or a space before a mark", severity="W")
    if match := DECREE_30.search(whole):
        bad("B10", f"a form of Nghị định 30: {match[0]!r}")


def _series(code, seen, order, bad) -> None:
    for one, two in itertools.pairwise(seen):
        if two != "I" and one in order and two in order and order.index(two) != order.index(one) + 1:
            bad(code, f"{two} after {one}", severity="W")


def _points(texts, bad) -> None:
    last = None
    for text in texts:
        match = re.match(r"([a-zđ])\) ", text)
        if match and last and match[1] != "a" and POINTS.index(match[1]) != POINTS.index(last) + 1:
            bad("B08", f"{match[1]}) after {last})", severity="W")
        if match and match[1] in POINTS:
            last = match[1]
        elif re.match(r"\d+\. |[IVX]+[-.] ", text):
            last = None
