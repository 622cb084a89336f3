"""When an organisation ends: its drafts, adopted or not, go to the heir; issued papers keep their issuer."""

import datetime as dt

from django.db.models import Q

from chibo.services.handover import add_handover
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import vn_date
from nghiquyet.choices import WRITING, PaperStatus
from nghiquyet.models import Duty, OutgoingPaper, Resolution
from nghiquyet.services.duties import transfer_duty
from nghiquyet.services.rollup import rebuild


def _papers(organisation):
    return OutgoingPaper.objects.filter(organisation=organisation, document=None).exclude(status=PaperStatus.ISSUED)


def told(organisation) -> str:
    """Drafts, in words."""
    drafts = Resolution.objects.filter(organisation=organisation, document=None, status__in=WRITING).count()
    papers = _papers(organisation).count()
    words = [
        f"{drafts} dự thảo nghị quyết" if drafts else "",
        f"{papers} văn bản đi chưa ban hành" if papers else "",
    ]
    found = ", ".join(word for word in words if word)
    return f"{found} chuyển sang nơi tiếp nhận." if found else ""


def pass_on(source, heir, day: dt.date, *, by) -> None:
    """Drafts become the heir's."""
    drafts = Resolution.objects.select_for_update(of=("self",)).filter(organisation=source, document=None, status__in=WRITING)  # fmt: skip
    for draft in drafts:
        draft.organisation = heir
        draft.save()
        record("resolution.handed_over", draft, by=by, path=heir.path, source=source.pk, heir=heir.pk)
    for paper in _papers(source).select_for_update(of=("self",)):
        paper.organisation = heir
        paper.save()
        record("paper.handed_over", paper, by=by, path=heir.path, source=source.pk, heir=heir.pk)


add_handover("drafts", told, pass_on)


def duties_told(organisation) -> str:
    """Open duties, in words."""
    number = Duty.objects.unfinished().filter(lead=organisation).count()
    return f"{number} nhiệm vụ đang làm của nghị quyết, kết luận chuyển sang nơi tiếp nhận." if number else ""


def duties_pass_on(source, heir, day: dt.date, *, by) -> None:
    """Open duties get the heir as their one lead; figures and reports stay with the organisation of their day."""
    for duty in Duty.objects.unfinished().filter(lead=source).select_related("lead"):
        transfer_duty(duty, by=by, lead=heir, reason=f"{source.label} thôi hoạt động từ ngày {vn_date(day)}.")
    for duty in Duty.objects.unfinished().filter(helpers=source).select_related("lead"):
        duty.helpers.remove(source)
        if duty.lead_id != heir.pk:
            duty.helpers.add(heir)
    for duty in Duty.objects.unfinished().filter(approver=source):  # who accepts the product must live, too
        duty.approver = heir
        duty.save(update_fields=["approver", "updated_at"])
        record("duty.transferred", duty, by=by, path=duty.lead.path, approver=heir.pk)


def recount(day: dt.date) -> None:
    """The tree changed: what targets and duties add up to is counted again."""
    for resolution in (
        Resolution.objects.filter(document__isnull=False)
        .filter(Q(targets__isnull=False) | Q(duties__isnull=False))
        .distinct()
    ):
        rebuild(resolution)


add_handover("duties", duties_told, duties_pass_on, recount)
