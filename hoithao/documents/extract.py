"""Trích biên bản: chosen parts of locked minutes, word for word."""

from hoithao.documents.minutes import CHAIR, RECORDER, frame, recipients_of
from hoithao.models import Minutes
from hoithao.services.signing import headings_of, part_of
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.documents.content import OfficialDocument, Paragraph, Signature
from kyanh_portal.documents.issuing import content_of
from kyanh_portal.documents.kinds import add_kind


def compose(minutes: Minutes, *, places=None, purpose="") -> OfficialDocument:
    """The extract of the parts at `places`; of all parts where none are named."""
    meeting, original = minutes.meeting, minutes.document
    whole = content_of(original).body
    places = [place for place, _ in headings_of(minutes)] if places is None else places
    number = f" số {original.number_line[3:]}" if original.number_line else ""
    body = [Paragraph(f"Trích Biên bản{number}, ngày {vn_date(original.dated)}, {original.title}.")]
    if purpose:
        body.append(Paragraph(f"Để: {purpose}."))
    taken = set()
    for place in places:
        if place in taken:  # stands inside a part taken already
            continue
        part = part_of(whole, place)
        taken |= set(range(place, place + len(part)))
        body += part
    body.append(Paragraph("Phần trích đúng với biên bản đã được chi bộ thông qua."))
    return OfficialDocument(
        kind="extract",
        type_name="TRÍCH BIÊN BẢN",
        type_symbol="BB",
        summary=original.title,
        date=max(today(), original.dated),
        shows_number=False,
        body=tuple(body),
        signature=Signature(authority=CHAIR, name=meeting.chair_label),
        left_signature=Signature(authority=RECORDER, name=meeting.secretary_label),
        recipients=recipients_of(meeting.organisation)[-1:],
        draft="Dự thảo",
        is_synthetic=meeting.is_synthetic,
        **frame(meeting.organisation),
    )


add_kind("extract", "Trích biên bản", Minutes, compose, "hoithao.see_meetings")
