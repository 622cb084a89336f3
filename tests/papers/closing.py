"""Checks of the end: signatures and recipients (S01–S08, N01–N03)."""

import re

from tests.papers.body import body_lines
from tests.papers.sheet import MM, Problem, squeeze

TITLED = re.compile(r"\b(PGS|GS|TS|ThS|BS|Ths|Đại tá|Thượng tá|Trung tá|Thiếu tá|NSƯT|NSND)\b\.?")
POSITIONS = {"BÍ THƯ", "PHÓ BÍ THƯ", "CHỦ NHIỆM", "PHÓ CHỦ NHIỆM", "CHỦ TỊCH", "PHÓ CHỦ TỊCH"}
NEEDS_POSITION = re.compile(r"T/M (?!ĐOÀN|BAN THẨM|BAN KIỂM)")
MET_IN_PRACTICE = ("T/M CHI UỶ", "T/M BAN CHẤP HÀNH")


def closing_top(sheets, content) -> tuple[int, float]:
    """(page, height) where the signatures begin."""
    heads = [s.authority or s.position or s.name for s in (content.signature, content.left_signature) if s]
    for sheet in reversed(sheets):
        tops = [x.top for side in ("left", "right") for x in sheet.column(side) if x.text and x.text in heads]
        if tops:
            words = [x.top for x in sheet.column("left") if x.text == "Nơi nhận:"]
            return sheet.number, min([*tops, *words])
    return len(sheets), 1e9


def check_closing(sheets, content, hyphens: float, end: tuple[int, float]) -> list[Problem]:
    """Every check of signatures and recipients."""
    problems: list[Problem] = []
    page, top = end

    def need(truth, code, message, severity="E"):
        if not truth:
            problems.append(Problem(code, severity, message, page))

    need(top < 1e9, "S01", "no signature found")
    if problems:
        return problems
    sheet = sheets[page - 1]
    right, left = sheet.column("right", top=top - 2), sheet.column("left", top=top - 2)
    _signer(sheet, right, content.signature, content, need, right_half=True)
    if content.confirmed_by:
        below = _after(right, f"Xác nhận chữ ký của đồng chí {content.signature.name}")
        need(below, "S01", "no confirmation of the hand below the signature")
        _signer(sheet, below, content.confirmed_by, content, need, right_half=True)
    if content.left_signature:
        _signer(sheet, left, content.left_signature, content, need, right_half=False)
        heads = [
            next((x.top for x in lines if squeeze(x.text) == squeeze(who.authority)), 0)
            for lines, who in ((left, content.left_signature), (right, content.signature))
        ]
        need(abs(heads[0] - heads[1]) <= 2, "S08", "the two signatures start at different heights")
    lines = [x for x in body_lines(sheets, content, hyphens, end) if x.page == page]
    in_table = any(box[3] < top for box in sheet.boxes)
    need(len(lines) >= 2 or in_table, "S07", f"the signature stands with {len(lines)} lines of the text", "W")
    if content.recipients:
        _recipients(sheets, page, content, need)
    return problems


def _after(lines, words: str) -> list:
    """The lines that follow these words, which may run over several."""
    for start in range(len(lines)):
        for end in range(start, len(lines)):
            if squeeze("".join(x.text for x in lines[start : end + 1])) == squeeze(words):
                return lines[end + 1 :]
    return []


def _signer(sheet, lines, who, content, need, *, right_half: bool) -> None:
    layout = content.layout
    size = layout.signature_size
    spelt = [text for text in (who.authority, who.position, who.name) if text]
    drawn = squeeze("".join(x.text for x in lines))
    need(drawn.startswith(squeeze("".join(spelt))), "S01", f"signature {drawn[:80]!r}")
    block, rest = [], squeeze("".join(spelt))
    for line in lines:
        if not rest:
            break
        block.append(line)
        rest = rest[len(squeeze(line.text)) :]
    if not block:
        return
    middle = sheet.middle + (1 if right_half else -1) * (sheet.right - sheet.left) / 4
    need(all(abs(x.centre - middle) <= 3 * MM for x in block), "S01", "signature not centred in its half")
    if who.authority:
        need(who.authority.startswith((*layout.authorities, *MET_IN_PRACTICE)), "S02", f"signed {who.authority}")
        need(who.authority == who.authority.upper() and block[0].sized(size, bold=True), "S02", "authority not 14 bold")
    need(not re.match(r"K/T (PHÓ )?BÍ THƯ", who.authority), "S04", who.authority)
    need(who.authority not in MET_IN_PRACTICE, "S04", f"{who.authority} is not in the guide", "W")
    if who.position:
        line = next((x for x in block if squeeze(x.text) == squeeze(who.position)), None)
        need(line is None or line.sized(size), "S03", "position not 14 regular")
        need(who.position == who.position.upper(), "S03", "position not in capitals")
        collective = NEEDS_POSITION.match(who.authority)
        need(not collective or who.position in POSITIONS, "S03", f"{who.position} under {who.authority}")
    if who.name:
        name = block[-1]
        need(name.sized(size, bold=True) and who.name != who.name.upper(), "S05", "name not 14 bold in small letters")
        need(not TITLED.search(who.name), "S05", f"a title before the name: {who.name}")
        above = [x for x in block if x.bottom < name.top - 10 * MM]
        if above:
            gap = (name.top - above[-1].bottom) / MM
            need(gap >= 24, "S06", f"{gap:.0f} mm for the hand", "W")
        else:
            need(name.top - sheet_top(block) > 24 * MM or not spelt[:-1], "S06", "no room for the hand", "W")


def sheet_top(block) -> float:
    """Where a block of lines begins."""
    return min(x.top for x in block)


def _recipients(sheets, page, content, need) -> None:
    layout = content.layout
    found = [(s, x) for s in sheets[page - 1 :] for x in s.column("left") if x.text == "Nơi nhận:"]
    need(len(found) == 1, "N01", f"{len(found)} times Nơi nhận:")
    if len(found) != 1:
        return
    sheet, word = found[0]
    need(abs(word.x0 - sheet.left) <= 1 * MM, "N01", "Nơi nhận: not at the left margin")
    need(word.sized(layout.recipients_heading_size), "N01", "Nơi nhận: not 14 regular")
    letters = word.inked[:-1]  # without the colon
    rules = [r for r in sheet.rules if word.bottom - 5 <= r["top"] <= word.bottom + 3 and r["x0"] < word.x1]
    need(len(rules) == 1, "N02", f"{len(rules)} rules under Nơi nhận")
    if len(rules) == 1:
        rule = rules[0]
        fits = abs(rule["x0"] - letters[0]["x0"]) <= 2 and abs(rule["x1"] - letters[-1]["x1"]) <= 2
        need(fits, "N02", "rule not as long as the words")
    items = [x for s in sheets[sheet.number - 1 :] for x in s.column("left") if s is not sheet or x.top > word.top + 3]
    need(all(x.sized(layout.recipients_size) for x in items), "N03", "recipients not 12 regular")
    text = squeeze("".join(x.text for x in items))
    need(text == squeeze("".join(content.recipient_lines)), "N03", f"recipients {text[:80]!r}")
    need(text.startswith("-") and text.endswith("."), "N03", "recipients not closed by a full stop")
    need(content.recipient_lines[-1].startswith("- Lưu "), "N03", "the last recipient is not where it is filed")
