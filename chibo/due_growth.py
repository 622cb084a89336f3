"""Limits of development, review and đảng phí (members.md 13)."""

import datetime as dt

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.urls import reverse

from chibo.access import may_judge_review
from chibo.choices import CandidateStage, FindingState, FormState, HelpState, RatedBody, RatingState, Role
from chibo.fee_choices import FeePaid, FeeState
from chibo.models import (
    Candidate,
    FeeLine,
    FeeMonth,
    FeeStanding,
    Finding,
    HelpCase,
    Organisation,
    ReviewForm,
    ReviewYear,
)
from chibo.services.development import limits_of
from chibo.services.holidays import working_days
from chibo.services.screening import asked_but_silent, last_of
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import add_months, month_start, vn_date
from kyanh_portal.parameters.parameter import values_at
from kyanh_portal.reminders.due import DueItem, add_source

MOST = 100
CELL = (Role.CELL_SECRETARY,)
HANDLING = (Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.ORGANISING)
_DONE = [CandidateStage.ADMITTED, CandidateStage.WITHDRAWN, CandidateStage.MOVED]


def candidates_due(user, day):
    """Certificates that end, stale dossiers, decisions and ceremonies: those within half a year."""
    mine = scope_of(user).covers_as("organisation__path", *HANDLING)
    days = working_days()
    rows = Candidate.objects.filter(mine).exclude(stage__in=_DONE).select_related("organisation")
    for one in rows.prefetch_related("steps")[:MOST]:
        for until, what, why in limits_of(one, days):
            if until <= day + dt.timedelta(days=180):
                yield DueItem(until, f"{what}: {one}", one.get_absolute_url(), one.organisation.name, why, "Mở trang người xin vào Đảng")  # fmt: skip


def fees_due(user, day):
    """The month's ledger to close by its end; who has not paid for one, two, three months of the year."""
    mine = scope_of(user).covers_as("organisation__path", *CELL)
    for one in FeeMonth.objects.filter(mine, state="MO", month__gte=add_months(day, -12)).select_related("organisation").order_by("month", "pk")[:MOST]:  # fmt: skip
        until = add_months(one.month, 1) - dt.timedelta(days=1)
        yield DueItem(until, f"Chốt đảng phí tháng {one.month.month}/{one.month.year}", one.get_absolute_url(), one.organisation.name, "Đảng phí đóng hằng tháng (Quy định về chế độ đảng phí).", "Mở sổ tháng")  # fmt: skip
    for one in FeeMonth.objects.filter(mine, state=FeeState.CLOSED).select_related("organisation").order_by("month", "pk")[:MOST]:  # fmt: skip
        until = add_months(one.month, 2) - dt.timedelta(days=1)
        yield DueItem(until, f"Nộp cấp trên đảng phí tháng {one.month.month}/{one.month.year}", one.get_absolute_url(), one.organisation.name, "Sổ đã chốt; nhắc đến hết tháng sau (hạn nộp chưa tìm được căn cứ).", "Ghi đã nộp")  # fmt: skip
    above = FeeMonth.objects.filter(scope_of(user).covers_as("organisation__path", Role.COMMITTEE_SECRETARY), state=FeeState.PASSED_UP)  # fmt: skip
    waits = above.aggregate(number=Count("pk"), first=Min("passed_on"))
    if waits["number"]:
        until = add_months(waits["first"].replace(day=1), 2) - dt.timedelta(days=1)
        yield DueItem(until, f"Đối chiếu đảng phí chi bộ đã nộp: {waits['number']} sổ", f"{reverse('chibo:fee_months')}?state={FeeState.PASSED_UP}", "", f"Sớm nhất nộp ngày {vn_date(waits['first'])}; đối chiếu xong thì thôi nhắc (hạn chưa tìm được căn cứ).", "Mở danh sách")  # fmt: skip
    own = scope_of(user).covers_as("ledger__organisation__path", *CELL)
    late = FeeLine.objects.filter(own, state=FeePaid.OWES, late_payment=None, ledger__month__year=day.year, ledger__month__lt=day.replace(day=1))  # fmt: skip
    for row in late.values("member__full_name", "member", "ledger__organisation__name").annotate(months=Count("pk")).order_by("-months")[:MOST]:  # fmt: skip
        until = dt.date(day.year, day.month, 1)
        more = " Ba tháng trong năm không lý do chính đáng: chi bộ xem xét đề nghị xóa tên." if row["months"] >= 3 else ""  # fmt: skip
        yield DueItem(until, f"Chưa đóng đảng phí {row['months']} tháng: {row['member__full_name']}", reverse("chibo:member_detail", args=[row["member"]]), row["ledger__organisation__name"], f"Tính trong năm {day.year}.{more}", "Hỏi đồng chí ấy")  # fmt: skip


