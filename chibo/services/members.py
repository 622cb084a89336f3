"""Enter members, correct what is written of them, and their standing over time."""

import re

from django.db import transaction

from chibo.choices import Standing
from chibo.fieldclasses import told_fields
from chibo.models import Member, StandingPeriod
from chibo.rules import months_after
from chibo.services.days import admitted_day, check_day
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.audit.record import changes, entry, record
from kyanh_portal.base.calendar import latest_day
from kyanh_portal.base.errors import RuleBroken

# What decides who is counted and votes is told before and after; name, birth and sex are only named.
_FILE_NUMBER = re.compile(r"\d{6}[A-ZĐ]{2,3}")  # 38-HD/BTCTW II.1.2


def check_dates(born_on, admitted_on, official_on, joined_on, left_on, decided_on=None) -> None:
    """The order of a member's dates; raises RuleBroken at the field that is wrong (Điều lệ Đảng, Điều 1, 5)."""
    if admitted_on and admitted_on > latest_day():
        raise RuleBroken("Ngày kết nạp chưa đến. Kiểm tra lại năm.", field="admitted_on")
    if decided_on and admitted_on and decided_on > admitted_on:
        raise RuleBroken("Lễ kết nạp sau ngày quyết định kết nạp. Kiểm tra lại hai ngày.", field="decided_on")
    if born_on and admitted_on:
        if born_on >= admitted_on:
            raise RuleBroken("Ngày sinh phải trước ngày kết nạp.", field="born_on")
        if admitted_on.year - born_on.year - ((admitted_on.month, admitted_on.day) < (born_on.month, born_on.day)) < 18:
            raise RuleBroken(
                "Đồng chí chưa đủ 18 tuổi vào ngày kết nạp. Kiểm tra lại ngày sinh, ngày kết nạp.", field="born_on"
            )
    if official_on and admitted_on and official_on <= admitted_on:
        raise RuleBroken("Ngày chính thức phải sau ngày kết nạp.", field="official_on")
    if left_on and joined_on and left_on < joined_on:
        raise RuleBroken("Ngày rời chi bộ phải sau ngày về.", field="left_on")


def _check_file_number(number: str, member=None) -> None:
    if not number:
        return
    if not _FILE_NUMBER.fullmatch(number):
        raise RuleBroken(
            "Số lý lịch gồm sáu chữ số và hai hoặc ba chữ in của tỉnh. Ví dụ: 000001HT.", field="file_number"
        )
    if Member.objects.filter(file_number=number).exclude(pk=member.pk if member else None).exists():
        raise RuleBroken("Số lý lịch này đã có ở một đồng chí khác.", field="file_number")


@transaction.atomic
def add_member(*, by, organisation, **fields) -> Member:
    """Enter one member in a cell; raises RuleBroken when the dates contradict each other."""
    return add_members(by=by, organisation=organisation, rows=[fields])[0]


@transaction.atomic
def add_members(*, by, organisation, rows: list[dict]) -> list[Member]:
    """Enter many members of one cell in two round trips."""
    if not organisation.kind.is_cell:
        raise RuleBroken("Đảng viên sinh hoạt ở chi bộ. Chọn một chi bộ.", field="organisation")
    members = []
    for row in rows:
        row = {"joined_on": row.get("admitted_on"), **row}
        check_dates(
            row.get("born_on"),
            row["admitted_on"],
            row.get("official_on"),
            row["joined_on"],
            row.get("left_on"),
            row.get("decided_on"),
        )
        _check_file_number(row.get("file_number", ""))
        member = Member(organisation=organisation, **row)
        member.set_keys()
        if not member.full_name:
            raise RuleBroken("Ghi họ và tên.", field="full_name")
        members.append(member)
    members = Member.objects.bulk_create(members)
    AuditEntry.objects.bulk_create(
        [entry("member.entered", member, by=by, path=organisation.path) for member in members]
    )
    return members


@transaction.atomic
def correct_member(member, *, by, **fields) -> Member:
    """Change what is written of a member."""
    member = Member.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=member.pk)
    changed = changes(member, fields, told=told_fields("chibo.Member"))
    for name in changed:
        setattr(member, name, fields[name])
    check_dates(
        member.born_on, member.admitted_on, member.official_on, member.joined_on, member.left_on, member.decided_on
    )
    _check_file_number(member.file_number, member)
    if changed:
        member.save()
        record("member.corrected", member, by=by, fields=list(changed), changes=changed)
    return member


@transaction.atomic
def set_standing(member, standing: str, starts_on, *, by, ends_on=None, decision="") -> StandingPeriod:
    """Record that a member is exempt, elsewhere, here for a time, or suspended, from a date to a date."""
    check_day(starts_on, "starts_on", ahead=12, after=admitted_day(member), what="ngày kết nạp")
    if ends_on and ends_on < starts_on:
        raise RuleBroken("Ngày hết hạn phải sau ngày bắt đầu.", field="ends_on")
    if standing == Standing.TEMPORARILY_EXEMPT and (ends_on is None or ends_on >= months_after(starts_on, 12)):
        raise RuleBroken("Tạm miễn phải ghi ngày hết, dưới mười hai tháng; hết hạn thì làm lại các bước (38-HD/BTCTW IV.1.2).", field="ends_on")  # fmt: skip
    clash = member.standing_periods.filter(starts_on__lte=ends_on or starts_on.replace(year=9999)).exclude(
        ends_on__lt=starts_on
    )
    if clash.exists():
        raise RuleBroken(
            "Thời gian này trùng với một thời gian miễn, tạm thời đã ghi. Kết thúc lần trước đã.", field="starts_on"
        )
    period = StandingPeriod.objects.create(
        member=member, standing=standing, starts_on=starts_on, ends_on=ends_on, decision=decision
    )
    record("member.standing_set", member, by=by, standing=standing)
    return period


@transaction.atomic
def end_standing(period, ends_on, *, by) -> StandingPeriod:
    """Close a period of exemption or temporary standing."""
    if ends_on < period.starts_on:
        raise RuleBroken("Ngày hết hạn phải sau ngày bắt đầu.", field="ends_on")
    period.ends_on = ends_on
    period.save(update_fields=["ends_on"])
    record("member.standing_ended", period.member, by=by, standing=period.standing)
    return period
