"""Write a paper, send it to be signed, give it its number. Every type but the resolution, which has its own room."""

import datetime as dt

from django.db import transaction

from chibo.choices import Post
from chibo.figures import holder_of, term_on
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, today, vn_date
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.base.vietnamese import clean_line, clean_text
from kyanh_portal.documents import authority
from kyanh_portal.documents.issuing import issue
from kyanh_portal.documents.types import TYPES
from nghiquyet.choices import PaperStatus, Signing, SigningAs
from nghiquyet.models import OutgoingPaper, RecipientList
from nghiquyet.models.outgoing import STUB_TITLE
from nghiquyet.rules import check_body, clean_signer, paper_title
from nghiquyet.services import skeletons
from nghiquyet.services.drafting import signer_of
from nghiquyet.services.paper_skeletons import skeleton_of

LOCKED = "Văn bản đã ban hành nên không sửa được. Muốn thay đổi thì soạn văn bản khác."
FIELDS = ["title", "signing", "addressees", "bases", "text", "recipients", "signer_name", "signer_position"]
# Types whose own rooms keep more than a text: not written here.
ELSEWHERE = {"resolution": "Nghị quyết soạn ở trang Nghị quyết.", "copy": "Bản sao không soạn ở đây."}


def level_of(organisation, signing: str, day: dt.date) -> str:
    """The row of the matrix a body stands in; a ward is above the grassroots once the district level has ended."""
    kind = organisation.kind
    if kind.is_cell:
        return authority.CELL
    if kind.is_body:
        return authority.BODY
    above = kind.code == "dang_uy_xa_phuong" and organisation.parent and organisation.parent.kind.code == "tinh_uy"
    if not kind.is_base or above:
        return authority.UPPER
    return authority.COMMITTEE if signing == SigningAs.COMMITTEE else authority.STANDING


def authority_for(organisation, type_code: str, signing: str, day: dt.date | None = None) -> authority.Answer:
    """May it, may it not, or is it not settled; with the rule that says so."""
    day = day or _day_for(organisation)
    return authority.authority(level_of(organisation, signing, day), type_code, day)


def _day_for(organisation) -> dt.date:
    last = organisation.kind.valid_to
    return min(today(), last) if last else today()


def check_authority(organisation, type_code: str, signing: str, day=None) -> authority.Answer:
    """Refuse what the matrix refuses; what is not settled passes, and the page says so."""
    answer = authority_for(organisation, type_code, signing, day)
    if answer.allowed is False:
        raise RuleBroken(
            f"{organisation.name} không được ban hành {TYPES[type_code].name.lower()} với danh nghĩa này"
            f" ({answer.source}). Chọn thể loại khác.",
            field="type_code",
        )
    return answer


def usual_signing(organisation) -> str:
    """How papers of this body are mostly signed."""
    if organisation.is_cell:
        return SigningAs.CELL
    return SigningAs.HEAD if organisation.kind.is_body else SigningAs.STANDING


def signings_for(organisation) -> list[str]:
    """How papers of this body may be signed."""
    if organisation.is_cell:
        return [SigningAs.CELL]
    if organisation.kind.is_body:
        return [SigningAs.HEAD, SigningAs.FOR_HEAD]
    return [SigningAs.STANDING, SigningAs.COMMITTEE, SigningAs.BY_ORDER]


def usual_signer(organisation, signing: str) -> tuple[str, str]:
    """(name, title line) of who would sign today; empty where the portal does not know."""
    if signing in (SigningAs.COMMITTEE, SigningAs.STANDING, SigningAs.CELL):
        return signer_of(organisation, today())
    if signing == SigningAs.BY_ORDER:
        held = holder_of(organisation, [Post.OFFICE_HEAD], today())
        return (str(held.member) if held else "", "CHÁNH VĂN PHÒNG")
    heads = {"van_phong": "CHÁNH VĂN PHÒNG", "uy_ban_kiem_tra": "CHỦ NHIỆM"}
    return "", heads.get(organisation.kind.code, "TRƯỞNG BAN")


def usual_recipients(organisation, type_code: str) -> str:
    """As the last paper of the body, else upward, downward and to the file; a letter begins with "Như trên"."""
    signing = Signing.CELL if organisation.is_cell else Signing.STANDING
    lines = skeletons.recipients_for(organisation, signing).split("\n")
    return "\n".join(["Như trên", lines[-1]] if type_code in ("letter", "submission") else lines)


