"""Draft a resolution: from a workshop's conclusion, from a cell's meeting, or blank; and work on its text."""

from django.db import transaction
from django.db.models import F, Max

from chibo.choices import Post
from chibo.figures import holder_of
from hoithao.choices import KindCode
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import add_months, today, vn_date
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.base.vietnamese import clean_line, clean_text
from nghiquyet.choices import WRITING, Level, Reason, Signing, Status
from nghiquyet.models import Clause, Resolution, ResolutionMove
from nghiquyet.rules import POSITIONS, clean_signer, clean_title
from nghiquyet.services import skeletons

# Texts of a resolution that are saved field by field; those of a clause beside them.
RESOLUTION_TEXTS = ["title", "bases", "preamble", "recipients", "signer_name", "signer_position"]
CLAUSE_TEXTS = ["heading", "text"]
LOCKED = "Nghị quyết đã ban hành nên không sửa được. Muốn thay đổi phải ra văn bản khác."


def locked(resolution) -> Resolution:
    """The resolution, read again under a row lock."""
    rows = Resolution.objects.select_for_update(of=("self",), no_key=True).select_related("organisation__kind")
    return rows.get(pk=resolution.pk)


def drafted(resolution) -> Resolution:
    """The same, refused unless it is still a draft."""
    resolution = locked(resolution)
    if resolution.status == Status.ISSUED:
        raise RuleBroken(LOCKED)
    if resolution.status in (Status.ADOPTED, Status.SIGNING):
        raise RuleBroken("Nghị quyết đã thông qua nên lời văn giữ nguyên. Muốn sửa thì trả về dự thảo.")
    if resolution.status not in WRITING:
        raise RuleBroken(
            f"Nghị quyết đang ở bước “{resolution.get_status_display()}” nên lời văn giữ nguyên. Chuyển bước rồi sửa."
        )
    return resolution


def signer_of(organisation, day) -> tuple[str, str]:
    """Name and title line of who signs for the body on a day: the secretary, else a deputy."""
    held = holder_of(organisation, [Post.SECRETARY, Post.STANDING_DEPUTY, Post.DEPUTY], day)
    if held is None:
        return "", ""
    return str(held.member), POSITIONS[0] if held.post == Post.SECRETARY else POSITIONS[1]


@transaction.atomic
def draft_resolution(
    *, by, organisation, title, signing=None, is_thematic=False, meeting=None, workshop=None, bases="", preamble="",
    recipients=None, parts=None, signer_name="", signer_position="", status=Status.DRAFT, is_synthetic=False,
) -> Resolution:  # fmt: skip
    """A new draft. Left out: the signer of today, the usual recipients, the usual empty parts."""
    title = clean_title(title)
    if not title:
        raise RuleBroken("Ghi trích yếu: nghị quyết về việc gì.", field="title")
    if organisation.kind.is_body:
        raise RuleBroken(
            f"{organisation.name} là cơ quan giúp việc, không ra nghị quyết. Chọn cấp ủy hoặc chi bộ.",
            field="organisation",
        )
    if organisation.is_cell:
        signing = Signing.CELL
    elif signing not in (Signing.STANDING, Signing.COMMITTEE, Signing.CONGRESS):
        signing = Signing.COMMITTEE
    name, position = (signer_name, signer_position) if signer_name else signer_of(organisation, today())
    resolution = Resolution.objects.create(
        organisation=organisation, title=title, signing=signing, is_thematic=is_thematic, meeting=meeting,
        workshop=workshop, bases=clean_text(bases), preamble=clean_text(preamble),
        recipients=clean_text(recipients) if recipients is not None else skeletons.recipients_for(organisation, signing),
        signer_name=clean_signer(name), signer_position=position, status=status, is_synthetic=is_synthetic,
    )  # fmt: skip
    ResolutionMove.objects.create(resolution=resolution, target=status, by=by)
    parts = skeletons.blank_parts(organisation) if parts is None else parts
    Clause.objects.bulk_create(
        Clause(
            resolution=resolution, order=order, level=part.level, heading=clean_line(part.heading)[:300],
            text=clean_text(part.text), conclusion=part.conclusion,
        )
        for order, part in enumerate(parts, start=1)
    )  # fmt: skip
    record("resolution.drafted", resolution, by=by, clauses=len(parts))
    return resolution


