"""Two versions of a draft, word by word: what stayed, what went, what came."""

import difflib
import re

_WORDS = re.compile(r"\s+|\w+|[^\w\s]", re.UNICODE)
SAME, GONE, NEW = "same", "gone", "new"


def word_diff(old: str, new: str) -> list[tuple[str, str]]:
    """[(same | gone | new, text)] in reading order.

    >>> word_diff("họp một lần", "họp hai lần")
    [('same', 'họp '), ('gone', 'một'), ('new', 'hai'), ('same', ' lần')]
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    out: list[tuple[str, str]] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            out.append((SAME, "".join(before[a:b])))
            continue
        if b > a:
            out.append((GONE, "".join(before[a:b])))
        if d > c:
            out.append((NEW, "".join(after[c:d])))
    return out


def _whole(part: dict | None) -> str:
    return "\n".join(filter(None, [part["heading"], part["text"]])) if part else ""


def compare_parts(old: list[dict], new: list[dict]) -> list[dict]:
    """Part by part, in the order of the newer text; parts that were dropped stand where they stood.

    Each: label, state (same, changed, gone, new), words (inline), before and after (for two columns).
    """
    found = {part["clause"]: part for part in old}
    kept = {part["clause"] for part in new}
    rows: list[tuple[dict | None, dict | None]] = []
    waiting = list(old)
    for part in new:
        while waiting and waiting[0]["clause"] not in kept:
            rows.append((waiting.pop(0), None))
        if waiting and waiting[0]["clause"] == part["clause"]:
            waiting.pop(0)
        rows.append((found.get(part["clause"]), part))
    rows += [(part, None) for part in waiting if part["clause"] not in kept]
    out = []
    for before, after in rows:
        words = word_diff(_whole(before), _whole(after))
        state = (
            "new"
            if before is None
            else "gone"
            if after is None
            else "changed"
            if any(k != SAME for k, _ in words)
            else "same"
        )
        out.append({
            "label": (after or before)["label"], "level": (after or before)["level"], "state": state, "words": words,
            "before": [w for w in words if w[0] != NEW], "after": [w for w in words if w[0] != GONE],
        })  # fmt: skip
    return out
