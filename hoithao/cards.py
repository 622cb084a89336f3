"""Front pages of the roles: what is silent, late or weak; what is next for my cell; what must be printed."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from chibo.choices import Role
from chibo.models import CellType, Organisation
from hoithao.charts import attendance_chart
from hoithao.choices import Mark, Status
from hoithao.figures import (
    cells_without_meeting,
    heat_rows,
    last_months,
    minutes_waiting,
    months_with_facts,
    newest_month,
    sums,
    total,
)
from hoithao.models import Attendance, Meeting
from hoithao.models.meeting import began
from hoithao.rules import percent
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import add_months, month_named, month_start, now, today, vn_date, vn_time, weekday
from kyanh_portal.dashboard.card import add_page, add_waiting, waiting_for
from kyanh_portal.documents.models import IssuedDocument


def chosen_month(request, newest: dt.date) -> dt.date:
    """?thang=2020-12, else the newest month with facts."""
    try:
        return month_named(request.GET.get("thang", ""))
    except ValueError:
        return newest


def chosen_type(request) -> CellType | None:
    code = request.GET.get("loai-hinh", "")
    return CellType.objects.filter(code=code).first() if code else None


def choices(request, roots) -> dict:
    """What the reader looks at — month and type of cell — and what else there is to choose (dashboard/_when.html)."""
    ids = [r.pk for r in roots]
    newest = newest_month(ids)
    month = chosen_month(request, newest)
    months = months_with_facts(ids)
    if month not in months:
        months = sorted([*months, month], reverse=True)
    return {
        "newest": newest,
        "month": month,
        "months": months,
        "types": list(CellType.objects.all()),
        "type": chosen_type(request),
    }


def last_of_map(when: dict) -> dt.date:
    """The last column of the map: the newest month, or December when an earlier year was chosen."""
    month, newest = when["month"], when["newest"]
    return newest if month.year == newest.year else max(month, dt.date(month.year, 12, 1))


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


def heat(roots, last: dt.date, cell_type=None) -> dict:
    """Rows of the heat map grouped by kind, each square with its address: down to the cells, down to the meeting.

    With a type, each square counts the cells that had this type in its month, whatever they are now; a row stands under
    the name, kind and type it had at the end of the last month.
    """
    months = last_months(last)
    units = Organisation.objects.none().worn_on(add_months(last, 1) - dt.timedelta(days=1), children_of(roots, last))
    groups: dict[str, list] = {}
    for unit, squares in heat_rows(units, months, cell_type):
        if cell_type and all(one.look == "is-off" for one in squares):
            continue
        unit.map_url = unit.get_absolute_url() if unit.kind.is_cell else reverse("hoithao:unit_heat", args=[unit.pk])
        for one in squares:
            one.url = reverse("hoithao:cell_month", args=[unit.pk, f"{one.month:%Y-%m}"])
            if not unit.kind.is_cell:
                more = f"&loai-hinh={cell_type.code}" if cell_type else ""
                one.url = f"{unit.map_url}?thang={one.month:%Y-%m}{more}"
        name = unit.cell_type.name if unit.kind.is_cell and unit.cell_type_id else unit.kind.name
        groups.setdefault(name, []).append((unit, squares))
    years: dict[int, int] = {}
    for month in months:
        years[month.year] = years.get(month.year, 0) + 1
    return {"months": months, "years": years, "groups": groups}


def numbers(roots, when: dict) -> list[dict]:
    """At most five, each with its base, how many units reported, and the list it was added up from."""
    month, cell_type = when["month"], when["type"]
    t = total([r.pk for r in roots], month, cell_type)
    address = f"{reverse('hoithao:month')}?thang={month:%Y-%m}" + (f"&loai-hinh={cell_type.code}" if cell_type else "")
    reported = f"{t['regular']}/{t['cells_due']} chi bộ có biên bản đã khóa"
    missing = t["cells_due"] - t["cells_met"]
    before = total([r.pk for r in roots], add_months(month, -1), cell_type)
    compared = f"Tháng {add_months(month, -1).month}: " + (
        f"{before['cells_met']}/{before['cells_due']}" if before["cells_due"] else "chưa có số liệu"
    )
    return [
        {"name": f"Chi bộ đã họp tháng {month.month}", "value": t["cells_met"], "base": f"/{t['cells_due']} chi bộ",
         "exception": f"{missing} chưa họp" if missing > 0 else "", "note": compared,
         "url": f"{address}&loc={'chua-hop' if missing > 0 else 'da-hop'}"},
        {"name": "Đảng viên dự họp", "value": percent(t["present"], t["base"]) if t["base"] else "Chưa có", "base": "",
         "note": f"{number(t['present'])}/{number(t['base'])} lượt; {reported}", "url": f"{address}&loc=da-khoa"},
        {"name": "Biên bản đã khóa", "value": t["regular"], "base": f"/{t['cells_met']} buổi",
         "exception": f"{t['open_regular']} chờ khóa" if t["open_regular"] else "", "note": "Buổi thường kỳ đã họp",
         "url": f"{address}&loc={'cho-khoa' if t['open_regular'] else 'da-khoa'}"},
        {"name": "Vắng không lý do", "value": t["unexcused"], "base": f"/{number(t['base'])} lượt", "note": reported, "url": f"{address}&loc=vang"},
        {"name": "Chuyên đề, buổi điểm", "value": t["thematic"] + t["model_meetings"], "base": " buổi",
         "note": f"{t['thematic']} chuyên đề, {t['model_meetings']} buổi điểm; {t['cells_due']} chi bộ phải họp", "url": f"{address}&loc=chuyen-de"},
    ]  # fmt: skip


def number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def above(unit: Organisation) -> str:
    """The organisation above, as the beginning of a line; the top one has none."""
    return f"{unit.parent.name}. " if unit.parent_id else ""


def late_minutes(request, when: dict) -> list[dict]:
    """Meetings held more than two days ago whose minutes are not locked: the two oldest, then how many more."""
    rows = minutes_waiting(scope_of(request.user).covers("organisation__path"), now() - dt.timedelta(days=2))
    found = list(rows[:3])
    out = [
        {"title": f"{m.organisation.name} chưa khóa biên bản tháng {m.month.month}", "kind": "late", "state": "Chưa khóa",
         "text": f"{above(m.organisation)}Họp ngày {vn_date(m.held_on)}.", "url": m.get_absolute_url(), "verb": "Xem buổi họp"}
        for m in found[:2]
    ]  # fmt: skip
    if len(found) > 2:
        out.append(
            {"title": f"{rows.count() - 2} biên bản khác chờ khóa", "kind": "late", "state": "Chưa khóa", "text": "Quá 2 ngày sau buổi họp.",
             "url": f"{reverse('hoithao:meeting_list')}?status=open", "verb": "Xem danh sách"}
        )  # fmt: skip
    return out


def silent_cells(request, when: dict) -> list[dict]:
    """Cells that were due in the month and have not met: one by name, then how many more."""
    month = when["month"]
    rows = cells_without_meeting(scope_of(request.user).covers("organisation__path"), month)
    if when["type"]:
        rows = rows.filter(cell_type=when["type"])
    found = list(rows[:2])
    out = [
        {"title": f"{row.organisation.name} chưa họp tháng {month.month}", "kind": "soon", "state": "Chưa họp",
         "text": above(row.organisation),
         "url": reverse("hoithao:cell_month", args=[row.organisation_id, f"{month:%Y-%m}"]), "verb": "Xem chi bộ"}
        for row in found[:1]
    ]  # fmt: skip
    if len(found) > 1:
        out.append(
            {"title": f"{rows.count() - 1} chi bộ khác chưa họp tháng {month.month}", "kind": "soon", "state": "Chưa họp", "text": "",
             "url": f"{reverse('hoithao:month')}?thang={month:%Y-%m}&loc=chua-hop", "verb": "Xem danh sách"}
        )  # fmt: skip
    return out


def trend(roots, last, cell_type=None) -> list[tuple[str, int, int]]:
    """(label, present, base) of the twelve months up to `last`."""
    months = last_months(last)
    found = sums([r.pk for r in roots], months, cell_type)
    out = []
    for month in months:
        rows = [row for (_, m), row in found.items() if m == month]
        out.append((f"T{month.month}", sum(r["present"] for r in rows), sum(r["base"] for r in rows)))
    return out


def leading_page(request):
    """Standing committee, committee secretary, organisation department, inspection."""
    roots = roots_of(request.user)
    when = choices(request, roots)
    month = when["month"]
    last = last_of_map(when)
    points = trend(roots, last, when["type"])
    return "dashboard/leading.html", {
        "title": "Năm phút sáng thứ Hai",
        "sub": f"Số liệu tháng {month.month}/{month.year}, tính lúc {vn_time(timezone.now())} ngày {vn_date(today())}.",
        "numbers": numbers(roots, when),
        "decisions": waiting_for(request, when)[:7],
        "heat": heat(roots, last, when["type"]),
        "when": when,
        "trend_base": next(((p, b) for label, p, b in reversed(points) if b), None),
        "chart": mark_safe(attendance_chart(points)),  # noqa: S308 - drawn by us from numbers
    }


def secretary_page(request):
    """What is next for my cell."""
    user = request.user
    cells = Organisation.objects.visible_to(user).cells().select_related("kind", "parent")[:3]
    cell = cells[0] if cells else None
    meetings = Meeting.objects.visible_to(user).select_related("organisation", "kind")
    following = meetings.filter(status__in=[Status.OPEN, Status.PLANNED]).order_by(began()).first()
    newest = newest_month([cell.pk]) if cell else month_start(today())
    last = max(newest, following.month) if following else newest
    year = heat_rows([cell], last_months(last))[0][1] if cell else []
    by_month = (
        {m.month: m for m in meetings.filter(organisation=cell, kind_is_regular=True).exclude(status=Status.CANCELLED)}
        if cell
        else {}
    )
    for one in year:
        one.url = by_month[one.month].get_absolute_url() if one.month in by_month else ""
        ahead = by_month.get(one.month)
        if ahead and (ahead == following or (ahead.status == Status.PLANNED and ahead.month >= month_start(today()))):
            one.number, one.look = "Nay", "is-now"
            one.words = f"tháng {one.month.month}/{one.month.year}: đang chuẩn bị"
    preparation = _preparation(following) if following else []
    return "dashboard/secretary.html", {
        "title": "Chào đồng chí Bí thư" if user.display_name.startswith("Bí thư") else "Chào đồng chí",
        "sub": f"{cell.name}, {cell.parent.name}. {weekday(today())[:1].upper()}{weekday(today())[1:]}, ngày {vn_date(today())}"
        if cell and cell.parent_id
        else "",
        "cell": cell,
        "next": following,
        "is_today": following is not None and following.held_on == today(),
        "preparation": preparation,
        "prepared": sum(1 for done, _ in preparation if done),
        "open": meetings.filter(status=Status.OPEN)
        .exclude(pk=following.pk if following else None)
        .order_by(began())[:5],
        "waiting": waiting_for(request, {"month": newest, "type": None}, only="resolutions")[:5],
        "year": year,
        "recent": meetings.filter(status=Status.CLOSED)[:4],
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
    roots = roots_of(user)
    newest = newest_month([r.pk for r in roots])
    own = [r.path for r in roots]
    papers = IssuedDocument.objects.visible_to(user).defer("content")
    minutes = papers.filter(kind="minutes", dated__gte=newest).exclude(path__in=own)
    shown = list(minutes[:8])
    names = dict(Organisation.objects.filter(path__in=[p.path for p in shown]).values_list("path", "name"))
    for paper in shown:
        paper.unit_name = names.get(paper.path, paper.issuer_name)
    late = minutes_waiting(scope_of(user).covers("organisation__path"), now())
    return "dashboard/office.html", {
        "title": "Việc trong tuần",
        "sub": f"Văn bản cần ban hành, cần in. Số liệu tháng {newest.month}/{newest.year}, tính lúc {vn_time(timezone.now())} ngày {vn_date(today())}.",
        "papers": papers.filter(path__in=own)[:5],
        "minutes": shown,
        "minutes_number": minutes.count(),
        "month": newest,
        "waiting": late[:8],
        "waiting_number": late.count(),
        "numbers": numbers(roots, {"month": newest, "type": None})[:3],
        "to_issue": waiting_for(request, {"month": newest, "type": None}, only="resolutions")[:8],
    }


def member_page(request):
    """The own attendance, the own cell's meetings; nobody else's record."""
    user = request.user
    meetings = Meeting.objects.visible_to(user).select_related("organisation", "kind")
    rows = Attendance.objects.filter(
        member_id=scope_of(user).member_id or 0, meeting__status=Status.CLOSED
    ).select_related("meeting__kind", "meeting__organisation")
    counted = [r for r in rows.order_by(began("meeting__").desc())[:12] if r.mark != Mark.NOT_COUNTED]
    return "dashboard/member.html", {
        "title": "Sinh hoạt của tôi",
        "member": scope_of(user).member_id,
        "sub": user.display_name,
        "next": meetings.filter(status__in=[Status.OPEN, Status.PLANNED]).order_by(began()).first(),
        "attendance": counted,
        "present": sum(1 for r in counted if r.mark == Mark.PRESENT),
        "recent": meetings.filter(status=Status.CLOSED)[:5],
    }


add_waiting("late_minutes", late_minutes)
add_waiting("silent_cells", silent_cells)
for _role in (Role.STANDING, Role.COMMITTEE_SECRETARY, Role.ORGANISING, Role.INSPECTION):
    add_page(_role, leading_page)
add_page(Role.CELL_SECRETARY, secretary_page)
add_page(Role.OFFICE, office_page)
add_page(Role.MEMBER, member_page)
