"""The rows of the register's two lists for the answers of their filter: the page and the export ask the same question."""

import datetime as dt

from chibo.forms.members import MemberFilter
from chibo.forms.organisations import OrganisationFilter
from chibo.models import Member, Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today, vn_date


def members_seen(user, day: dt.date):
    """Members of the user's scope as they were placed on a day."""
    if day == today():
        rows = Member.objects.visible_to(user).present_on(day)
    else:  # who was here on that day, wherever he or she is now
        scope = scope_of(user)
        rows = Member.objects.placed_on(day, scope.covers("organisation__path"))
        if scope.member_id:
            rows = rows | Member.objects.placed_on(day).filter(pk=scope.member_id)
    return rows.select_related("organisation__parent").prefetch_related("standing_periods").in_order()


def organisations_seen(user, day: dt.date):
    """Organisations of the user's scope that existed on a day."""
    rows = Organisation.objects.visible_to(user).valid_on(day).select_related("kind", "cell_type", "parent")
    return rows.order_by("kind__rank", "parent__sort_key", "sort_key", "pk")


def understood(form_class, user, data) -> dict[str, str]:
    """The answers that the filter understood, as plain words to keep: what it did not understand narrows nothing."""
    form = form_class(data, user=user)
    form.is_valid()
    kept = {}
    for name, value in form.cleaned_data.items():
        if value not in (None, ""):
            kept[name] = value.isoformat() if isinstance(value, dt.date) else str(getattr(value, "pk", value))
    return kept


def day_of(answers: dict) -> dt.date:
    return dt.date.fromisoformat(answers["ngay"]) if answers.get("ngay") else today()


def member_rows(user, answers: dict):
    return MemberFilter(answers, user=user).narrow(members_seen(user, day_of(answers)))


def organisation_rows(user, answers: dict):
    return OrganisationFilter(answers, user=user).narrow(organisations_seen(user, day_of(answers)))


def member_words(user, answers: dict) -> str:
    return _words(MemberFilter, user, answers)


def organisation_words(user, answers: dict) -> str:
    return _words(OrganisationFilter, user, answers)


def _words(form_class, user, answers: dict) -> str:
    """What was asked, as the filter itself says it: “Chi bộ: A1; Tư cách: Chính thức”."""
    form = form_class(answers, user=user)
    form.is_valid()
    told = []
    for name in answers:
        field, value = form.fields[name], form.cleaned_data.get(name)
        if not hasattr(field, "queryset"):
            value = dict(getattr(field, "choices", ())).get(value, value)
        told.append(f"{field.label}: {vn_date(value) if isinstance(value, dt.date) else value}")
    return "; ".join(told) or "không lọc"
