"""Requests about data, incidents, paper files to compare: what waits for who must act on it (members.md 13)."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from chibo.access.privacy import may_clear_data
from chibo.choices import Role
from chibo.models import DataRequest, DossierPaper, Incident, Member
from chibo.services.retention import RULES, due_rows
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import vn_date, vn_time
from kyanh_portal.reminders.due import DueItem, add_source
from kyanh_portal.ui.templatetags.portal import vn_number

MOST = 100
COUNTED = 1_000


def requests_due(user, day):
    """Requests to be answered within two working days (setting)."""
    scope = scope_of(user)
    mine = scope.covers_as("path", Role.ORGANISING, Role.CELL_SECRETARY)
    rows = DataRequest.objects.open().filter(mine).exclude(member_id=scope.member_id or 0).order_by("due_on", "pk")
    for one in rows.select_related("member__organisation")[:MOST]:
        yield DueItem(one.due_on, f"Trả lời đề nghị về dữ liệu: {one.member}", one.get_absolute_url(), one.member.organisation.name, "Trả lời người có dữ liệu trong hạn (Luật 91/2025/QH15; số ngày là tham số).", "Mở đề nghị")  # fmt: skip


def incidents_due(user, day):
    """Incidents not yet told to the authority: 72 hours from when they were found."""
    mine = scope_of(user).covers_as("path", Role.ORGANISING, Role.OFFICE, Role.ADMINISTRATOR)
    for one in (
        Incident.objects.filter(mine, told_at=None, closed_at=None)
        .select_related("organisation")
        .order_by("found_at", "pk")[:MOST]
    ):
        until = timezone.localtime(one.tell_until)
        yield DueItem(until.date(), f"Báo cơ quan chuyên trách: {one}", one.get_absolute_url(), "", f"Trước {vn_time(until)}, ngày {vn_date(until.date())}: 72 giờ từ lúc phát hiện (Luật 91/2025/QH15, Điều 23).", "Mở sự cố")  # fmt: skip


def retention_due(user, day):
    """Personal data past their time, for who confirms that they go."""
    if may_clear_data(user) is True:
        for rule in RULES:
            if rule.due and (number := due_rows(rule, user, day).count()):
                yield DueItem(day, f"Xem, xóa {number} mục hết hạn giữ", reverse("chibo:retention_clear", args=[rule.code]), "", f"{rule.what}: giữ {rule.words(day)}.", "Mở danh sách")  # fmt: skip


def files_due(user, day):
    """Every half-year the list is compared with the paper files, by who keeps them, until each file was looked at in it."""
    scope = scope_of(user)
    keeps = scope.covers_as("organisation__path", Role.COMMITTEE_SECRETARY, Role.ORGANISING)
    keeps |= scope.covers_as("organisation__path", Role.CELL_SECRETARY) & Q(organisation__kind__is_base=True)
    for year, month, last in ((day.year - 1, 12, 31), (day.year, 6, 30), (day.year, 12, 31)):
        until, first = dt.date(year, month, last), dt.date(year, month - 5, 1)
        if not day - dt.timedelta(days=30) <= until <= day + dt.timedelta(days=45):
            continue
        here = Member.objects.present_on(min(day, until)).filter(keeps).order_by()
        seen = Exists(DossierPaper.objects.filter(member=OuterRef("pk"), on__range=(first, max(day, until))))
        left = here.filter(~seen).values("pk")[: COUNTED + 1].count()  # a province is not counted to its last member
        if not left:
            continue
        number, why = f"hơn {vn_number(COUNTED)}", "Sáu tháng một lần đối chiếu danh sách với số hồ sơ (06-HD/TW 8.2)."
        if left <= COUNTED:
            total = here.count()
            number = vn_number(left)
            why += f" Từ {vn_date(first)} đã kiểm hồ sơ của {vn_number(total - left)}/{vn_number(total)} đồng chí."
        yield DueItem(until, f"Đối chiếu hồ sơ giấy của {number} đồng chí chưa kiểm kỳ này", reverse("chibo:dossier_list"), "", why, "Mở kiểm đếm")  # fmt: skip


add_source("files", "Hồ sơ giấy đảng viên", files_due)
add_source("retention", "Dữ liệu hết hạn giữ", retention_due)
add_source("data_requests", "Đề nghị về dữ liệu", requests_due)
add_source("incidents", "Sự cố dữ liệu", incidents_due)
