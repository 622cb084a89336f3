"""Locked minutes: signed in the portal by chair and secretary, each as themselves; and taken in extract."""

from django.db import IntegrityError, transaction

from hoithao.choices import Signer
from hoithao.models import Minutes, MinutesSignature
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line
from kyanh_portal.documents.issuing import content_of, issue
from kyanh_portal.documents.kinds import kinds


def role_of(minutes: Minutes, user) -> str | None:
    """In which office this user may sign: the account is tied to the member who chaired, or who kept the minutes."""
    meeting = minutes.meeting
    for role, member in ((Signer.CHAIR, meeting.chair), (Signer.SECRETARY, meeting.secretary)):
        if member is not None and member.user_id is not None and member.user_id == user.pk:
            return role
    return None


@transaction.atomic
def sign_minutes(minutes: Minutes, *, by) -> MinutesSignature:
    """Confirm the locked minutes as they are sealed; signed twice, the first signature stands."""
    role = role_of(minutes, by)
    if role is None:
        raise RuleBroken(
            "Chỉ đồng chí chủ trì và đồng chí ghi biên bản ký, mỗi người bằng tài khoản của mình."
            " Tài khoản này chưa gắn với đồng chí nào trong hai đồng chí ấy."
        )
    if content_of(minutes.document).sha256() != minutes.document.sha256:
        raise RuleBroken("Nội dung biên bản không khớp dấu niêm nên không ký được. Báo ngay Văn phòng.")
    if same := minutes.signatures.filter(role=role).first():
        return same
    meeting = minutes.meeting
    name = str(meeting.chair if role == Signer.CHAIR else meeting.secretary)
    try:
        with transaction.atomic():
            signature = MinutesSignature.objects.create(
                minutes=minutes, role=role, name=name, sha256=minutes.document.sha256, signed_by=by
            )
    except IntegrityError:  # two presses at once
        return minutes.signatures.get(role=role)
    record("minutes.signed", meeting, by=by, role=role, sha256=minutes.document.sha256)
    return signature


def headings_of(minutes: Minutes) -> list[tuple[int, str]]:
    """(place, title) of the parts that may be taken in extract, from the frozen paper."""
    return [
        (place, block.text)
        for place, block in enumerate(content_of(minutes.document).body)
        if block.kind == "heading" and not block.text.startswith("I- ")
    ]


def part_of(body, place: int) -> list:
    """One part: its heading and what stands below it, up to the next heading of its level or above."""
    head = body[place]
    part = [head]
    for block in body[place + 1 :]:
        if block.kind == "heading" and block.level <= head.level:
            break
        part.append(block)
    return part


@transaction.atomic
def extract_minutes(minutes: Minutes, places: list[int], *, by, purpose=""):
    """Trích biên bản: parts of the locked minutes, word for word, as a paper of its own that names the whole."""
    allowed = dict(headings_of(minutes))
    if not places:
        raise RuleBroken("Chọn ít nhất một mục để trích.", field="places")
    if set(places) - set(allowed):
        raise RuleBroken("Có mục không thuộc biên bản này. Tải lại trang rồi chọn lại.", field="places")
    content = kinds.get("extract").compose(minutes, places=sorted(set(places)), purpose=clean_line(purpose)[:200])
    organisation = minutes.meeting.organisation
    document = issue(
        content.final(), minutes.meeting, by=by, issuer=organisation.issuer_key, period=minutes.document.period,
        path=organisation.path, takes_number=False,
    )  # fmt: skip
    record("minutes.extracted", minutes.meeting, by=by, document=document.pk, parts=len(places))
    return document
