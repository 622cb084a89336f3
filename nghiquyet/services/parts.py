"""The text of a resolution as plain data, as versions keep it and comparisons read it."""

from nghiquyet.choices import Frame, Level

LETTERS = "abcdđeghiklmnopqrstuvxy"


def parts_of(resolution) -> list[dict]:
    """The text as plain data, each part with the name people call it by."""
    section = paragraph = point = 0
    out = []
    for clause in resolution.clauses.all():
        label = "Đoạn văn"
        if clause.level == Level.SECTION:
            section, paragraph, point = section + 1, 0, 0
            label = f"Phần {section}"
        elif clause.level == Level.PARAGRAPH:
            paragraph, point = paragraph + 1, 0
            label = f"Khoản {paragraph}, phần {section}" if section else f"Khoản {paragraph}"
        elif clause.level == Level.POINT:
            point += 1
            label = f"Điểm {LETTERS[(point - 1) % len(LETTERS)]}, khoản {paragraph}"
        out.append(
            {"clause": clause.pk, "label": label, "level": clause.level, "heading": clause.heading, "text": clause.text}
        )
    return out


def frame_of(resolution) -> dict:
    """What stands around the parts, as versions keep it (the title has a field of its own)."""
    return {name: getattr(resolution, name) for name in (Frame.BASES, Frame.PREAMBLE, Frame.RECIPIENTS)}


def framed(title: str, frame: dict, parts: list[dict]) -> list[dict]:
    """The whole paper for a comparison: title, grounds, opening, the parts, recipients. Empty ones are left out."""

    def part(name, text):
        return [{"clause": name, "label": Frame(name).label, "level": "", "heading": "", "text": text}] if text else []

    return [
        *part(Frame.TITLE, title), *part(Frame.BASES, frame.get(Frame.BASES)), *part(Frame.PREAMBLE, frame.get(Frame.PREAMBLE)),
        *parts, *part(Frame.RECIPIENTS, frame.get(Frame.RECIPIENTS)),
    ]  # fmt: skip
