"""Limits of the register (members.md 13): what, by which rule, until when, and the one next step."""

import datetime as dt
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from chibo import (
    due_abroad,  # noqa: F401 - registers its source
    due_data,  # noqa: F401 - registers its sources
    due_growth,  # noqa: F401 - registers its sources
)
from chibo.choices import Arranged, CardState, Leaving, Role, Standing, Transferred, TransferState, VotingLevel
from chibo.dossier_choices import PaperState
from chibo.models import (
    CardStep,
    Complaint,
    Discipline,
    DossierPaper,
    Exit,
    Lineage,
    Member,
    RecognitionVote,
    Term,
    Transfer,
)
from chibo.rulebooks import ABROAD, rulebook_on
from chibo.rules import award_windows, blocked_until, months_after, official_from
from chibo.services.cards import HOLDING, card_on
from chibo.services.complaints import answer_days, answer_until
from chibo.services.holidays import working_days
from chibo.services.recognition import is_for_above, votes_of
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.parameters.parameter import value_on
from kyanh_portal.reminders.due import DueItem, add_source

MOST = 100
CELL = (Role.CELL_SECRETARY,)
COMMITTEE = (Role.COMMITTEE_SECRETARY, Role.ORGANISING)
HANDLING = (*CELL, *COMMITTEE)


def _mine(user, lookup: str, *roles) -> Q:
    return scope_of(user).covers_as(lookup, *roles)


def transfers_due(user, day):
    """Letters to begin, to show at the new place, to check every three months (times that end: hoithao.questions)."""
    days = working_days()
    mine = _mine(user, "source__path", *HANDLING) | _mine(user, "target__path", *HANDLING) & ~Q(state=TransferState.ASKED)  # fmt: skip
    rows = Transfer.objects.filter(mine).exclude(kind__in=ABROAD, state=TransferState.SENT)
    rows = rows.select_related("member", "source", "target")
    for one in rows.filter(state__in=[TransferState.ASKED, TransferState.SENT]).order_by("moved_on", "pk")[:MOST]:
        book = rulebook_on(one.moved_on)
        if one.state == TransferState.ASKED:
            until = days.after(one.moved_on, book["start_transfer_wd"])
            why = (
                f"Bắt đầu trong {book['start_transfer_wd']} ngày làm việc từ ngày quyết định có hiệu lực. {book.source}"
            )
            title = f"Làm giấy chuyển sinh hoạt: {one.member}"
        else:
            until = days.after(one.sent_on, book["present_letter_wd"])
            limit = months_after(one.sent_on, book["no_file_months"])
            why = f"Xuất trình trong {book['present_letter_wd']} ngày làm việc; quá {vn_date(limit)} thì xét theo quy định. {book.source}"
            title = f"Tiếp nhận hoặc đôn đốc: {one.member} đến {one.goes_to}"
        yield DueItem(until, title, one.get_absolute_url(), one.source.name, why, "Mở giấy chuyển")


def returns_due(user, day):
    """Who went for a time is asked back thirty days before, on the day, and until the last box is signed."""
    home = _mine(user, "source__path", *HANDLING)
    rows = Transfer.objects.filter(home, kind=Transferred.TEMPORARY, state=TransferState.RECEIVED, returns_on__lte=day + dt.timedelta(days=30))  # fmt: skip
    for one in rows.select_related("member", "source", "target").order_by("returns_on", "pk")[:MOST]:
        yield DueItem(one.returns_on, f"Hết hạn chuyển tạm thời: {one.member}", one.get_absolute_url(), one.source.name, "Đón về và ký các ô còn lại, hoặc báo cáo gia hạn dưới một năm; quá hạn không về thì rà soát nhóm G2 (38-HD/BTCTW II.4.3.2).", "Mở giấy chuyển")  # fmt: skip


