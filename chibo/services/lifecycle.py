"""Recognition, leaving, re-admission, discipline and badges: dated records about one member (members.md 5, 6)."""

import datetime as dt
import re

from django.db import transaction

from chibo.choices import Leaving, Penalty, RecognitionMatter, Standing
from chibo.models import Badge, Discipline, Exit, Gap, Member, Placement, StandingPeriod
from chibo.rulebooks import BADGES
from chibo.rules import blocked_until, check_readmission, months_after, official_from, reaches_age_on
from chibo.services.days import admitted_day, check_day
from chibo.services.faces import ONE_DAY
from chibo.services.party_age import age_basis
from chibo.services.recognition import check_decision
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line

CLEARED_MONTHS = 60  # after xóa án tích of a less serious crime (294-QĐ/TW 3.5)
EARLIER_FROM = 70  # classes that may be given two years early
# Digits of the number by class, with its letter (38-HD/BTCTW III.1.4); before it stands the symbol of the province.
_BADGE_NUMBERS = {30: "{8}", 40: "{7}", 45: "E{7}", 50: "{6}", 55: "D{6}", 60: "{5}", 65: "C{5}", 70: "{4}", 75: "B{4}", 80: "{3}", 85: "A{3}", 90: "{2}"}  # fmt: skip


def _locked(member) -> Member:
    return Member.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=member.pk)


@transaction.atomic
def recognise_member(member, decision: str, *, by) -> Member:
    """Official from the end of the twelve months, however late it was decided (294-QĐ/TW 4.2.2)."""
    member = _locked(member)
    decision = clean_line(decision)
    if not decision:
        raise RuleBroken("Ghi số, ngày quyết định công nhận.", field="decision")
    again = member.standing_periods.filter(standing=Standing.PROBATIONARY, ends_on=None).first()
    begun = again.starts_on if again else member.admitted_on
    if member.official_on and not again:
        raise RuleBroken("Đồng chí này là đảng viên chính thức rồi.")
    day = official_from(begun)
    if day > latest_day():
        raise RuleBroken(f"Đến {vn_date(day)} mới đủ mười hai tháng dự bị.")
    check_decision(member, RecognitionMatter.RECOGNISE)
    if again:
        again.ends_on = day - ONE_DAY
        again.save(update_fields=["ends_on"])
    else:
        member.official_on = day
        member.save(update_fields=["official_on", "updated_at"])
    record("member.recognised", member, by=by, official_on=str(day))
    return member


@transaction.atomic
def leave_party(member, reason: str, left_on: dt.date, decision: str, *, by, told_on=None) -> Exit:
    """The member is on no list from that day; posts and open times end the day before."""
    member = _locked(member)
    if member.left_on is not None:
        raise RuleBroken("Đồng chí này đã rời danh sách trước đó.")
    if not clean_line(decision):
        raise RuleBroken("Ghi số, ngày quyết định (từ trần: giấy chứng tử hoặc phiếu báo).", field="decision")
    if left_on > latest_day():
        raise RuleBroken("Ngày này chưa đến. Kiểm tra lại năm.", field="left_on")
    if left_on < member.joined_on:
        raise RuleBroken(f"Ngày ra phải sau ngày về chi bộ ({vn_date(member.joined_on)}).", field="left_on")
    if reason == Leaving.PROBATION_REMOVED and member.official_on and member.official_on <= left_on:
        raise RuleBroken("Đồng chí này là đảng viên chính thức: chọn lý do khác.", field="reason")
    if reason == Leaving.PROBATION_REMOVED:
        check_decision(member, RecognitionMatter.REMOVE)
    exit_row = Exit.objects.create(member=member, reason=reason, left_on=left_on, decision=clean_line(decision), told_on=told_on)  # fmt: skip
    last = left_on - ONE_DAY
    member.left_on = left_on
    member.save(update_fields=["left_on", "updated_at"])
    for rows in (member.positions, member.standing_periods, member.placements):
        rows.filter(ends_on=None, starts_on__lte=last).update(ends_on=last)
    record("member.left", member, by=by, left_on=str(left_on))
    return exit_row


