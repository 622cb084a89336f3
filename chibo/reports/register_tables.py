"""Bảng nội bộ N1–N11 of the register (members.md 10.3), until the official forms arrive; and the table of a review."""

from math import ceil

from django import forms
from django.db.models import Q
from django.urls import reverse

from chibo.choices import FormState, HelpState, RatingLevel, Standing, TransferState
from chibo.fee_choices import FeeState
from chibo.fieldclasses import sees
from chibo.models import (  # fmt: skip
    Badge,
    Campaign,
    Candidate,
    DevelopmentTarget,
    Exit,
    FeeMonth,
    Finding,
    HelpCase,
    Lineage,
    Member,
    Organisation,
    Rating,
    ReviewForm,
    ReviewYear,
    Transfer,
)
from chibo.reports.badges import candidates as badge_candidates
from chibo.reports.dues import statement
from chibo.reports.profile_table import n3b, n4b
from chibo.reports.register_facts import FEW, Facts, Listed, added, int_columns
from chibo.reports.tables import Table, TableReport, UnitForm
from chibo.rulebooks import ABROAD, rulebook_on
from chibo.rules import award_windows, months_after, official_from, party_age
from chibo.services.campaigns import CRITERIA, consolidated
from chibo.services.holidays import working_days
from chibo.services.party_age import age_basis
from chibo.services.ratings import caps_of_bodies
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.parameters.parameter import value_on
from kyanh_portal.rendering.xlsx import Column
from kyanh_portal.reports.report import add_report


def n1(facts: Facts) -> Table:
    official, totals = {}, {}
    for one in facts.members:
        official[one.organisation_id] = official.get(one.organisation_id, 0) + facts.is_official(one)
        totals[one.organisation_id] = totals.get(one.organisation_id, 0) + 1
    changes = list(Lineage.objects.filter(organisation__in=facts.units, effective_on__range=(facts.first, facts.last)).values_list("organisation", "kind"))  # fmt: skip
    book, rows = rulebook_on(facts.last), []

    def changed(cells, *kinds):
        return Listed(cell for cell in cells for pk, kind in changes if pk == cell.pk and kind in kinds)

    for name, cells, _ in facts.by_type():
        if cells:
            rows.append([
                name, Listed(cells), Listed(cell for cell in cells if cell.kind.is_base), Listed(cell for cell in cells if not cell.kind.is_base),
                changed(cells, "THANH_LAP"), changed(cells, "SAP_NHAP", "HOP_NHAT"), changed(cells, "GIAI_THE", "KET_THUC"),
                Listed(cell for cell in cells if official.get(cell.pk, 0) < book["least_official"]),
                Listed(cell for cell in cells if totals.get(cell.pk, 0) >= book["base_committee_from"]),
            ])  # fmt: skip
    return Table("N1", "N1. Chi bộ theo loại hình", int_columns("Loại hình", "Chi bộ", "Chi bộ cơ sở", "Trực thuộc", "Lập mới", "Nhập", "Kết thúc", "Dưới 3 chính thức", "Từ 30 đảng viên"), rows, f"Hoạt động ngày {vn_date(facts.last)}.")  # fmt: skip


def n2(facts: Facts) -> Table:
    exits = Exit.objects.filter(member__organisation__in=facts.units, left_on__range=(facts.first, facts.last)).select_related("member__organisation")  # fmt: skip
    left: dict[str, list] = {}
    for row in exits:
        left.setdefault(row.get_reason_display(), []).append(row.member)
    admitted = Listed(Member.objects.filter(facts.inside, admitted_on__range=(facts.first, facts.last)).select_related("organisation").in_order())  # fmt: skip
    again = Listed(one.member for one in Exit.objects.filter(member__organisation__in=facts.units, readmitted_on__range=(facts.first, facts.last)).select_related("member__organisation"))  # fmt: skip
    closing = Listed(facts.members)
    known = facts.opening + admitted + again - sum(len(found) for found in left.values())
    rows = [["Đầu kỳ (31/12 năm trước)", facts.opening], ["Kết nạp", admitted], ["Kết nạp lại", again]]
    rows += [[f"Ra (trừ): {name}", Listed(found)] for name, found in sorted(left.items())]
    rows += [["Chuyển đến trừ chuyển đi và ghi thêm", closing - known], ["Cuối kỳ", closing]]
    rows += [["– trong đó dự bị", Listed(one for one in facts.members if not facts.is_official(one))], ["– trong đó nữ", Listed(one for one in facts.members if one.sex == "nu")]]  # fmt: skip
    return Table("N2", "N2. Biến động đảng viên", int_columns("Dòng", "Số đồng chí"), rows, "Cuối kỳ = đầu kỳ + kết nạp + kết nạp lại − ra + chuyển đến trừ chuyển đi.")  # fmt: skip


