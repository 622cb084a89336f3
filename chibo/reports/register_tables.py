"""Bảng nội bộ N1–N11 of the register (members.md 10.3), until the official forms arrive; and the table of a review."""

import datetime as dt

from django import forms
from django.db.models import Q

from chibo.choices import FeeState, RatingLevel, Standing, TransferState
from chibo.models import (  # fmt: skip
    Badge,
    Campaign,
    Candidate,
    DevelopmentTarget,
    Exit,
    FeeMonth,
    Finding,
    Lineage,
    Member,
    Organisation,
    Rating,
    Transfer,
)
from chibo.reports.badges import candidates as badge_candidates
from chibo.reports.dues import statement
from chibo.reports.tables import Table, TableReport, UnitForm
from chibo.rulebooks import rulebook_on
from chibo.rules import award_windows, months_after, official_from, party_age
from chibo.services.campaigns import CRITERIA, consolidated
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.rendering.xlsx import Column
from kyanh_portal.reports.report import add_report

FEW = 3  # dưới ba người thì không nêu con số (kỷ luật, sức khỏe): kẻo nhận ra ai


class Facts:
    """What the tables count from, read once: cells of the day, members with their cell of that day."""

    def __init__(self, unit: Organisation, year: int):
        self.unit, self.year = unit, year
        self.first, self.last = dt.date(year, 1, 1), min(dt.date(year, 12, 31), today())
        self.before = dt.date(year - 1, 12, 31)
        cells = Organisation.objects.below_on(unit.path, self.last).cells().valid_on(self.last)
        self.cells = list(cells.select_related("cell_type", "kind").in_order())
        inside = Q(organisation__path__startswith=unit.path)
        rows = Member.objects.placed_on(self.last, inside).distinct().prefetch_related("standing_periods", "gaps")
        self.members = list(rows)
        self.opening = Member.objects.placed_on(self.before, inside).distinct().count()
        self.inside = inside

    def type_of(self, organisation) -> str:
        return organisation.cell_type.name if organisation.cell_type_id else "Chưa ghi loại hình"

    def by_type(self):
        """(name of type, cells, members) for each type, then the sum."""
        types = {cell.pk: self.type_of(cell) for cell in self.cells}
        names = list(dict.fromkeys(types.values()))
        for name in names:
            cells = [cell for cell in self.cells if types[cell.pk] == name]
            ids = {cell.pk for cell in cells}
            yield name, cells, [one for one in self.members if one.organisation_id in ids]
        elsewhere = [one for one in self.members if one.organisation_id not in types]
        if elsewhere:
            yield "Nay đã chuyển nơi khác", [], elsewhere
        yield "Cộng", self.cells, self.members


def int_columns(first: str, *names: str) -> list[Column]:
    return [Column(first, 34), *(Column(name, 11, "int") for name in names)]


def n1(facts: Facts) -> Table:
    official = {}
    for one in facts.members:
        if one.official_on and one.official_on <= facts.last:
            official[one.organisation_id] = official.get(one.organisation_id, 0) + 1
    totals = {}
    for one in facts.members:
        totals[one.organisation_id] = totals.get(one.organisation_id, 0) + 1
    changes = list(Lineage.objects.filter(organisation__path__startswith=facts.unit.path, effective_on__range=(facts.first, facts.last)).values_list("organisation", "kind"))  # fmt: skip
    book, rows = rulebook_on(facts.last), []
    for name, cells, _ in facts.by_type():
        if not cells:
            continue
        ids = {cell.pk for cell in cells}
        kinds = [kind for pk, kind in changes if pk in ids]
        rows.append([
            name, len(cells), sum(cell.kind.is_base for cell in cells), sum(not cell.kind.is_base for cell in cells), kinds.count("THANH_LAP"),
            sum(kind in ("SAP_NHAP", "HOP_NHAT") for kind in kinds), sum(kind in ("GIAI_THE", "KET_THUC") for kind in kinds),
            sum(official.get(pk, 0) < book["least_official"] for pk in ids), sum(totals.get(pk, 0) >= book["base_committee_from"] for pk in ids),
        ])  # fmt: skip
    return Table("N1", "N1. Chi bộ theo loại hình", int_columns("Loại hình", "Chi bộ", "Chi bộ cơ sở", "Trực thuộc", "Lập mới", "Nhập", "Kết thúc", "Dưới 3 chính thức", "Từ 30 đảng viên"), rows, f"Hoạt động ngày {vn_date(facts.last)}.")  # fmt: skip


