"""Nghị quyết: the resolution of a committee or a cell, drawn from its clauses."""

import re

from kyanh_portal.base.calendar import today
from kyanh_portal.documents.content import Heading, OfficialDocument, Paragraph, Signature
from kyanh_portal.documents.kinds import add_kind
from kyanh_portal.documents.profiles import profile_on
from nghiquyet.choices import Level, Signing
from nghiquyet.models import Resolution

# Điểm: Vietnamese letters, without those offices leave out (document-format.md 2.3).
LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """I, II, III … for sections."""
    out = ""
    for value, letters in _ROMAN:
        while number >= value:
            out, number = out + letters, number - value
    return out


def numbered(clauses) -> list[tuple[str, object]]:
    """Each clause with the number it bears: "I-", "1.", "a)" or "" for plain text."""
    section = paragraph = point = 0
    out = []
    for clause in clauses:
        label = ""
        if clause.level == Level.SECTION:
            section, paragraph, point = section + 1, 0, 0
            label = f"{roman(section)}-"
        elif clause.level == Level.PARAGRAPH:
            paragraph, point = paragraph + 1, 0
            label = f"{paragraph}."
        elif clause.level == Level.POINT:
            point += 1
            label = f"{LETTERS[(point - 1) % len(LETTERS)]})"
        out.append((label, clause))
    return out


def compose(resolution: Resolution) -> OfficialDocument:
    """The resolution as it reads now: a draft until it is issued."""
    organisation = resolution.organisation
    dated = resolution.dated
    last = organisation.kind.valid_to
    guide = profile_on(dated or resolution.adopted_on or (min(today(), last) if last else today()))
    return OfficialDocument(
        kind="resolution",
        type_name="NGHỊ QUYẾT",
        type_symbol="NQ",
        summary=resolution.title,
        superior_name="" if resolution.signing == Signing.CONGRESS else organisation.header_superior,
        issuer_name=congress_name(organisation) if resolution.signing == Signing.CONGRESS else organisation.header_name,
        issuer_symbol="ĐH" if resolution.signing == Signing.CONGRESS else organisation.document_symbol,
        place=organisation.place_name,
        date=dated,
        bases=tuple(line for line in resolution.bases.split("\n") if line.strip()),
        body=(*_opening(resolution), *_text(resolution), *_vote(resolution)),
        signature=Signature(
            authority=authority_of(resolution),
            name=resolution.signer_name,
            position="" if resolution.signing == Signing.CONGRESS else resolution.signer_position,
        ),
        recipients=tuple(line for line in resolution.recipients.split("\n") if line.strip()),
        draft=f"Dự thảo lần {resolution.draft_number}",
        is_synthetic=resolution.is_synthetic,
        profile=guide.code,
        confirmed_by=confirmation_of(resolution),
    )


def congress_name(organisation) -> str:
    """ĐẠI HỘI ĐẠI BIỂU / ĐẢNG BỘ …: a congress stands in the letterhead itself, with the symbol ĐH (HD05 II.I.2, II.I.3)."""
    below = organisation.children.filter(kind__is_body=False).exclude(header_superior="")
    party = below.values_list("header_superior", flat=True).first() or organisation.name.upper()
    return f"ĐẠI HỘI ĐẠI BIỂU {party}"


def authority_of(resolution) -> str:
    """On whose behalf it is signed (HD05 II.I.7.1)."""
    if resolution.signing == Signing.STANDING:
        return "T/M BAN THƯỜNG VỤ"
    if resolution.signing == Signing.CONGRESS:
        return "T/M ĐOÀN CHỦ TỊCH"
    return resolution.organisation.kind.signs_as or "T/M CHI BỘ"


def confirmation_of(resolution) -> Signature | None:
    """A congress has no seal: the committee it elected confirms the hand that signed for it (HD05 II.I.7.2.4)."""
    if resolution.signing != Signing.CONGRESS:
        return None
    return Signature(authority=resolution.organisation.kind.signs_as, position="BÍ THƯ")


def _opening(resolution):
    return [Paragraph(line) for line in resolution.preamble.split("\n") if line.strip()]


def _text(resolution):
    blocks = []
    for label, clause in numbered(resolution.clauses.all()):
        if clause.level == Level.SECTION:
            blocks.append(Heading(f"{label} {clause.heading.upper()}"))
        elif clause.level == Level.TEXT:
            blocks += [Paragraph(clause.heading, bold=True)] if clause.heading else []
        elif clause.heading:
            blocks.append(
                Heading(f"{label} {clause.heading.rstrip(' .')}", level=2 if clause.level == Level.PARAGRAPH else 3)
            )
        elif clause.text:
            first, *rest = clause.text.split("\n")
            blocks += [Paragraph(line) for line in sentences([f"{label} {first}", *rest])]
            continue
        blocks += [Paragraph(line) for line in sentences(clause.text.split("\n"))]
    return blocks


def sentences(lines):
    """Lines without the empty ones; one that ends in a letter or digit is closed with a full stop (T/M … B05)."""
    lines = [line.strip() for line in lines if line.strip()]
    return [f"{line}." if re.search(r"[\w\)”\"%]$", line) else line for line in lines]


def _vote(resolution):
    """The cell's resolution says how it was voted; a committee's stands in the minutes of its conference."""
    if not resolution.adopted_on or not resolution.organisation.is_cell or not resolution.base:
        return []
    share = f"{100 * resolution.in_favour / resolution.base:.1f}".removesuffix(".0").replace(".", ",")
    return [
        Paragraph(
            f"Nghị quyết được {resolution.in_favour}/{resolution.base} đảng viên chính thức được tính biểu quyết"
            f" tán thành ({share}%)."
        )
    ]


add_kind("resolution", "Nghị quyết", Resolution, compose, "nghiquyet.see_resolution")
