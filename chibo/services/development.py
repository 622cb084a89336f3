"""From quần chúng ưu tú to the ceremony: each step with its conditions (members.md 5.2)."""

import datetime as dt

from django.db import transaction

from chibo.choices import CandidateStage as Stage
from chibo.choices import Standing
from chibo.models import Candidate, CandidateStep, DevelopmentTarget, Member
from chibo.rulebooks import rulebook_on
from chibo.rules import is_vote_late, months_after, more_than_half, two_thirds
from chibo.services.bases import (
    Decides,
    check_cell_base,
    check_committee_base,
    check_deciding_base,
    committee_of,
    decides_on,
)
from chibo.services.conditions import check_conditions
from chibo.services.days import check_day
from chibo.services.holidays import working_days
from chibo.services.members import add_member
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line
from kyanh_portal.base.workflow import Workflow

ORDER = [
    Stage.PROMISING, Stage.SYMPATHISER, Stage.SENT_TO_CLASS, Stage.CLASS_DONE, Stage.ALLOWED, Stage.FILE, Stage.VERIFYING,
    Stage.VERIFIED, Stage.OPINIONS, Stage.CELL_VOTED, Stage.COMMITTEE_VOTED, Stage.DECIDED, Stage.ADMITTED,
]  # fmt: skip
_ENDS = {Stage.WITHDRAWN, Stage.MOVED}
_AFTER = {one: {after} | (_ENDS if after != Stage.ADMITTED else set()) for one, after in zip(ORDER, ORDER[1:], strict=False)}  # fmt: skip
WAY = Workflow(
    {**_AFTER, Stage.CELL_VOTED: _AFTER[Stage.CELL_VOTED] | {Stage.DECIDED}}
)  # which of the two: `_next_body`
VOTED = (Stage.CELL_VOTED, Stage.COMMITTEE_VOTED, Stage.DECIDED)
OLDEST, YOUNGEST = 60, 18  # Quy định 294-QĐ/TW 1.1: đủ 18 đến đủ 60, tính theo tháng
CERTIFICATE_MONTHS, DOSSIER_MONTHS = 60, 12  # Hướng dẫn 06-HD/TW 5.4
HOME_WD, ABROAD_WD = 30, 90  # Hướng dẫn 06-HD/TW 3.4d: reply to a verification


def next_stages(candidate) -> list[Stage]:
    """What may follow, the usual step first."""
    following = set(WAY.moves.get(candidate.stage, ()))
    if candidate.stage == Stage.CELL_VOTED:
        following -= {Stage.COMMITTEE_VOTED, Stage.DECIDED} - {_next_body(candidate, candidate.stage_on)}
    return sorted(following, key=lambda one: (one in _ENDS, one))


def _next_body(candidate, day: dt.date) -> Stage:
    """What comes after the cell's vote: the base committee, or at once the decision where there is none (06-HD/TW 3.6–3.7)."""
    return Stage.COMMITTEE_VOTED if committee_of(candidate.organisation, day) else Stage.DECIDED


def votes_needed(stage: str, base: int, decides: Decides | None = None) -> int:
    """Two thirds in the cell and the committee; where it is decided more than half, two thirds of a committee that was given
    the right (294-QĐ/TW 9.3.4; 06-HD/TW 3.7a)."""
    if stage != Stage.DECIDED:
        return two_thirds(base)
    return decides.needed(base) if decides else more_than_half(base)


@transaction.atomic
def add_candidate(*, by, organisation, stage_on, **fields) -> Candidate:
    """A person found worth helping enters the pool."""
    if not organisation.kind.is_cell:
        raise RuleBroken("Chi bộ giúp đỡ là một chi bộ. Chọn chi bộ.", field="organisation")
    if stage_on > latest_day():
        raise RuleBroken("Ngày này chưa đến.", field="stage_on")
    if fields["born_on"] > months_after(stage_on, -12 * 14):
        raise RuleBroken("Kiểm tra lại ngày sinh: người này chưa đến tuổi Đoàn.", field="born_on")
    one = Candidate.objects.create(organisation=organisation, stage_on=stage_on, **fields)
    CandidateStep.objects.create(candidate=one, stage=one.stage, on=stage_on)
    record("candidate.entered", one, by=by)
    return one