def n2(facts: Facts) -> Table:
    exits = Exit.objects.filter(member__organisation__path__startswith=facts.unit.path, left_on__range=(facts.first, facts.last))  # fmt: skip
    left: dict[str, int] = {}
    for row in exits:
        left[row.get_reason_display()] = left.get(row.get_reason_display(), 0) + 1
    admitted = Member.objects.filter(facts.inside, admitted_on__range=(facts.first, facts.last)).count()
    again = Exit.objects.filter(member__organisation__path__startswith=facts.unit.path, readmitted_on__range=(facts.first, facts.last)).count()  # fmt: skip
    closing = len(facts.members)
    known = facts.opening + admitted + again - sum(left.values())
    rows = [["Đầu kỳ (31/12 năm trước)", facts.opening], ["Kết nạp", admitted], ["Kết nạp lại", again]]
    rows += [[f"Ra: {name}", -number] for name, number in sorted(left.items())]
    rows += [["Chuyển đến trừ chuyển đi và ghi thêm", closing - known], ["Cuối kỳ", closing]]
    probation = sum(one.official_on is None or one.official_on > facts.last for one in facts.members)
    rows += [["– trong đó dự bị", probation], ["– trong đó nữ", sum(one.sex == "nu" for one in facts.members)]]
    return Table("N2", "N2. Biến động đảng viên", int_columns("Dòng", "Số đồng chí"), rows, "Cuối kỳ = đầu kỳ + kết nạp + kết nạp lại − ra + chuyển đến trừ chuyển đi.")  # fmt: skip


def n3(facts: Facts) -> Table:
    rows = []
    for name, _, members in facts.by_type():
        ages = [(facts.last - one.born_on).days / 365.25 for one in members if one.born_on]
        bands = [sum(low <= age < high for age in ages) for low, high in ((0, 31), (31, 41), (41, 51), (51, 61), (61, 200))]  # fmt: skip
        party = [party_age(one.counts_from, facts.last, [(gap.starts_on, gap.ends_on) for gap in one.gaps.all()])[0] for one in members]  # fmt: skip
        standings = [one.standing_on(facts.last) for one in members]
        rows.append([
            name, len(members), sum(one.official_on is None or one.official_on > facts.last for one in members), sum(one.sex == "nu" for one in members),
            *bands, len(members) - len(ages), *(sum(low <= years < high for years in party) for low, high in ((0, 10), (10, 30), (30, 40), (40, 50), (50, 120))),
            standings.count(Standing.EXEMPT), standings.count(Standing.SENT_AWAY), standings.count(Standing.HERE_TEMPORARILY),
        ])  # fmt: skip
    names = ("Tổng", "Dự bị", "Nữ", "Đến 30", "31–40", "41–50", "51–60", "Trên 60", "Thiếu ngày sinh", "Tuổi đảng < 10", "10–29", "30–39", "40–49", "Từ 50", "Miễn", "Tạm đi", "Tạm đến")  # fmt: skip
    return Table("N3", "N3. Cơ cấu đảng viên", [Column("Loại hình", 26), *(Column(name, 8, "int") for name in names)], rows, f"Ngày {vn_date(facts.last)}. Dân tộc, tôn giáo, học vấn không lưu trên cổng.")  # fmt: skip


