"""What this app shows in slots: đảng phí of the month on the page of a cell and at the opening of its meeting."""

from chibo.access import may_keep_fees, may_see_fee_totals
from chibo.fee_choices import FeePaid
from chibo.models import FeeMonth
from kyanh_portal.base.calendar import month_start, today
from kyanh_portal.ui.panels import add_panel


def fees_of(request, organisation, day):
    """The month's ledger of a cell, or None for who may not see it."""
    if not organisation.kind.is_cell or may_see_fee_totals(request.user) is not True:
        return None
    may_keep = may_keep_fees(request.user, organisation) is True
    month = month_start(day)
    ledger = FeeMonth.objects.visible_to(request.user).filter(organisation=organisation, month=month).first()
    if ledger is None and not may_keep:
        return None
    states = list(ledger.lines.values_list("state", flat=True)) if ledger else []
    return "chibo/_dues_panel.html", {
        "ledger": ledger, "month": month, "may_keep": may_keep, "paid": states.count(FeePaid.PAID), "number": len(states),
    }  # fmt: skip


def on_cell(request, organisation):
    return fees_of(request, organisation, today())


def on_opening(request, meeting):
    """At the opening step of a meeting: who paid is ticked before the roll-call."""
    return fees_of(request, meeting.organisation, meeting.held_on)


add_panel("chibo.organisation", 40, on_cell)
add_panel("hoithao.opening", 10, on_opening)
