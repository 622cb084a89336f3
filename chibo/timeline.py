"""Everything dated about one member, newest first; higher apps add their events through the slot `chibo.member_timeline`."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.urls import reverse

from chibo.access.dossier import may_see_dossier
from chibo.choices import Placed, TransferState
from chibo.dossier_choices import PaperState, RewardKind
from chibo.fieldclasses import sees_of
from chibo.models import Complaint, Face, Member
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.ui.panels import panels_for

_REWARDED = {RewardKind.PRAISE: "Được biểu dương", RewardKind.MERIT: "Được tặng giấy khen của Đảng", RewardKind.CERTIFICATE: "Được tặng bằng khen của Đảng", RewardKind.OTHER: "Được Đảng khen thưởng"}  # fmt: skip


@dataclass(frozen=True)
class Event:
    """One line: the day, what happened, whether it is a milestone, where it is told."""

    day: dt.date
    text: str
    is_key: bool = False
    url: str = ""


def _names(organisations):
    """`name(organisation, day)`: what it was called on a day; one query for all of them."""
    faces: dict[int, list[Face]] = {}
    for face in Face.objects.filter(organisation__in={one.pk for one in organisations}):
        faces.setdefault(face.organisation_id, []).append(face)
    return lambda one, day: next((face.name for face in faces.get(one.pk, ()) if face.covers(day)), one.name)


def events_of(member: Member, request, day: dt.date | None = None) -> list[Event]:
    """The whole story of a member as far as the portal keeps it; with `day` as it could be told on that day."""

    def over(one) -> bool:  # on its last day it still lasts
        return one.ends_on is not None and (day is None or one.ends_on < day)

    def shown(label, name) -> bool:
        return sees_of(request.user, label, name, member)

    found = [Event(member.admitted_on, "Kết nạp vào Đảng", True)]
    if member.decided_on:
        found.append(Event(member.decided_on, "Quyết định kết nạp"))
    if member.official_on:
        found.append(Event(member.official_on, "Đảng viên chính thức", True))
    steps = list(member.card_steps.all()) if shown("chibo.CardStep", "state") else []
    if (
        member.card_issued_on
        and shown("chibo.Member", "card_issued_on")
        and not any(one.taken_on == member.card_issued_on for one in steps)
    ):
        found.append(Event(member.card_issued_on, "Phát thẻ đảng viên"))
    for one in steps:
        paper = f" ({one.paper})" if one.paper else ""
        found.append(Event(one.taken_on, f"Thẻ đảng viên: {one.get_state_display().lower()}{paper}"))
    placements = list(member.placements.select_related("organisation"))
    positions = list(member.positions.select_related("organisation"))
    letters = list(member.transfers.select_related("target").prefetch_related("boxes"))
    cells = [one.organisation for one in (*placements, *positions)] + [one.target for one in letters if one.target]
    name = _names([member.organisation, *cells])
    found.append(Event(member.joined_on, f"Về {name(member.organisation, member.joined_on)}"))
    for one in placements:
        word = "Sinh hoạt tạm thời tại" if one.role == Placed.TEMPORARY else "Về"
        found.append(Event(one.starts_on, f"{word} {name(one.organisation, one.starts_on)}"))
    for one in letters:
        state, when = (TransferState(one.state_on(day)).label if day else one.get_state_display()), one.sent_on or one.moved_on  # fmt: skip
        where = name(one.target, one.moved_on) if one.target else one.elsewhere
        found.append(Event(when, f"Chuyển sinh hoạt đến {where}: {state.lower()}", url=one.get_absolute_url()))
    for one in member.standing_periods.all():
        found.append(Event(one.starts_on, f"{one.get_standing_display()}. {one.decision}".strip(". ")))
        if over(one):
            found.append(Event(one.ends_on, f"Hết thời gian: {one.get_standing_display().lower()}"))
    for one in positions:
        where = name(one.organisation, one.starts_on)
        found.append(Event(one.starts_on, f"Nhận chức vụ {one.get_post_display()} {where}"))
        if over(one):
            found.append(Event(one.ends_on, f"Thôi chức vụ {one.get_post_display()} {where}"))
    for one in member.age_decisions.all():
        found.append(Event(one.decided_on, f"Quyết định về tuổi đảng: tính từ {vn_date(one.counts_from)} ({one.decision}, {one.authority})"))  # fmt: skip
    found += [Event(one.awarded_on, f"Nhận {one}", True) for one in member.badges.all()]
    if shown("chibo.RecognitionVote", "votes"):
        found += [Event(one.on, f"{one}{'' if one.passed else ', không đạt'} ({one.paper})") for one in member.recognition_votes.all()]  # fmt: skip
    if shown("chibo.Discipline", "penalty"):
        found += [Event(one.decided_on, f"Kỷ luật: {one.get_penalty_display().lower()} ({one.decision})") for one in member.disciplines.all()]  # fmt: skip
        for one in Complaint.objects.of_member(member):
            found.append(Event(one.received_on, f"{one.title}; {one.get_level_display()} giải quyết"))
            if one.answered_on:
                found.append(
                    Event(one.answered_on, f"Trả lời {one.title.lower()}: {one.get_outcome_display().lower()}")
                )
    found += [Event(one.decided_on, f"{_REWARDED[one.kind]} ({one.decision})", one.kind != RewardKind.PRAISE) for one in member.rewards.all()]  # fmt: skip
    if shown("chibo.DossierPaper", "state"):
        looked = Counter((one.on, one.state == PaperState.MISSING) for one in member.dossier_papers.all())
        url = reverse("chibo:dossier", args=[member.pk]) if may_see_dossier(request.user, member) is True else ""
        for on in {on for on, _ in looked}:
            found.append(Event(on, f"Kiểm hồ sơ giấy: xem {looked[on, False] + looked[on, True]} giấy tờ, thiếu {looked[on, True]}", url=url))  # fmt: skip
    for one in member.exits.all() if shown("chibo.Exit", "reason") else ():
        found.append(Event(one.left_on, f"{one.get_reason_display()} ({one.decision})", True))
        if one.readmitted_on:
            found.append(Event(one.readmitted_on, "Kết nạp lại", True))
    for _, more in panels_for("chibo.member_timeline", request, member):
        found += [Event(*event) for event in more["events"]]
    if day is not None:
        found = [event for event in found if event.day <= day]
    return sorted(found, key=lambda event: event.day, reverse=True)
