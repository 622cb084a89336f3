"""What this app shows on the pages of lower apps."""

from hoithao.models import Meeting
from kyanh_portal.ui.panels import add_panel


def recent_meetings(request, organisation):
    """The newest meetings on the page of an organisation."""
    meetings = (
        Meeting.objects.visible_to(request.user)
        .filter(organisation=organisation)
        .select_related("kind", "organisation")[:6]
    )
    return ("hoithao/_recent.html", {"meetings": meetings}) if meetings else None


add_panel("chibo.organisation", 10, recent_meetings)
