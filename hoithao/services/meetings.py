"""Plan, open and call off a meeting; correct what is prepared or noted while it is open."""

import datetime as dt
import hashlib
import uuid
from copy import copy

from django.db import transaction
from django.utils import timezone

from chibo.choices import Post
from chibo.figures import roll_on, standings_on, term_on
from chibo.models import Member
from hoithao.choices import KindCode, Status
from hoithao.models import AgendaItem, Attendance, Meeting, Round, RoundCell
from hoithao.services.tallies import recount
from hoithao.workflow import meeting_flow
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import add_months, month_start, now, today, vn_date, vn_time
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.base.stamps import refuse_stamp
from kyanh_portal.base.vietnamese import clean_text, fold
from kyanh_portal.parameters.editions import Kept

# Texts that are saved field by field while the meeting is prepared or open.
SAVED_FIELDS = ["guests", "documents_spread", "fee_note", "conclusion"]


def locked(meeting) -> Meeting:
    """The meeting, read again under a row lock, so that what is judged cannot change meanwhile."""
    return (
        Meeting.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation__kind", "kind", "chair", "secretary")
        .get(pk=meeting.pk)
    )


def require_unlocked(meeting) -> None:
    """Refuse a change of a meeting whose minutes are locked, or that was called off."""
    if meeting.status == Status.CLOSED:
        raise RuleBroken("Biên bản đã khóa. Muốn sửa phải ghi đính chính.")
    if meeting.status == Status.CANCELLED:
        raise RuleBroken("Buổi này đã ghi là không họp.")


def changing(meeting) -> Meeting:
    """The meeting under its lock, for a change of what the minutes say: what was read back before no longer holds."""
    meeting = locked(meeting)
    require_unlocked(meeting)
    if meeting.read_back:
        meeting.read_back = False
        meeting.save(update_fields=["read_back", "updated_at"])
    return meeting


CELL_COMMITTEE_POSTS = [Post.SECRETARY, Post.STANDING_DEPUTY, Post.DEPUTY, Post.CELL_COMMITTEE_MEMBER]


def called_to(organisation, kind, day):
    """Who is called to a meeting: the members of the cell on the day; to a meeting of the chi ủy only its own (42-HD).

    Where a cell has no chi ủy, its secretary and deputy confer.
    """
    members = Member.objects.on_roll(organisation, day)
    if kind.code == KindCode.CELL_COMMITTEE:
        posts = organisation.positions.on(day).filter(post__in=CELL_COMMITTEE_POSTS)
        members = members.filter(pk__in=posts.values("member"))
    return members


def roll_for(meeting) -> tuple[list[Member], dict[int, str]]:
    """Who is called to a meeting on its day (called_to), and the standing of each."""
    if meeting.kind.code != KindCode.CELL_COMMITTEE:
        return roll_on(meeting.organisation, meeting.held_on)
    members = list(called_to(meeting.organisation, meeting.kind, meeting.held_on))
    return members, standings_on(members, meeting.held_on)


def roll_rows(meeting, members, standings=None) -> list[Attendance]:
    """Unsaved lines of the roll with each member's standing on the day (asked here, unless known)."""
    standings = standings_on(members, meeting.held_on) if standings is None else standings
    return [Attendance(meeting=meeting, member=member, standing=standings[member.pk]) for member in members]


def check_plan(meeting, organisation) -> None:
    """Refuse a plan that cannot be: outside the life of the unit, of a kind it does not hold, without theme or place."""
    day = meeting.held_on
    if organisation.valid_from and day < organisation.valid_from:
        raise RuleBroken(
            f"{organisation.name} lập ngày {vn_date(organisation.valid_from)}. Chọn ngày họp sau đó.", field="day"
        )
    if organisation.valid_to and day > organisation.valid_to:
        raise RuleBroken(f"{organisation.name} đã thôi hoạt động từ {vn_date(organisation.valid_to)}.", field="day")
    if meeting.kind.wants_theme and not meeting.theme.strip():
        raise RuleBroken("Ghi chủ đề.", field="theme")
    if organisation.kind.is_cell and not meeting.kind.of_cells:
        raise RuleBroken(f"Chi bộ không họp loại “{meeting.kind.name}”.", field="kind")
    if not organisation.kind.is_cell and not meeting.kind.of_committees:
        raise RuleBroken(f"Cấp ủy không họp loại “{meeting.kind.name}”.", field="kind")
    if not meeting.place.strip():
        raise RuleBroken("Ghi địa điểm họp.", field="place")


