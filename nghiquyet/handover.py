"""When an organisation ends: its drafts, adopted or not, go to the heir; issued papers keep their issuer."""

import datetime as dt

from chibo.services.handover import add_handover
from kyanh_portal.audit.record import record
from nghiquyet.choices import WRITING
from nghiquyet.models import Resolution


def told(organisation) -> str:
    """Drafts, in words."""
    number = Resolution.objects.filter(organisation=organisation, document=None, status__in=WRITING).count()
    return f"{number} dự thảo nghị quyết chuyển sang nơi tiếp nhận." if number else ""


def pass_on(source, heir, day: dt.date, *, by) -> None:
    """Drafts become the heir's."""
    drafts = Resolution.objects.select_for_update(of=("self",)).filter(organisation=source, document=None, status__in=WRITING)  # fmt: skip
    for draft in drafts:
        draft.organisation = heir
        draft.save()
        record("resolution.handed_over", draft, by=by, path=heir.path, source=source.pk, heir=heir.pk)


add_handover("drafts", told, pass_on)
