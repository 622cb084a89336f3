"""Papers of an inspection or supervision in the layout of the guide; read by those entitled to the dossier only.

They take no number here: the clerk writes the number the register gave, so nothing of a dossier shows in lists that
others read.
"""

import re

from kyanh_portal.documents.content import OfficialDocument, Signature
from kyanh_portal.documents.kinds import add_kind
from kyanh_portal.documents.profiles import profile_on
from kyanh_portal.documents.types import TYPES
from nghiquyet.choices import CheckPaper
from nghiquyet.documents.outgoing import blocks_of
from nghiquyet.models import SupervisionPaper

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
        summary=paper.title,
        superior_name=issuer.header_superior,
        issuer_name=issuer.header_name,
        issuer_symbol=issuer.document_symbol,
        place=issuer.place_name,
        date=paper.dated,
        number=int(number[1]) if number else None,
        body=tuple(blocks_of(paper.text)),
        signature=Signature(authority=issuer.kind.signs_as),
        recipients=("Như trên", "Lưu hồ sơ") if paper.kind == CheckPaper.NOTICE else ("Lưu hồ sơ",),
        draft="" if number else "Dự thảo",
        is_synthetic=paper.supervision.is_synthetic,
        profile=profile_on(paper.dated).code,
    )


add_kind("supervision", "Văn bản kiểm tra, giám sát", SupervisionPaper, compose, "nghiquyet.see_check_paper")
