"""A whole meeting in one call: what a month's end, a paper form or the demo world brings in at once."""

from django.db import transaction

from chibo.models import Member
from hoithao.choices import Sort, Status, Threshold
from hoithao.models import AgendaItem, Attendance, Contribution, Meeting, Minutes, Vote
from hoithao.rules import check_vote, count_roll
from hoithao.services.attendance import line_of, mark_rows
from hoithao.services.meetings import build_meeting, roll_rows
from hoithao.services.minutes import check_times, freeze, missing_of, refuse_missing
from hoithao.services.tallies import recount
from kyanh_portal.base.errors import RuleBroken


@transaction.atomic
def record_whole_meeting(
    *, by, organisation, kind, month, starts_at, ended_at, place, chair=None, secretary=None, exceptions=None,
    contributions=(), votes=(), conclusion="", agenda_texts=(), client_key=None, members=None, term=None,
    template=None, counts=True, **fields,
) -> Minutes:  # fmt: skip
    """Record a meeting from its plan to its locked minutes under the same rules as step by step.

    `contributions` are dicts of Contribution fields, `votes` of Vote fields; `agenda_texts` fill the kind's agenda in
    order. The same `client_key` answers with the first minutes. `members`, `term` and `template` spare the look-up
    where many meetings are recorded in a row; `counts=False` leaves the counts to one rebuild afterwards.
    """
    if client_key and (same := Minutes.objects.filter(meeting__client_key=client_key).first()):
        return same
    meeting = build_meeting(
        organisation=organisation, kind=kind, month=month, starts_at=starts_at, place=place, client_key=client_key,
        chair=chair, secretary=secretary, conclusion=conclusion, read_back=True, **fields,
    )  # fmt: skip
    meeting.status, meeting.opened_at, meeting.roll_taken_at = Status.OPEN, starts_at, starts_at
    if (
        meeting.kind_is_regular
        and Meeting.objects.filter(organisation=organisation, month=meeting.month, kind=kind)
        .exclude(status=Status.CANCELLED)
        .exists()
    ):
        raise RuleBroken(f"Chi bộ đã có buổi sinh hoạt thường kỳ {meeting.period}.", field="month")
    meeting.save(force_insert=True)
    agenda = _agenda(meeting, kind, agenda_texts, template)
    if members is None:
        members = list(Member.objects.on_roll(organisation, meeting.held_on).prefetch_related("standing_periods"))
    roll = roll_rows(meeting, members)
    mark_rows(roll, exceptions or {})
    Attendance.objects.bulk_create(roll)
    said = Contribution.objects.bulk_create(
        Contribution(meeting=meeting, order=order, **{"sort": Sort.OPINION, **one})
        for order, one in enumerate(contributions, start=1)
    )
    cast = _votes(meeting, votes, roll)
    refuse_missing(meeting, missing_of(meeting, roll, agenda, cast))
    check_times(meeting, ended_at)
    meeting.ended_at = ended_at
    minutes = freeze(meeting, by=by, roll=roll, agenda=agenda, contributions=said, votes=cast, term=term)
    if counts:
        recount(organisation, meeting.month)
    return minutes


def _agenda(meeting, kind, texts, template):
    lines = template if template is not None else list(kind.template.all())
    texts = list(texts) + [""] * len(lines)
    return AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, order=line.order, title=line.title, presented=text)
        for line, text in zip(lines, texts, strict=False)
    )


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