@transaction.atomic
def write_paper(
    *, by, organisation, type_code, title, signing="", from_last=True, recipient_list=None, is_synthetic=False, **fields
) -> OutgoingPaper:
    """A new paper, filled: from the last one of the body and type when there is one, else from the type's skeleton."""
    if type_code in ELSEWHERE or type_code not in TYPES:
        raise RuleBroken(ELSEWHERE.get(type_code, "Chọn một thể loại có trong danh sách."), field="type_code")
    title = paper_title(title, TYPES[type_code].name)
    if not title:
        raise RuleBroken("Ghi trích yếu: văn bản về việc gì.", field="title")
    earlier = OutgoingPaper.objects.filter(organisation=organisation, type_code=type_code, is_secret=False)
    last = earlier.order_by("-created_at", "-pk").first() if from_last else None
    signing = (
        signing if signing in signings_for(organisation) else (last.signing if last else usual_signing(organisation))
    )
    check_authority(organisation, type_code, signing)
    name, position = usual_signer(organisation, signing)
    if last is not None and not name:
        name, position = last.signer_name, last.signer_position
    values = {
        "addressees": last.addressees if last else "",
        "bases": last.bases if last else "",
        "text": last.text if last else skeleton_of(type_code),
        "recipients": last.recipients if last else usual_recipients(organisation, type_code),
        "signer_name": name,
        "signer_position": position,
        **{field: clean_text(value) for field, value in fields.items()},
    }
    if recipient_list is not None:
        values["recipients"] = recipient_list.lines
    paper = OutgoingPaper.objects.create(
        organisation=organisation, type_code=type_code, title=title, signing=signing, copied_from=last, written_by=by,
        is_synthetic=is_synthetic, **values,
    )  # fmt: skip
    record("outgoing.written", paper, by=by, type=type_code)
    return paper


@transaction.atomic
def copy_paper(paper, *, by) -> OutgoingPaper:
    """The same words once more, as a new draft: last month's plan becomes this month's."""
    if paper.is_secret:
        raise RuleBroken("Tài liệu mật không có nội dung trong cổng để soạn lại.")
    check_authority(paper.organisation, paper.type_code, paper.signing)
    copy = OutgoingPaper.objects.create(
        organisation=paper.organisation, type_code=paper.type_code, copied_from=paper, written_by=by,
        is_synthetic=paper.is_synthetic, **{name: getattr(paper, name) for name in FIELDS},
    )  # fmt: skip
    record("outgoing.written", copy, by=by, type=copy.type_code, copied_from=paper.pk)
    return copy


def _held(paper) -> OutgoingPaper:
    rows = OutgoingPaper.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation__kind", "organisation__parent__kind", "document").get(pk=paper.pk)


@transaction.atomic
def edit_paper(paper, *, by, seen_at="", keep_list="", **fields) -> OutgoingPaper:
    """Change words, recipients or signer while it is a draft. A newer text of somebody else is never overwritten."""
    paper = _held(paper)
    if paper.status == PaperStatus.ISSUED:
        raise RuleBroken(LOCKED)
    if paper.status == PaperStatus.SIGNING:
        raise RuleBroken("Văn bản đang chờ ký nên giữ nguyên lời văn. Lấy về để sửa, rồi trình ký lại.")
    if seen_at and seen_at != paper.updated_at.isoformat():
        raise Conflict("Văn bản vừa có người khác sửa. Bản của họ đã ghi; bản đồng chí gõ vẫn ở dưới đây.")
    for name, value in fields.items():
        value = clean_signer(value) if name == "signer_name" else clean_text(value or "")
        setattr(paper, name, paper_title(value, paper.type.name) if name == "title" else value)
    paper.signer_position = clean_line(paper.signer_position).upper()
    if not paper.title:
        raise RuleBroken("Ghi trích yếu: văn bản về việc gì.", field="title")
    if paper.signing not in signings_for(paper.organisation):
        raise RuleBroken("Cơ quan này không ký với danh nghĩa ấy.", field="signing")
    check_authority(paper.organisation, paper.type_code, paper.signing)
    paper.save()
    if keep_list:
        RecipientList.objects.update_or_create(
            organisation=paper.organisation, name=clean_line(keep_list)[:80], defaults={"lines": paper.recipients}
        )
    record("outgoing.edited", paper, by=by, fields=sorted(fields))
    return paper