@transaction.atomic
def draft_from_workshop(
    meeting, *, by, organisation=None, title, signing=Signing.STANDING, is_proposal=False
) -> Resolution:
    """The draft that follows from a workshop: sections I–IV, each point of the conclusion a task that links back.

    As a proposal it first waits to be taken into the programme of work. Asked again with the same title, the draft made
    before answers.
    """
    organisation = organisation or meeting.organisation
    if meeting.kind.code != KindCode.WORKSHOP:
        raise RuleBroken("Chỉ dự thảo từ kết luận của một hội thảo.")
    points = list(meeting.conclusions.order_by("order"))
    if not points:
        raise RuleBroken("Hội thảo chưa ghi kết luận từng điểm. Ghi kết luận rồi dự thảo nghị quyết.")
    same = Resolution.objects.filter(workshop=meeting, organisation=organisation, title=clean_title(title))
    if earlier := same.first():
        return earlier
    return draft_resolution(
        by=by, organisation=organisation, title=title, signing=signing, is_thematic=True, workshop=meeting,
        bases=f"Căn cứ kết luận tại {skeletons.workshop_name(meeting)}, ngày {vn_date(meeting.held_on)}",
        preamble="" if organisation.is_cell else skeletons.workshop_opening(organisation, signing),
        parts=skeletons.workshop_parts(meeting, points), is_synthetic=meeting.is_synthetic,
        status=Status.PROPOSED if is_proposal else Status.DRAFT,
    )  # fmt: skip


@transaction.atomic
def draft_from_meeting(meeting, *, by, title="") -> Resolution:
    """The monthly resolution of a cell, filled with what the locked minutes of the meeting say; asked again, the same."""
    if not meeting.organisation.is_cell:
        raise RuleBroken("Chỉ nghị quyết của chi bộ lấy từ buổi sinh hoạt. Chọn chi bộ.")
    if not meeting.is_closed:
        raise RuleBroken(
            "Biên bản buổi sinh hoạt chưa khóa. Kết thúc cuộc họp rồi dự thảo nghị quyết.", field="meeting"
        )
    to_come = add_months(meeting.month, 1)
    title = clean_title(title) or f"lãnh đạo thực hiện nhiệm vụ tháng {to_come.month} năm {to_come.year}"
    if earlier := Resolution.objects.filter(meeting=meeting, organisation=meeting.organisation, title=title).first():
        return earlier
    name, position = signer_of(meeting.organisation, meeting.held_on)
    return draft_resolution(
        by=by, organisation=meeting.organisation, meeting=meeting, title=title,
        preamble=skeletons.cell_opening(meeting, meeting.minutes.figures), parts=skeletons.cell_parts(meeting),
        signer_name=name, signer_position=position, is_synthetic=meeting.is_synthetic,
    )  # fmt: skip


@transaction.atomic
def edit_resolution(resolution, *, by, **fields) -> Resolution:
    """Change title, grounds, opening, recipients, signer or on whose behalf it is signed, while it is a draft."""
    resolution = drafted(resolution)
    for name, value in fields.items():
        setattr(resolution, name, _cleaned(name, value))
    if not resolution.title:
        raise RuleBroken("Ghi trích yếu: nghị quyết về việc gì.", field="title")
    if resolution.organisation.is_cell:
        resolution.signing = Signing.CELL
    resolution.save()
    record("resolution.edited", resolution, by=by, fields=sorted(fields))
    return resolution


def _cleaned(name, value):
    if name == "title":
        return clean_title(value)
    if name == "signer_name":
        return clean_signer(value)
    if name == "signer_position":
        return clean_line(value).upper()
    return clean_text(value) if isinstance(value, str) else value


