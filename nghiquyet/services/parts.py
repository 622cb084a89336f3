"""The text of a resolution as plain data, as versions keep it and comparisons read it."""

from nghiquyet.choices import Level

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