def _counted(member, day):
    counts_from, gaps = age_basis(member, day)
    return counts_from, day, gaps


def n3(facts: Facts) -> Table:
    rows = []
    for name, _, members in facts.by_type():
        ages = [(one, (facts.last - one.born_on).days / 365.25) for one in members if one.born_on]
        bands = [Listed(one for one, age in ages if low <= age < high) for low, high in ((0, 31), (31, 41), (41, 51), (51, 61), (61, 200))]  # fmt: skip
        party = [(one, party_age(*_counted(one, facts.last))[0]) for one in members]  # fmt: skip
        standings = [(one, one.standing_on(facts.last)) for one in members]
        rows.append([
            name, Listed(members), Listed(one for one in members if not facts.is_official(one)), Listed(one for one in members if one.sex == "nu"),
            *bands, Listed(one for one in members if not one.born_on),
            *(Listed(one for one, years in party if low <= years < high) for low, high in ((0, 10), (10, 30), (30, 40), (40, 50), (50, 120))),
            *(Listed(one for one, standing in standings if standing == wanted) for wanted in (Standing.EXEMPT, Standing.SENT_AWAY, Standing.HERE_TEMPORARILY)),
        ])  # fmt: skip
    names = ("Tổng", "Dự bị", "Nữ", "Đến 30", "31–40", "41–50", "51–60", "Trên 60", "Thiếu ngày sinh", "Tuổi đảng < 10", "10–29", "30–39", "40–49", "Từ 50", "Miễn", "Tạm đi", "Tạm đến")  # fmt: skip
    return Table("N3", "N3. Cơ cấu đảng viên", [Column("Loại hình", 26), *(Column(name, 8, "int") for name in names)], rows, f"Ngày {vn_date(facts.last)}. Dân tộc, tôn giáo, trình độ, nghề nghiệp: bảng N3B.")  # fmt: skip


def n4(facts: Facts) -> Table:
    target = DevelopmentTarget.objects.filter(organisation=facts.unit, year=facts.year).first()
    types = {cell.pk: facts.type_of(cell) for cell in facts.cells}
    rows = []
    for name in [*dict.fromkeys(types.values()), "Cộng"]:
        some = [one for one in facts.admitted if name == "Cộng" or types.get(one.organisation_id) == name]
        ages = [(one, (one.admitted_on - one.born_on).days / 365.25) for one in some if one.born_on]
        youth = Listed(one for one in some if getattr(one, "was_candidate", None) and one.was_candidate.is_youth)
        is_sum = name == "Cộng"
        rows.append([name, target.number if is_sum and target else None, Listed(some), len(some) / facts.opening if is_sum and facts.opening else None, Listed(one for one in some if one.sex == "nu"), youth, *(Listed(one for one, age in ages if low <= age < high) for low, high in ((18, 31), (31, 41), (41, 51), (51, 200))), f"{sum(age for _, age in ages) / len(ages):.1f}".replace(".", ",") if ages else ""])  # fmt: skip
    columns = [Column("Loại hình", 30), Column("Chỉ tiêu", 9, "int"), Column("Kết nạp", 9, "int"), Column("Tỷ lệ", 9, "percent"), Column("Nữ", 8, "int"), Column("Đoàn viên", 9, "int"), Column("18–30 tuổi", 10, "int"), *(Column(name, 9, "int") for name in ("31–40", "41–50", "Trên 50")), Column("Tuổi bình quân", 12)]  # fmt: skip
    rate = float(value_on("chibo.admission_rate", facts.last, facts.unit.path))
    share = f"{rate:g}".replace(".", ",")
    wanted = f" Chỉ tiêu chung {share} % của số ấy là {ceil(facts.opening * rate / 100)} đồng chí. Dân tộc, tôn giáo, trình độ, nghề nghiệp: bảng N4B."
    return Table("N4", "N4. Kết nạp", columns, rows, f"Tỷ lệ trên {facts.opening} đảng viên ngày {vn_date(facts.before)}.{wanted}")  # fmt: skip