@transaction.atomic
def assign_helper(candidate, helper: Member, *, by) -> Candidate:
    """Đảng viên giúp đỡ is an official member of the same cell."""
    if helper.organisation_id != candidate.organisation_id or helper.standing_on(latest_day()) != Standing.OFFICIAL:
        raise RuleBroken("Người giúp đỡ là đảng viên chính thức đang sinh hoạt ở chi bộ này.", field="helper")
    candidate.helper = helper
    candidate.save(update_fields=["helper", "updated_at"])
    record("candidate.helped", candidate, by=by)
    return candidate


def check_vote(candidate, on: dt.date) -> None:
    """Age, certificate and dossier on the day the cell votes; raises RuleBroken at what is wrong."""
    if on < months_after(candidate.born_on, 12 * YOUNGEST):
        raise RuleBroken("Chưa đủ 18 tuổi vào ngày chi bộ biểu quyết (294-QĐ/TW 1.1).", field="on")
    last_month = months_after(candidate.born_on, 12 * OLDEST)
    if (on.year, on.month) > (last_month.year, last_month.month) and not candidate.consent:
        raise RuleBroken("Quá 60 tuổi vào ngày biểu quyết: phải có văn bản đồng ý trước của ban thường vụ cấp có thẩm quyền. Ghi văn bản ở trang sửa rồi làm lại.", field="on")  # fmt: skip
    if candidate.certificate_on is None or on > months_after(candidate.certificate_on, CERTIFICATE_MONTHS):
        day = vn_date(candidate.certificate_on) if candidate.certificate_on else "chưa ghi"
        raise RuleBroken(f"Giấy chứng nhận lớp nhận thức (cấp {day}) quá 60 tháng: phải học lại (06-HD/TW 5.4b).", field="on")  # fmt: skip
    if candidate.dossier_on and on > months_after(candidate.dossier_on, DOSSIER_MONTHS):
        raise RuleBroken(f"Hồ sơ lập ngày {vn_date(candidate.dossier_on)} đã quá 12 tháng: làm lại giấy giới thiệu, nghị quyết đoàn thể, thẩm tra bổ sung (06-HD/TW 5.4a), rồi ghi ngày hồ sơ mới.", field="on")  # fmt: skip
    check_conditions(candidate, on)