def reductions_due(user, day):
    """Reductions and timed exemptions that end soon: asked for again, or the full rate from the next month."""
    mine = scope_of(user).covers_as("member__organisation__path", *CELL)
    last = FeeStanding.objects.filter(member=OuterRef("member"), starts_on__lte=day).order_by("-starts_on")
    rows = FeeStanding.objects.filter(mine, reduction__gt=0, reduced_until__range=(add_months(day.replace(day=1), -1), add_months(day.replace(day=1), 1)))  # fmt: skip
    rows = rows.filter(pk=Subquery(last.values("pk")[:1]), member__left_on=None).select_related("member__organisation")
    for one in rows.order_by("reduced_until", "pk")[:MOST]:
        until = add_months(one.reduced_until, 1) - dt.timedelta(days=1)
        yield DueItem(until, f"Hết hạn giảm, miễn đảng phí: {one.member}", reverse("chibo:fee_declare", args=[one.member_id]), one.member.organisation.name, f"Đến hết tháng {one.reduced_until.month}/{one.reduced_until.year}; sau đó đóng đủ, còn khó khăn thì đề nghị lại (01-QĐ/TW).", "Xem mức đóng")  # fmt: skip


def reviews_due(user, day):
    """Forms to send up, forms to check, findings to mend."""
    scope = scope_of(user)
    cell = scope.covers_as("organisation__path", *CELL)
    above = scope.covers_as("organisation__path", Role.COMMITTEE_SECRETARY)
    rows = ReviewForm.objects.select_related("campaign", "organisation")
    for one in rows.filter(cell, state__in=[FormState.FILLING, FormState.RETURNED]).order_by("campaign__due_on", "pk")[
        :MOST
    ]:
        yield DueItem(one.campaign.due_on, f"Gửi phiếu rà soát: {one.campaign.name}", one.get_absolute_url(), one.organisation.name, one.campaign.plan, "Mở phiếu")  # fmt: skip
    for one in rows.filter(above, state=FormState.SENT).order_by("campaign__due_on", "pk")[:MOST]:
        yield DueItem(one.campaign.due_on, f"Kiểm tra phiếu rà soát của {one.organisation.name}", one.get_absolute_url(), one.organisation.name, f"Chi bộ gửi ngày {vn_date(one.sent_on)}.", "Mở phiếu")  # fmt: skip
    mine = Q(scope.covers_as("form__organisation__path", *HANDLING))
    for one in (
        Finding.objects.filter(mine, state=FindingState.OPEN)
        .select_related("form__organisation")
        .order_by("due_on", "pk")[:MOST]
    ):
        yield DueItem(one.due_on, f"Khắc phục sau rà soát: {one.text}", one.form.get_absolute_url(), one.form.organisation.name, f"{one.owner} chịu trách nhiệm.", "Mở phiếu")  # fmt: skip


_CYCLE = "Hạn đặt ở trang Tham số; chưa đặt thì là ngày cuối năm (hạn của cấp trên chưa xác nhận)."


def _in_december(who: str, rows) -> dict:
    """The last day of a step of the yearly rating by (year, path), as each branch has set it: two questions for all."""
    places = {(year, path): dt.date(year, 12, 31) for year, path in rows}
    days = values_at(f"chibo.rating_{who}_day", [(last, path) for (_, path), last in places.items()])
    return {(year, path): last.replace(day=days[last, path]) for (year, path), last in places.items()}


