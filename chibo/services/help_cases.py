"""Members who need education and help: found, directed, voted in secret, helped for twelve months, concluded.

02-HD/BTCTW of 12/4/2021 step 1 (read); the later steps after Article 8 of the Charter, details chưa xác nhận.
"""

import datetime as dt

from django.db import transaction

from chibo.choices import DECIDING, HelpState, Penalty
from chibo.models import Discipline, HelpCase, Member
from chibo.rules import months_after, two_thirds
from chibo.services.bases import check_cell_base
from kyanh_portal.access.scope import scope_of
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line
from kyanh_portal.parameters.parameter import values_at

# Papers that go with a proposal to remove (guide of Hà Nội on 02-QĐ/TU, C.II.1.1; chưa xác nhận cho Hà Tĩnh).
REMOVAL_PAPERS = [
    "Bản tự kiểm điểm, hoặc ba lần yêu cầu mà không có kết quả (06-HD/TW 11.1a)",
    "Biên bản, nghị quyết chi bộ đưa vào danh sách và kết luận không tiến bộ",
    "Trích sổ thu đảng phí",
    "Biên bản các buổi họp vắng không lý do",
    "Danh sách miễn sinh hoạt (để thấy đồng chí không thuộc diện miễn)",
    "Biên bản trả thẻ, hủy thẻ (nếu có)",
    "Kết luận về tiêu chuẩn chính trị (nếu có)",
    "Giấy xác nhận đã xuất cảnh (nếu có)",
]
HELP_MONTHS = 12  # Điều lệ Đảng, Điều 8


def _not_of_oneself(member_id: int, by) -> None:
    if by is not None and Member.objects.filter(pk=member_id, user=by).exists():
        raise RuleBroken("Không ai tự ghi trường hợp của chính mình. Cấp trên ghi.")


def _past(day: dt.date, after: dt.date | None, field: str) -> None:
    if day > latest_day():
        raise RuleBroken("Ngày này chưa đến.", field=field)
    if after and day < after:
        raise RuleBroken(f"Bước trước ghi ngày {vn_date(after)}; bước này không sớm hơn.", field=field)


@transaction.atomic
def open_case(member: Member, code: str, found_on: dt.date, *, by, finding=None, is_synthetic=False) -> HelpCase:
    """The committee of the cell names a member by a criterion; one open case a person."""
    _not_of_oneself(member.pk, by)
    _past(found_on, None, "found_on")
    if HelpCase.objects.open().filter(member=member).exists():
        raise RuleBroken("Đồng chí này đang có một trường hợp chưa xong.", field="member")
    case = HelpCase.objects.create(organisation=member.organisation, member=member, code=code, found_on=found_on, finding=finding, is_synthetic=is_synthetic)  # fmt: skip
    record("help.opened", case, by=by, path=case.path, code=code)
    return case


def punished_again(user, day: dt.date) -> list[tuple[Member, Discipline, Discipline]]:
    """(member, penalty being served, later one) of the last twelve months: what criterion C2 of the review would look at.

    A warning or a dismissal is served until the day written, else for as long as the setting of the branch says. Who has
    a case of C2 since the later penalty is left out. A hint: whether the later act counts is for the cell to judge.
    """
    within = scope_of(user).covers_as("member__organisation__path", *DECIDING)
    recent = Discipline.objects.filter(within, decided_on__gt=months_after(day, -HELP_MONTHS), decided_on__lte=day, member__left_on=None)  # fmt: skip
    latest = {one.member_id: one for one in recent.select_related("member__organisation").order_by("decided_on", "pk")}
    cases = HelpCase.objects.filter(code="C2", member__in=list(latest)).values_list("member_id", "found_on")
    named = {pk for pk, found_on in cases if found_on >= latest[pk].decided_on}
    earlier = Discipline.objects.filter(member__in=list(latest), penalty__in=[Penalty.WARNING, Penalty.DISMISSAL])
    found = {}
    pairs = [(first, latest[first.member_id]) for first in earlier.order_by("decided_on", "pk")]
    months = values_at("chibo.penalty_months", [(last.decided_on, last.member.organisation.path) for _, last in pairs])
    for first, last in pairs:
        served = months[last.decided_on, last.member.organisation.path]
        until = first.ends_on or months_after(first.decided_on, served)
        if first.member_id not in named and first.decided_on < last.decided_on <= until:
            found[first.member_id] = (last.member, first, last)
    return sorted(found.values(), key=lambda row: row[0].sort_key)