def _free_month(meeting) -> None:
    """One regular meeting a month (K01): raises RuleBroken when another stands."""
    others = Meeting.objects.filter(organisation=meeting.organisation, month=meeting.month, kind_is_regular=True)
    other = others.exclude(status=Status.CANCELLED).exclude(pk=meeting.pk).first()
    if meeting.kind_is_regular and other is not None:
        raise RuleBroken(
            f"Chi bộ đã có buổi sinh hoạt thường kỳ {meeting.period}. Mở buổi ấy để ghi tiếp.",
            field="day",
            missing=[(f"Mở buổi {meeting.period}", other.get_absolute_url())],
        )


def build_meeting(
    *, organisation, kind, month, starts_at, place, theme="", is_model=False, round=None, client_key=None, **fields
):
    """The unsaved meeting, checked; raises RuleBroken."""
    meeting = Meeting(
        organisation=organisation, kind=kind, month=month_start(month), starts_at=starts_at, place=place, theme=theme, is_model=is_model,
        round=round, client_key=client_key or uuid.uuid4(), kind_is_regular=kind.code == KindCode.REGULAR, **fields,
    )  # fmt: skip
    check_plan(meeting, organisation)
    meeting.search_key = fold(f"{meeting.name} {organisation.name}")
    return meeting


def place_in_round(meeting) -> RoundCell | None:
    """Where the cell stands in a round of model meetings this month, its meeting not made yet or called off.

    The plan names the meeting for the cell; one marked as model meeting outside the plan goes to the only round of its
    month that a committee above runs.
    """
    if meeting.kind.code not in (KindCode.REGULAR, KindCode.THEMATIC) or meeting.round is not None:
        return None
    place = _open_place(meeting) if (meeting.organisation_id, meeting.month) in _months_in_rounds() else None
    if place is not None:
        meeting.is_model, meeting.round = True, place.round
    elif meeting.is_model:
        ids = [int(one) for one in meeting.organisation.path.rstrip(".").split(".")]
        rounds = list(Round.objects.filter(month=meeting.month, programme__organisation__in=ids)[:2])
        meeting.round = rounds[0] if len(rounds) == 1 else None
    return place


def _open_place(meeting) -> RoundCell | None:
    places = RoundCell.objects.without_meeting().filter(
        organisation=meeting.organisation,
        planned_on__gte=meeting.month,
        planned_on__lt=add_months(meeting.month, 1),
    )
    return places.select_related("round").order_by("planned_on", "pk").first()


def _read_months_in_rounds() -> set[tuple[int, dt.date]]:
    """(cell, month) of every place in a round: most cells have none, and are spared the question above."""
    places = RoundCell.objects.values_list("organisation_id", "planned_on")
    return {(cell, month_start(day)) for cell, day in places}


_months_in_rounds = Kept("rounds", read=_read_months_in_rounds)


def take_place(place: RoundCell | None, meeting) -> None:
    """The meeting, now saved, stands in the plan of its round."""
    if place is not None:
        place.meeting = meeting
        place.save(update_fields=["meeting", "updated_at"])


