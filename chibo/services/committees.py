"""Open a term, appoint to a post."""

from django.db import transaction

from chibo.choices import Arranged, Post
from chibo.models import Position, Term
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.errors import RuleBroken


@transaction.atomic
def open_term(organisation, name, starts_on, *, by, ends_on=None, ordinal="", sitting_members=None) -> Term:
    """Open a term of the committee; numbers of papers start again at 01 in it (HD05 II.I.3.1.1)."""
    if ends_on and ends_on <= starts_on:
        raise RuleBroken("Ngày kết thúc nhiệm kỳ phải sau ngày bắt đầu.", field="ends_on")
    if Term.objects.filter(organisation=organisation, starts_on=starts_on).exists():
        raise RuleBroken("Đã có nhiệm kỳ bắt đầu ngày này.", field="starts_on")
    term = Term.objects.create(
        organisation=organisation,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        ordinal=ordinal,
        sitting_members=sitting_members,
    )
    record("term.opened", term, by=by, name=name)
    return term


@transaction.atomic
def appoint(member, organisation, post, starts_on, *, by, term=None, ends_on=None) -> Position:
    """Record that a member holds a post, from a date to a date."""
    if ends_on and ends_on < starts_on:
        raise RuleBroken("Ngày thôi chức vụ phải sau ngày nhận.", field="ends_on")
    _check_post(member, organisation, post, starts_on, ends_on)
    position = Position.objects.create(
        member=member, organisation=organisation, post=post, starts_on=starts_on, ends_on=ends_on, term=term
    )
    record("position.given", position, by=by, path=organisation.path, post=post)
    return position


def _check_post(member, organisation, post, starts_on, ends_on) -> None:
    """A member on probation is not elected; one secretary at a time; nobody holds a post twice (Điều lệ Đảng, Điều 3; 294-QĐ/TW 23)."""
    if post != Post.MEMBERS_CLERK and (member.official_on is None or member.official_on > starts_on):
        raise RuleBroken(f"Đồng chí {member} chưa là đảng viên chính thức ngày {vn_date(starts_on)}: đảng viên dự bị không được bầu, chỉ định vào chức vụ.", field="member")  # fmt: skip
    rows = Position.objects.filter(organisation=organisation, post=post).exclude(ends_on__lt=starts_on)
    rows = rows.filter(starts_on__lte=ends_on) if ends_on else rows
    if again := rows.filter(member=member).first():
        raise RuleBroken(f"Đồng chí {member} giữ chức vụ này từ {vn_date(again.starts_on)} rồi.", field="member")
    if post == Post.SECRETARY and (other := rows.select_related("member").first()):
        raise RuleBroken(f"Đồng chí {other.member} là bí thư từ {vn_date(other.starts_on)}. Ghi thôi chức vụ cho đồng chí ấy trước.", field="post")  # fmt: skip


ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def _roman(number: int) -> str:
    written = ""
    for worth, letters in ROMAN:
        while number >= worth:
            written, number = written + letters, number - worth
    return written


def next_ordinal(organisation) -> str:
    """The number the next congress bears: one more than the last; after a split that of the body it came from; I after a founding.
    Empty where the register does not know (06-HD/TW 13.2: after a merger the committee counts the history itself)."""
    last = organisation.terms.exclude(ordinal="").order_by("-starts_on").first()
    if last:
        known = {_roman(number): number for number in range(1, 50)}
        return _roman(known[last.ordinal] + 1) if last.ordinal in known else ""
    if organisation.terms.exists():
        return ""
    born = organisation.ancestry.filter(kind=Arranged.SPLIT).select_related("organisation").first()
    if born:
        source = born.organisation.terms.on(born.effective_on).first()
        return source.ordinal if source else ""
    return (
        "I"
        if organisation.lineage.filter(kind=Arranged.ESTABLISHED).exists() and not organisation.ancestry.exists()
        else ""
    )


@transaction.atomic
def end_position(position, ends_on, *, by) -> Position:
    """The post is laid down on a date."""
    if ends_on < position.starts_on:
        raise RuleBroken("Ngày thôi chức vụ phải sau ngày nhận.", field="ends_on")
    position.ends_on = ends_on
    position.save(update_fields=["ends_on"])
    record("position.ended", position, by=by, path=position.organisation.path, post=position.post)
    return position
