"""Đảng phí of a year, candidates, the review of autumn 2020 and ratings of one ward: all invented and marked so."""

import datetime as dt

from chibo.choices import CandidateStage as Stage
from chibo.choices import Verdict
from chibo.models import FeeStanding, Organisation, ReviewForm
from chibo.services.arrears import pay_late, payable_in
from chibo.services.bases import entitled
from chibo.services.campaigns import check_form, finish_finding, note_finding, open_campaign, send_form
from chibo.services.conditions import set_conditions
from chibo.services.development import add_candidate, assign_helper, move, set_target
from chibo.services.dues import add_extra, close_month, open_month, pass_up, tick, work_out
from chibo.services.funds import enter
from chibo.services.help_cases import assign, ballot, direct, open_case
from chibo.services.ratings import appraise, decide, open_year, vote
from chibo.services.screening import found_in, screen
from kyanh_portal.demo.names import invent
from kyanh_portal.demo.world import World
from kyanh_portal.parameters.models import ParameterValue

YEAR = 2020
WAY = [
    (Stage.SYMPATHISER, dt.date(2019, 6, 5), {}), (Stage.SENT_TO_CLASS, dt.date(2019, 8, 1), {}),
    (Stage.CLASS_DONE, dt.date(2019, 10, 12), {"certificate_number": "45/GCN (giả lập)"}),
    (Stage.ALLOWED, dt.date(2020, 1, 6), {"paper": "Công văn của đảng ủy (giả lập)"}), (Stage.FILE, dt.date(2020, 1, 15), {}),
    (Stage.VERIFYING, dt.date(2020, 2, 3), {}), (Stage.VERIFIED, dt.date(2020, 3, 10), {}), (Stage.OPINIONS, dt.date(2020, 4, 2), {}),
    (Stage.CELL_VOTED, dt.date(2020, 5, 5), {}), (Stage.COMMITTEE_VOTED, dt.date(2020, 5, 20), {"base": 15, "votes": 14}),
    (Stage.DECIDED, dt.date(2020, 6, 10), {"base": 11, "votes": 11, "paper": "Quyết định kết nạp (giả lập)"}), (Stage.ADMITTED, dt.date(2020, 6, 25), {}),
]  # fmt: skip


def build_growth(world: World) -> None:
    ward = world["bases"][0]
    cells = [cell for cell in world["cells"] if cell.parent_id == ward.pk]
    _candidates(world, cells)
    _dues(world, cells[0])
    _fund(cells[0])
    _help([one for one in world["members"][cells[0].pk] if one.official_on])
    _screening(ward, cells)
    _review(world)
    _ratings(cells)
    set_target(ward, YEAR, 12, "Kế hoạch của Đảng ủy phường (giả lập)", by=None)
    set_target(world["town"], YEAR, 120, "Nghị quyết của Thị ủy (giả lập)", by=None)


def _candidates(world, cells):
    """People at every part of the way, in the first cells of the ward."""
    for number, steps in enumerate((11, 9, 8, 5, 3, 1, 0)):
        cell, sex = cells[number % 3], ("nu", "nam")[number % 2]
        born = dt.date(1990 + number, 3 + number, 8)
        one = add_candidate(by=None, organisation=cell, full_name=invent(world.rng, sex), born_on=born, sex=sex, is_youth=number > 2, stage_on=dt.date(2019, 5, 5), is_synthetic=True)  # fmt: skip
        assign_helper(one, world["members"][cell.pk][number], by=None)
        if steps >= 5:  # the dossier is being made: who introduces; one still lacks the youth union's resolution
            people = world["members"][cell.pk]
            second = {"second_introducer": people[2], "second_since": dt.date(2015, 1, 1)} if number < 3 else {"union_resolution": "Nghị quyết 04-NQ/ĐTN (giả lập)"}  # fmt: skip
            set_conditions(one, by=None, schooling="THCS", introducer=people[3], introducer_since=dt.date(2015, 1, 1), **second if steps != 5 else {})  # fmt: skip
        for stage, on, more in WAY[:steps]:
            on += dt.timedelta(days=150) if steps in (9, 8) and on.year == 2020 else dt.timedelta(0)
            if stage == Stage.CELL_VOTED:
                base = entitled(cell, on)
                more = {"base": base, "votes": base - 2}
            one = move(one, stage, on, by=None, **more)


