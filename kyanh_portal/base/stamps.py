"""Secrecy stamps in typed text: a paper marked MẬT, TỐI MẬT or TUYỆT MẬT must not enter the portal.

State secrets are not drafted or kept on networked machines (Law 117/2025/QH15 on state secrets). A stamp is looked for
where a stamp stands: alone on a line, in a box or a cell, in the head beside a number, after "độ mật:". The same words
inside a sentence ("phổ biến Luật Bảo vệ bí mật nhà nước") are no stamp.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.dispatch import Signal

from kyanh_portal.base.errors import RuleBroken

# Sent when a text was stopped: `rule`, `field`, `place`. Never carries the text itself.
stamp_stopped = Signal()

_UNSEEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")  # fmt: skip
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_APART = re.compile(r"[\n\t|¦│║;]|\u2028|\u2029| {3,}")
_NOT_LETTERS = re.compile(r"[\W_]+")
# Letters of other alphabets that look like ours on paper.
_ALIKE = str.maketrans("АаЕеМмОоТтУуІіΑΕΜΟΤΥΙḾḿ", "AaEeMmOoTtYyIiAEMOTYIMm")

# Typed with all marks or with some left out; "mất", "mặt", "mắt", "tôi" with other marks are other words.
_MAT, _TOI, _TUYET = "m[aâạậ]t", "t[oôóố]i", "tu[yỵ][eêẹệ]t"
_STAMP = f"(?:{_TUYET}{_MAT}|{_TOI}{_MAT}|{_MAT})"
_LABEL = f"(?:m[uứư]c)?(?:đ|d)[oôộọ]{_MAT}|d[aấâá]u(?:ch[iỉ])?(?:(?:đ|d)[oôộọ])?{_MAT}|t[aà]i?li[eêệẹ]u|v[aă]nb[aảă]n"
_URGENT = r"(?:ho[aảả]t[oốôó]c|h[oỏ]at[oốôó]c|th[uượ]+ngkh[aẩâ]n|kh[aẩâ]n)"
_ALONE = re.compile(f"(?:{_LABEL})?(?:l[aà])?{_STAMP}|{_URGENT}{_STAMP}|{_STAMP}{_URGENT}|{_STAMP}b[aả]ns[oố]\\d+")
_LABELLED = re.compile(
    rf"\b(?:đ|d)[oôộọ]\s{{1,3}}{_MAT}\s{{0,3}}[:=\-–—.]\s{{0,3}}[\"'“\[(]?(?:{_TUYET}\s{{1,3}}|{_TOI}\s{{1,3}})?{_MAT}\b"
)
_CAPITAL = r"(?:TU[YỴ][EÊẸỆ]T\s{1,3}M[AÂẠẬ]T|T[OÔÓỐ]I\s{1,3}M[AÂẠẬ]T|M[AÂẠẬ]T)"
_BOXED = re.compile(rf"[\[({{<«\"“]\s{{0,3}}{_CAPITAL}\s{{0,3}}[\])}}>»\"”]")
_NUMBER = r"(?:[Ss][Ốố]\s{0,3}:?\s{0,3})\d{1,5}\s{0,2}[-–/]"
_IN_HEAD = re.compile(
    rf"\b{_CAPITAL}\s{{1,3}}[-–—,:]?\s{{0,3}}{_NUMBER}|{_NUMBER}[\w/ĐÐ-]{{1,20}}\s{{1,3}}[-–—,]?\s{{0,3}}{_CAPITAL}\s*$"
)
_EDGE = re.compile(r"^\W{0,9}(?:TU[YỴ][EÊẸỆ]T|T[OÔÓỐ]I)\s{1,3}M[AÂẠẬ]T\b|^\W{0,9}M[AÂẠẬ]T\s{0,3}[:–—-]\s|\b(?:TU[YỴ][EÊẸỆ]T|T[OÔÓỐ]I)\s{1,3}M[AÂẠẬ]T\W{0,9}$")  # fmt: skip

GUIDE = (
    "Đoạn này có dấu độ mật nên cổng không nhận và chưa ghi gì. Đồng chí dừng lại, bỏ đoạn ấy ra,"
    " báo ngay cán bộ phụ trách bảo mật của Văn phòng. Văn bản mật không soạn, không gửi trên máy nối mạng."
)


@dataclass(frozen=True)
class Stamp:
    """Where a stamp was recognised: the number of the rule, for the trail and for telling a false alarm."""

    rule: int


def find_stamp(text: str) -> Stamp | None:
    """The first secrecy stamp of a text, or None. Linear in the length of the text."""
    if "m" not in text.casefold().translate(_ALIKE) and not any(ord(char) > 0x2000 for char in text):
        return None
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text.replace("\r", "\n"))).translate(_ALIKE)
    text = unicodedata.normalize("NFC", _TAG.sub("\n", text))
    for part in _APART.split(text):
        if not part.strip():
            continue
        lower = part.casefold()
        if len(part) < 200:
            letters = _NOT_LETTERS.sub("", lower)
            if len(letters) < 60 and _ALONE.fullmatch(letters):
                return Stamp(1)
        for rule, pattern, where in (
            (2, _LABELLED, lower), (3, _BOXED, part), (4, _IN_HEAD, part), (5, _EDGE, part.rstrip()),
        ):  # fmt: skip
            if pattern.search(where):
                return Stamp(rule)
    return None


def stop_stamps(texts: dict[str, list[str]], place: str) -> str | None:
    """The name of the first field that carries a stamp, told to whoever keeps the trail; None where there is none."""
    for name, values in texts.items():
        for value in values:
            if isinstance(value, str) and (stamp := find_stamp(value)):
                stamp_stopped.send(sender=Stamp, rule=stamp.rule, field=name[:60], place=place[:200])
                return name
    return None


def refuse_stamp(text: str, field: str | None = None) -> None:
    """Raise RuleBroken where a text carries a stamp: the last guard, inside a service."""
    if find_stamp(text):
        raise RuleBroken(GUIDE, field=field)


def typed_texts(data) -> dict[str, list[str]]:
    """What was typed into a posted form; passwords and tokens are nobody's text."""
    lists = data.lists() if hasattr(data, "lists") else ((name, [value]) for name, value in data.items())
    return {
        name: [value for value in values if isinstance(value, str) and len(value) > 2]
        for name, values in lists
        if name != "csrfmiddlewaretoken" and "password" not in name
    }
