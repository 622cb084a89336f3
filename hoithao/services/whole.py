"""A whole meeting in one call: what a month's end, a paper form or the demo world brings in at once."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q

from hoithao.choices import Mark, Sort, Status, Threshold
from hoithao.models import AgendaItem, AgendaTemplate, Attendance, Contribution, Meeting, MeetingKind, Minutes, Vote
from hoithao.rules import check_vote, count_roll
from hoithao.services.attendance import line_of, mark_rows
from hoithao.services.meetings import build_meeting, locked, place_in_round, roll_for, roll_rows, take_place
from hoithao.services.minutes import check_times, freeze, missing_of, refuse_missing
from hoithao.services.tallies import recount
from hoithao.workflow import meeting_flow
from kyanh_portal.audit.record import in_one_insert, record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.planned import Question, columns
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.parameters.editions import Kept


def _held_like(organisation: int, kind: int, month: dt.date, key: uuid.UUID):
    others = Q(kind_id=kind, month=month) & ~Q(status=Status.CANCELLED) | Q(client_key=key)
    rows = Meeting.objects.filter(others, organisation_id=organisation).order_by("starts_at", "pk")
    return rows.values_list(*BEFORE)


BEFORE = columns(Meeting, "id", "organisation_id", "client_key", "status", "starts_at", "opened_at", "kind_is_regular")
_ask_before = Question("hoithao_held_like", int, int, dt.date, uuid.UUID, ask=_held_like)

# What a device says of a meeting that was prepared before it was held.
TAKEN = [
    "theme", "place", "form", "is_model", "round", "chair", "secretary", "chair_post", "secretary_post", "guests",
    "documents_spread", "fee_note", "conclusion", "opened_at", "ended_at", "roll_taken_at", "is_synthetic",
]  # fmt: skip


@transaction.atomic
def record_whole_meeting(
    *, by, organisation, kind, month, starts_at, ended_at, place, chair=None, secretary=None, exceptions=None,
    contributions=(), votes=(), conclusion="", agenda_texts=(), client_key=None, members=None, term=None,
    template=None, books=None, counts=True, score=None, remember=None, **fields,
) -> Minutes:  # fmt: skip
    """Record a meeting from its plan to its locked minutes under the same rules as step by step.

    `contributions` are dicts of Contribution fields, `votes` of Vote fields; `agenda_texts` fill the kind's agenda in
    order. Chair, secretary and speakers are members, or ids of members on the roll. The same `client_key` answers with
    the first minutes. A meeting the cell prepared for it is taken over, and stands in its round of model meetings. `members`, `term`, `template` and `books` spare the look-up where many meetings are recorded in a row;
    `score` is called with the meeting before its minutes are locked (services.scores);
    `counts=False` leaves the counts to one rebuild afterwards; `remember` is called with the minutes, in the same
    transaction. One insert for each table.
    """
    meeting = build_meeting(
        organisation=organisation, kind=kind, month=month, starts_at=starts_at, place=place, client_key=client_key,
        conclusion=conclusion, read_back=True, **fields,
    )  # fmt: skip
    meeting.status, meeting.opened_at, meeting.roll_taken_at = Status.OPEN, starts_at, starts_at
    same, prepared = _recorded_before(meeting, client_key)
    if same is not None:
        return same
    if members is None:
        members, standings = roll_for(meeting)
    else:
        standings = {member.pk: member.standing_on(meeting.held_on) for member in members}
    people = {member.pk: member for member in members}
    meeting.chair, meeting.secretary = _person(chair, people), _person(secretary, people)
    check_times(meeting, ended_at)
    meeting.ended_at = ended_at
    if prepared is not None:
        meeting = _take_over(prepared, meeting, by=by)
    in_round = place_in_round(meeting)
    meeting.save(force_insert=prepared is None)
    take_place(in_round, meeting)
    roll = roll_rows(meeting, members, standings)
    mark_rows(roll, exceptions or {})
    agenda = _prepared_agenda(meeting, agenda_texts) if prepared is not None else []
    agenda = agenda or _agenda(meeting, kind, agenda_texts, template)
    Attendance.objects.bulk_create(roll)
    said = _contributions(meeting, contributions, people, roll)
    cast = _votes(meeting, votes, roll)
    if score is not None:
        with in_one_insert():
            score(meeting)
        Meeting.objects.filter(pk=meeting.pk).update(read_back=True)  # read back with its score
        cast = list(meeting.votes.all())
    refuse_missing(meeting, missing_of(meeting, roll, agenda, cast, ballots=() if prepared is None else None))
    minutes = freeze(
        meeting, by=by, roll=roll, agenda=agenda, contributions=said, votes=cast, term=term,
        is_bare=prepared is None, is_scored=score is not None, books=books,
    )  # fmt: skip
    if counts:
        recount(organisation, meeting.month)
    if remember is not None:
        remember(minutes)
    return minutes


def kind_and_agenda(code: str) -> tuple[MeetingKind, list[AgendaTemplate]]:
    """An active kind of meeting with the agenda it starts from; raises RuleBroken where there is none."""
    if code not in (kinds := _kinds()):
        raise RuleBroken("Chọn lại loại sinh hoạt.", field="kind")
    return kinds[code]


def _read_kinds() -> dict[str, tuple[MeetingKind, list[AgendaTemplate]]]:
    kinds = MeetingKind.objects.filter(is_active=True).prefetch_related("template")
    return {kind.code: (kind, list(kind.template.all())) for kind in kinds}


_kinds = Kept("meeting_rules", read=_read_kinds)


def _recorded_before(meeting, client_key) -> tuple[Minutes | None, Meeting | None]:
    """The minutes recorded under the same key, or the meeting the cell prepared for this one: the regular one of the month,
    another kind on the same day. Raises RuleBroken where another regular meeting has the month.
    """
    rows = _ask_before(meeting.organisation_id, meeting.kind_id, meeting.month, meeting.client_key)
    found = [Meeting.from_db("default", BEFORE, row) for row in rows]
    same = next((one for one in found if client_key and one.client_key == client_key), None)
    if same is not None and same.is_closed:
        return Minutes.objects.select_related("meeting").get(meeting=same), None
    regular = [one for one in found if one == same or meeting.kind_is_regular]
    prepared = [
        one
        for one in found
        if one.status == Status.PLANNED and (meeting.kind_is_regular or one.held_on == meeting.held_on)
    ]
    if prepared and all(one in prepared for one in regular):
        return None, prepared[0]
    if regular:
        raise RuleBroken(
            f"Chi bộ đã có buổi sinh hoạt thường kỳ {meeting.period}. Mở buổi ấy để xem hoặc ghi tiếp.", field="month"
        )
    return None, None


def _take_over(prepared, sent, *, by) -> Meeting:
    """The prepared meeting as it was held: what the device says stands, what it leaves out stays as prepared.

    The hour it was called for, its invitations, documents, observers and place in a round stay its own.
    """
    meeting = locked(prepared)
    meeting_flow.require(meeting.status, Status.OPEN, "Một đồng chí khác vừa mở buổi này. Mở buổi ấy để ghi tiếp.")
    for name in TAKEN:
        setattr(meeting, name, getattr(sent, name) or getattr(meeting, name))
    meeting.status, meeting.read_back, meeting.client_key = Status.OPEN, True, sent.client_key
    meeting.search_key = fold(f"{meeting.name} {meeting.organisation.name}")
    meeting.roll.all().delete()
    record("meeting.taken_over", meeting, by=by)
    return meeting


def _person(who, people):
    if not isinstance(who, int):
        return who
    if who not in people:
        raise RuleBroken("Người chủ trì, người ghi biên bản phải ở danh sách của chi bộ hôm họp. Chọn lại.")
    return people[who]


def _agenda(meeting, kind, texts, template):
    lines = template if template is not None else list(kind.template.all())
    texts = list(texts) + [""] * len(lines)
    return AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, order=line.order, title=line.title, presented=text)
        for line, text in zip(lines, texts, strict=False)
    )


def _prepared_agenda(meeting, texts):
    """The items as prepared, with what the device says was presented, in their order."""
    items = list(meeting.agenda.select_related("presenter"))
    for item, text in zip(items, texts, strict=False):
        item.presented = text or item.presented
    AgendaItem.objects.bulk_update(items, ["presented"])
    return items


def _contributions(meeting, contributions, people, roll):
    """Who said what; a speaker of the roll must have been there."""
    absent = {row.member_id for row in roll if row.mark in (Mark.EXCUSED, Mark.UNEXCUSED)}
    rows = []
    for order, one in enumerate(contributions, start=1):
        one = {"sort": Sort.OPINION, **one}
        one["member"] = member = _person(one.get("member"), people)
        if not one["text"].strip():
            raise RuleBroken(f"Ghi nội dung ý kiến thứ {order}, hoặc bỏ ý kiến ấy.", field="contributions")
        if (member is None) == (not one.get("guest")):
            raise RuleBroken(f"Ý kiến thứ {order}: chọn đồng chí phát biểu, hoặc ghi chức danh đại biểu.", field="contributions")  # fmt: skip
        if member is not None and member.pk in absent:
            raise RuleBroken(
                f"Đồng chí {member} ghi là vắng nhưng có ý kiến. Sửa điểm danh hoặc ý kiến thứ {order}.",
                field="contributions",
            )
        rows.append(Contribution(meeting=meeting, order=order, **one))
    return Contribution.objects.bulk_create(rows)


def _votes(meeting, votes, roll):
    if not votes:
        return []
    figures = count_roll(line_of(row) for row in roll)
    rows = []
    for order, one in enumerate(votes, start=1):
        vote = Vote(
            meeting=meeting, order=order, base=figures.vote_base, entitled_present=figures.vote_present,
            **{"threshold": Threshold.MAJORITY, "against": 0, "blank": 0, **one},
        )  # fmt: skip
        if vote.decision_id:  # the kind of decision says what is needed, as in log_vote
            vote.threshold = vote.decision.threshold
        check_vote(vote.in_favour, vote.against, vote.blank, figures.vote_present)
        rows.append(vote)
    return Vote.objects.bulk_create(rows)
