"""Open a term, appoint to a post."""

from django.db import transaction

from chibo.models import Position, Term
from kyanh_portal.audit.record import record
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
    position = Position.objects.create(
        member=member, organisation=organisation, post=post, starts_on=starts_on, ends_on=ends_on, term=term
    )
    record("position.given", position, by=by, path=organisation.path, post=post)
    return position


@transaction.atomic
def end_position(position, ends_on, *, by) -> Position:
    """The post is laid down on a date."""
    if ends_on < position.starts_on:
        raise RuleBroken("Ngày thôi chức vụ phải sau ngày nhận.", field="ends_on")
    position.ends_on = ends_on
    position.save(update_fields=["ends_on"])
    record("position.ended", position, by=by, path=position.organisation.path, post=position.post)
    return position
