"""Văn bản đi: every type written as plain lines; the composer sees sections, articles and items in them."""

import re

from kyanh_portal.documents.content import Heading, Item, OfficialDocument, Paragraph, Signature
from kyanh_portal.documents.kinds import add_kind
from kyanh_portal.documents.profiles import profile_on
from nghiquyet.choices import SigningAs
from nghiquyet.documents.evaluation import annexes_of
from nghiquyet.documents.resolution import sentences
from nghiquyet.models import OutgoingPaper
from nghiquyet.services.outgoing import _day_for

_SECTION = re.compile(r"^[IVX]{1,5}\s?[-–.]\s*\S")
_CHAPTER = re.compile(r"^(Chương|Phần|Mục)\s+([IVX]+|\d+|thứ \w+)\.?$", re.IGNORECASE)
_ARTICLE = re.compile(r"^Điều\s+\d+\.")
_NUMBERED = re.compile(r"^\d{1,2}\.\s")
_LETTERED = re.compile(r"^[a-zđ]\)\s")
HEADING_LETTERS = 90  # a numbered line up to this length without a closing mark is a heading


def compose(paper: OutgoingPaper) -> OfficialDocument:
    """The paper as it reads now: a draft until it is issued."""
    organisation = paper.organisation
    return OfficialDocument(
        kind="outgoing",
        type_name=paper.type.name,
        type_symbol=paper.type.symbol,
        summary=paper.title,
        superior_name=organisation.header_superior,
        issuer_name=organisation.header_name,
        issuer_symbol=organisation.document_symbol,
        place=organisation.place_name,
        date=paper.dated,
        addressees=_lines(paper.addressees),
        bases=_lines(paper.bases),
        body=tuple(blocks_of(paper.text)),
        signature=Signature(authority=authority_line(paper), position=paper.signer_position, name=paper.signer_name),
        recipients=_lines(paper.recipients),
        draft=f"Dự thảo lần {paper.draft_number}",
        is_synthetic=paper.is_synthetic,
        profile=profile_on(paper.dated or _day_for(organisation)).code,
        annexes=annexes_of(paper),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line.strip())


def authority_line(paper) -> str:
    """The first line of the signature (HD05 II.I.7.1)."""
    if paper.signing == SigningAs.STANDING:
        return "T/M BAN THƯỜNG VỤ"
    if paper.signing == SigningAs.BY_ORDER:
        return "T/L BAN THƯỜNG VỤ"
    if paper.signing == SigningAs.FOR_HEAD:
        heads = {"van_phong": "K/T CHÁNH VĂN PHÒNG", "uy_ban_kiem_tra": "K/T CHỦ NHIỆM"}
        return heads.get(paper.organisation.kind.code, "K/T TRƯỞNG BAN")
    if paper.signing == SigningAs.HEAD:
        return paper.organisation.kind.signs_as
    return paper.organisation.kind.signs_as or "T/M CHI BỘ"


def blocks_of(text: str) -> list:
    """Typed lines as parts of a paper; a paragraph that ends in a letter or digit is closed with a full stop."""
    blocks, after_chapter = [], False
    for line in (line.strip() for line in text.split("\n")):
        if not line:
            continue
        if _CHAPTER.match(line):
            blocks.append(Heading(line[:1].upper() + line[1:], level=0))
            after_chapter = True
            continue
        if after_chapter and line == line.upper() and not _SECTION.match(line):
            blocks.append(Heading(line, level=0))
        elif _SECTION.match(line):
            blocks.append(Heading(line))
        elif (
            _ARTICLE.match(line)
            and len(line) <= HEADING_LETTERS
            and not line.endswith((".", ";", ":"))
            or _NUMBERED.match(line)
            and len(line) <= HEADING_LETTERS
            and not line.endswith((".", ";", ":"))
        ):
            blocks.append(Heading(line, level=2))
        elif line.startswith(("- ", "– ", "+ ")):
            blocks.append(Item(sentences([line])[0]))
        else:
            blocks += [Paragraph(part) for part in sentences([line])]
        after_chapter = False
    return blocks


add_kind("outgoing", "Văn bản đi", OutgoingPaper, compose, "nghiquyet.see_outgoing", names_types=True)
