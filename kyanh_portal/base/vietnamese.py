"""Vietnamese text: clean it, fold it for search, order it as a Vietnamese reader expects.

PostgreSQL of the trial set-up has no ICU collation, and none may be relied on: keys are stored columns.
"""

import re
import unicodedata
from functools import lru_cache

# Alphabet order: a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y (f j w z where Latin puts them).
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# One ASCII character a letter, rising in that order: "A" upwards sorts after digits and spaces under every byte order.
_LETTER_KEY = {letter: chr(ord("A") + i) for i, letter in enumerate(_LETTERS)}
# Tones in dictionary order: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"": "0", "\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_TONE_MARKS = set(_TONES) - {""}

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2028\u2029\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_SPACES = re.compile(r"[^\S\n]+")


def clean_text(text: str) -> str:
    """Composed (NFC) text of several lines without control, bidi and zero-width characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    text = _INVISIBLE.sub("", text)
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


def clean_line(text: str) -> str:
    """The same on one line: for names and titles."""
    if text.isprintable():  # nothing invisible, no space but the plain one: most of what is ever typed
        return " ".join(unicodedata.normalize("NFC", text).split())
    return " ".join(clean_text(text).split())


def fold(text: str) -> str:
    """Lower case, no marks, đ as d, one space between words: what the search compares."""
    text = clean_line(text).casefold().replace("đ", "d")
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+", " ", text).split())


@lru_cache(maxsize=4096)  # names share their words
def _word_key(word: str) -> tuple[str, str]:
    letters, tones = [], []
    for char in unicodedata.normalize("NFD", word.casefold()):
        if char in _TONE_MARKS:
            tones.append(_TONES[char])
        elif unicodedata.combining(char) and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + char)
        else:
            letters.append(char)
    key = "".join(_LETTER_KEY.get(letter, letter) for letter in letters)
    return key, "".join(tones) or "0"


_NUMBER = re.compile(r"\d+")


def sort_key(text: str) -> str:
    """A key whose plain byte order is the Vietnamese alphabetical order (an–ăn–ân, d–đ).

    Letters decide first, then tones; numbers inside a name count as numbers ("tổ 2" before "tổ 10").
    """
    words = [_word_key(_NUMBER.sub(lambda m: m.group().zfill(6), word)) for word in clean_line(text).split()]
    return (" ".join(letters for letters, _ in words) + "\x01" + " ".join(tone for _, tone in words))[:300]


def person_sort_key(full_name: str) -> str:
    """People stand by given name, then family name, then the middle: Nguyễn Văn An → An Nguyễn Văn."""
    words = clean_line(full_name).split()
    return sort_key(" ".join(words[-1:] + words[:-1]))