def probation_due(user, day):
    """The end of probation: the cell votes within thirty working days after twelve months."""
    rows = Member.objects.present_on(day).filter(_mine(user, "organisation__path", *CELL), official_on=None)
    voted = RecognitionVote.objects.filter(member=OuterRef("pk"), level=VotingLevel.CELL, passed=True, on__lte=day)
    rows, days = rows.filter(~Exists(voted)), working_days()
    for one in (
        rows.filter(admitted_on__lte=months_after(day, -10))
        .select_related("organisation")
        .order_by("admitted_on", "pk")[:MOST]
    ):
        until = days.after(official_from(one.admitted_on), rulebook_on(day)["official_review_wd"])
        yield DueItem(until, f"Xét công nhận chính thức: {one}", one.get_absolute_url(), one.organisation.name, f"Đủ mười hai tháng ngày {vn_date(official_from(one.admitted_on))}; chi bộ xét trong {rulebook_on(day)['official_review_wd']} ngày làm việc. {rulebook_on(day).source}", "Mở trang đảng viên")  # fmt: skip
    papers = DossierPaper.objects.filter(
        member=OuterRef("pk"), on__lte=day, state__in=(PaperState.PRESENT, PaperState.SCANNED)
    )
    made = Exists(papers.filter(number=2)) & Exists(papers.filter(number=3))  # lý lịch, phiếu đảng viên
    for one in (
        rows.filter(~made, admitted_on__gt=months_after(day, -2))
        .select_related("organisation")
        .order_by("admitted_on", "pk")[:MOST]
    ):
        yield DueItem(days.after(one.admitted_on, 30), f"Lập lý lịch, phiếu đảng viên: {one}", one.get_absolute_url(), one.organisation.name, "Trong 30 ngày làm việc từ lễ kết nạp (38-HD/BTCTW I.2.2); hết nhắc khi bảng kiểm hồ sơ đã có hai giấy này.", "Mở trang đảng viên")  # fmt: skip


def votes_due(user, day):
    """What follows from votes on a probationary member: the decision after the cell's two thirds, the level above after three failures."""
    mine = _mine(user, "organisation__path", *HANDLING)
    decides = scope_of(user).holds(*COMMITTEE)
    rows = Member.objects.present_on(day).filter(mine, recognition_votes__on__lte=day)
    rows = rows.filter(Q(official_on=None) | Q(standing_periods__standing=Standing.PROBATIONARY, standing_periods__ends_on=None))  # fmt: skip
    days, book = working_days(), rulebook_on(day)
    for one in rows.distinct().select_related("organisation").prefetch_related("recognition_votes", "standing_periods").order_by("admitted_on", "pk")[:MOST]:  # fmt: skip
        votes = [vote for vote in votes_of(one) if vote.on <= day]
        if is_for_above(votes):
            yield DueItem(votes[-1].on, f"Ba lần biểu quyết không đạt: {one}", one.get_absolute_url(), one.organisation.name, f"Lần cuối ngày {vn_date(votes[-1].on)}. Báo cáo cấp trên trực tiếp và cấp có thẩm quyền để quyết định (294-QĐ/TW 4.2.3; quy định không nêu số ngày).", "Mở trang đảng viên")  # fmt: skip
            continue
        cell = [vote for vote in votes if vote.level == VotingLevel.CELL]
        if decides and cell and cell[-1].passed:
            last, limit = cell[-1], book["official_decision_wd"]
            yield DueItem(days.after(last.on, limit), f"Quyết định {last.get_matter_display().lower()}: {one}", one.get_absolute_url(), one.organisation.name, f"Chi bộ biểu quyết {last.votes}/{last.base} ngày {vn_date(last.on)}; cấp ủy cơ sở biểu quyết rồi quyết định trong {limit} ngày làm việc, trường hợp đặc biệt thêm 15 ngày. {book.source}", "Mở trang đảng viên")  # fmt: skip