def ratings_due(user, day):
    """A cell's own year: to open from December on, to vote; years voted that wait for the superior: to appraise, then to decide."""
    scope = scope_of(user)
    mine = ReviewYear.objects.filter(scope.covers_as("organisation__path", *CELL), organisation__kind__is_cell=True)
    open_ones = list(mine.filter(state=RatingState.SELF).select_related("organisation").order_by("year", "organisation__path")[:MOST])  # fmt: skip
    unopened = []
    if day.month == 12:
        opened = ReviewYear.objects.filter(year=day.year, subject=RatedBody.ORGANISATION).values("organisation")
        cells = Organisation.objects.filter(scope.covers_as("path", *CELL)).cells().valid_on(day)
        unopened = list(cells.exclude(pk__in=opened).order_by("path")[:MOST])
    until = _in_december("cell", [(one.year, one.path) for one in open_ones] + [(day.year, one.path) for one in unopened])  # fmt: skip
    for one in open_ones:
        yield DueItem(until[one.year, one.path], f"Bỏ phiếu xếp loại năm {one.year}: {one.organisation.name}", one.get_absolute_url(), one.organisation.name, _CYCLE, "Ghi kết quả bỏ phiếu")  # fmt: skip
    for one in unopened:
        yield DueItem(until[day.year, one.path], f"Mở kiểm điểm, xếp loại năm {day.year}: {one.name}", reverse("chibo:year_create"), one.name, _CYCLE, "Mở xếp loại năm")  # fmt: skip
    rows = ReviewYear.objects.filter(scope.covers_as("organisation__path", Role.COMMITTEE_SECRETARY, Role.ORGANISING), state__in=[RatingState.VOTED, RatingState.APPRAISED])  # fmt: skip
    waiting = list(rows.select_related("organisation__kind").order_by("year", "organisation__path")[:MOST])
    until = _in_december("decide", [(one.year, one.path) for one in waiting])
    for one in waiting:
        if may_judge_review(user, one) is True:
            what = "Thẩm định" if one.state == RatingState.VOTED else "Quyết định"
            yield DueItem(until[one.year, one.path], f"{what} xếp loại: {one.organisation.name}", one.get_absolute_url(), one.organisation.name, f"Bỏ phiếu ngày {vn_date(one.voted_on)}. {_CYCLE}", what)  # fmt: skip


def help_due(user, day):
    """Cases to direct, to vote on, and those whose twelve months end."""
    scope = scope_of(user)
    rows = HelpCase.objects.select_related("organisation__kind", "member")
    for one in rows.filter(scope.covers_as("organisation__path", Role.COMMITTEE_SECRETARY), state=HelpState.FOUND).order_by("found_on", "pk")[:MOST]:  # fmt: skip
        yield DueItem(one.found_on + dt.timedelta(days=30), f"Cho ý kiến: giáo dục, giúp đỡ {one.member}", one.get_absolute_url(), one.organisation.name, f"Chi ủy nêu ngày {vn_date(one.found_on)}.", "Mở trường hợp")  # fmt: skip
    for one in rows.filter(scope.covers_as("organisation__path", *CELL), state__in=[HelpState.TO_VOTE, HelpState.HELPING]).order_by("found_on", "pk")[:MOST]:  # fmt: skip
        if one.state == HelpState.TO_VOTE:
            yield DueItem(one.directed_on + dt.timedelta(days=30), f"Bỏ phiếu kín: {one.member}", one.get_absolute_url(), one.organisation.name, f"Cấp trên cho ý kiến ngày {vn_date(one.directed_on)}.", "Mở trường hợp")  # fmt: skip
        else:
            yield DueItem(one.due_on, f"Hết mười hai tháng giúp đỡ: {one.member}", one.get_absolute_url(), one.organisation.name, "Điều lệ Đảng, Điều 8.", "Ghi kết luận")  # fmt: skip


def screenings_due(user, day):
    """Where the branch asks for it: the month's screening for each cell until it is recorded; above, the cells silent last month."""
    scope, this = scope_of(user), month_start(day)
    for month in (add_months(this, -1), this):
        for cell in asked_but_silent(month, scope.covers_as("path", *CELL), day)[0][:MOST]:
            url = f"{reverse('chibo:screening_create')}?month={month:%Y-%m}&organisation={cell.pk}"
            yield DueItem(last_of(month), f"Sàng lọc đảng viên tháng {month.month}", url, cell.name, "Soát theo tiêu chí, nêu đồng chí cần giáo dục, giúp đỡ; không có cũng ghi một dòng (cấp ủy đặt nhắc hằng tháng ở Tham số).", "Ghi sàng lọc")  # fmt: skip
    if scope.holds(Role.COMMITTEE_SECRETARY):
        month = add_months(this, -1)
        silent, asked = asked_but_silent(month, scope.covers_as("path", Role.COMMITTEE_SECRETARY), day)
        if silent:
            names = ", ".join(cell.name for cell in silent[:3]) + ("…" if len(silent) > 3 else "")
            yield DueItem(last_of(month), f"Đôn đốc sàng lọc đảng viên tháng {month.month}: {len(silent)}/{asked} chi bộ chưa ghi", f"{reverse('chibo:screenings')}?month={month:%Y-%m}&state=chua", "", f"Chưa ghi: {names}.", "Mở danh sách")  # fmt: skip


add_source("screenings", "Sàng lọc hằng tháng", screenings_due)
add_source("help", "Giáo dục, giúp đỡ", help_due)
add_source("ratings", "Xếp loại", ratings_due)
add_source("candidates", "Kết nạp đảng viên", candidates_due)
add_source("fees", "Đảng phí", fees_due)
add_source("fee_reductions", "Giảm, miễn đảng phí", reductions_due)
add_source("reviews", "Rà soát", reviews_due)