def n4(facts: Facts) -> Table:
    admitted = list(Member.objects.filter(facts.inside, admitted_on__range=(facts.first, facts.last)).select_related("was_candidate"))  # fmt: skip
    target = DevelopmentTarget.objects.filter(organisation=facts.unit, year=facts.year).first()
    types = {cell.pk: facts.type_of(cell) for cell in facts.cells}
    rows = []
    for name in [*dict.fromkeys(types.values()), "Cộng"]:
        some = [one for one in admitted if name == "Cộng" or types.get(one.organisation_id) == name]
        ages = [(one.admitted_on - one.born_on).days / 365.25 for one in some if one.born_on]
        youth = sum(bool(getattr(one, "was_candidate", None) and one.was_candidate.is_youth) for one in some)
        is_sum = name == "Cộng"
        rows.append([name, target.number if is_sum and target else None, len(some), len(some) / facts.opening if is_sum and facts.opening else None, sum(one.sex == "nu" for one in some), youth, sum(18 <= age < 31 for age in ages), f"{sum(ages) / len(ages):.1f}".replace(".", ",") if ages else ""])  # fmt: skip
    columns = [Column("Loại hình", 30), Column("Chỉ tiêu", 9, "int"), Column("Kết nạp", 9, "int"), Column("Tỷ lệ", 9, "percent"), Column("Nữ", 8, "int"), Column("Đoàn viên", 9, "int"), Column("18–30 tuổi", 10, "int"), Column("Tuổi bình quân", 12)]  # fmt: skip
    return Table("N4", "N4. Kết nạp", columns, rows, f"Tỷ lệ trên {facts.opening} đảng viên ngày {vn_date(facts.before)}.")  # fmt: skip


def n5(facts: Facts) -> Table:
    pool = list(Candidate.objects.filter(facts.inside).select_related("organisation"))
    groups = [("QUAN_CHUNG",), ("CAM_TINH",), ("CU_HOC",), ("DA_HOC", "LAM_THU_TUC"), ("LAP_HO_SO", "THAM_TRA", "DA_THAM_TRA", "LAY_Y_KIEN"), ("CHI_BO", "DANG_UY", "QUYET_DINH")]  # fmt: skip
    expired = months_after(facts.last, -60)
    rows = []
    for cell in sorted({one.organisation for one in pool}, key=lambda one: one.sort_key):
        mine = [one for one in pool if one.organisation_id == cell.pk]
        rows.append([cell.name, *(sum(one.stage in group for one in mine) for group in groups), sum(bool(one.certificate_on and one.certificate_on < expired and not one.member_id) for one in mine)])  # fmt: skip
    if rows:
        rows.append(["Cộng", *(sum(row[i] for row in rows) for i in range(1, 8))])
    return Table("N5", "N5. Nguồn kết nạp", int_columns("Chi bộ", "Quần chúng ưu tú", "Cảm tình", "Cử học", "Đã học", "Hồ sơ", "Đã đề nghị, có quyết định", "Giấy quá 60 tháng"), rows, f"Hiện tại, {len(pool)} người đã ghi. Chi bộ không có nguồn không nêu.")  # fmt: skip


def n6(facts: Facts) -> Table:
    rows = []
    around = Member.objects.filter(facts.inside, admitted_on__range=(months_after(facts.first, -12), facts.last)).select_related("organisation")  # fmt: skip
    due = [one for one in around if facts.first <= official_from(one.admitted_on) <= facts.last]
    for cell in sorted({one.organisation for one in due}, key=lambda one: one.sort_key):
        mine = [one for one in due if one.organisation_id == cell.pk]
        done = sum(one.official_on is not None for one in mine)
        gone = sum(one.official_on is None and one.left_on is not None for one in mine)
        rows.append([cell.name, len(mine), done, gone, len(mine) - done - gone])
    if rows:
        rows.append(["Cộng", *(sum(row[i] for row in rows) for i in range(1, 5))])
    return Table("N6", "N6. Công nhận chính thức", int_columns("Chi bộ", "Đến hạn", "Đã công nhận", "Xóa tên, ra", "Chưa xong"), rows, "Đến hạn: hết mười hai tháng dự bị trong kỳ.")  # fmt: skip


def n7(facts: Facts) -> Table:
    ratings = list(Rating.objects.filter(session__organisation__path__startswith=facts.unit.path, session__year=facts.year).select_related("session__organisation__cell_type"))  # fmt: skip
    earlier = list(Rating.objects.filter(session__organisation__path__startswith=facts.unit.path, session__year=facts.year - 1, not_rated="").values_list("final", flat=True))  # fmt: skip
    rows = []
    for name in [*dict.fromkeys(facts.type_of(one.session.organisation) for one in ratings), "Cộng"]:
        some = [one for one in ratings if name == "Cộng" or facts.type_of(one.session.organisation) == name]
        rated = [one for one in some if not one.not_rated]
        row = [name, len(some), len(some) - len(rated), len(rated)]
        for level in RatingLevel.values:
            number = sum((one.final or one.level) == level for one in rated)
            row += [number, number / len(rated) if rated else None]
        rows.append(row)
    columns = [
        Column("Loại hình", 28),
        Column("Đảng viên", 9, "int"),
        Column("Không xếp", 9, "int"),
        Column("Được xếp", 9, "int"),
    ]
    for level in ("Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành"):
        columns += [Column(level, 10, "int"), Column("%", 8, "percent")]
    before = f"Năm trước: {len(earlier)} đồng chí được xếp, {earlier.count('HTXS')} xuất sắc." if earlier else "Năm trước chưa có số liệu."  # fmt: skip
    return Table("N7", "N7. Xếp loại đảng viên", columns, rows, f"Tỷ lệ trên số được xếp. {before} Mức chưa quyết định lấy theo đề nghị của chi bộ.")  # fmt: skip