def exits_due(user, day):
    """Files of those who left go up; complaints have their time."""
    days = working_days()
    mine = _mine(user, "member__organisation__path", *COMMITTEE)
    for one in Exit.objects.filter(mine, left_on__gt=day - dt.timedelta(days=200)).select_related("member__organisation").order_by("left_on", "pk")[:MOST]:  # fmt: skip
        book, place, url = rulebook_on(one.left_on), one.member.organisation.name, one.member.get_absolute_url()
        if one.filed_on is None:
            yield DueItem(days.after(one.left_on, book["file_up_wd"]), f"Nộp hồ sơ, phiếu báo: {one.member}", url, place, f"Trong {book['file_up_wd']} ngày làm việc (06-HD/TW 8.3b).", "Mở trang đảng viên")  # fmt: skip
        if one.told_on and one.reason in (Leaving.REMOVED, Leaving.PROBATION_REMOVED, Leaving.ABANDONED):
            until = days.after(one.told_on, book["complaint_wd"])
            if until >= day:
                yield DueItem(until, f"Hết hạn khiếu nại xóa tên: {one.member}", url, place, f"{book['complaint_wd']} ngày làm việc từ ngày nhận quyết định; trả lời trong {book['complaint_answer_wd']} ngày làm việc từ ngày nhận khiếu nại ({book.source}).", "Mở trang đảng viên")  # fmt: skip


def badges_due(user, day):
    """Lists for each award date, a lead before it (setting); blocks of discipline that end."""
    units = [held for held in scope_of(user).held if held.role in COMMITTEE]
    if not units:
        return
    days, lead = working_days(), value_on("chibo.badge_lead", day, units[0].path)
    for date, _, _ in [*award_windows(day.year), *award_windows(day.year + 1)]:
        until = date
        while lead and days.after(until, lead) >= date and (date - until).days < 90:
            until -= dt.timedelta(days=1)
        if day - dt.timedelta(days=7) <= until <= day + dt.timedelta(days=60):
            yield DueItem(until, f"Lập danh sách Huy hiệu Đảng đợt {vn_date(date)}", reverse("reports:ask_for", args=["huy-hieu"]), "", f"Trước ngày trao {lead} ngày làm việc (tham số, chưa xác nhận cho Hà Tĩnh).", "Lập danh sách")  # fmt: skip
    rows = Discipline.objects.filter(_mine(user, "member__organisation__path", *COMMITTEE), decided_on__gt=months_after(day, -13))  # fmt: skip
    for one in rows.select_related("member__organisation").order_by("decided_on", "pk")[:MOST]:
        until = blocked_until(one.penalty, one.decided_on)
        if until >= day:
            yield DueItem(until, f"Hết thời gian chưa xét Huy hiệu: {one.member}", one.member.get_absolute_url(), one.member.organisation.name, "Sau đó chi bộ công nhận sửa chữa mới đề nghị (294-QĐ/TW 28.3.1c).", "Mở trang đảng viên")  # fmt: skip


def complaints_due(user, day):
    """Complaints about a discipline or a removal that wait for their answer."""
    days = working_days()
    rows = Complaint.objects.with_member()
    mine = reduce(or_, (_mine(user, place, *COMMITTEE, Role.INSPECTION) for place in rows.PLACES))
    for one in rows.filter(mine, answered_on=None).order_by("received_on", "pk")[:MOST]:
        book, number = rulebook_on(one.received_on), answer_days(one)
        source = f"như khiếu nại xóa tên, {book.source}; kỷ luật chưa xác nhận" if one.discipline_id else book.source
        yield DueItem(answer_until(one, days), f"Trả lời {one.title.lower()}: {one.member}", one.member.get_absolute_url(), one.member.organisation.name, f"{one.get_level_display()} trả lời trong {number} ngày làm việc từ ngày nhận {vn_date(one.received_on)} ({source}).", "Mở trang đảng viên")  # fmt: skip


