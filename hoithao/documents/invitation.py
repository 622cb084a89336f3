"""Giấy mời and thông báo: how a meeting is called, as papers; the same facts as a message to paste and as a calendar file."""

import datetime as dt

from django.utils import timezone
from icalendar import Alarm, Calendar, Event

from chibo.choices import Post
from chibo.figures import holder_of, term_on
from hoithao.choices import KindCode
from hoithao.documents.minutes import frame
from hoithao.models import Meeting
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import today, vn_date, vn_time, weekday
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.content import Heading, Item, OfficialDocument, Paragraph, Signature
from kyanh_portal.documents.issuing import issue
from kyanh_portal.documents.kinds import add_kind, kinds

SIGNERS = [Post.SECRETARY, Post.STANDING_DEPUTY, Post.DEPUTY]
USUAL_MINUTES = 120


def event_of(meeting) -> str:
    """What people are called to, inside a sentence: "sinh hoạt thường kỳ tháng 01 năm 2021"."""
    name = meeting.name
    return name[:1].lower() + name[1:]


def when_of(meeting) -> str:
    return f"{vn_time(meeting.starts_at)}, {weekday(meeting.called_for)}, ngày {vn_date(meeting.called_for)}"


def _signature(meeting) -> Signature:
    held = holder_of(meeting.organisation, SIGNERS, meeting.held_on)
    return Signature(
        authority=meeting.organisation.kind.signs_as or "T/M CHI BỘ",
        position=held.get_post_display().upper() if held else "BÍ THƯ",
        name=str(held.member) if held else "",
    )


def _paper(meeting, **parts) -> OfficialDocument:
    return OfficialDocument(
        date=min(today(), meeting.held_on), signature=_signature(meeting), draft="Dự thảo", is_synthetic=meeting.is_synthetic,
        **frame(meeting.organisation), **parts,
    )  # fmt: skip


def _facts(meeting) -> list:
    agenda = [item.title for item in meeting.agenda.all()]
    blocks = [
        Paragraph(f"- Thời gian: {when_of(meeting)}."),
        Paragraph(f"- Địa điểm: {meeting.place.rstrip('.')}."),
        Paragraph("- Nội dung:"),
    ]
    return blocks + [
        Item(f"{title.rstrip('.;')}{'.' if n == len(agenda) else ';'}") for n, title in enumerate(agenda, 1)
    ]


def compose_invitation(meeting: Meeting) -> OfficialDocument:
    """Giấy mời: to guests and to the member of the superior committee who follows the cell."""
    unit = meeting.organisation
    guests = [line.strip() for line in meeting.guests.split("\n") if line.strip()]
    guests += [
        f"Đồng chí {visit.member}, cấp ủy viên theo dõi chi bộ" for visit in meeting.visits.select_related("member")
    ]
    body = [Paragraph(f"{unit.name} trân trọng kính mời:")]
    body += [Item(guest.rstrip(".;")) for guest in guests] or [Paragraph("…………………………………………………………………………")]
    body.append(Paragraph(f"Đến dự {event_of(meeting)} của {unit.name}."))
    body += [
        *_facts(meeting),
        Paragraph("Rất mong đồng chí đến dự." if len(guests) == 1 else "Rất mong các đồng chí đến dự."),
    ]
    return _paper(
        meeting, kind="invitation", type_name="GIẤY MỜI", type_symbol="GM", summary=f"dự {event_of(meeting)}", body=tuple(body),
        recipients=("Như kính mời", unit.kind.files_at or "Lưu Chi bộ"), shows_number=False,
    )  # fmt: skip


def compose_notice(meeting: Meeting) -> OfficialDocument:
    """Thông báo: time, place and content to every member (42-HD, step 3)."""
    unit = meeting.organisation
    who = "chi ủy viên" if meeting.kind.code == KindCode.CELL_COMMITTEE else "đảng viên chi bộ"
    body = [
        Paragraph(f"{unit.name} thông báo đến toàn thể {who} về {event_of(meeting)} như sau:"),
        *_facts(meeting),
        Heading("Đề nghị các đồng chí", level=2),
        Item("Dự họp đầy đủ, đúng giờ. Đồng chí nào vắng thì báo bí thư trước giờ họp, nêu lý do;"),
        Item("Đọc trước tài liệu, chuẩn bị ý kiến và kết quả việc được giao."),
    ]
    return _paper(
        meeting, kind="notice", type_name="THÔNG BÁO", type_symbol="TB", summary=f"về {event_of(meeting)}", body=tuple(body),
        recipients=("Các đồng chí đảng viên", "Cấp ủy viên theo dõi chi bộ", unit.kind.files_at or "Lưu Chi bộ"),
    )  # fmt: skip