def n8(facts: Facts) -> Table:
    moves = list(Transfer.objects.filter(Q(source__path__startswith=facts.unit.path) | Q(target__path__startswith=facts.unit.path), moved_on__range=(facts.first, facts.last)).select_related("source", "target"))  # fmt: skip
    path, rows = facts.unit.path, []
    for label, temporary in (("Chính thức", False), ("Tạm thời", True)):
        some = [one for one in moves if (one.kind == "TAM_THOI") == temporary]
        waiting = [one for one in some if one.state == TransferState.SENT]
        rows.append([label, sum(one.source.path.startswith(path) for one in some), sum(bool(one.target and one.target.path.startswith(path)) for one in some), len(waiting), sum(one.sent_on < facts.last - dt.timedelta(days=42) for one in waiting), sum(one.sent_on < months_after(facts.last, -3) for one in waiting)])  # fmt: skip
    return Table("N8", "N8. Chuyển sinh hoạt", int_columns("Loại", "Đi", "Đến", "Chưa tiếp nhận", "Quá 30 ngày làm việc", "Quá 3 tháng"), rows, "Theo ngày quyết định chuyển trong kỳ; chuyển trong nội bộ đơn vị tính cả đi và đến. 30 ngày làm việc tính gần đúng 42 ngày.")  # fmt: skip


def n9(facts: Facts) -> Table:
    awarded = list(Badge.objects.filter(member__organisation__path__startswith=facts.unit.path, awarded_on__range=(facts.first, facts.last)).values_list("years", flat=True))  # fmt: skip
    reached: dict[int, list[dict]] = {}
    for award, _, _ in award_windows(facts.year):
        for row in badge_candidates(facts.unit, award):
            reached.setdefault(row["years"], []).append(row)
    rows = [[f"{years} năm", len(reached.get(years, [])), sum(one["blocked"] for one in reached.get(years, [])), awarded.count(years)] for years in sorted({*reached, *awarded})]  # fmt: skip
    for row in rows:
        row[2] = row[2] if row[2] == 0 or row[2] >= FEW else f"< {FEW}"
    return Table("N9", "N9. Huy hiệu Đảng", [Column("Loại", 12), Column("Đủ tuổi đảng chưa nhận", 16, "int"), Column("Chưa xét (kỷ luật)", 16), Column("Đã trao", 12, "int")], rows, "Bốn đợt trong năm.")  # fmt: skip


def n10(facts: Facts) -> Table:
    found = list(Finding.objects.filter(form__organisation__path__startswith=facts.unit.path, form__campaign__as_of__year=facts.year).values_list("code", "state"))  # fmt: skip
    rows = []
    for code, text in CRITERIA.items():
        opened, done = sum(c == code for c, _ in found), sum(c == code and state == "DA_XONG" for c, state in found)
        small = code.startswith("C") and 0 < opened < FEW
        rows.append([code, text, f"< {FEW}" if small else str(opened), "" if small else str(done)])
    return Table("N10", "N10. Việc sau rà soát", [Column("Mã", 6), Column("Tiêu chí", 60), Column("Mở", 8), Column("Xong", 8)], rows, f"Đợt rà soát của năm {facts.year}. Về người mà dưới {FEW} thì không nêu số.")  # fmt: skip