@transaction.atomic
def move(candidate, stage: str, on: dt.date, *, by, paper="", base=None, votes=None, certificate_number="", received_on=None) -> Candidate:  # fmt: skip
    """Record one step. A vote that fails is kept as it was and leaves the stage where it stood.

    `received_on`: when the cell received the decision; until 25/7/2026 the time for the ceremony runs from that day.
    """
    candidate = Candidate.objects.select_for_update(of=("self",)).select_related("organisation__kind", "helper").get(pk=candidate.pk)  # fmt: skip
    WAY.require(candidate.stage, stage, f"Từ bước “{candidate.get_stage_display()}” chưa đến bước này. Tải lại trang rồi xem bước tiếp theo.")  # fmt: skip
    if on > latest_day():
        raise RuleBroken("Ngày này chưa đến.", field="on")
    if on < candidate.stage_on:
        raise RuleBroken(f"Bước trước ghi ngày {vn_date(candidate.stage_on)}; bước này không sớm hơn.", field="on")
    if stage == Stage.SENT_TO_CLASS and candidate.helper_id is None:
        raise RuleBroken("Phân công đảng viên giúp đỡ trước khi cử học (38-HD/BTCTW I.1.1).")
    passed, paper, decides = True, clean_line(paper), None
    if stage in (Stage.COMMITTEE_VOTED, Stage.DECIDED) and candidate.stage == Stage.CELL_VOTED:
        _check_next_body(candidate, stage, on)
    if stage == Stage.DECIDED:
        decides = decides_on(candidate.organisation, on)
    if received_on:
        check_day(received_on, "received_on", after=on if stage == Stage.DECIDED else candidate.stage_on, what="ngày quyết định")  # fmt: skip
    if stage in VOTED:
        if not base or votes is None:
            raise RuleBroken("Ghi số người có quyền biểu quyết và số tán thành.", field="base")
        if votes > base:
            raise RuleBroken("Số tán thành không quá số có quyền biểu quyết.", field="votes")
        if decides:
            check_deciding_base(decides, on, base)
        passed = votes >= votes_needed(stage, base, decides)
    if stage == Stage.CELL_VOTED:
        check_vote(candidate, on)
        check_cell_base(candidate.organisation, on, base)
    if stage == Stage.COMMITTEE_VOTED and (committee := committee_of(candidate.organisation, on)):
        check_committee_base(committee, on, base)
    if stage == Stage.CLASS_DONE:
        if not clean_line(certificate_number):
            raise RuleBroken("Ghi số giấy chứng nhận.", field="certificate_number")
        candidate.certificate_number, candidate.certificate_on = clean_line(certificate_number), on
    if stage == Stage.FILE:
        candidate.dossier_on = on
    if stage in (Stage.DECIDED, Stage.ALLOWED) and not paper:
        raise RuleBroken("Ghi số, ngày văn bản.", field="paper")
    if stage == Stage.ADMITTED:
        decision = candidate.steps.filter(stage=Stage.DECIDED, passed=True).first()
        if decision and received_on:
            decision.received_on = received_on
            decision.save(update_fields=["received_on"])
        _check_ceremony(decision, on, paper)
    CandidateStep.objects.create(
        candidate=candidate, stage=stage, on=on, paper=paper, base=base, votes=votes, passed=passed, received_on=received_on if stage == Stage.DECIDED else None,
    )  # fmt: skip
    if passed:
        candidate.stage, candidate.stage_on = stage, on
    if stage == Stage.ADMITTED:
        candidate.member = add_member(
            by=by, organisation=candidate.organisation, full_name=candidate.full_name, born_on=candidate.born_on, sex=candidate.sex,
            admitted_on=on, decided_on=decision.on if decision else None, joined_on=on, is_synthetic=candidate.is_synthetic,
        )  # fmt: skip
    candidate.save()
    record("candidate.moved", candidate, by=by, stage=stage, passed=passed)
    return candidate


def _check_next_body(candidate, stage, on) -> None:
    following = _next_body(candidate, on)
    if stage == following:
        return
    if following == Stage.COMMITTEE_VOTED:
        committee = committee_of(candidate.organisation, on)
        raise RuleBroken(
            f"Chi bộ đề nghị rồi thì {committee.name} biểu quyết, sau đó mới quyết định. Ghi phiếu của cấp ủy cơ sở trước."
        )
    raise RuleBroken(f"Chi bộ này không qua cấp ủy cơ sở: chi bộ đề nghị xong thì {decides_on(candidate.organisation, on).told} quyết định. Ghi luôn quyết định.")  # fmt: skip


def ceremony_limit(decision, days=None) -> tuple[dt.date, str]:
    """(last day, in words) for the ceremony: thirty working days from the receipt of the decision (294-QĐ/TW 4.1), since 26/7/2026
    from its issue (208-QĐ/TW). A receipt not written down is counted from the issue and said so."""
    book, days = rulebook_on(decision.on), days or working_days()
    from_receipt = book["ceremony_counts_from"] == "received"
    begun = decision.received_on if from_receipt and decision.received_on else decision.on
    since = "ngày ký quyết định" if not from_receipt else "ngày nhận quyết định" if decision.received_on else "ngày nhận quyết định; chưa ghi ngày nhận nên tính từ ngày ký"  # fmt: skip
    return days.after(begun, book["ceremony_wd"]), f"{book['ceremony_wd']} ngày làm việc từ {since}. {book.source}"


def _check_ceremony(decision, on: dt.date, paper: str) -> None:
    """A ceremony after its time needs the consent of the superior (294-QĐ/TW 4.1)."""
    if decision is None or paper:
        return
    until, why = ceremony_limit(decision)
    if on > until:
        raise RuleBroken(f"Lễ kết nạp quá hạn {vn_date(until)} ({why}). Ghi số, ngày văn bản cấp trên đồng ý cho tổ chức muộn.", field="paper")  # fmt: skip


