"""A whole meeting in one call: what a month's end, a paper form or the demo world brings in at once."""

from django.db import transaction
from django.db.models import Q

from hoithao.choices import Mark, Sort, Status, Threshold
from hoithao.models import AgendaItem, Attendance, Contribution, Meeting, Minutes, Vote
from hoithao.rules import check_vote, count_roll
from hoithao.services.attendance import line_of, mark_rows
from hoithao.services.meetings import build_meeting, called_to, roll_rows
from hoithao.services.minutes import check_times, freeze, missing_of, refuse_missing
from hoithao.services.tallies import recount
from kyanh_portal.audit.record import in_one_insert
from kyanh_portal.base.errors import RuleBroken


@transaction.atomic
def record_whole_meeting(
    *, by, organisation, kind, month, starts_at, ended_at, place, chair=None, secretary=None, exceptions=None,
    contributions=(), votes=(), conclusion="", agenda_texts=(), client_key=None, members=None, term=None,
    template=None, books=None, counts=True, score=None, **fields,
) -> Minutes:  # fmt: skip
    """Record a meeting from its plan to its locked minutes under the same rules as step by step.

    `contributions` are dicts of Contribution fields, `votes` of Vote fields; `agenda_texts` fill the kind's agenda in
    order. Chair, secretary and speakers are members, or ids of members on the roll. The same `client_key` answers with
    the first minutes. `members`, `term`, `template` and `books` spare the look-up where many meetings are recorded in a row;
    `score` is called with the meeting before its minutes are locked (services.scores);
    `counts=False` leaves the counts to one rebuild afterwards. One insert for each table.
    """
    meeting = build_meeting(
        organisation=organisation, kind=kind, month=month, starts_at=starts_at, place=place, client_key=client_key,
        conclusion=conclusion, read_back=True, **fields,
    )  # fmt: skip
    meeting.status, meeting.opened_at, meeting.roll_taken_at = Status.OPEN, starts_at, starts_at
    if same := _recorded_before(meeting, client_key):
        return same
    if members is None:
        members = list(called_to(organisation, kind, meeting.held_on).prefetch_related("standing_periods"))
    people = {member.pk: member for member in members}
    meeting.chair, meeting.secretary = _person(chair, people), _person(secretary, people)
    check_times(meeting, ended_at)
    meeting.ended_at = ended_at
    meeting.save(force_insert=True)
    roll = roll_rows(meeting, members)
    mark_rows(roll, exceptions or {})
    agenda = _agenda(meeting, kind, agenda_texts, template)
    Attendance.objects.bulk_create(roll)
    said = _contributions(meeting, contributions, people, roll)
    cast = _votes(meeting, votes, roll)
    if score is not None:
        with in_one_insert():
            score(meeting)
        Meeting.objects.filter(pk=meeting.pk).update(read_back=True)  # read back with its score
        cast = list(meeting.votes.all())
    refuse_missing(meeting, missing_of(meeting, roll, agenda, cast, ballots=()))
    minutes = freeze(
        meeting, by=by, roll=roll, agenda=agenda, contributions=said, votes=cast, term=term,
        is_bare=True, is_scored=score is not None, books=books,
    )  # fmt: skip
    if counts:
        recount(organisation, meeting.month)
    return minutes


def _recorded_before(meeting, client_key) -> Minutes | None:
    """The minutes recorded under the same key; raises RuleBroken where another regular meeting has the month."""
    others = Q(pk__in=[])
    if client_key:
        others |= Q(client_key=client_key)
    if meeting.kind_is_regular:
        others |= Q(kind_is_regular=True, month=meeting.month) & ~Q(status=Status.CANCELLED)
    found = list(Meeting.objects.filter(others, organisation=meeting.organisation).only("client_key", "status"))
    same = next((one for one in found if client_key and one.client_key == client_key), None)
    if same is not None and same.is_closed:
        return Minutes.objects.select_related("meeting").get(meeting=same)
    if found:
        raise RuleBroken(
            f"Chi bộ đã có buổi sinh hoạt thường kỳ {meeting.period}. Mở buổi ấy để xem hoặc ghi tiếp.", field="month"
        )
    return None


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
        check_vote(vote.in_favour, vote.against, vote.blank, figures.vote_present)
        rows.append(vote)
    return Vote.objects.bulk_create(rows)