@transaction.atomic
def readmit(
    exit_row,
    organisation,
    decided_on: dt.date,
    admitted_on: dt.date,
    *,
    by,
    consent: str,
    hardship=False,
    cleared_on=None,
) -> Member:
    """Admitted once more, with a new probation; ngày vào Đảng stays the first, the time between does not count.

    `consent`: the paper of the ban thường vụ tỉnh ủy; `hardship`: who asked to leave did so in very hard family circumstances
    (294-QĐ/TW 3.5). `cleared_on`: the day the conviction of who was convicted of a less serious crime was cleared; it is judged
    and not kept.
    """
    member = _locked(exit_row.member)
    if exit_row.readmitted_on or member.exits.filter(readmitted_on__isnull=False).exists():
        raise RuleBroken("Chỉ kết nạp lại một lần (294-QĐ/TW 3.5).")
    if exit_row.reason in (Leaving.ABANDONED, Leaving.DIED):
        raise RuleBroken("Không xét kết nạp lại người tự ý bỏ sinh hoạt đảng (294-QĐ/TW 3.5).")
    if exit_row.reason == Leaving.ASKED and not hardship:
        raise RuleBroken("Đồng chí này xin ra: chỉ xét kết nạp lại khi xin ra vì hoàn cảnh gia đình đặc biệt khó khăn (294-QĐ/TW 3.5). Đánh dấu ô xác nhận nếu đúng vậy.", field="hardship")  # fmt: skip
    if not clean_line(consent):
        raise RuleBroken("Ghi số, ngày văn bản đồng ý của ban thường vụ tỉnh ủy.", field="consent")
    check_day(decided_on, "decided_on")
    check_day(admitted_on, "admitted_on")
    if admitted_on < decided_on:
        raise RuleBroken("Lễ kết nạp sau ngày quyết định.", field="admitted_on")
    check_readmission(exit_row.left_on, decided_on)
    if cleared_on and decided_on < months_after(cleared_on, CLEARED_MONTHS):
        raise RuleBroken(f"Xóa án tích ngày {vn_date(cleared_on)}: từ {vn_date(months_after(cleared_on, CLEARED_MONTHS))} mới xét kết nạp lại, sau ít nhất 60 tháng (294-QĐ/TW 3.5).", field="cleared_on")  # fmt: skip
    Placement.objects.create(member=member, organisation=member.organisation, starts_on=member.joined_on, ends_on=exit_row.left_on - ONE_DAY)  # fmt: skip
    member.organisation, member.joined_on, member.left_on = organisation, admitted_on, None
    member.save(update_fields=["organisation", "joined_on", "left_on", "updated_at"])
    Gap.objects.create(member=member, starts_on=exit_row.left_on, ends_on=decided_on, why=exit_row.get_reason_display())
    StandingPeriod.objects.create(member=member, standing=Standing.PROBATIONARY, starts_on=admitted_on, decision=f"Kết nạp lại; đồng ý: {clean_line(consent)}"[:200])  # fmt: skip
    exit_row.readmitted_on = admitted_on
    exit_row.save(update_fields=["readmitted_on", "updated_at"])
    record("member.readmitted", member, by=by, admitted_on=str(admitted_on))
    return member


@transaction.atomic
def note_discipline(member, penalty: str, decided_on: dt.date, decision: str, *, by, ends_on=None) -> Discipline:
    """Form, dates and number only: reasons stay in the paper file."""
    if not clean_line(decision):
        raise RuleBroken("Ghi số quyết định.", field="decision")
    check_day(decided_on, "decided_on", after=admitted_day(member), what="ngày kết nạp")
    if penalty == Penalty.DISMISSAL and (member.official_on is None or member.official_on > decided_on):
        raise RuleBroken("Đảng viên dự bị chỉ bị khiển trách hoặc cảnh cáo. Chọn lại hình thức.", field="penalty")
    if ends_on and ends_on < decided_on:
        raise RuleBroken("Ngày hết hiệu lực phải sau ngày quyết định.", field="ends_on")
    row = Discipline.objects.create(member=member, penalty=penalty, decided_on=decided_on, decision=clean_line(decision), ends_on=ends_on)  # fmt: skip
    record("member.disciplined", member, by=by)  # that there is one, not which: fieldclasses
    return row