@transaction.atomic
def plan_meeting(
    *, by, organisation, kind, month, starts_at, place, theme="", is_model=False, round=None, client_key=None, **fields
) -> Meeting:
    """Prepare a meeting: its agenda is copied from the kind's template, its roll from the cell's members of the day.

    The same `client_key` sent again answers with the meeting made the first time. Raises RuleBroken when the cell
    already has the regular meeting of that month.
    """
    if client_key and (same := Meeting.objects.filter(client_key=client_key).first()):
        return same
    meeting = build_meeting(
        organisation=organisation, kind=kind, month=month, starts_at=starts_at, place=place, theme=theme,
        is_model=is_model, round=round, client_key=client_key, **fields,
    )  # fmt: skip
    if meeting.kind_is_regular:
        type(organisation).objects.select_for_update(no_key=True).get(pk=organisation.pk)
    _free_month(meeting)
    in_round = place_in_round(meeting)
    meeting.save()
    take_place(in_round, meeting)
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, order=line.order, title=line.title) for line in kind.template.all()
    )
    members = list(called_to(organisation, kind, meeting.held_on))
    if not members and kind.code == KindCode.CELL_COMMITTEE:
        raise RuleBroken(
            "Chi bộ chưa ghi đồng chí nào là Bí thư, Phó Bí thư hay Chi ủy viên. Ghi chức vụ trước.", field="kind"
        )
    Attendance.objects.bulk_create(roll_rows(meeting, members))
    recount(organisation, meeting.month)
    record("meeting.planned", meeting, by=by, kind=kind.code)
    return meeting


def opening_of(meeting) -> tuple:
    """Who chairs, who records, since when: what the opening page stores."""
    opened_at = meeting.opened_at.replace(second=0, microsecond=0) if meeting.opened_at else None
    officers = meeting.chair_id, meeting.secretary_id, meeting.chair_post, meeting.secretary_post
    return (*officers, meeting.confirms_chair, opened_at)


def opening_seal(meeting) -> str:
    """A short sign of the opening as it stands, so that a page can say which one it started from."""
    return hashlib.sha256(repr(opening_of(meeting)).encode()).hexdigest()[:16]


def _refuse_unseen(before: Meeting, after: Meeting, seen: str) -> None:
    """Somebody else opened the meeting otherwise since the page was read: his words are told, nothing is overwritten."""
    if seen == opening_seal(before) or opening_of(before) == opening_of(after):
        return
    hour = vn_time(before.opened_at) if before.opened_at else "chưa ghi"
    theirs = f"chủ trì {before.chair_label or 'chưa chọn'}, ghi biên bản {before.secretary_label or 'chưa chọn'}, bắt đầu {hour}"
    raise Conflict(
        f"Một đồng chí khác vừa ghi phần khai mạc: {theirs}. Xem lại; muốn giữ phần của đồng chí thì bấm nút lần nữa.",
        theirs=theirs,
    )


@transaction.atomic
def open_meeting(
    meeting, *, by, chair=None, secretary=None, chair_post="", secretary_post="", confirms_chair=False, at=None,
    seen: str | None = None,
) -> Meeting:  # fmt: skip
    """The meeting begins: chair and secretary are named, two different members (steps 5 and 6 of the guide).

    `seen` is the sign of the opening the page started from: what somebody else wrote since is never overwritten unseen.
    """
    meeting = changing(meeting)
    before = copy(meeting)
    if chair is None and not chair_post:
        raise RuleBroken("Chọn người chủ trì.", field="chair")
    if secretary is None and not secretary_post:
        raise RuleBroken("Chọn người ghi biên bản.", field="secretary")
    if (chair is not None and chair == secretary) or (chair_post and fold(chair_post) == fold(secretary_post)):
        raise RuleBroken("Người chủ trì và người ghi biên bản phải là hai đồng chí khác nhau.", field="secretary")
    meeting.chair, meeting.secretary = chair, secretary
    meeting.chair_post, meeting.secretary_post = chair_post, secretary_post
    meeting.confirms_chair = confirms_chair and not meeting.organisation.kind.is_cell
    if meeting.status == Status.PLANNED:
        meeting_flow.require(meeting.status, Status.OPEN, "Buổi này không mở được nữa.")
        meeting.status = Status.OPEN
        is_today = timezone.localdate(meeting.starts_at) == today()
        meeting.opened_at = at or (now() if is_today else meeting.starts_at)
        record("meeting.opened", meeting, by=by)
    elif at:
        meeting.opened_at = at
    if seen is not None:
        _refuse_unseen(before, meeting, seen)
    if meeting.ended_at and meeting.ended_at < meeting.opened_at:
        raise RuleBroken("Giờ kết thúc phải sau giờ bắt đầu.", field="hour")
    check_plan(meeting, meeting.organisation)
    term_on(meeting.organisation, meeting.held_on)  # refused now, not when the minutes are to be locked
    meeting.save()
    recount(meeting.organisation, meeting.month)
    return meeting


