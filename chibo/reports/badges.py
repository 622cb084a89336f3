"""Danh sách xét tặng Huy hiệu Đảng of one award date: who reaches which class, since when, and who is kept back."""

import calendar
import datetime as dt

from django import forms
from django.db.models import Q
from django.utils import timezone

from chibo.fieldclasses import sees
from chibo.models import Member, Organisation
from chibo.rulebooks import AWARD_DATES, BADGES
from chibo.rules import award_windows, badge_due, months_after, party_age
from chibo.services.lifecycle import badge_block
from chibo.services.party_age import DATED, age_basis, age_decision_on
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today, vn_date, vn_time
from kyanh_portal.parameters.parameter import value_on
from kyanh_portal.rendering.pdf import report_pdf
from kyanh_portal.rendering.xlsx import Column, Sheet, workbook
from kyanh_portal.reports.report import PDF, XLSX, Report, add_report
from kyanh_portal.ui.forms import PortalForm

COLUMNS = [Column("TT", 6, "int"), Column("Họ và tên", 30), Column("Chi bộ", 34), Column("Đảng bộ", 30), Column("Tính từ ngày", 14), Column("Tuổi đảng ở ngày trao", 18), Column("Loại Huy hiệu", 12, "int"), Column("Ghi chú", 40)]  # fmt: skip


def windows(year: int) -> dict:
    """Windows of Hà Nội, where the setting asks for them."""
    last = calendar.monthrange(year, 2)[1]
    return {
        (2, 3): (dt.date(year - 1, 12, 1), dt.date(year, 2, last)), (5, 19): (dt.date(year, 3, 1), dt.date(year, 5, 31)),
        (9, 2): (dt.date(year, 6, 1), dt.date(year, 9, 30)), (11, 7): (dt.date(year, 10, 1), dt.date(year, 11, 30)),
    }  # fmt: skip


def candidates(organisation: Organisation, award: dt.date) -> list[dict]:
    """Members below `organisation` who reach a class in the award date's window, in the order of names."""
    local = windows(award.year) if value_on("chibo.badge_windows", award, organisation.path) == "hanoi" else None
    first, last = next((a, b) for date, a, b in award_windows(award.year, local) if date == award)
    reached = Q(gaps__isnull=False) | Q(age_decisions__isnull=False)
    for years in BADGES:
        span = (months_after(first, -12 * years), months_after(last, -12 * years))
        reached |= Q(decided_on__range=span) | Q(decided_on=None, admitted_on__range=span)
    rows = (
        Member.objects.present_on(min(award, today()))
        .filter(reached, organisation__path__startswith=organisation.path, official_on__lte=award)
        .select_related("organisation__parent")
        .prefetch_related("badges", "disciplines", *DATED)
        .in_order()
        .distinct()
    )
    found = []
    for member in rows:
        counts_from, gaps = age_basis(member, award)
        held = [badge.years for badge in member.badges.all()]
        years = badge_due(counts_from, first, last, gaps, held)
        if years is None:
            continue
        blocked, age = badge_block(member, award), party_age(counts_from, award, gaps)
        notes = [f"Chưa xét đến {vn_date(blocked)} (kỷ luật)"] if blocked else []
        if ruled := age_decision_on(member, award):
            notes.append(f"Tuổi đảng theo QĐ {ruled.decision}, {vn_date(ruled.decided_on)}")
        elif member.admitted_precision != "day" and not member.decided_on:
            notes.append("Chỉ biết tháng hoặc năm: đối chiếu hồ sơ")
        found.append({"member": member, "counts_from": counts_from, "years": years, "age": f"{age[0]} năm {age[1]} tháng", "note": "; ".join(notes), "plain_note": "; ".join(notes[bool(blocked) :]), "blocked": bool(blocked)})  # fmt: skip
    return found


class BadgeForm(PortalForm):
    year = forms.IntegerField(label="Năm", min_value=1950, max_value=2100)
    award = forms.ChoiceField(label="Đợt trao", choices=[(f"{m}-{d}", f"{d}/{m}") for m, d in AWARD_DATES])
    unit = forms.ModelChoiceField(Organisation.objects.none(), label="Đơn vị", empty_label=None)
    formats = forms.MultipleChoiceField(label="Dạng tệp", choices=Report.formats, initial=["pdf", "xlsx"], widget=forms.CheckboxSelectMultiple)  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = months_after(today(), 2).year
        self.fields["unit"].queryset = Organisation.objects.visible_to(user).valid_on(today()).filter(kind__is_body=False).order_by("path")  # fmt: skip


class BadgeList(Report):
    code = "huy-hieu"
    title = "Danh sách xét tặng Huy hiệu Đảng"
    about = "Đảng viên đủ tuổi Đảng vào đợt trao, và ai tạm để lại."
    order = 46
    form_class = BadgeForm

    def parameters(self, answers):
        month, day = map(int, answers["award"].split("-"))
        return {"award": dt.date(answers["year"], month, day).isoformat(), "unit": answers["unit"].pk}

    def run_title(self, parameters):
        unit = Organisation.objects.get(pk=parameters["unit"])
        return f"{self.title} đợt {vn_date(dt.date.fromisoformat(parameters['award']))}, {unit.name}"

    def may_run(self, user, parameters):
        unit = Organisation.objects.filter(pk=parameters["unit"]).first()
        return unit is not None and scope_of(user).reaches(unit.path)

    def steps(self, user, parameters, work, set_aside):
        work["unit"] = Organisation.objects.get(pk=parameters["unit"])
        work["rows"] = candidates(work["unit"], dt.date.fromisoformat(parameters["award"]))
        work["tells"] = sees(user, "chibo.Discipline", "penalty", work["unit"].path)
        for row in work["rows"] if not work["tells"] else ():
            row["note"] = row["plain_note"]
        yield

    def files(self, user, parameters, work, formats):
        award, now = dt.date.fromisoformat(parameters["award"]), timezone.now()
        blocked = sum(row["blocked"] for row in work["rows"])
        more = (
            f", trong đó {blocked} đồng chí chưa xét."
            if work["tells"]
            else ". Ban Tổ chức đối chiếu điều kiện khác trước khi đề nghị."
        )
        base = f"{len(work['rows'])} đồng chí đủ tuổi đảng trong đợt{more}"
        made = f"{user} lập lúc {vn_time(now)}, ngày {vn_date(timezone.localdate(now))}."
        title, name, synthetic = (
            f"{self.title} đợt {vn_date(award)}",
            f"huy-hieu-dang-{award}",
            work["unit"].is_synthetic,
        )
        out = []
        if "pdf" in formats:
            context = {"title": title.upper(), "sub": f"{work['unit'].name}. {base}", "made": made, "is_synthetic": synthetic, "rows": work["rows"]}  # fmt: skip
            out.append((f"{name}.pdf", PDF, report_pdf("print/badge_list.html", context)))
        if "xlsx" in formats:
            lines = [
                [number, row["member"].full_name, row["member"].organisation.name, str(row["member"].organisation.parent or ""), vn_date(row["counts_from"]), row["age"], row["years"], row["note"]]
                for number, row in enumerate(work["rows"], 1)
            ]  # fmt: skip
            notes = [work["unit"].name, base, made, *(["Số liệu giả lập"] if synthetic else [])]
            out.append((f"{name}.xlsx", XLSX, workbook([Sheet("Huy hiệu Đảng", COLUMNS, lines, title, notes)])))
        return out


add_report(BadgeList())