def n11(facts: Facts) -> Table:
    ledgers = list(FeeMonth.objects.filter(organisation__path__startswith=facts.unit.path, month__year=facts.year, month__lte=facts.last).exclude(state=FeeState.OPEN).select_related("organisation__cell_type"))  # fmt: skip
    columns = [Column("Chỉ tiêu", 44), Column("ĐVT", 8), Column("Mã số", 8), *(Column(name, 14, "int") for name in ("Xã, phường", "Doanh nghiệp", "Khác", "Cộng")), Column("Ghi chú", 10)]  # fmt: skip
    return Table("N11", "N11. Thu, nộp đảng phí", columns, statement(ledgers, facts.first, facts.last.replace(day=1)), f"{len(ledgers)} sổ tháng đã chốt.")  # fmt: skip


TABLES = {"N1": n1, "N2": n2, "N3": n3, "N4": n4, "N5": n5, "N6": n6, "N7": n7, "N8": n8, "N9": n9, "N10": n10, "N11": n11}  # fmt: skip


class TablesForm(UnitForm):
    wanted = forms.MultipleChoiceField(label="Bảng", choices=[(code, code) for code in TABLES], initial=list(TABLES), widget=forms.CheckboxSelectMultiple)  # fmt: skip
    field_order = ["unit", "year", "wanted", "formats"]


class RegisterTables(TableReport):
    code = "bang-dang-vien"
    title = "Bảng nội bộ về tổ chức đảng, đảng viên"
    form_class = TablesForm
    file_name = "bang-dang-vien"

    def parameters(self, answers):
        return {**super().parameters(answers), "wanted": answers["wanted"]}

    def count(self, user, parameters):
        return len(parameters["wanted"])

    def steps(self, user, parameters, work, set_aside):
        work["unit"] = Organisation.objects.get(pk=parameters["unit"])
        facts, work["tables"] = Facts(work["unit"], parameters["year"]), []
        for code in parameters["wanted"]:
            work["tables"].append(TABLES[code](facts))
            yield


class ReviewTableForm(UnitForm):
    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        rows = Campaign.objects.visible_to(user).filter(organisation__in=self.fields["unit"].queryset)
        self.fields["campaign"] = forms.ModelChoiceField(rows, label="Đợt rà soát", empty_label=None)
        del self.fields["unit"], self.fields["year"]


class ReviewTable(TableReport):
    """Bảng tổng hợp rà soát by type of cell, and what is to be done."""

    code = "ra-soat"
    title = "Tổng hợp rà soát tổ chức đảng, đảng viên"
    form_class = ReviewTableForm
    file_name = "ra-soat"

    def parameters(self, answers):
        one = answers["campaign"]
        return {"campaign": one.pk, "unit": one.organisation_id, "year": one.as_of.year}

    def tables(self, unit, parameters, user):
        campaign = Campaign.objects.get(pk=parameters["campaign"])
        names = [("cells", "Chi bộ"), ("sent", "Đã gửi"), ("checked", "Đã kiểm tra"), ("official", "Chính thức"), ("probationary", "Dự bị"), ("female", "Nữ"), ("exempt", "Miễn"), ("sent_away", "Tạm đi"), ("PHU_HOP", "Phù hợp"), ("SAP_XEP", "Sắp xếp"), ("KIEN_TOAN", "Kiện toàn"), ("open", "Việc còn"), ("done", "Việc xong")]  # fmt: skip
        rows = [[row["name"], *(row[key] for key, _ in names)] for row in consolidated(campaign)]
        findings = Finding.objects.filter(form__campaign=campaign).select_related("form__organisation")
        work = [[one.form.organisation.name, one.code, one.text, one.owner, vn_date(one.due_on), one.get_state_display(), one.result] for one in findings]  # fmt: skip
        base = f"{campaign.name}. {campaign.plan}. Số liệu đến {vn_date(campaign.as_of)}; kết quả tính trên phiếu đã gửi."  # fmt: skip
        return [
            Table("Tổng hợp", "I. Theo loại hình chi bộ", [Column("Loại hình", 26), *(Column(label, 9, "int") for _, label in names)], rows, base),
            Table("Việc", "II. Việc phải làm", [Column("Chi bộ", 30), Column("Mã", 6), Column("Việc", 50), Column("Chịu trách nhiệm", 24), Column("Hạn", 12), Column("Tình trạng", 14), Column("Kết quả", 30)], work),
        ]  # fmt: skip


add_report(RegisterTables())
add_report(ReviewTable())