def n5(facts: Facts) -> Table:
    pool = list(Candidate.objects.filter(facts.inside).select_related("organisation__parent"))
    groups = [("QUAN_CHUNG",), ("CAM_TINH",), ("CU_HOC",), ("DA_HOC", "LAM_THU_TUC"), ("LAP_HO_SO", "THAM_TRA", "DA_THAM_TRA", "LAY_Y_KIEN"), ("CHI_BO", "DANG_UY", "QUYET_DINH")]  # fmt: skip
    expired = months_after(facts.last, -60)
    rows = []
    for cell in sorted({one.organisation for one in pool}, key=lambda one: one.sort_key):
        mine = [one for one in pool if one.organisation_id == cell.pk]
        rows.append([facts.name_of(cell), *(Listed(one for one in mine if one.stage in group) for group in groups), Listed(one for one in mine if one.certificate_on and one.certificate_on < expired and not one.member_id)])  # fmt: skip
    if rows:
        rows.append(["Cộng", *(added(rows, at) for at in range(1, 8))])
    return Table("N5", "N5. Nguồn kết nạp", int_columns("Chi bộ", "Quần chúng ưu tú", "Cảm tình", "Cử học", "Đã học", "Hồ sơ", "Đã đề nghị, có quyết định", "Giấy quá 60 tháng"), rows, f"Hiện tại, {len(pool)} người đã ghi. Chi bộ không có nguồn không nêu.")  # fmt: skip


def n6(facts: Facts) -> Table:
    rows = []
    around = Member.objects.filter(facts.inside, admitted_on__range=(months_after(facts.first, -12), facts.last)).select_related("organisation__parent")  # fmt: skip
    due = [one for one in around if facts.first <= official_from(one.admitted_on) <= facts.last]
    for cell in sorted({one.organisation for one in due}, key=lambda one: one.sort_key):
        mine = [one for one in due if one.organisation_id == cell.pk]
        done = [one for one in mine if one.official_on is not None]
        gone = [one for one in mine if one.official_on is None and one.left_on is not None]
        rows.append([facts.name_of(cell), Listed(mine), Listed(done), Listed(gone), Listed(one for one in mine if one not in done and one not in gone)])  # fmt: skip
    if rows:
        rows.append(["Cộng", *(added(rows, at) for at in range(1, 5))])
    return Table("N6", "N6. Công nhận chính thức", int_columns("Chi bộ", "Đến hạn", "Đã công nhận", "Xóa tên, ra", "Chưa xong"), rows, "Đến hạn: hết mười hai tháng dự bị trong kỳ.")  # fmt: skip


def n7(facts: Facts) -> Table:
    ratings = list(Rating.objects.filter(session__organisation__in=facts.units, session__year=facts.year).select_related("session__organisation__cell_type", "member"))  # fmt: skip
    earlier = list(Rating.objects.filter(session__organisation__in=facts.units, session__year=facts.year - 1, not_rated="").values_list("final", flat=True))  # fmt: skip
    rows = []
    for name in [*dict.fromkeys(facts.type_of(one.session.organisation) for one in ratings), "Cộng"]:
        some = [one for one in ratings if name == "Cộng" or facts.type_of(one.session.organisation) == name]
        rated = [one for one in some if not one.not_rated]
        row = [name, Listed(some), Listed(one for one in some if one.not_rated), Listed(rated)]
        for level in RatingLevel.values:
            found = Listed(one for one in rated if (one.final or one.level) == level)
            row += [found, found / len(rated) if rated else None]
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


def n7b(facts: Facts) -> Table:
    reviews = ReviewYear.objects.filter(organisation__in=facts.units, year=facts.year)
    sessions = list(reviews.select_related("organisation__kind", "organisation__cell_type").order_by("organisation__path", "subject"))  # fmt: skip
    groups = [
        ("Chi bộ", lambda one: one.rates_organisation and one.organisation.kind.is_cell),
        ("Đảng bộ", lambda one: one.rates_organisation and not one.organisation.kind.is_cell),
        ("Tập thể cấp ủy, chi ủy", lambda one: not one.rates_organisation),
    ]
    rows = []
    for name, belongs in groups:
        some = [one for one in sessions if belongs(one)]
        rated = [one for one in some if one.level or one.self_level]
        row = [name, Listed(some), Listed(rated)]
        for level in RatingLevel.values:
            row.append(Listed(one for one in rated if (one.level or one.self_level) == level))
        row.insert(4, Listed(one for one in rated if one.is_outstanding))
        rows.append(row)
    names = ("Đã mở", "Đã có mức", "Xuất sắc", "Trong đó tiêu biểu", "Tốt", "Hoàn thành", "Không hoàn thành")
    caps = [f"{name}: xuất sắc {cap.excellent}, tối đa {cap.most} = {cap.share:g} % của {cap.base} ({cap.base_words})." for name, _, cap in caps_of_bodies(reviews)]  # fmt: skip
    return Table("N7B", "N7B. Xếp loại tổ chức đảng, tập thể cấp ủy", int_columns("Nhóm", *names), rows, "Mức chưa quyết định lấy theo mức tự nhận. Mỗi nhóm tính trên số đã có mức.", caps)  # fmt: skip


