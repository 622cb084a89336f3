"""What is kept only for a time. One rule each; a run is told in the trail, a second run finds nothing.

Frozen papers, minutes, signatures, decisions and the trail itself are never touched: no rule names them.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from chibo.choices import CandidateStage, Role, Transferred, TransferState
from chibo.models import (
    Candidate,
    CandidateStep,
    Complaint,
    DataRequest,
    Exit,
    Member,
    MemberIdentity,
    MemberProfile,
    OldCard,
    Transfer,
)
from kyanh_portal.access.scope import scope_of
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import add_months, today
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.exchange.running import sweep as sweep_lists
from kyanh_portal.parameters.parameter import value_on
from kyanh_portal.reports.running import sweep as sweep_reports


@dataclass(frozen=True)
class Retention:
    """`due(day)` are the rows past their time, `clear(rows)` takes them away and returns how many; `words(day)` says the time.

    Rules about people (`place` names the branch of a row) are listed for staff, who confirm; the others go by themselves
    each night (`sweep`).
    """

    code: str
    what: str
    words: Callable[[dt.date], str]
    due: Callable[[dt.date], models.QuerySet] | None = None
    clear: Callable[[models.QuerySet], int] | None = None
    place: str | tuple[str, ...] = ""
    sweep: Callable[[], int] | None = None


def _years_before(day: dt.date, name: str) -> dt.date:
    return add_months(day.replace(day=1), -12 * value_on(name, day))


def _left(day: dt.date):
    gone = Exit.objects.filter(left_on__lt=_years_before(day, "chibo.keep_left_years"), readmitted_on=None)
    return MemberIdentity.objects.filter(member__in=gone.values("member")).select_related("member__organisation")


def _left_cards(day: dt.date):
    gone = Exit.objects.filter(left_on__lt=_years_before(day, "chibo.keep_left_years"), readmitted_on=None)
    return OldCard.objects.filter(member__in=gone.values("member")).select_related("member__organisation")


def _requests(day: dt.date):
    rows = DataRequest.objects.filter(answered_at__date__lt=_years_before(day, "chibo.keep_request_years"))
    return rows.exclude(text="", ground="", answer="").select_related("member__organisation")


def _complaints(day: dt.date):
    rows = Complaint.objects.filter(answered_on__lt=_years_before(day, "chibo.keep_complaint_years"))
    return rows.with_member()


def _withdrawn(day: dt.date):
    rows = Candidate.objects.filter(stage=CandidateStage.WITHDRAWN, stage_on__lt=_years_before(day, "chibo.keep_withdrawn_years"), member=None)  # fmt: skip
    return rows.select_related("organisation")


def _clear_withdrawn(rows) -> int:
    found = list(rows.values_list("pk", flat=True))
    CandidateStep.objects.filter(candidate__in=found).delete()
    return Candidate.objects.filter(pk__in=found).delete()[0]


def _moved(day: dt.date):
    """Who left for a place outside the portal for good, was received there long ago, and has not come back."""
    kinds = [Transferred.OUTSIDE, Transferred.INSIDE]
    letters = Transfer.objects.filter(member=OuterRef("pk"), kind__in=kinds, target=None, state=TransferState.RECEIVED)
    gone = letters.filter(received_on__lt=_years_before(day, "chibo.keep_moved_years"))
    rows = Member.objects.filter(Exists(gone), left_on__isnull=False)
    return rows.filter(reduce(or_, (Q(**{f"{name}__isnull": False}) for name in _OF_MOVED))).select_related("organisation")  # fmt: skip


def _clear_moved(rows) -> int:
    found = list(rows.values_list("pk", flat=True))
    for model in (MemberIdentity, OldCard, MemberProfile):
        model.objects.filter(member__in=found).delete()
    return len(found)


def _sessions() -> int:
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def _said(name: str) -> Callable[[dt.date], str]:
    return lambda day: f"{value_on(name, day)} năm"


_OF_MOVED = ("identity", "old_card", "profile")
RULES = [
    Retention("left", "Số định danh của người đã ra khỏi Đảng, từ trần (họ tên, ngày, lý do, số quyết định vẫn giữ)", _said("chibo.keep_left_years"), _left, lambda rows: rows.delete()[0], "member__organisation__path"),
    Retention("old_cards", "Số thẻ đảng viên cũ của người đã ra khỏi Đảng, từ trần (họ tên, ngày, lý do, số quyết định vẫn giữ)", _said("chibo.keep_left_years"), _left_cards, lambda rows: rows.delete()[0], "member__organisation__path"),
    Retention("withdrawn", "Quần chúng đã rút khỏi nguồn kết nạp: cả dòng và các bước (bảng số liệu đã khóa vẫn giữ)", _said("chibo.keep_withdrawn_years"), _withdrawn, _clear_withdrawn, "organisation__path"),
    Retention("moved", "Số định danh, thẻ cũ, thông tin thống kê của đảng viên đã chuyển đi nơi khác (họ tên, ngày, giấy chuyển vẫn giữ)", _said("chibo.keep_moved_years"), _moved, _clear_moved, "organisation__path"),
    Retention("requests", "Lời lẽ của đề nghị về dữ liệu đã trả lời (dòng ghi loại, ngày, kết quả vẫn giữ)", _said("chibo.keep_request_years"), _requests, lambda rows: rows.update(text="", ground="", answer=""), "path"),
    Retention("complaints", "Dòng khiếu nại kỷ luật, xóa tên đã trả lời (dòng kỷ luật, xóa tên vẫn giữ)", _said("chibo.keep_complaint_years"), _complaints, lambda rows: rows.delete()[0], Complaint.objects.all().PLACES),
    Retention("lists", "Bản xem trước của danh sách đã nhập", lambda day: "24 giờ", sweep=sweep_lists),
    Retention("reports", "Tệp báo cáo, tệp xuất danh sách", lambda day: "24 giờ", sweep=sweep_reports),
    Retention("sessions", "Phiên đăng nhập hết hạn", lambda day: "đến khi hết hạn", sweep=_sessions),
]  # fmt: skip


def due_rows(rule: Retention, user, day: dt.date):
    """What is past its time where this user keeps the register; none for whom it is not to confirm."""
    places = (rule.place,) if isinstance(rule.place, str) else rule.place
    mine = [scope_of(user).covers_as(place, Role.ORGANISING) for place in places]
    return rule.due(day).filter(reduce(or_, mine))


@transaction.atomic
def clear_confirmed(code: str, *, by, day: dt.date | None = None) -> int:
    """Staff looked at the list and agree: personal data past their time go, the record of the person stays."""
    rule = next(one for one in RULES if one.code == code and one.due)
    rows = due_rows(rule, by, day or today())
    number = rule.clear(rule.due(day or today()).filter(pk__in=list(rows.values_list("pk", flat=True))))
    if not number:
        raise RuleBroken("Không còn mục nào hết hạn giữ. Tải lại trang.")
    record("data.retention", by=by, path=scope_of(by).home_path, rule=rule.code, rows=number)
    return number


def clear_what_is_over() -> dict[str, int]:
    """Each night: files, previews and sessions past their time; {rule: rows}. Personal data wait for staff."""
    cleared = {}
    for rule in RULES:
        if rule.sweep is None:
            continue
        with transaction.atomic():
            if number := rule.sweep():
                cleared[rule.code] = number
                record("data.retention", rule=rule.code, rows=number)
    return cleared