def badge_block(member, day: dt.date) -> dt.date | None:
    """Until when a discipline keeps the badge back; None when nothing does (294-QĐ/TW 28.3.1c)."""
    ends = [blocked_until(row.penalty, row.decided_on) for row in member.disciplines.all() if row.decided_on <= day]
    return max((end for end in ends if end > day), default=None)


def check_badge(member, years: int, awarded_on: dt.date) -> None:
    """Whether tuổi đảng reaches the class by the award date (early for the gravely ill: 12 months, from 70 years 24; 06-HD/TW 18.1;
    after death 12 months counted to that day, 18.2) and no discipline keeps it back on that day. Raises RuleBroken at the field.
    """
    check_day(awarded_on, "awarded_on", ahead=12, after=admitted_day(member), what="ngày kết nạp")
    if member.official_on is None:
        raise RuleBroken("Đồng chí này chưa được công nhận chính thức nên chưa tính tuổi đảng.", field="years")
    gone = member.exits.filter(readmitted_on=None, left_on__lte=awarded_on).last()
    if gone and gone.reason != Leaving.DIED:
        raise RuleBroken("Đồng chí đã ra khỏi Đảng: không xét tặng Huy hiệu (06-HD/TW 18.4).", field="awarded_on")
    early = 24 if years >= EARLIER_FROM and not gone else 12
    counts_from, gaps = age_basis(member, awarded_on)
    reached = reaches_age_on(counts_from, years, gaps)
    if gone and months_after(gone.left_on, early) < reached:
        raise RuleBroken(f"Đồng chí từ trần ngày {vn_date(gone.left_on)}, đến {vn_date(reached)} mới đủ {years} năm tuổi đảng: truy tặng sớm không quá {early} tháng (06-HD/TW 18.2).", field="years")  # fmt: skip
    if months_after(awarded_on, early) < reached:
        raise RuleBroken(f"Đến {vn_date(reached)} mới đủ {years} năm tuổi đảng; trao sớm vì ốm nặng không quá {early} tháng (06-HD/TW 18.1).", field="years")  # fmt: skip
    until = badge_block(member, awarded_on)
    if until:
        raise RuleBroken(f"Chưa xét Huy hiệu đến {vn_date(until)} do kỷ luật; sau đó chi bộ công nhận sửa chữa mới đề nghị (294-QĐ/TW 28.3.1c).", field="awarded_on")  # fmt: skip


@transaction.atomic
def give_badge(member, years: int, awarded_on: dt.date, *, by, number="", decision="") -> Badge:
    """Record a Huy hiệu Đảng; its number follows the class (38-HD/BTCTW III.1.4)."""
    number, years = clean_line(number).upper(), int(years)
    if years not in BADGES:
        raise RuleBroken("Không có loại Huy hiệu này.", field="years")
    shape = re.sub(r"\{(\d)\}", r"\\d{\1}", _BADGE_NUMBERS[years])
    if number and not re.fullmatch(rf"[A-ZĐ]{{2,3}} {shape}", number):
        raise RuleBroken("Số Huy hiệu: ký hiệu tỉnh, dấu cách, rồi số theo loại. Ví dụ loại 30 năm: HT 00012345.", field="number")  # fmt: skip
    if member.badges.filter(years=years).exists():
        raise RuleBroken("Đồng chí này đã nhận Huy hiệu loại đó.", field="years")
    row = Badge.objects.create(member=member, years=years, awarded_on=awarded_on, number=number, decision=clean_line(decision))  # fmt: skip
    record("member.badge_given", member, by=by, years=years)
    return row