@transaction.atomic
def add_clause(resolution, *, by, level, heading="", text="", after=None, conclusion=None) -> Clause:
    """A new part behind another one (at the end when none is named)."""
    resolution = drafted(resolution)
    if after is not None:
        order = after.order + 1
        resolution.clauses.filter(order__gte=order).update(order=F("order") + 1)
    else:
        order = (resolution.clauses.aggregate(last=Max("order"))["last"] or 0) + 1
    if order > 500:
        raise RuleBroken("Nghị quyết đã có 500 phần. Gộp bớt rồi thêm.")
    clause = Clause.objects.create(
        resolution=resolution,
        order=order,
        level=level,
        heading=clean_line(heading),
        text=clean_text(text),
        conclusion=conclusion,
    )
    record("resolution.clause_added", resolution, by=by, clause=clause.pk)
    return clause


@transaction.atomic
def edit_clause(clause, *, by, **fields) -> Clause:
    """Change level, heading or text of a part."""
    drafted(clause.resolution)
    for name, value in fields.items():
        setattr(clause, name, (clean_line if name == "heading" else clean_text)(value))
    clause.save(update_fields=list(fields))
    record("resolution.clause_edited", clause.resolution, by=by, clause=clause.pk)
    return clause


@transaction.atomic
def move_clause(clause, *, by, up: bool) -> None:
    """One place up or down; at the edge nothing happens."""
    resolution = drafted(clause.resolution)
    clauses = list(resolution.clauses.all())
    here = next(i for i, other in enumerate(clauses) if other.pk == clause.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(clauses):
        return
    clauses[here], clauses[there] = clauses[there], clauses[here]
    for order, other in enumerate(clauses, start=1):
        other.order = order
    Clause.objects.bulk_update(clauses, ["order"])
    record("resolution.clause_moved", resolution, by=by, clause=clause.pk, up=up)


@transaction.atomic
def remove_clause(clause, *, by) -> None:
    """Take a part out of the draft."""
    resolution = drafted(clause.resolution)
    record("resolution.clause_removed", resolution, by=by, clause=clause.pk)
    clause.delete()


@transaction.atomic
def save_text(row, field: str, value: str, *, seen: str, by=None) -> str:
    """Keep one text as it is left; returns what is stored. A newer text of somebody else is never overwritten."""
    if field not in (RESOLUTION_TEXTS if isinstance(row, Resolution) else CLAUSE_TEXTS):
        raise RuleBroken("Ô này không ghi riêng được.")
    resolution = drafted(row if isinstance(row, Resolution) else row.resolution)
    row = resolution if isinstance(row, Resolution) else Clause.objects.select_for_update().get(pk=row.pk)
    value, now = _cleaned(field, clean_line(value) if field == "heading" else value), getattr(row, field)
    most = row._meta.get_field(field).max_length or 100_000
    if len(value) > most:
        raise RuleBroken(f"Đoạn này dài {len(value)} chữ, nhiều nhất {most}. Cắt bớt rồi gửi lại.", field=field)
    if field == "title" and not value:
        raise RuleBroken("Ghi trích yếu: nghị quyết về việc gì.", field=field)
    if now not in (clean_text(seen), value):
        raise Conflict("Đoạn này có hai bản. Chọn bản để giữ; bản kia vẫn xem lại được.", theirs=now, field=field)
    if now != value:
        setattr(row, field, value)
        row.save()
        record("resolution.text_saved", resolution, by=by, field=field, row=row.pk)
    return value


@transaction.atomic
def new_draft(resolution, *, by) -> Resolution:
    """The next version to be sent for comment: "Dự thảo lần n + 1"."""
    from nghiquyet.services.moving import keep_version

    resolution = drafted(resolution)
    keep_version(resolution, Reason.REVISED, by=by)
    resolution.draft_number += 1
    resolution.save()
    record("resolution.draft_numbered", resolution, by=by, draft=resolution.draft_number)
    return resolution


def empty_parts(clauses) -> list[Clause]:
    """Numbered parts without a word under them; a heading followed by its points is not empty."""
    clauses = list(clauses)
    out = []
    for i, clause in enumerate(clauses):
        following = clauses[i + 1] if i + 1 < len(clauses) else None
        if clause.level == Level.SECTION:
            empty = not clause.heading or following is None or following.level == Level.SECTION
        elif clause.level == Level.PARAGRAPH and following is not None and following.level in (Level.POINT, Level.TEXT):
            empty = not (clause.heading or clause.text)
        else:
            empty = not clause.text
        if empty:
            out.append(clause)
    return out