def missing_of(paper) -> list[str]:
    """What still lacks before it can be signed, in words."""
    lacking = []
    if not paper.text.strip():
        lacking.append("Nội dung còn trống.")
    elif "…" in paper.text:
        lacking.append("Nội dung còn chỗ ghi “…”. Viết nốt hoặc xóa dòng ấy.")
    if paper.type_code in ("letter", "submission") and not paper.addressees.strip():
        lacking.append("Chưa ghi kính gửi ai." if paper.type_code == "letter" else "Chưa ghi kính trình ai.")
    if not paper.signer_name:
        lacking.append("Chưa ghi họ và tên người ký.")
    if not paper.recipients.strip():
        lacking.append("Chưa ghi nơi nhận.")
    elif not paper.recipients.strip().split("\n")[-1].lstrip("- ").startswith("Lưu "):
        lacking.append("Dòng cuối của nơi nhận phải là nơi lưu, ví dụ: Lưu Văn phòng Thị uỷ.")
    if paper.type_code in ("letter", "submission") and not paper.recipients.lstrip("- ").startswith("Như trên"):
        lacking.append("Nơi nhận của công văn, tờ trình bắt đầu bằng dòng: Như trên.")
    return lacking


@transaction.atomic
def send_to_sign(paper, *, by) -> OutgoingPaper:
    """The words stay as they are from now: the printed copy goes to who signs."""
    paper = _held(paper)
    if paper.status != PaperStatus.DRAFT:
        raise RuleBroken("Văn bản này đã trình ký." if paper.status == PaperStatus.SIGNING else LOCKED)
    lacking = missing_of(paper)
    if lacking:
        page = f"{paper.get_absolute_url()}sua/"
        raise RuleBroken("Chưa trình ký được: còn thiếu.", missing=[(line, page) for line in lacking])
    paper.status = PaperStatus.SIGNING
    paper.save(update_fields=["status", "updated_at", "search_key"])
    record("outgoing.to_sign", paper, by=by)
    return paper


@transaction.atomic
def take_back(paper, *, by, reason: str) -> OutgoingPaper:
    """Not signed: back to the desk as the next draft."""
    paper = _held(paper)
    if paper.status != PaperStatus.SIGNING:
        raise RuleBroken("Chỉ lấy về văn bản đang chờ ký.")
    if not reason.strip():
        raise RuleBroken("Ghi một câu: vì sao lấy về.", field="reason")
    paper.status, paper.draft_number = PaperStatus.DRAFT, paper.draft_number + 1
    paper.save(update_fields=["status", "draft_number", "updated_at", "search_key"])
    record("outgoing.taken_back", paper, by=by)
    return paper


@transaction.atomic
def issue_paper(paper, *, by, dated: dt.date) -> OutgoingPaper:
    """Signed: take the number, freeze the text. Two clicks at once get one number."""
    from kyanh_portal.documents.kinds import kinds

    paper = _held(paper)
    if paper.status == PaperStatus.ISSUED and paper.dated == dated:
        return paper
    if paper.status != PaperStatus.SIGNING:
        raise RuleBroken(LOCKED if paper.status == PaperStatus.ISSUED else "Trình ký rồi mới lấy số được.")
    _check_day(paper.organisation, dated)
    check_authority(paper.organisation, paper.type_code, paper.signing, dated)
    term = term_on(paper.organisation, dated)
    paper.dated = dated
    return _issued(paper, kinds.get("outgoing").compose(paper), term, by)


def _check_day(organisation, dated):
    if dated > latest_day():
        raise RuleBroken(f"Ngày {vn_date(dated)} chưa đến. Ghi ngày ký thật.", field="dated")
    check_body(organisation, dated)


def _issued(paper, content, term, by):
    paper.document = issue(
        content, paper, by=by, issuer=paper.organisation.issuer_key, period=term.period_key,
        path=paper.organisation.path,
    )  # fmt: skip
    paper.status = PaperStatus.ISSUED
    paper.save()
    record("outgoing.issued", paper, by=by, number=paper.document.number_line, document=paper.document_id)
    return paper


@transaction.atomic
def keep_secret_place(*, by, organisation, type_code: str, dated: dt.date, is_synthetic=False) -> OutgoingPaper:
    """A secret-marked paper, written elsewhere, takes its place in the series; nothing of it enters the portal."""
    from kyanh_portal.documents.kinds import kinds

    if type_code not in TYPES or type_code == "copy":
        raise RuleBroken("Chọn một thể loại có trong danh sách.", field="type_code")
    _check_day(organisation, dated)
    signing = usual_signing(organisation)
    check_authority(organisation, type_code, signing, dated)
    paper = OutgoingPaper(
        organisation=organisation, type_code=type_code, title=STUB_TITLE, signing=signing, is_secret=True,
        dated=dated, written_by=by, is_synthetic=is_synthetic,
    )  # fmt: skip
    paper.save()
    return _issued(paper, kinds.get("outgoing").compose(paper), term_on(organisation, dated), by)
