"""Votes at the end of probation and complaints about a discipline in one ward: invented and marked so.

The December minutes of cells hold some of the votes (hoithao.demo); here the committee votes after them, and one cell's vote fails.
"""

import datetime as dt

from chibo.choices import RecognitionMatter, VotingLevel
from chibo.complaint_choices import ComplaintLevel, ComplaintOutcome
from chibo.models import Complaint, Discipline, Member, RecognitionVote
from chibo.rules import official_from
from chibo.services.bases import entitled, sitting_between
from chibo.services.complaints import answer_complaint, note_complaint
from chibo.services.lifecycle import recognise_member
from chibo.services.recognition import note_vote, votes_of
from kyanh_portal.demo.world import World

CELL_DAY, COMMITTEE_DAY = dt.date(2020, 12, 14), dt.date(2020, 12, 16)
SPRING = dt.date(2021, 4, 12)
RECOGNISE = RecognitionMatter.RECOGNISE


def build_votes(world: World) -> None:
    ward = world["bases"][0]
    waiting = Member.objects.filter(organisation__parent=ward, official_on=None, left_on=None, admitted_on__lt=CELL_DAY)  # fmt: skip
    waiting = [one for one in waiting.select_related("organisation").order_by("admitted_on", "pk") if official_from(one.admitted_on) <= CELL_DAY]  # fmt: skip
    voted = [one for one in waiting if votes_of(one)]
    for one, share in zip([one for one in waiting if one not in voted], (0.6, 0.95, 0.9), strict=False):
        base = entitled(one.organisation, CELL_DAY)
        row = note_vote(one, RECOGNISE, VotingLevel.CELL, CELL_DAY, base, int(base * share), "Nghị quyết 06-NQ/CB, 14/12/2020 (giả lập)", by=None)  # fmt: skip
        voted += [one] if row.passed else []
    for one in voted[:2]:
        base = sitting_between(ward, COMMITTEE_DAY)[1]
        note_vote(one, RECOGNISE, VotingLevel.COMMITTEE, COMMITTEE_DAY, base, base - 1, "Nghị quyết 21-NQ/ĐU, 16/12/2020 (giả lập)", by=None)  # fmt: skip
    _complaints(ward)


def _complaints(ward):
    """One answered by the level above and told on to the province, one whose ninety days run."""
    rows = Discipline.objects.filter(member__organisation__parent=ward).order_by("decided_on", "pk")
    levels = [
        [(ComplaintLevel.SUPERIOR, dt.date(2020, 6, 24), dt.date(2020, 9, 14)), (ComplaintLevel.PROVINCE, dt.date(2020, 10, 5), None)],
        [(ComplaintLevel.SUPERIOR, dt.date(2020, 11, 9), None)],
    ]  # fmt: skip
    for discipline, told in zip(rows, levels, strict=False):
        for level, received, answered in told:
            complaint = note_complaint(discipline, level, received, by=None)
            if answered:
                answer_complaint(complaint, answered, ComplaintOutcome.KEPT, by=None)


def build_decisions(world: World) -> None:
    """Spring 2021: who was voted for in December is official, what was asked is answered."""
    passed = RecognitionVote.objects.filter(level=VotingLevel.CELL, passed=True, member__official_on=None, member__is_synthetic=True)  # fmt: skip
    for member in Member.objects.filter(pk__in=passed.values("member"), left_on=None).order_by("pk"):
        recognise_member(member, "Quyết định công nhận đảng viên chính thức, tháng 01/2021 (giả lập)", by=None)
    for complaint in Complaint.objects.filter(answered_on=None, discipline__member__is_synthetic=True).order_by("pk"):
        answer_complaint(complaint, dt.date(2021, 2, 22), ComplaintOutcome.KEPT, by=None)
