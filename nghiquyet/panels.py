"""What this app shows on the pages of meetings, workshops and organisations."""

from django.db.models import Q

from hoithao.choices import KindCode
from kyanh_portal.access.rules import verdict
from kyanh_portal.ui.panels import add_panel
from nghiquyet.access.bodies import may_draft_for
from nghiquyet.choices import Status
from nghiquyet.figures import half_years  # noqa: F401 - columns of the six-month table
from nghiquyet.models import Clause, Duty, Resolution, Target
from nghiquyet.services.topics import carried_khoan, served_khoan

TEMPLATE = "nghiquyet/_resolutions_panel.html"


def _rows(request, **condition):
    if verdict("nghiquyet.see_resolutions", request.user) is not True:
        return None
    rows = (
        Resolution.objects.visible_to(request.user)
        .select_related("document", "organisation")
        .defer("document__content")
    )
    return rows.filter(**condition)


def of_meeting(request, meeting):
    """Resolutions adopted here, and those that follow from the workshop, with the one button that drafts one."""
    rows = _rows(request)
    if rows is None:
        return None
    rows = rows.filter(Q(meeting=meeting) | Q(workshop=meeting))
    draft_url = ""
    if meeting.kind.code == KindCode.WORKSHOP:
        if meeting.conclusions.exists() and verdict("nghiquyet.draft_after", request.user, meeting) is True:
            draft_url = "nghiquyet:workshop_draft"
    elif meeting.is_closed and meeting.organisation.is_cell and may_draft_for(request.user, meeting.organisation):
        draft_url = "nghiquyet:resolution_create"
    if not rows and not draft_url:
        return None
    title = "Nghị quyết từ hội thảo" if meeting.kind.code == KindCode.WORKSHOP else "Nghị quyết thông qua tại đây"
    return TEMPLATE, {"title": title, "rows": rows, "draft_url": draft_url, "meeting": meeting}


def of_organisation(request, organisation):
    rows = _rows(request, organisation=organisation)
    if not rows:
        return None
    return TEMPLATE, {"title": "Nghị quyết", "rows": rows[:10], "draft_url": "", "meeting": None}


def of_desk(request, _):
    """Adopted and waiting to be issued: on the print desk, above what can be printed already."""
    rows = _rows(request, status__in=[Status.ADOPTED, Status.SIGNING])
    if not rows:
        return None
    return TEMPLATE, {"title": "Chờ ban hành", "rows": rows[:20], "draft_url": "", "meeting": None}


def of_desk_actions(request, _):
    """From the print desk to the papers being written, for those who may."""
    if verdict("nghiquyet.see_outgoing_papers", request.user) is not True:
        return None
    return "nghiquyet/_write_button.html", {}


def of_conclusions(request, meeting):
    """What follows from each point of a workshop's conclusion, clauses, targets and duties: key of the point → (words, address)."""
    if verdict("nghiquyet.see_resolutions", request.user) is not True:
        return None
    clauses = Clause.objects.visible_to(request.user).filter(conclusion__meeting=meeting).select_related("resolution")
    links = {}
    for clause in clauses.order_by("resolution", "order"):
        address = f"{clause.resolution.get_absolute_url()}#phan-{clause.pk}"
        name = f"thành khoản: {clause.heading or clause.text[:60]}"
        links.setdefault(clause.conclusion_id, []).append((name, address))
    targets = Target.objects.visible_to(request.user).filter(clause__conclusion__meeting=meeting)
    for target in targets.select_related("clause").order_by("pk"):
        links.setdefault(target.clause.conclusion_id, []).append(
            (f"thành chỉ tiêu: {target}", target.get_absolute_url())
        )
    duties = (
        Duty.objects.visible_to(request.user)
        .filter(clause__conclusion__meeting=meeting)
        .select_related("clause", "lead")
    )
    for duty in duties.order_by("due_on", "pk"):
        name = f"thành nhiệm vụ: {duty.title}, {duty.lead.label} chủ trì"
        links.setdefault(duty.clause.conclusion_id, []).append((name, duty.get_absolute_url()))
    return ("", links) if links else None


def of_topics(request, meeting):
    """Which khoản the tasks and the theme of locked minutes serve, and the way to say so."""
    if not meeting.is_closed or verdict("nghiquyet.see_resolutions", request.user) is not True:
        return None
    marks = served_khoan(meeting)
    may_mark = may_draft_for(request.user, meeting.organisation) and (bool(meeting.theme) or meeting.tasks.exists())
    if not marks and not (may_mark and carried_khoan(meeting.organisation).exists()):
        return None
    return "nghiquyet/_topics_panel.html", {"marks": marks, "may_mark": may_mark, "meeting": meeting}


add_panel("hoithao.meeting", 48, of_topics)
add_panel("hoithao.conclusions", 10, of_conclusions)
add_panel("documents.desk", 10, of_desk)
add_panel("documents.desk_actions", 10, of_desk_actions)
add_panel("hoithao.meeting", 50, of_meeting)
add_panel("hoithao.workshop", 50, of_meeting)
add_panel("chibo.organisation", 60, of_organisation)
