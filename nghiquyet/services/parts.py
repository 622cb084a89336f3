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


def places_of(version) -> list[dict]:
    """Each place of a kept version an opinion can stand on, in the order of the text: a line of căn cứ or nơi nhận is
    one of its own. `key` is what a comment keeps; `name` is how its place is called in the table."""

    def lines(name, text):
        said = [line.strip() for line in (text or "").split("\n") if line.strip()]
        for number, line in enumerate(said, start=1):
            label = f"{Frame(name).label} {number}" if len(said) > 1 else Frame(name).label
            yield {"key": f"{name}-{number}", "label": label, "heading": "", "text": line, "frame": name}

    def clause(part):
        return {**part, "key": str(part["clause"]), "frame": ""}

    frame = version.frame or {}
    places = [
        {
            "key": Frame.TITLE.value,
            "label": Frame.TITLE.label,
            "heading": "",
            "text": version.title,
            "frame": Frame.TITLE,
        },
        *lines(Frame.BASES, frame.get(Frame.BASES)),
        *lines(Frame.PREAMBLE, frame.get(Frame.PREAMBLE)),
        *[clause(part) for part in version.parts],
        *lines(Frame.RECIPIENTS, frame.get(Frame.RECIPIENTS)),
    ]
    for place in places:
        named = place["heading"] or (place["text"] if place["frame"] else "")
        place["name"] = f"{place['label']}: {named}".rstrip(": ")[:200]
    return places


def framed(title: str, frame: dict, parts: list[dict]) -> list[dict]:
    """The whole paper for a comparison: title, grounds, opening, the parts, recipients. Empty ones are left out."""

    def part(name, text):
        return [{"clause": name, "label": Frame(name).label, "level": "", "heading": "", "text": text}] if text else []

    return [
        *part(Frame.TITLE, title), *part(Frame.BASES, frame.get(Frame.BASES)), *part(Frame.PREAMBLE, frame.get(Frame.PREAMBLE)),
        *parts, *part(Frame.RECIPIENTS, frame.get(Frame.RECIPIENTS)),
    ]  # fmt: skip
