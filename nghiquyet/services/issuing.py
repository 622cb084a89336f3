"""Adopt a resolution by vote, and issue it: number, date, signature line, frozen text."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from chibo.figures import term_on
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.issuing import issue
from kyanh_portal.documents.kinds import kinds
from nghiquyet.choices import Life, Method, Reason, Signing, Status
from nghiquyet.models import Resolution, ResolutionVote
from nghiquyet.rules import POSITIONS, check_adoption, check_body, check_count, check_date, clean_signer, passes
from nghiquyet.services.drafting import empty_parts, locked, signer_of
from nghiquyet.services.moving import log_move
from nghiquyet.workflow import flow_of


def vote_base(resolution, meeting=None, day=None) -> int | None:
    """The number a majority is counted of, where the portal knows it.

    Executive committee: its sitting members, never those present. Cell: the official members counted at the meeting.
    Standing committee: entered by hand. (Điều lệ Đảng, Điều 9.5; 294-QĐ/TW 9.3)
    """
    if resolution.organisation.is_cell:
        minutes = getattr(meeting or resolution.meeting, "minutes", None)
        return minutes.figures.get("vote_base") if minutes else None
    if resolution.signing == Signing.COMMITTEE:
        term = resolution.organisation.terms.on(day or today()).first()
        return term.sitting_members if term else None
    return None


@transaction.atomic
def adopt_resolution(
    resolution, *, by, meeting=None, base, in_favour, on, present=None, against=0, blank=0, method=Method.HANDS,
    lost=False,
) -> Resolution:  # fmt: skip
    """Record the vote. Refused with empty parts, or against a base the portal knows better.

    Below the majority it is refused, unless `lost` says that the body did vote it down: then it is kept as not adopted.
    """
    resolution = locked(resolution)
    flow = flow_of(resolution.organisation.is_cell)
    flow.require(
        resolution.status, Status.ADOPTED,
        "Chỉ ghi biểu quyết cho nghị quyết đang dự thảo." if resolution.organisation.is_cell
        else "Nghị quyết phải trình thông qua rồi mới ghi biểu quyết. Chuyển bước “Trình thông qua” trước.",
    )  # fmt: skip
    if on > latest_day():
        raise RuleBroken(f"Ngày {vn_date(on)} chưa đến. Ghi ngày đã biểu quyết.", field="on")
    meeting = meeting or resolution.meeting
    if meeting is not None and meeting.organisation_id != resolution.organisation_id:
        raise RuleBroken(f"{meeting} không phải cuộc họp của {resolution.organisation.name}.", field="meeting")
    if meeting is not None and on < meeting.held_on:
        raise RuleBroken(f"Cuộc họp ngày {vn_date(meeting.held_on)}, không thể thông qua trước ngày ấy.", field="on")
    known = vote_base(resolution, meeting, on)
    if known and base != known:
        who = "đảng viên chính thức được tính" if resolution.organisation.is_cell else "ủy viên đương nhiệm"
        raise RuleBroken(f"Tính trên {known} {who}, không tính trên số có mặt. Ghi lại tổng số {known}.", field="base")
    check_count(base, present, in_favour, against, blank)
    if lost:
        if passes(in_favour, base):
            raise RuleBroken(f"{in_favour}/{base} tán thành là quá nửa. Bỏ dấu “không thông qua”.", field="lost")
    else:
        check_adoption(base, in_favour)
    check_body(resolution.organisation, on, field="on")
    refuse_empty(resolution)
    source, target = resolution.status, Status.REJECTED if lost else Status.ADOPTED
    ResolutionVote.objects.create(
        resolution=resolution, version=resolution.versions.filter(reason=Reason.SUBMITTED).last(), meeting=meeting, on=on,
        method=method, base=base, present=present, in_favour=in_favour, against=against, blank=blank, passed=not lost, by=by,
    )  # fmt: skip
    resolution.meeting = meeting
    if not lost:
        resolution.base, resolution.in_favour, resolution.adopted_on = base, in_favour, on
    resolution.status = target
    resolution.save()
    log_move(resolution, source, target, by=by, note=f"{in_favour}/{base} tán thành")
    verb = "resolution.rejected" if lost else "resolution.adopted"
    record(verb, resolution, by=by, base=base, in_favour=in_favour, on=on.isoformat())
    return resolution


def refuse_empty(resolution) -> None:
    """Raise RuleBroken with every part that still waits for its words."""
    clauses = list(resolution.clauses.all())
    page = reverse("nghiquyet:resolution_text", args=[resolution.pk])
    missing = [
        (f"Phần “{clause.heading or 'chưa có tên'}” chưa có lời văn.", f"{page}#phan-{clause.pk}")
        for clause in empty_parts(clauses)
    ]
    if not clauses:
        missing.append(("Nghị quyết chưa có phần nào.", page))
    if missing:
        raise RuleBroken(f"Chưa thông qua được: còn {len(missing)} phần trống. Ghi hoặc bỏ phần ấy.", missing=missing)


@transaction.atomic
def return_to_draft(resolution, *, by, reason: str) -> Resolution:
    """The adopted text must change after all: back to a draft of the next number; the vote no longer counts."""
    resolution = locked(resolution)
    if resolution.status not in (Status.ADOPTED, Status.SIGNING):
        raise RuleBroken("Chỉ trả về dự thảo nghị quyết đã thông qua, chưa ban hành.")
    if not reason.strip():
        raise RuleBroken("Ghi một câu: vì sao trả về dự thảo.", field="reason")
    record("resolution.returned", resolution, by=by, base=resolution.base, in_favour=resolution.in_favour)
    source = resolution.status
    resolution.status, resolution.base, resolution.in_favour, resolution.adopted_on = Status.DRAFT, None, None, None
    resolution.draft_number += 1
    resolution.save()
    log_move(resolution, source, Status.DRAFT, by=by, note=reason)
    return resolution


@transaction.atomic
def issue_resolution(resolution, *, by, dated, signer_name="", signer_position="") -> Resolution:
    """Give the resolution its number and freeze its text. Two clicks at once get one number."""
    resolution = locked(resolution)
    if resolution.status == Status.ISSUED and resolution.dated == dated:
        return resolution
    organisation, source = resolution.organisation, resolution.status
    flow_of(organisation.is_cell).require(
        source, Status.ISSUED,
        f"Nghị quyết đã ban hành: {resolution.document.number_line}." if source == Status.ISSUED
        else "Chuyển bước “Hoàn chỉnh, trình ký” rồi mới ban hành." if source == Status.ADOPTED
        else "Chỉ ban hành được nghị quyết đã thông qua.",
    )  # fmt: skip
    check_date(dated, resolution.adopted_on, latest_day())
    check_body(organisation, dated)
    term = term_on(organisation, dated)
    resolution.dated = dated
    _sign(resolution, signer_name, signer_position)
    document = issue(
        kinds.get("resolution").compose(resolution), resolution, by=by, issuer=series_of(resolution),
        period=term.period_key, path=organisation.path,
    )  # fmt: skip
    resolution.document, resolution.status = document, Status.ISSUED
    Resolution.objects.filter(pk=resolution.pk).update(
        document=document, status=Status.ISSUED, life=Life.IN_FORCE, dated=dated, signer_name=resolution.signer_name,
        signer_position=resolution.signer_position, updated_at=timezone.now(),
    )  # fmt: skip
    resolution.life = Life.IN_FORCE
    log_move(resolution, source, Status.ISSUED, by=by, note=document.number_line)
    record("resolution.issued", resolution, by=by, number=document.number_line, document=document.pk)
    return resolution


def series_of(resolution) -> str:
    """Whose series the number is taken from: a congress has its own, from 01, beside its committee's (HD05 II.I.3)."""
    organisation = resolution.organisation
    return f"congress:{organisation.pk}" if resolution.signing == Signing.CONGRESS else organisation.issuer_key


def _sign(resolution, name: str, position: str) -> None:
    """Who signs: as given, else as drafted, else who held the post on the day."""
    name, position = clean_signer(name or resolution.signer_name), position or resolution.signer_position
    if not name:
        name, position = signer_of(resolution.organisation, resolution.dated)
    if not name:
        raise RuleBroken("Ghi họ và tên người ký.", field="signer_name")
    if position not in POSITIONS:
        raise RuleBroken("Chức vụ người ký là BÍ THƯ hoặc PHÓ BÍ THƯ.", field="signer_position")
    resolution.signer_name, resolution.signer_position = name, position