def cards_due(user, day):
    """Cards that wait for the next step; cards of who left, to be taken back."""
    latest = CardStep.objects.filter(member=OuterRef("pk"), taken_on__lte=day).order_by("-taken_on", "-pk")
    rows = Member.objects.filter(_mine(user, "organisation__path", *HANDLING)).select_related("organisation")
    waiting = {CardState.DECIDED: "Phát thẻ đảng viên ở kỳ sinh hoạt tới", CardState.LOST: "Đề nghị cấp lại thẻ", CardState.DAMAGED: "Đề nghị đổi thẻ"}  # fmt: skip
    rows = rows.annotate(card=Subquery(latest.values("state")[:1]), card_on=Subquery(latest.values("taken_on")[:1]))
    recent = CardStep.objects.filter(taken_on__range=(months_after(day, -12), day)).values("member")
    for one in rows.present_on(day).filter(pk__in=recent, card__in=waiting).order_by("card_on", "pk")[:MOST]:
        until = months_after(one.card_on, 1)
        yield DueItem(until, f"{waiting[one.card]}: {one}", one.get_absolute_url(), one.organisation.name, f"{CardState(one.card).label} ngày {vn_date(one.card_on)} (38-HD/BTCTW II.2.2).", "Mở trang đảng viên")  # fmt: skip
    fresh = rows.present_on(day).filter(official_on__range=(months_after(day, -6), day), card=None, card_issued_on=None)
    for one in fresh.order_by("official_on", "pk")[:MOST]:
        yield DueItem(months_after(one.official_on, 1), f"Đề nghị phát thẻ đảng viên: {one}", one.get_absolute_url(), one.organisation.name, f"Công nhận chính thức ngày {vn_date(one.official_on)}; lập danh sách hằng tháng, phát ở kỳ sinh hoạt gần nhất (38-HD/BTCTW II.2.2).", "Mở trang đảng viên")  # fmt: skip
    left = Exit.objects.filter(left_on__range=(months_after(day, -6), day), readmitted_on=None).exclude(reason=Leaving.DIED)  # fmt: skip
    days = working_days()
    for row in left.filter(_mine(user, "member__organisation__path", *COMMITTEE)).select_related("member__organisation").prefetch_related("member__card_steps").order_by("left_on", "pk")[:MOST]:  # fmt: skip
        if card_on(row.member, day)[0] in HOLDING:
            until = days.after(row.left_on, rulebook_on(row.left_on)["file_up_wd"])
            yield DueItem(until, f"Thu hồi thẻ đảng viên: {row.member}", row.member.get_absolute_url(), row.member.organisation.name, "Thu hồi khi ra khỏi Đảng, nộp cùng hồ sơ (06-HD/TW 7.1, 8.3b).", "Mở trang đảng viên")  # fmt: skip


def organisations_due(user, day):
    """Terms that end within a year, or ended without the next one written; seals and files of what was dissolved."""
    mine = _mine(user, "organisation__path", *COMMITTEE)
    later = Term.objects.filter(organisation=OuterRef("organisation"), starts_on__gt=OuterRef("starts_on"))
    near = (months_after(day, -12), months_after(day, 12))
    terms = Term.objects.filter(~Exists(later), mine, ends_on__range=near, organisation__valid_to=None)
    for one in terms.select_related("organisation").order_by("ends_on", "pk")[:MOST]:
        yield DueItem(one.ends_on, f"Hết nhiệm kỳ {one.name}: {one.organisation.name}", one.organisation.get_absolute_url(), "", "Chuẩn bị đại hội, báo trước 12 và 6 tháng; đại hội xong thì ghi nhiệm kỳ mới.", "Mở trang tổ chức")  # fmt: skip
    days = working_days()
    rows = Lineage.objects.filter(mine, kind__in=Arranged.ends(), effective_on__range=(months_after(day, -12), day), organisation__kind__is_body=False)  # fmt: skip
    rows = rows.filter(Q(seal_returned_on=None) | Q(handed_over_on=None))
    for one in rows.select_related("organisation").order_by("effective_on", "pk")[:MOST]:
        book, url = (
            rulebook_on(one.effective_on),
            reverse("chibo:organisation_handover", args=[one.organisation_id, one.pk]),
        )
        for done, limit, title, why in (
            (one.handed_over_on, book["handover_wd"], "Bàn giao", "294-QĐ/TW 15.2"),
            (one.seal_returned_on, book["seal_return_wd"], "Nộp con dấu, hồ sơ", "294-QĐ/TW 6.3.5, 10.5"),
        ):
            if done is None:
                yield DueItem(days.after(one.effective_on, limit), f"{title}: {one.organisation.name}", url, "", f"Trong {limit} ngày làm việc từ ngày thôi hoạt động ({why}). Xong thì ghi ngày.", "Ghi bàn giao")  # fmt: skip


