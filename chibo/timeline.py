"""Everything dated about one member, newest first; higher apps add their events through the slot `chibo.member_timeline`."""

import datetime as dt
from dataclasses import dataclass

from chibo.choices import Placed
from chibo.models import Member
from kyanh_portal.ui.panels import panels_for


@dataclass(frozen=True)
class Event:
    """One line: the day, what happened, whether it is a milestone, where it is told."""

    day: dt.date
    text: str
    is_key: bool = False
    url: str = ""


def events_of(member: Member, request) -> list[Event]:
    """The whole story of a member as far as the portal keeps it."""
    found = [Event(member.admitted_on, "Kết nạp vào Đảng", True)]
    if member.decided_on:
        found.append(Event(member.decided_on, "Quyết định kết nạp"))
    if member.official_on:
        found.append(Event(member.official_on, "Đảng viên chính thức", True))
    if member.card_issued_on:
        found.append(Event(member.card_issued_on, "Phát thẻ đảng viên"))
    placements = list(member.placements.select_related("organisation"))
    if any(one.role == Placed.OFFICIAL for one in placements):
        found.append(Event(member.joined_on, f"Về {member.organisation.name}"))
    for one in placements:
        if one.role == Placed.TEMPORARY:
            found.append(Event(one.starts_on, f"Sinh hoạt tạm thời tại {one.organisation.name}"))
        else:
            found.append(Event(one.starts_on, f"Sinh hoạt tại {one.organisation.name}"))
    for one in member.transfers.select_related("target"):
        found.append(Event(one.sent_on or one.moved_on, f"Chuyển sinh hoạt đến {one.goes_to}: {one.get_state_display().lower()}", url=one.get_absolute_url()))  # fmt: skip
    for one in member.standing_periods.all():
        found.append(Event(one.starts_on, f"{one.get_standing_display()}. {one.decision}".strip(". ")))
        if one.ends_on:
            found.append(Event(one.ends_on, f"Hết thời gian: {one.get_standing_display().lower()}"))
    for one in member.positions.select_related("organisation"):
        found.append(Event(one.starts_on, f"Nhận chức vụ {one}"))
        if one.ends_on:
            found.append(Event(one.ends_on, f"Thôi chức vụ {one}"))
    found += [Event(one.awarded_on, f"Nhận {one}", True) for one in member.badges.all()]
    found += [Event(one.decided_on, f"Kỷ luật: {one.get_penalty_display().lower()} ({one.decision})") for one in member.disciplines.all()]  # fmt: skip
    for one in member.exits.all():
        found.append(Event(one.left_on, f"{one.get_reason_display()} ({one.decision})", True))
        if one.readmitted_on:
            found.append(Event(one.readmitted_on, "Kết nạp lại", True))
    for _, more in panels_for("chibo.member_timeline", request, member):
        found += [Event(*event) for event in more["events"]]
    return sorted(found, key=lambda event: event.day, reverse=True)