def n8(facts: Facts) -> Table:
    moves = list(Transfer.objects.filter(Q(source__in=facts.units) | Q(target__in=facts.units), moved_on__range=(facts.first, facts.last)).select_related("member", "source", "target").prefetch_related("boxes"))  # fmt: skip
    ids, rows, days, limit = set(facts.units), [], working_days(), rulebook_on(facts.last)["present_letter_wd"]
    for label, kinds in (
        ("Chính thức", ("CHINH_THUC", "NOI_BO")),
        ("Tạm thời", ("TAM_THOI",)),
        ("Ra nước ngoài", ABROAD),
    ):
        some = [one for one in moves if one.kind in kinds]
        waiting = [one for one in some if one.state_on(facts.last) == TransferState.SENT]
        out, arrived = [one for one in some if one.source_id in ids], [one for one in some if one.target_id in ids]  # fmt: skip
        rows.append([label, Listed(out), Listed(arrived), Listed(waiting), Listed(one for one in waiting if days.after(one.sent_on, limit) < facts.last), Listed(one for one in waiting if one.sent_on < months_after(facts.last, -3))])  # fmt: skip
    return Table("N8", "N8. Chuyển sinh hoạt", int_columns("Loại", "Đi", "Đến", "Chưa tiếp nhận", f"Quá {limit} ngày làm việc", "Quá 3 tháng"), rows, "Theo ngày quyết định chuyển trong kỳ; chuyển trong nội bộ đơn vị tính cả đi và đến.")  # fmt: skip


def n9(facts: Facts) -> Table:
    awarded = list(Badge.objects.filter(member__organisation__in=facts.units, awarded_on__range=(facts.first, facts.last)).select_related("member__organisation"))  # fmt: skip
    reached: dict[int, list[dict]] = {}
    for award, _, _ in award_windows(facts.year):
        for row in badge_candidates(facts.unit, award):
            reached.setdefault(row["years"], []).append(row)
    rows = [[f"{years} năm", Listed(one["member"] for one in reached.get(years, [])), sum(bool(one["blocked"]) for one in reached.get(years, [])), Listed(one.member for one in awarded if one.years == years)] for years in sorted({*reached, *(one.years for one in awarded)})]  # fmt: skip
    for row in rows:
        row[2] = row[2] if row[2] == 0 or row[2] >= FEW else f"< {FEW}"
    return Table("N9", "N9. Huy hiệu Đảng", [Column("Loại", 12), Column("Đủ tuổi đảng chưa nhận", 16, "int"), Column("Chưa xét (kỷ luật)", 16), Column("Đã trao", 12, "int")], rows, "Bốn đợt trong năm.")  # fmt: skip


def n10(facts: Facts) -> Table:
    found = list(Finding.objects.filter(form__organisation__in=facts.units, form__campaign__as_of__year=facts.year).select_related("form__organisation"))  # fmt: skip
    cases = list(HelpCase.objects.filter(organisation__in=facts.units).filter(Q(found_on__year=facts.year) | Q(state=HelpState.HELPING)).select_related("member", "organisation"))  # fmt: skip
    asked = list(ReviewForm.objects.filter(organisation__in=facts.units, campaign__as_of__year=facts.year).values_list("state", flat=True))  # fmt: skip
    sent = sum(state in (FormState.SENT, FormState.CHECKED) for state in asked)
    rows = []
    for code, text in CRITERIA.items():
        opened, done = Listed(one for one in found if one.code == code), Listed(one for one in found if one.code == code and one.state == "DA_XONG")  # fmt: skip
        small = code.startswith("C") and 0 < opened < FEW
        row = [code, text, f"< {FEW}" if small else opened, "" if small else done]
        for states in ((HelpState.HELPING,), (HelpState.IMPROVED,), (HelpState.TO_REMOVE, HelpState.TO_INSPECT)):
            some = Listed(one for one in cases if one.code == code and one.state in states)
            row.append("" if not code.startswith("C") else f"< {FEW}" if 0 < some < FEW else some)
        rows.append(row)
    return Table("N10", "N10. Việc sau rà soát", [Column("Mã", 6), Column("Tiêu chí", 60), Column("Mở", 8), Column("Xong", 8), Column("Đang giúp đỡ", 10), Column("Tiến bộ", 10), Column("Đề nghị xóa tên, chuyển", 12)], rows, f"Đợt rà soát của năm {facts.year}: {sent}/{len(asked)} phiếu chi bộ đã gửi. Về người mà dưới {FEW} thì không nêu số.")  # fmt: skip