def slips_due(user, day):
    """Every quarter the committee compares phiếu báo with letters on their way, as long as there are any."""
    mine = _mine(user, "source__path", *COMMITTEE) | _mine(user, "target__path", *COMMITTEE)
    for year, month in ((day.year, 3), (day.year, 6), (day.year, 9), (day.year, 12), (day.year + 1, 3)):
        until = months_after(dt.date(year, month, 1), 1) - dt.timedelta(days=1)
        if day - dt.timedelta(days=7) <= until <= day + dt.timedelta(days=30):
            if number := Transfer.objects.filter(mine, state=TransferState.SENT).count():
                yield DueItem(until, f"Kiểm tra phiếu báo chuyển sinh hoạt, quý {month // 3}", f"{reverse('chibo:transfer_list')}?state={TransferState.SENT}", "", f"{number} giấy đã giới thiệu, nơi nhận chưa ghi tiếp nhận; ba tháng kiểm tra một lần (06-HD/TW 8.3b).", "Mở danh sách giấy")  # fmt: skip


def yearly_due(user, day):
    """What comes with the calendar: work for each member in January, lists and files in June and December, rewards in September."""
    scope = scope_of(user)
    url = reverse("chibo:member_list")
    for year in (day.year, day.year + 1):
        fixed = []
        if scope.holds(*CELL):
            fixed.append((dt.date(year, 1, 31), "Phân công công tác cho từng đảng viên", "Hằng năm, trong tháng 01 (38-HD/BTCTW IV.2)."))  # fmt: skip
        if scope.holds(*HANDLING):
            fixed += [(dt.date(year, month, last), f"Soát sổ danh sách, thống kê {half}", "Số liệu chốt ngày 30/6 và 31/12." + (" Chi bộ kiểm tra thẻ đảng viên mỗi năm một lần (06-HD/TW 7.2)." if month == 12 else "")) for month, last, half in ((6, 30, "sáu tháng"), (12, 31, "cả năm"))]  # fmt: skip
        if scope.holds(*COMMITTEE):
            fixed.append((dt.date(year, 9, 30), "Dự toán khen thưởng năm sau", "Cuối quý III (06-HD/TW 19.3b)."))
        if scope.holds(*CELL):
            fixed.append((dt.date(year, 1, 31), "Kế hoạch rà soát đảng viên trong năm", "Sau xếp loại, trong tháng 01 (thời điểm theo hướng dẫn địa phương, chưa xác nhận cho Hà Tĩnh)."))  # fmt: skip
        for until, title, why in fixed:
            if day - dt.timedelta(days=7) <= until <= day + dt.timedelta(days=45):
                yield DueItem(until, title, url, "", why, "Mở danh sách")


add_source("transfers", "Chuyển sinh hoạt", transfers_due)
add_source("returns", "Chuyển tạm thời hết hạn", returns_due)
add_source("probation", "Đảng viên dự bị", probation_due)
add_source("votes", "Biểu quyết về đảng viên dự bị", votes_due)
add_source("exits", "Ra khỏi Đảng, từ trần", exits_due)
add_source("badges", "Huy hiệu Đảng", badges_due)
add_source("complaints", "Khiếu nại kỷ luật, xóa tên", complaints_due)
add_source("cards", "Thẻ đảng viên", cards_due)
add_source("organisations", "Tổ chức, nhiệm kỳ", organisations_due)
add_source("slips", "Phiếu báo chuyển sinh hoạt", slips_due)
add_source("yearly", "Việc theo lịch năm", yearly_due)