def _dues(world, cell):
    """Twelve months of one cell: eleven closed and handed over, December being collected."""
    rng, members = world.rng, world["members"][cell.pk]
    rows = []
    for number, member in enumerate(members):
        group = ("F3", "F1", "F4")[number % 3]
        base = {"F3": rng.randrange(30, 70) * 100_000, "F1": rng.randrange(40, 90) * 100_000}.get(group)
        rows.append(FeeStanding(member=member, starts_on=dt.date(YEAR, 1, 1), group=group, base=base, ground="Bản khai (giả lập)"))  # fmt: skip
    FeeStanding.objects.bulk_create(rows)
    for month in range(1, 13):
        first = dt.date(YEAR, month, 1)
        ledger = open_month(cell, first, by=None, is_synthetic=True)
        for line in ledger.lines.filter(state="CHUA_RO"):  # joined this year: probationary, told nothing yet
            FeeStanding.objects.get_or_create(member=line.member, starts_on=first, defaults={"group": "F4"})
        if ledger.lines.filter(state="CHUA_RO").exists():
            work_out(ledger, ledger.lines.filter(state="CHUA_RO"))
        late = {one.pk for one, months in ((members[7], (9, 10, 11)), (members[9], (11,))) if month in months}
        ids = [pk for pk in ledger.lines.values_list("member_id", flat=True) if pk not in late]
        if month == 5:
            add_extra(ledger, members[3], 200_000, "Báo cáo của chi bộ (giả lập)", by=None)
        tick(ledger, ids[: len(ids) // 2] if month == 12 else ids, by=None, paid_on=first.replace(day=5), channel="TIEN_MAT", receipt_from=f"{month:02}01")  # fmt: skip
        if month == 12:  # one pays the month of November that stood unpaid
            owed = [line.pk for line in payable_in(ledger) if line.member_id == members[9].pk]
            pay_late(ledger, owed, by=None, paid_on=first.replace(day=5), channel="TIEN_MAT", receipt_from="1290")
        if month < 12:
            ledger = close_month(ledger, by=None)
            if month < 11:
                pass_up(ledger, first.replace(day=25), by=None)


def _fund(cell):
    """What the cell received and spent in the year beside the dues it keeps."""
    for day, kind, text, amount in (
        ((3, 10), "BAO_CHI", "Mua báo Nhân Dân quý I", 390_000), ((2, 3), "KHEN", "Hoa chúc mừng trao Huy hiệu Đảng", 250_000),
        ((4, 20), "CAP_TREN", "Cấp trên hỗ trợ đại hội chi bộ", 1_500_000), ((5, 12), "DAI_HOI", "In tài liệu, trang trí đại hội", 1_280_000),
        ((9, 10), "BAO_CHI", "Mua báo Nhân Dân quý III", 390_000), ((11, 18), "HO_TRO", "Thăm hỏi đảng viên ốm", 500_000),
    ):  # fmt: skip
        enter(cell, by=None, on=dt.date(YEAR, *day), kind=kind, text=f"{text} (giả lập)", amount=amount, voucher="", is_synthetic=True)  # fmt: skip


def _help(members):
    """One member being helped, one on whom the cell still has to vote."""
    one = open_case(members[11], "C4", dt.date(2020, 3, 5), by=None, is_synthetic=True)
    one = direct(one, dt.date(2020, 3, 20), "Công văn của Đảng ủy phường (giả lập)", by=None)
    base = entitled(one.organisation, dt.date(2020, 4, 3))
    one = ballot(one, dt.date(2020, 4, 3), base, base - base // 6, "Nghị quyết của chi bộ (giả lập)", by=None)
    assign(one, members[2], by=None)
    two = open_case(members[13], "C1", dt.date(2020, 11, 5), by=None, is_synthetic=True)
    direct(two, dt.date(2020, 12, 1), "Công văn của Đảng ủy phường (giả lập)", by=None)


def _screening(ward, cells):
    """The ward asks for the monthly screening since November; most cells recorded it, December waits."""
    ParameterValue.objects.create(name="chibo.screening", path=ward.path, valid_from=dt.date(2020, 11, 1), value="monthly", source="Yêu cầu của Đảng ủy phường (giả lập)")  # fmt: skip
    november = dt.date(2020, 11, 1)
    for number, cell in enumerate(cells):
        if number % 5 != 3:
            named = found_in(november, organisation=cell).exists()
            screen(cell, november, dt.date(2020, 11, 25), named, by=None, was_heard=True, is_synthetic=True)


def _review(world):
    """Rà soát mùa thu 2020: most cells sent, a few findings, some done."""
    one = open_campaign(
        by=None, organisation=world["town"], name="Rà soát tổ chức đảng, đảng viên mùa thu 2020", plan="Kế hoạch của Ban Thường vụ Thị ủy (giả lập)",
        as_of=dt.date(2020, 9, 30), due_on=dt.date(2020, 11, 15), is_synthetic=True,
        criteria="Rà soát mô hình tổ chức, chi ủy, số đảng viên; đối chiếu danh sách với hồ sơ; đảng viên cần giáo dục, giúp đỡ theo tiêu chí C1–C4.",
    )  # fmt: skip
    tasks = [
        ("O2", "Bầu bổ sung phó bí thư chi bộ", Verdict.STRENGTHEN), ("O3", "Chia tổ đảng", Verdict.FITS),
        ("O4", "Đề nghị nhập với chi bộ liền kề", Verdict.REARRANGE), ("D", "Đối chiếu danh sách với hồ sơ đảng viên", Verdict.FITS),
        ("O5", "Tạo nguồn kết nạp ở doanh nghiệp", Verdict.FITS),
    ]  # fmt: skip
    forms = list(ReviewForm.objects.filter(campaign=one).select_related("organisation", "campaign").order_by("organisation__path", "pk"))  # fmt: skip
    for number, form in enumerate(forms[:60]):
        verdict = Verdict.FITS
        if number % 6 == 1:
            code, text, verdict = tasks[number // 6 % len(tasks)]
            found = note_finding(form, by=None, code=code, text=f"{text} (giả lập)", owner="Bí thư chi bộ", due_on=dt.date(2020, 12, 31))  # fmt: skip
            if number % 12 == 1:
                finish_finding(found, dt.date(2020, 12, 10), "Đã làm xong (giả lập)", by=None)
        if number == 0:
            continue  # the first cell still fills its form
        form = send_form(form, verdict, "Chi bộ đề nghị cấp trên xem xét (giả lập)" if verdict != Verdict.FITS else "", by=None, sent_on=dt.date(2020, 11, 10))  # fmt: skip
        if number % 3:
            check_form(form, by=None)


def _ratings(cells: list[Organisation]):
    """Xếp loại 2020 of one ward: most cells voted, half are decided; the first begins."""
    session = open_year(cells[0].parent, YEAR, by=None, is_synthetic=True)
    vote(session, {}, by=None, voted_on=dt.date(2020, 12, 12), base=15, self_level="HTT", self_votes=14)
    for number, cell in enumerate(cells):
        session = open_year(cell, YEAR, by=None, is_synthetic=True)
        if number == 0:
            continue
        rated = [one for one in session.ratings.order_by("pk") if not one.not_rated]
        base = entitled(cell, dt.date(2020, 12, 5))
        rows = {one.member_id: ("HTXS" if place % 7 == 0 else "HT" if place % 9 == 4 else "HTT", base - place % 3) for place, one in enumerate(rated)}  # fmt: skip
        session = vote(session, rows, by=None, voted_on=dt.date(2020, 12, 5), base=base, self_level="HTXS" if number % 5 == 1 else "HTT")  # fmt: skip
        if number % 2:
            session = appraise(session, dt.date(2020, 12, 14), "Hồ sơ đủ, tỷ lệ xuất sắc đúng quy định (giả lập)", by=None)  # fmt: skip
            decide(session, {}, by=None, level="HTT", decision="Quyết định của Đảng ủy phường (giả lập)")