def _case(case, *states) -> HelpCase:
    case = HelpCase.objects.select_for_update(of=("self",)).select_related("organisation", "member").get(pk=case.pk)
    if case.state not in states:
        raise RuleBroken(f"Đang ở bước “{case.get_state_display()}”, không làm được việc này. Tải lại trang.")
    return case


@transaction.atomic
def direct(case, directed_on: dt.date, direction: str, *, by) -> HelpCase:
    """The superior gave its direction on the list: the cell may vote."""
    case = _case(case, HelpState.FOUND)
    _past(directed_on, case.found_on, "directed_on")
    case.state, case.directed_on, case.direction = HelpState.TO_VOTE, directed_on, clean_line(direction)
    case.save()
    record("help.directed", case, by=by, path=case.path)
    return case


@transaction.atomic
def ballot(case, voted_on: dt.date, base: int, votes: int, resolution: str, *, by) -> HelpCase:
    """Bỏ phiếu kín on this one person: two thirds of the official members put the member on the list for twelve months."""
    _not_of_oneself(case.member_id, by)
    case = _case(case, HelpState.TO_VOTE)
    _past(voted_on, case.directed_on, "voted_on")
    check_cell_base(case.organisation, voted_on, base, exempt_may_come=False)  # 02-HD/BTCTW 2021
    if votes > base:
        raise RuleBroken("Số phiếu đồng ý không quá số có quyền biểu quyết.", field="votes")
    if not clean_line(resolution):
        raise RuleBroken("Ghi số, ngày nghị quyết của chi bộ.", field="resolution")
    listed = votes >= two_thirds(base)
    case.voted_on, case.base, case.votes, case.resolution = voted_on, base, votes, clean_line(resolution)
    case.state = HelpState.HELPING if listed else HelpState.NOT_LISTED
    case.due_on = months_after(voted_on, HELP_MONTHS) if listed else None
    case.ended_on = None if listed else voted_on
    case.save()
    record("help.voted", case, by=by, path=case.path, listed=listed)
    return case


@transaction.atomic
def assign(case, helper: Member, *, by) -> HelpCase:
    """An official member of the cell helps; never the person."""
    case = _case(case, HelpState.HELPING)
    if helper.pk == case.member_id or helper.organisation_id != case.organisation_id or helper.official_on is None:
        raise RuleBroken("Chọn một đảng viên chính thức khác của chi bộ.", field="helper")
    case.helper = helper
    case.save(update_fields=["helper", "updated_at"])
    record("help.assigned", case, by=by, path=case.path)
    return case


@transaction.atomic
def conclude(case, outcome: str, ended_on: dt.date, paper: str, *, by) -> HelpCase:
    """After the help: off the list, or on to removal (not before twelve months are over) or to the inspection."""
    _not_of_oneself(case.member_id, by)
    case = _case(case, HelpState.HELPING)
    _past(ended_on, case.voted_on, "ended_on")
    if outcome not in HelpState.outcomes():
        raise RuleBroken("Chọn kết luận.", field="outcome")
    if outcome == HelpState.TO_REMOVE and ended_on < case.due_on:
        raise RuleBroken(f"Chưa hết mười hai tháng giúp đỡ (đến {vn_date(case.due_on)}): chưa đề nghị xóa tên được (Điều lệ Đảng, Điều 8).", field="outcome")  # fmt: skip
    if not clean_line(paper):
        raise RuleBroken("Ghi số, ngày nghị quyết hoặc văn bản.", field="outcome_paper")
    case.state, case.ended_on, case.outcome_paper = outcome, ended_on, clean_line(paper)
    case.save()
    record("help.concluded", case, by=by, path=case.path, outcome=outcome)
    return case
