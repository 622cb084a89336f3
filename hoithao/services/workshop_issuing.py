"""Issue the papers of a workshop: what each needs before it may go out, who signs, and its number."""

import datetime as dt
from dataclasses import dataclass

from django.db import models, transaction
from django.urls import reverse

from chibo.figures import term_on
from hoithao.choices import KindCode, RemarkSort, Status
from hoithao.services.meetings import locked
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line
from kyanh_portal.documents.issuing import issue
from kyanh_portal.documents.kinds import kinds
from kyanh_portal.documents.models import IssuedDocument


class Signing(models.TextChoices):
    """Who signs a paper of a workshop (05-HD/VPTW II.I.7)."""

    OFFICE = "office", "T/L Ban Thường vụ, Chánh Văn phòng"
    OFFICE_DEPUTY = "office_deputy", "T/L Ban Thường vụ, Phó Chánh Văn phòng"
    SECRETARY = "secretary", "T/M Ban Thường vụ, Bí thư"
    DEPUTY = "deputy", "T/M Ban Thường vụ, Phó Bí thư"

    @property
    def lines(self) -> tuple[str, str]:
        """(authority, position) as printed."""
        return {
            "office": ("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"),
            "office_deputy": ("T/L BAN THƯỜNG VỤ", "PHÓ CHÁNH VĂN PHÒNG"),
            "secretary": ("T/M BAN THƯỜNG VỤ", "BÍ THƯ"),
            "deputy": ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),
        }[self.value]


@dataclass(frozen=True)
class WorkshopPaper:
    """A kind of paper: its type (documents.types), and whether it goes out before or after the workshop."""

    label: str
    type_code: str
    is_before: bool


KINDS = {
    "workshop_programme": WorkshopPaper("Chương trình hội thảo", "programme", True),
    "workshop_invitation": WorkshopPaper("Giấy mời hội thảo", "invitation", True),
    "workshop_notice": WorkshopPaper("Thông báo kết luận hội thảo", "notice", False),
    "workshop_report": WorkshopPaper("Báo cáo tổng hợp tham luận", "report", False),
}


def closing_of(meeting):
    """The closing words: what the conclusion was given by; None where they are not recorded."""
    return meeting.remarks.filter(sort=RemarkSort.CLOSING).first()


def missing_for(meeting, code: str) -> list[tuple[str, str]]:
    """(sentence, address) of what a paper still lacks."""
    prepare = reverse("hoithao:workshop_prepare", args=[meeting.pk])
    plan = getattr(meeting, "plan", None)
    missing = []
    if code == "workshop_programme" and not meeting.programme_lines.exists():
        missing.append(("Chưa ghi chương trình.", reverse("hoithao:workshop_programme", args=[meeting.pk])))
    if code == "workshop_invitation":
        if not meeting.chair_label:
            missing.append(("Chưa ghi người chủ trì.", prepare))
        if plan is None or not plan.invited_lines:
            missing.append(("Chưa ghi thành phần mời.", prepare))
    if code == "workshop_notice" and not meeting.conclusions.exists():
        missing.append(("Chưa ghi ý kết luận nào.", reverse("hoithao:conclusion_create", args=[meeting.pk])))
    if code == "workshop_report" and not meeting.papers.exists():
        missing.append(("Chưa có tham luận.", reverse("hoithao:paper_orders", args=[meeting.pk])))
    return missing


@transaction.atomic
def issue_workshop_paper(meeting, code, *, by, dated: dt.date, signing, signer_name) -> IssuedDocument:
    """Number and freeze one paper of the workshop; each kind goes out once. Raises RuleBroken with what is missing."""
    meeting = locked(meeting)
    if meeting.kind.code != KindCode.WORKSHOP or code not in KINDS:
        raise RuleBroken("Không có loại văn bản này.")
    kind, what = kinds.get(code), KINDS[code]
    if (paper := kind.paper_of(meeting)) is not None:
        raise RuleBroken(f"{what.label} đã ban hành: {paper.number_line}, ngày {vn_date(paper.dated)}.")
    if meeting.status == Status.CANCELLED:
        raise RuleBroken("Hội thảo đã ghi là không họp.")
    if missing := missing_for(meeting, code):
        raise RuleBroken(f"Chưa ban hành được: còn {len(missing)} việc.", missing=missing)
    if dated > latest_day():
        raise RuleBroken("Ngày văn bản chưa đến. Ghi ngày hôm nay hoặc trước đó.", field="dated")
    if what.is_before and dated > meeting.held_on:
        raise RuleBroken(f"{what.label} phải có ngày trước hội thảo {vn_date(meeting.held_on)}.", field="dated")
    if not what.is_before and dated < meeting.held_on:
        raise RuleBroken(f"{what.label} có ngày từ {vn_date(meeting.held_on)} trở đi.", field="dated")
    organisation = meeting.organisation
    if organisation.valid_to and dated > organisation.valid_to:
        raise RuleBroken(f"{organisation.name} đã thôi hoạt động từ {vn_date(organisation.valid_to)}.", field="dated")
    if not (signer := clean_line(signer_name)):
        raise RuleBroken("Ghi họ và tên người ký.", field="signer_name")
    content = kind.compose(meeting, dated=dated, signing=signing, signer=signer)
    paper = issue(
        content, meeting, by=by, issuer=organisation.issuer_key, period=term_on(organisation, dated).period_key,
        path=organisation.path,
    )  # fmt: skip
    record("workshop.paper_issued", meeting, by=by, number=paper.number_line, document=paper.pk)
    return paper
