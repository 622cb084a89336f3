"""One well-formed Content-Disposition for every download (RFC 6266), whatever the file is called."""

import re
import unicodedata
from urllib.parse import quote

from kyanh_portal.base.vietnamese import clean_line

MOST = 120
_UNSAFE = re.compile(r'[\\/:*?"<>|%;]+')


def attachment(name: str) -> str:
    """The header's value: a plain ASCII name for old programs, the readable one beside it.

    Path parts, quotes, percent signs and invisible letters are taken out; the ending is kept when a long name is cut.
    """
    words = _UNSAFE.sub(" ", re.split(r"[\\/]", clean_line(name))[-1])
    stem, dot, ending = " ".join(words.split()).strip(" .").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    ending = re.sub(r"[^A-Za-z0-9]", "", ending)[:8]
    shown = (stem[:MOST].strip(" .") or "tep") + (f".{ending}" if ending else "")
    plain = unicodedata.normalize("NFD", shown.replace("đ", "d").replace("Đ", "D")).encode("ascii", "ignore").decode()
    plain = " ".join(plain.split())
    if not plain.partition(".")[0].strip():
        plain = "tep" + (f".{ending}" if ending else "")
    value = f'attachment; filename="{plain}"'
    return value if plain == shown else f"{value}; filename*=UTF-8''{quote(shown, safe='')}"
