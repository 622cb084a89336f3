"""Front pages of the roles: what is silent, late or weak; what is next for my cell; what must be printed."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from chibo.choices import Role
from chibo.models import CellType, Organisation
from hoithao.charts import attendance_chart
from hoithao.choices import Mark, Status
from hoithao.figures import cells_without_meeting, heat_rows, last_months, minutes_waiting, newest_month, sums, total
from hoithao.models import Attendance, Meeting
from hoithao.rules import percent
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import month_start, today, vn_date, vn_time
from kyanh_portal.dashboard.card import add_page
from kyanh_portal.documents.models import IssuedDocument


def chosen_month(request, newest: dt.date) -> dt.date:
    """?thang=2020-12, else the newest month with facts."""
    try:
        return dt.date.fromisoformat(f"{request.GET.get('thang', '')}-01")
    except ValueError:
        return newest


def chosen_type(request) -> CellType | None:
    code = request.GET.get("loai-hinh", "")
    return CellType.objects.filter(code=code).first() if code else None


def roots_of(user) -> list[Organisation]:
    """The organisations whose branches the user answers for."""
    ids = [int(path.rstrip(".").rsplit(".", 1)[-1]) for path in scope_of(user).seeing_paths]
    return list(Organisation.objects.filter(pk__in=ids).select_related("kind"))


def children_of(roots: list[Organisation], day: dt.date) -> list[Organisation]:
    """What the heat map lists: the units directly below, or the cells themselves; never sorted by score."""
    units = (
        Organisation.objects.filter(parent__in=roots, kind__is_body=False)
        .select_related("kind", "cell_type")
        .valid_on(day)
    )
    units = list(units.in_order())
    deeper = [u for u in units if not u.kind.is_cell and not u.kind.is_base]
    if deeper:  # above the level of base organisations: go down to them
        return [u for u in units if u not in deeper] + children_of(deeper, day)
    return units or [root for root in roots if root.kind.is_cell]


def heat(roots, newest, cell_type=None) -> dict:
    """Rows of the heat map grouped by kind, each square with its address."""
    months = last_months(newest)
    units = children_of(roots, newest)
    if cell_type:
        units = [u for u in units if not u.kind.is_cell or u.cell_type_id == cell_type.pk]
    groups: dict[str, list] = {}
    for unit, squares in heat_rows(units, months, cell_type):
        if cell_type and all(one.look == "is-off" for one in squares):
            continue
        for one in squares:
            query = f"?unit={unit.label}&month={one.month:%Y-%m}" if unit.kind.is_cell else f"?thang={one.month:%Y-%m}"
            base = (
                reverse("hoithao:meeting_list") if unit.kind.is_cell else reverse("hoithao:unit_heat", args=[unit.pk])
            )
            one.url = f"{base}{query}"
        name = unit.cell_type.name if unit.kind.is_cell and unit.cell_type_id else unit.kind.name
        groups.setdefault(name, []).append((unit, squares))
    return {"months": months, "groups": groups, "types": CellType.objects.all(), "type": cell_type}


def numbers(roots, month, cell_type=None) -> list[dict]:
    """At most five, each with its base, how many units reported, and where the list stands."""
    t = total([r.pk for r in roots], month, cell_type)
    meetings = reverse("hoithao:meeting_list")
    of_month = f"?month={month:%Y-%m}"
    reported = f"{t['regular']}/{t['cells_due']} chi bộ có biên bản đã khóa"
    return [
        {"name": f"Chi bộ đã họp tháng {month.month}", "value": t["cells_met"], "base": f"/{t['cells_due']} chi bộ",
         "exception": f"{t['cells_due'] - t['cells_met']} chưa họp" if t["cells_met"] < t["cells_due"] else "", "note": "thường kỳ", "url": "#viec"},
        {"name": "Đảng viên dự họp", "value": percent(t["present"], t["base"]), "base": "",
         "note": f"{t['present']}/{t['base']} lượt; {reported}", "url": meetings + of_month},
        {"name": "Biên bản đã khóa", "value": t["regular"], "base": f"/{t['cells_met']} buổi",
         "exception": f"{t['open_regular']} chờ khóa" if t["open_regular"] else "", "note": "thường kỳ", "url": meetings + of_month + "&status=open"},
        {"name": "Vắng không lý do", "value": t["unexcused"], "base": f"/{t['base']} lượt", "note": reported, "url": meetings + of_month},
        {"name": "Chuyên đề, buổi điểm", "value": t["thematic"] + t["model_meetings"], "base": " buổi",
         "note": f"{t['thematic']} chuyên đề, {t['model_meetings']} buổi điểm", "url": reverse("hoithao:programme_list")},
    ]  # fmt: skip


def decisions(user, month) -> list[dict]:
    """What waits for a decision, the oldest first, each with one next step."""
    scope = scope_of(user)
    out = []
    late_from = timezone.now() - dt.timedelta(days=2)
    for meeting in minutes_waiting(scope.covers("organisation__path"), late_from)[:6]:
        out.append({"title": f"Khóa biên bản: {meeting.name}", "kind": "late", "state": "Chưa khóa biên bản",
                    "text": f"{meeting.organisation.name}, {meeting.organisation.parent.name}: họp ngày {vn_date(meeting.held_on)}.",
                    "url": meeting.get_absolute_url(), "verb": "Xem buổi họp"})  # fmt: skip
    for row in cells_without_meeting(scope.covers("organisation__path"), month)[: 7 - min(len(out), 4)]:
        unit = row.organisation
        out.append({"title": f"{unit.name} chưa họp tháng {month.month}", "kind": "soon", "state": "Chưa họp",
                    "text": unit.parent.name if unit.parent_id else "", "url": unit.get_absolute_url(), "verb": "Xem chi bộ"})  # fmt: skip
    return out[:7]


def trend(roots, newest) -> list[tuple[str, int, int]]:
    """(label, present, base) of the last twelve months."""
    months = last_months(newest)
    found = sums([r.pk for r in roots], months)
    out = []
    for month in months:
        rows = [row for (_, m), row in found.items() if m == month]
        out.append((f"T{month.month}", sum(r["present"] for r in rows), sum(r["base"] for r in rows)))
    return out


def leading_page(request):
    """Standing committee, committee secretary, organisation department, inspection."""
    roots = roots_of(request.user)
    newest = newest_month([r.pk for r in roots])
    month, cell_type = chosen_month(request, newest), chosen_type(request)
    waiting = decisions(request.user, month)
    return "dashboard/leading.html", {
        "title": "Năm phút sáng thứ Hai",
        "sub": f"Số liệu tháng {month.month}/{month.year}, tính lúc {vn_time(timezone.now())} ngày {vn_date(today())}.",
        "numbers": numbers(roots, month, cell_type),
        "decisions": waiting,
        "heat": heat(roots, newest, cell_type),
        "month": month,
        "chart": mark_safe(attendance_chart(trend(roots, newest))),  # noqa: S308 - drawn by us from numbers
    }


def secretary_page(request):
    """What is next for my cell."""
    user = request.user
    cells = Organisation.objects.visible_to(user).cells().select_related("kind", "parent")[:3]
    cell = cells[0] if cells else None
    meetings = Meeting.objects.visible_to(user).select_related("organisation", "kind")
    following = meetings.filter(status__in=[Status.OPEN, Status.PLANNED]).order_by("starts_at").first()
    newest = newest_month([cell.pk]) if cell else month_start(today())
    year = heat_rows([cell], last_months(newest))[0][1] if cell else []
    by_month = (
        {m.month: m for m in meetings.filter(organisation=cell, kind_is_regular=True).exclude(status=Status.CANCELLED)}
        if cell
        else {}
    )
    for one in year:
        one.url = by_month[one.month].get_absolute_url() if one.month in by_month else ""
    return "dashboard/secretary.html", {
        "title": "Chào đồng chí Bí thư" if user.display_name.startswith("Bí thư") else "Chào đồng chí",
        "sub": f"{cell.name}, {cell.parent.name}. {vn_date(today())}" if cell and cell.parent_id else "",
        "cell": cell,
        "next": following,
        "preparation": _preparation(following) if following else [],
        "open": meetings.filter(status=Status.OPEN).order_by("starts_at")[:5],
        "year": year,
        "recent": meetings.filter(status=Status.CLOSED)[:3],
    }


def _preparation(meeting) -> list[tuple[bool, str]]:
    roll = meeting.roll.count()
    return [
        (meeting.agenda.exists(), "Chương trình cuộc họp"),
        (roll > 0, f"Danh sách {roll} đồng chí"),
        (bool(meeting.place), f"Địa điểm: {meeting.place}"),
        (
            Meeting.objects.filter(
                organisation_id=meeting.organisation_id, month=meeting.month, kind__code="CHI_UY"
            ).exists(),
            "Chi ủy họp trước",
        ),
    ]


def office_page(request):
    """What must be printed and issued."""
    user = request.user
    papers = IssuedDocument.objects.visible_to(user)
    roots = roots_of(user)
    newest = newest_month([r.pk for r in roots])
    own = [r.path for r in roots]
    return "dashboard/office.html", {
        "title": "Việc trong tuần",
        "sub": f"Văn bản cần in, cần ban hành. Số liệu đến tháng {newest.month}/{newest.year}.",
        "papers": papers.filter(path__in=own)[:8],
        "minutes": papers.filter(kind="minutes", dated__gte=newest)[:8],
        "waiting": minutes_waiting(scope_of(user).covers("organisation__path"), timezone.now())[:8],
        "numbers": numbers(roots, newest)[:3],
    }


def member_page(request):
    """The own attendance, the own cell's meetings; nobody else's record."""
    user = request.user
    meetings = Meeting.objects.visible_to(user).select_related("organisation", "kind")
    rows = Attendance.objects.filter(
        member_id=scope_of(user).member_id or 0, meeting__status=Status.CLOSED
    ).select_related("meeting__kind", "meeting__organisation")
    counted = [r for r in rows.order_by("-meeting__starts_at")[:12] if r.mark != Mark.NOT_COUNTED]
    return "dashboard/member.html", {
        "title": "Sinh hoạt của tôi",
        "sub": user.display_name,
        "next": meetings.filter(status__in=[Status.OPEN, Status.PLANNED]).order_by("starts_at").first(),
        "attendance": counted,
        "present": sum(1 for r in counted if r.mark == Mark.PRESENT),
        "recent": meetings.filter(status=Status.CLOSED)[:5],
    }


for _role in (Role.STANDING, Role.COMMITTEE_SECRETARY, Role.ORGANISING, Role.INSPECTION):
    add_page(_role, leading_page)
add_page(Role.CELL_SECRETARY, secretary_page)
add_page(Role.OFFICE, office_page)
add_page(Role.MEMBER, member_page)
