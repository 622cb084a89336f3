"""The code on a paper printed before a meeting: in a QR for the camera, in letters for the eye.

`KA-XXXXX-XXXXX-D1`: ten letters of the meeting's random key (Crockford base 32: no I, L, O, U), the sheet
(D sign-in, B minutes) and its page. It names the meeting and opens nothing: who files a scan must have the right.
"""

import re
import uuid

import segno
from django.utils.safestring import mark_safe

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SIGN_IN, MINUTES = "D", "B"
SHEETS = {SIGN_IN: "Danh sách điểm danh", MINUTES: "Biên bản viết tay"}
_FORM = re.compile(r"\s*KA-?([0-9A-Z]{5})-?([0-9A-Z]{5})-?([DB])(\d{1,2})\s*", re.I)
_ALIKE = str.maketrans("ILO", "110")
_REST = 128 - 50


def code_of(client_key: uuid.UUID, sheet: str, page: int = 1) -> str:
    """The code of one page."""
    number = client_key.int >> _REST
    letters = "".join(LETTERS[number >> shift & 31] for shift in range(45, -1, -5))
    return f"KA-{letters[:5]}-{letters[5:]}-{sheet}{page}"


def read_code(text: str) -> tuple[uuid.UUID, uuid.UUID, str] | None:
    """(lowest key, highest key, sheet) that the code stands for; None for any other text, typed letters forgiven."""
    found = _FORM.fullmatch(text)
    if not found:
        return None
    number = 0
    for letter in (found[1] + found[2]).upper().translate(_ALIKE):
        if letter not in LETTERS:
            return None
        number = number << 5 | LETTERS.index(letter)
    low = number << _REST
    return uuid.UUID(int=low), uuid.UUID(int=low | (1 << _REST) - 1), f"{found[3].upper()}{int(found[4])}"


def qr_svg(code: str) -> str:
    """The QR as an SVG for the print sheet: level Q, so that a fold or a stain does not hide it."""
    drawn = segno.make(code, error="q", micro=False)
    return mark_safe(drawn.svg_inline(scale=1, border=4, omitsize=True, svgclass=None, lineclass=None))