def issue_call(meeting, kind: str, *, by):
    """Issue the notice or the giấy mời: numbered where its kind is, frozen; a later change of the hour needs a new one."""
    if meeting.is_closed or meeting.cancelled_because:
        raise RuleBroken("Buổi này đã họp xong hoặc không họp.")
    if kinds.get(kind).paper_of(meeting):
        raise RuleBroken("Văn bản này đã ban hành. Có thay đổi thì báo bằng tin nhắn và ghi lại ở cuộc họp.")
    content, unit = kinds.get(kind).compose(meeting), meeting.organisation
    document = issue(
        content if content.shows_number else content.final(), meeting, by=by, issuer=unit.issuer_key,
        period=term_on(unit, meeting.held_on).period_key, path=unit.path, takes_number=content.shows_number,
    )  # fmt: skip
    record("meeting.call_issued", meeting, by=by, kind=kind)
    return document


def message_of(meeting) -> str:
    """A short message to paste where the members are reached."""
    lines = [
        f"Kính gửi các đồng chí đảng viên {meeting.organisation.name}!",
        f"Mời đồng chí dự {event_of(meeting)}: {when_of(meeting)}, tại {meeting.place}.",
        "Nội dung: " + "; ".join(item.title.rstrip(".;… ") for item in meeting.agenda.all()) + ".",
        "Đồng chí nào vắng xin báo trước cho bí thư, nêu lý do. Trân trọng!",
    ]
    return "\n".join(lines)


def calendar_of(meeting) -> bytes:
    """The .ics: one event with an alarm the evening before; the same meeting keeps its identifier when it is moved."""
    calendar, event, alarm = Calendar(), Event(), Alarm()
    calendar.add("prodid", "-//Kyanh Portal//vi")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event.add("uid", f"{meeting.client_key}@kyanh-portal")
    event.add("dtstamp", meeting.updated_at)
    event.add("sequence", max(0, int((meeting.updated_at - meeting.created_at).total_seconds())))
    event.add("dtstart", meeting.starts_at.astimezone(dt.UTC))
    event.add("dtend", (meeting.starts_at + dt.timedelta(minutes=USUAL_MINUTES)).astimezone(dt.UTC))
    event.add("summary", f"{meeting.name}, {meeting.organisation.label}")
    event.add("location", meeting.place)
    event.add("description", "\n".join(f"{n}. {item.title}" for n, item in enumerate(meeting.agenda.all(), 1)))
    event.add("status", "CANCELLED" if meeting.cancelled_because else "CONFIRMED")
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Ngày mai: {meeting.name}")
    alarm.add("trigger", dt.timedelta(hours=-24))
    event.add_component(alarm)
    calendar.add_component(event)
    return calendar.to_ical()


def handbook_fields(meeting) -> list[tuple[str, str, str]]:
    """(code, label, text) of what the national handbook asks for, to copy field by field."""
    figures = meeting.minutes.figures if meeting.is_closed else {}
    local = timezone.localtime(meeting.began_at)
    end = timezone.localtime(meeting.ended_at) if meeting.ended_at else None
    agenda = list(meeting.agenda.all())
    votes = [f"{v.subject}: {v.in_favour}/{v.base} tán thành" for v in meeting.votes.all()]
    absent = f"{figures.get('excused', 0)} có lý do, {figures.get('unexcused', 0)} không lý do" if figures else ""
    fields = [
        ("ten", "Tên cuộc họp", meeting.name),
        ("don-vi", "Chi bộ", meeting.organisation.name),
        ("thoi-gian", "Thời gian", local.strftime("%H:%M %d/%m/%Y") + (end.strftime(" – %H:%M") if end else "")),
        ("dia-diem", "Địa điểm", meeting.place),
        ("chu-tri", "Chủ trì", meeting.chair_label),
        ("thu-ky", "Thư ký", meeting.secretary_label),
        ("co-mat", "Có mặt", f"{figures['present']}/{figures['base']}" if figures else ""),
        ("vang", "Vắng", absent),
        ("noi-dung", "Nội dung", "\n".join(f"{n}. {item.title}" for n, item in enumerate(agenda, 1))),
        ("ket-luan", "Kết luận", meeting.conclusion),
        ("bieu-quyet", "Biểu quyết", "\n".join(votes)),
    ]
    return [(code, label, text) for code, label, text in fields if text]


add_kind("invitation", "Giấy mời họp", Meeting, compose_invitation, "hoithao.see_meeting", names_types=True)
add_kind("notice", "Thông báo họp", Meeting, compose_notice, "hoithao.see_meeting", names_types=True)
