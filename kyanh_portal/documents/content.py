"""What an official paper says, apart from how it looks.

Pure data: an issued paper is stored as `to_json()`, sealed by `sha256()`, and drawn again at any time from it.
Text is cleaned as it comes in (NFC, no control or bidi characters), so equal papers have equal seals.
"""

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass, field, fields, replace
from typing import NamedTuple

from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.vietnamese import clean_line, fold
from kyanh_portal.documents.blocks import (
    Annex,
    Block,
    Heading,
    Item,
    Paragraph,
    Said,
    Signature,
    Table,
    block_from,
    plain,
    put,
)
from kyanh_portal.documents.profiles import Profile, profile_by_code, profile_on

__all__ = ["Annex", "Heading", "Item", "OfficialDocument", "Paragraph", "Said", "Signature", "Table"]

SCHEMA = 1


class AnnexPart(NamedTuple):
    """An annex as it is drawn: the three lines of its head, its blocks, and a prefix that keeps its tables apart."""

    name: str
    title: str
    reference: str
    body: tuple[Block, ...]
    prefix: str


@dataclass(frozen=True, kw_only=True)
class OfficialDocument:
    """One paper of a Party body, complete: what its letterhead, text, signatures and recipients say.

    `number` None leaves the place of the number blank; a non-empty `draft` ("Dự thảo lần 2") marks a draft;
    `profile` "" follows the date of the paper.
    """

    kind: str
    type_name: str
    type_symbol: str
    summary: str
    superior_name: str
    issuer_name: str
    issuer_symbol: str
    place: str
    date: dt.date | None
    number: int | None = None
    shows_number: bool = True
    body_of: str = ""
    bases: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    signature: Signature = field(default_factory=Signature)
    left_signature: Signature | None = None
    recipients: tuple[str, ...] = ()
    draft: str = ""
    addressees: tuple[str, ...] = ()
    is_synthetic: bool = False
    profile: str = ""
    schema: int = SCHEMA
    annexes: tuple[Annex, ...] = ()
    confirmed_by: Signature | None = (
        None  # who confirms the hand of `signature`, where it may not be sealed (HD05 II.I.7.2.4)
    )

    def __post_init__(self):
        for item in fields(self):
            value = getattr(self, item.name)
            if isinstance(value, str):
                put(self, **{item.name: clean_line(value)})
        put(
            self,
            body=tuple(self.body),
            annexes=tuple(self.annexes),
            bases=tuple(filter(None, map(clean_line, self.bases))),
            recipients=tuple(filter(None, map(clean_line, self.recipients))),
            addressees=tuple(filter(None, map(clean_line, self.addressees))),
            profile=self.profile or profile_on(self.date).code,
        )

    # What the paper shows
    @property
    def layout(self) -> Profile:
        """The guide that rules this paper."""
        return profile_by_code(self.profile)

    @property
    def number_line(self) -> str:
        """Số 05-BB/CB; without a number the place stays open (HD05 II.I.3: no colon, one leading zero below 10)."""
        if not self.shows_number:
            return ""
        number = f"{self.number:02d}" if self.number else "\u00a0" * 5
        return f"Số {number}-{self.type_symbol}/{self.issuer_symbol}"

    @property
    def date_line(self) -> str:
        """Sông Trí, ngày 03 tháng 02 năm 2026 (HD05 II.I.4); a paper without a date leaves room for it."""
        if self.date is None:
            day, month, year = "\u00a0" * 6, "\u00a0" * 6, "\u00a0" * 8
        else:
            day = f"{self.date.day:02d}"
            month = f"{self.date.month:02d}" if self.date.month < 3 else str(self.date.month)
            year = str(self.date.year)
        return f"{self.place}, ngày {day} tháng {month} năm {year}"

    @property
    def title(self) -> str:
        """One line for lists and file properties: "Biên bản sinh hoạt chi bộ … - Chi bộ …"."""
        number = f" {self.number_line[3:]}" if self.number and self.shows_number else ""
        return f"{self.type_name.capitalize()}{number} {self.summary} - {self.issuer_name}"

    @property
    def file_name(self) -> str:
        """An ASCII file name without extension, safe in every download: "bien-ban-05-bb-cb-chi-bo-to-dan-pho-1"."""
        number = f"{self.number:02d}-{self.type_symbol}-{self.issuer_symbol}" if self.number else ""
        words = fold(f"{self.type_name} {number} {self.issuer_name} {self.date or ''}").split()
        return re.sub(r"[^a-z0-9-]", "", "-".join(words))[:100].strip("-") or "van-ban"

    @property
    def is_draft(self) -> bool:
        return bool(self.draft)

    @property
    def is_letter(self) -> bool:
        """Công văn: no type line; its summary stands under the number, its addressees in the place of the title."""
        return self.type_symbol == "CV"

    @property
    def addressed_by(self) -> str:
        """Kính gửi (công văn) or Kính trình (tờ trình): HD05 II.I.9."""
        return "Kính trình:" if self.type_symbol == "TTr" else "Kính gửi:"

    @property
    def addressee_lines(self) -> list[str]:
        """One name stands beside the words, several below them; each ends with a semicolon (HD05 II.I.9)."""
        names = [line.lstrip("-– ").rstrip(" ;.,") for line in self.addressees]
        return [f"{names[0]};"] if len(names) == 1 else [f"- {name};" for name in names]

    @property
    def basis_lines(self) -> list[str]:
        """- …; up to the last, which ends with a full stop (HD05 II.I.6.2)."""
        return _closed(self.bases)

    @property
    def recipient_lines(self) -> list[str]:
        """- …; up to the last, which says where the paper is filed and ends with a full stop (HD05 II.I.9)."""
        return _closed(self.recipients)

    @property
    def annex_parts(self) -> list[AnnexPart]:
        """The annexes with the lines at their head: "Phụ lục 1" where there are several, the title, whose annex it is."""
        single = len(self.annexes) == 1
        number_line = f" số {self.number_line[3:]}" if self.number_line else ""
        day = vn_date(self.date) if self.date else "…/…/……"
        return [
            AnnexPart(
                "Phụ lục" if single else f"Phụ lục {number}",
                annex.title,
                f"(Kèm theo {self.type_name.capitalize()}{number_line}, ngày {day} của {annex.issuer or self.issuer_name})",
                annex.body,
                f"p{number}b",
            )
            for number, annex in enumerate(self.annexes, 1)
        ]

    def with_number(self, number: int) -> "OfficialDocument":
        """The final paper: numbered, no longer a draft."""
        return replace(self, number=number, draft="")

    def final(self) -> "OfficialDocument":
        """The final paper where no number is taken."""
        return replace(self, draft="")

    # Keeping it
    def to_json(self) -> dict:
        """Plain values for a JSON column; `from_json` gives the same paper back."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        values["date"] = self.date.isoformat() if self.date else None
        if self.annexes:
            values["annexes"] = [
                plain(annex) | {"body": [plain(block, block=block.kind) for block in annex.body]}
                for annex in self.annexes
            ]
        else:  # papers sealed before there were annexes keep their seal
            del values["annexes"]
        values["body"] = [plain(block, block=block.kind) for block in self.body]
        values["signature"] = plain(self.signature)
        values["left_signature"] = plain(self.left_signature) if self.left_signature else None
        values["bases"], values["recipients"] = list(self.bases), list(self.recipients)
        values["addressees"] = list(self.addressees)
        if self.confirmed_by:
            values["confirmed_by"] = plain(self.confirmed_by)
        else:  # likewise
            del values["confirmed_by"]
        if not self.addressees:  # papers sealed before there were addressees keep their seal
            del values["addressees"]
        return values

    @classmethod
    def from_json(cls, values: dict) -> "OfficialDocument":
        """The paper stored by `to_json`."""
        values = dict(values)
        values["date"] = dt.date.fromisoformat(values["date"]) if values["date"] else None
        values["body"] = tuple(block_from(block) for block in values["body"])
        values["signature"] = Signature(**values["signature"])
        values["annexes"] = tuple(
            Annex(**annex | {"body": tuple(map(block_from, annex["body"]))}) for annex in values.get("annexes", ())
        )
        left = values["left_signature"]
        values["left_signature"] = Signature(**left) if left else None
        if confirmed := values.get("confirmed_by"):
            values["confirmed_by"] = Signature(**confirmed)
        return cls(**values)

    def canonical(self, values: dict | None = None) -> bytes:
        """The bytes that are sealed: UTF-8, NFC, sorted keys, no spaces; of `values` where `to_json` was asked already."""
        values = self.to_json() if values is None else values
        return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def sha256(self, values: dict | None = None) -> str:
        """The seal of the content."""
        return hashlib.sha256(self.canonical(values)).hexdigest()


def _closed(lines: tuple[str, ...]) -> list[str]:
    texts = [line.lstrip("-– ").rstrip(" ;.,") for line in lines]
    return [f"- {text}{'.' if i == len(texts) else ';'}" for i, text in enumerate(texts, 1)]