@transaction.atomic
def renew_dossier(candidate, on: dt.date, *, by, consent="") -> Candidate:
    """The dossier was made again (12 months went by), or the consent for a higher age came."""
    if on > latest_day() or on < candidate.born_on:
        raise RuleBroken("Kiểm tra lại ngày lập hồ sơ.", field="on")
    candidate.dossier_on, candidate.consent = on, clean_line(consent)
    candidate.save(update_fields=["dossier_on", "consent", "updated_at"])
    record("candidate.moved", candidate, by=by, stage=candidate.stage)
    return candidate


@transaction.atomic
def set_target(organisation, year: int, number: int, source: str, *, by) -> DevelopmentTarget:
    """How many the body is to admit in a year, on which paper."""
    row, _ = DevelopmentTarget.objects.update_or_create(
        organisation=organisation, year=year, defaults={"number": number, "source": clean_line(source)}
    )
    record("development.target_set", row, by=by, path=organisation.path, year=year, number=number)
    return row


def overdue(organisation, day: dt.date) -> list[tuple[Candidate, str]]:
    """P8: candidates of a branch whose decision or ceremony is late, members whose recognition is; each with what is late."""
    days, found = working_days(), []
    open_ones = Candidate.objects.filter(organisation__path__startswith=organisation.path).exclude(stage__in=[Stage.ADMITTED, *_ENDS])  # fmt: skip
    for one in open_ones.prefetch_related("steps"):
        found += [(one, what) for until, what, _ in limits_of(one, days) if until < day]
    for member in Member.objects.present_on(day).filter(organisation__path__startswith=organisation.path, official_on=None, admitted_on__lte=months_after(day, -12)):  # fmt: skip
        if is_vote_late(member.admitted_on, day, days):
            found.append((member, "Công nhận chính thức"))
    return found


def limits_of(candidate, days=None) -> list[tuple[dt.date, str, str]]:
    """(until when, what, by which rule) of a candidate's present stage (members.md 13)."""
    days, book = days or working_days(), rulebook_on(candidate.stage_on)
    stage, found = candidate.stage, []
    if stage in ORDER[3:9] and candidate.certificate_on:
        found.append((months_after(candidate.certificate_on, CERTIFICATE_MONTHS), "Giấy chứng nhận lớp nhận thức hết hạn", "60 tháng (06-HD/TW 5.4b)"))  # fmt: skip
    if stage in ORDER[5:9] and candidate.dossier_on:
        found.append((months_after(candidate.dossier_on, DOSSIER_MONTHS), "Hồ sơ quá 12 tháng, phải làm lại", "06-HD/TW 5.4a"))  # fmt: skip
    if stage == Stage.VERIFYING:
        number, where = (ABROAD_WD, "ở ngoài nước") if candidate.verifies_abroad else (HOME_WD, "ở trong nước")
        found.append((days.after(candidate.stage_on, number), f"Trả lời thẩm tra lý lịch {where}", f"{number} ngày làm việc (06-HD/TW 3.4d)"))  # fmt: skip
    if stage in (Stage.CELL_VOTED, Stage.COMMITTEE_VOTED):
        step = next((one for one in candidate.steps.all() if one.stage == Stage.CELL_VOTED and one.passed), None)
        begun = step.on if step else candidate.stage_on
        found.append((days.after(begun, book["admission_decision_wd"]), "Quyết định kết nạp", f"{book['admission_decision_wd']} ngày làm việc từ nghị quyết chi bộ, trường hợp đặc biệt thêm 15 ngày. {book.source}"))  # fmt: skip
    if stage == Stage.DECIDED:
        step = next((one for one in candidate.steps.all() if one.stage == Stage.DECIDED and one.passed), None)
        until, why = ceremony_limit(step or CandidateStep(on=candidate.stage_on), days)
        found.append((until, "Tổ chức lễ kết nạp", why))
    return sorted(found)