@transaction.atomic
def cancel_meeting(meeting, *, by, reason: str) -> Meeting:
    """The planned meeting will not be held; the reason stays."""
    meeting = locked(meeting)
    meeting_flow.require(meeting.status, Status.CANCELLED, "Chỉ hủy được buổi đang chuẩn bị.")
    if not reason.strip():
        raise RuleBroken("Ghi lý do không họp.", field="reason")
    meeting.status, meeting.cancelled_because = Status.CANCELLED, reason
    meeting.save(update_fields=["status", "cancelled_because", "updated_at"])
    recount(meeting.organisation, meeting.month)
    record("meeting.cancelled", meeting, by=by)
    return meeting


@transaction.atomic
def correct_meeting(meeting, *, by, **fields) -> Meeting:
    """Change what was prepared: day, place, theme, form, the mark of a model meeting."""
    meeting = changing(meeting)
    month_before, called_for = meeting.month, meeting.starts_at
    for name, value in fields.items():
        setattr(meeting, name, value)
    meeting.month = month_start(meeting.month)
    check_plan(meeting, meeting.organisation)
    _free_month(meeting)
    meeting.search_key = fold(f"{meeting.name} {meeting.organisation.name}")
    meeting.save()
    for month in {month_before, meeting.month}:
        recount(meeting.organisation, month)
    moved = {"called_for": called_for.isoformat()} if meeting.starts_at != called_for else {}
    record("meeting.corrected", meeting, by=by, fields=sorted(fields), **moved)
    return meeting


@transaction.atomic
def save_text(row, field: str, value: str, *, seen: str, by=None) -> str:
    """Keep one text as it is left; returns what is stored.

    `row` is a meeting, an agenda item or a contribution of a meeting not yet locked; `seen` is the text the page
    started from. Somebody else's newer text is never overwritten: Conflict carries it.
    """
    meeting = locked(row if isinstance(row, Meeting) else row.meeting)
    require_unlocked(meeting)
    row = meeting if isinstance(row, Meeting) else type(row).objects.get(pk=row.pk)
    refuse_stamp(value, field)
    value, now = clean_text(value), getattr(row, field)
    most = row._meta.get_field(field).max_length or 100_000
    if len(value) > most:
        raise RuleBroken(f"Đoạn này dài {len(value)} chữ, nhiều nhất {most}. Cắt bớt rồi gửi lại.", field=field)
    if now not in (clean_text(seen), value):
        raise Conflict("Đoạn này có hai bản. Chọn bản để giữ; bản kia vẫn xem lại được.", theirs=now, field=field)
    if now != value:
        changing(meeting)
        setattr(row, field, value)
        row.save(update_fields=[field])
        record("meeting.text_saved", meeting, by=by, field=field, letters=len(value))
    return value


@transaction.atomic
def set_read_back(meeting, agreed: bool, *, by) -> None:
    """The minutes were read back and the meeting agreed (step 19 of the guide); a later change undoes it."""
    meeting = locked(meeting)
    require_unlocked(meeting)
    if not meeting.conclusion.strip():
        raise RuleBroken("Ghi kết luận trước rồi mới đọc lại biên bản.")
    meeting.read_back = agreed
    meeting.save(update_fields=["read_back", "updated_at"])
    record("meeting.read_back", meeting, by=by, agreed=agreed)
