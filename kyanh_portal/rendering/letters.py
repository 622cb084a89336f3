"""What the print font cannot draw, and words no line can hold, made printable before the engine sees them."""

import io
import re
from functools import lru_cache

from fontTools.ttLib import TTFont

# A run of 60 letters without a space; an entity such as &amp; is one of them, a tag is none.
_LONG_RUN = re.compile(r"((?:&#?\w{1,8};|[^\s<>&]){60})(?=[^\s<>])")
BREAK = "\u200b"  # a line may break here; nothing is drawn


@lru_cache
def _drawn(font: bytes) -> frozenset[int]:
    return frozenset(TTFont(io.BytesIO(font), lazy=True).getBestCmap())


def with_known_letters(html: str, font: bytes) -> str:
    """Letters the font lacks (emoji, Chinese) as their code, [U+1F600]: none is lost, none comes from a font of the
    machine, so a paper looks the same everywhere and every letter can be read out of it again."""
    unknown = {ord(c) for c in set(html) if not c.isspace() and c != BREAK} - _drawn(font)
    return html.translate({code: f"[U+{code:04X}]" for code in unknown}) if unknown else html


def with_breaks(html: str) -> str:
    """Words longer than a line may be broken every 60 letters: the engine needs a minute for one of 100,000."""
    return _LONG_RUN.sub(rf"\1{BREAK}", html)
