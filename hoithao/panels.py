"""What this app shows on the pages of lower apps."""

from hoithao.models import Meeting
from hoithao.services.scores import is_scored, result_words, score_of
from kyanh_portal.ui.panels import add_panel


def recent_meetings(request, organisation):
    """The newest meetings on the page of an organisation."""
    meetings = (
        Meeting.objects.visible_to(request.user)
        .filter(organisation=organisation)
        .select_related("kind", "organisation")[:6]
    )
    return ("hoithao/_recent.html", {"meetings": meetings}) if meetings else None


def meeting_score(request, meeting):
    """The score on the page of a regular or thematic meeting, and the superior's beside it."""
    if not is_scored(meeting):
        return None
    score = score_of(meeting)
    context = {"meeting": meeting, "score": score}
    if score:
        context |= {"result": result_words(score), "review": score.reviews.order_by("pk").last()}
    return "hoithao/_score_panel.html", context


add_panel("chibo.organisation", 10, recent_meetings)
add_panel("hoithao.meeting", 20, meeting_score)
