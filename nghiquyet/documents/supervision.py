"""Papers of an inspection or supervision in the layout of the guide; read by those entitled to the dossier only.

A number comes from the series of the issuing body, or is written as the register gave it. What takes a number leaves a
place in the register: number, day and the seal of the text, and nothing else of the dossier.
"""

import re
from dataclasses import replace

from kyanh_portal.documents.content import OfficialDocument, Paragraph, Signature
from kyanh_portal.documents.kinds import add_kind
from kyanh_portal.documents.profiles import profile_on
from kyanh_portal.documents.types import TYPES
from nghiquyet.choices import CheckPaper
from nghiquyet.documents.outgoing import blocks_of
from nghiquyet.models import SupervisionPaper
from nghiquyet.rules import paper_title

TYPE_OF = {
    CheckPaper.DECISION: "decision", CheckPaper.PLAN: "plan", CheckPaper.OUTLINE: "guidance",
    CheckPaper.SELF_REPORT: "report", CheckPaper.MINUTES: "minutes", CheckPaper.DRAFT: "report",
    CheckPaper.RESULT: "report", CheckPaper.NOTICE: "notice", CheckPaper.REMEDY: "report",
}  # fmt: skip
_NUMBER = re.compile(r"^(?:Số\s+)?(\d{1,4})-", re.IGNORECASE)


def compose(paper: SupervisionPaper) -> OfficialDocument:
    """The paper as it stands in the dossier, under the letterhead of who wrote it."""
    issuer = paper.from_subject or paper.supervision.organisation
    kind = TYPES[TYPE_OF[paper.kind]]
    number = _NUMBER.match(paper.number_line)
    return OfficialDocument(
        kind="supervision",
        type_name=kind.name,
        type_symbol=kind.symbol,
        summary=paper_title(paper.title, kind.name),
        superior_name=issuer.header_superior,
        issuer_name=issuer.header_name,
        issuer_symbol=issuer.document_symbol,
        place=issuer.place_name,
        date=paper.dated,
        number=int(number[1]) if number else None,
        body=tuple(blocks_of(paper.text)),
        signature=Signature(authority=issuer.kind.signs_as),
        recipients=_recipients(paper),
        draft="" if number else "Dự thảo",
        is_synthetic=paper.supervision.is_synthetic,
        profile=profile_on(paper.dated).code,
    )


def _recipients(paper) -> tuple[str, ...]:
    """A notice goes to the bodies it is about; every paper stays in the dossier."""
    subjects = paper.supervision.subjects.order_by("path") if paper.kind == CheckPaper.NOTICE else []
    return (*(subject.name for subject in subjects), "Lưu hồ sơ")


def place_of(paper: SupervisionPaper) -> OfficialDocument:
    """What the register shows of a numbered paper: its place in the series and the seal of the text kept in the dossier."""
    full = compose(paper)
    words = "Văn bản này lưu ở hồ sơ kiểm tra, giám sát; chỉ người được giao hồ sơ và đơn vị nhận văn bản xem được."
    return replace(
        full, kind="check_place", summary="văn bản kiểm tra, giám sát, lưu hồ sơ riêng", number=None, draft="Dự thảo",
        body=(Paragraph(words), Paragraph(f"Dấu niêm của nội dung trong hồ sơ: {seal_of(paper)}.")), recipients=("Lưu hồ sơ",),
    )  # fmt: skip


def seal_of(paper: SupervisionPaper) -> str:
    """SHA-256 of what the paper says, without its number: the same before the number is taken and after."""
    return replace(compose(paper), number=None, draft="").sha256()


add_kind(
    "check_place", "Văn bản kiểm tra, giám sát (hồ sơ riêng)", SupervisionPaper, place_of, "nghiquyet.see_check_paper"
)
add_kind("supervision", "Văn bản kiểm tra, giám sát", SupervisionPaper, compose, "nghiquyet.see_check_paper")