def n11(facts: Facts) -> Table:
    ledgers = list(FeeMonth.objects.filter(organisation__in=facts.units, month__year=facts.year, month__lte=facts.last).exclude(state=FeeState.OPEN).select_related("organisation__cell_type"))  # fmt: skip
    columns = [Column("Chỉ tiêu", 44), Column("ĐVT", 8), Column("Mã số", 8), *(Column(name, 14, "int") for name in ("Xã, phường", "Doanh nghiệp", "Khác", "Cộng")), Column("Ghi chú", 10)]  # fmt: skip
    return Table("N11", "N11. Thu, nộp đảng phí", columns, statement(ledgers, facts.first), f"{len(ledgers)} sổ tháng đã chốt của {len({one.organisation_id for one in ledgers})}/{len(facts.cells)} chi bộ.", url=f"{reverse('chibo:fee_months')}?year={facts.year}")  # fmt: skip


TABLES = {"N1": n1, "N2": n2, "N3": n3, "N3B": n3b, "N4": n4, "N4B": n4b, "N5": n5, "N6": n6, "N7": n7, "N7B": n7b, "N8": n8, "N9": n9, "N10": n10, "N11": n11}  # fmt: skip


class TablesForm(UnitForm):
    wanted = forms.MultipleChoiceField(label="Bảng", choices=[(code, code) for code in TABLES], initial=list(TABLES), widget=forms.CheckboxSelectMultiple)  # fmt: skip
    field_order = ["unit", "year", "wanted", "formats"]


class RegisterTables(TableReport):
    code = "bang-dang-vien"
    title = "Bảng nội bộ về tổ chức đảng, đảng viên"
    about = "Tổ chức đảng, cơ cấu và tăng giảm đảng viên; chọn bảng cần lấy."
    order = 40
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
    about = "Kết quả một đợt rà soát theo loại hình chi bộ, và việc phải làm."
    order = 45
    form_class = ReviewTableForm
    file_name = "ra-soat"

    def parameters(self, answers):
        one = answers["campaign"]
        return {"campaign": one.pk, "unit": one.organisation_id, "year": one.as_of.year}

    def tables(self, unit, parameters, user):
        campaign = Campaign.objects.get(pk=parameters["campaign"])
        names = [("cells", "Chi bộ"), ("sent", "Đã gửi"), ("checked", "Đã kiểm tra"), ("official", "Chính thức"), ("probationary", "Dự bị"), ("female", "Nữ"), ("exempt", "Miễn"), ("sent_away", "Tạm đi"), ("PHU_HOP", "Phù hợp"), ("SAP_XEP", "Sắp xếp"), ("KIEN_TOAN", "Kiện toàn"), ("open", "Việc còn"), ("done", "Việc xong")]  # fmt: skip
        rows = [[row["name"], *(row[key] for key, _ in names)] for row in consolidated(campaign)]
        findings = list(Finding.objects.filter(form__campaign=campaign).select_related("form__organisation"))
        if not sees(user, "chibo.Finding", "text", campaign.organisation.path):
            for one in findings:
                if one.member_id:
                    one.text, one.owner, one.result = "Việc về một đồng chí", "", ""
        work = [[one.form.organisation.name, one.code, one.text, one.owner, vn_date(one.due_on), one.get_state_display(), one.result] for one in findings]  # fmt: skip
        base = f"{campaign.name}. {campaign.plan}. Số liệu đến {vn_date(campaign.as_of)}; kết quả tính trên phiếu đã gửi."  # fmt: skip
        return [
            Table("Tổng hợp", "I. Theo loại hình chi bộ", [Column("Loại hình", 26), *(Column(label, 9, "int") for _, label in names)], rows, base),
            Table("Việc", "II. Việc phải làm", [Column("Chi bộ", 30), Column("Mã", 6), Column("Việc", 50), Column("Chịu trách nhiệm", 24), Column("Hạn", 12), Column("Tình trạng", 14), Column("Kết quả", 30)], work),
        ]  # fmt: skip


add_report(RegisterTables())
add_report(ReviewTable())
