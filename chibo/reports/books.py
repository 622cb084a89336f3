"""Sổ nghiệp vụ: the books of 38-HD/BTCTW V.1 that the register can fill, of a unit and year, to be printed and bound.

Books of papers the portal does not keep (giao nhận, mượn đọc hồ sơ; giao nhận thẻ, Huy hiệu; giữ mối liên hệ nơi cư trú) stay on paper.
"""

from django import forms
from django.db.models import Q

from chibo.choices import Leaving, VotingLevel
from chibo.fieldclasses import sees
from chibo.models import Badge, CardStep, Exit, Organisation, RecognitionVote, Reward, Transfer
from chibo.reports.register_facts import Facts, seated
from chibo.reports.tables import Table, TableReport, UnitForm
from chibo.rulebooks import rulebook_on
from chibo.rules import months_after, official_from
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.rendering.xlsx import Column
from kyanh_portal.reports.report import add_report

_WHO = [("STT", 5, "int"), ("Họ và tên", 26), ("Ngày sinh", 11)]


def _table(code: str, title: str, columns, rows, base: str) -> Table:
    numbered = [[place, *row] for place, row in enumerate(rows, start=1)]
    return Table(code, title, [Column(*one) for one in columns], numbered, base)


def _day(day) -> str:
    return vn_date(day) if day else ""


def members(facts, user) -> Table:
    """Danh sách đảng viên: the official members of the last day."""
    keeps = sees(user, "chibo.Member", "file_number", facts.unit.path)
    rows = [
        [one.full_name, one.born_words, one.get_sex_display(), one.admitted_words, one.official_words, facts.name_of(one.organisation), *([one.file_number] if keeps else [])]
        for one in facts.members if facts.is_official(one)
    ]  # fmt: skip
    columns = [*_WHO, ("Giới tính", 8), ("Ngày kết nạp", 12), ("Ngày chính thức", 12), ("Chi bộ", 30), *([("Số lý lịch", 12)] if keeps else [])]  # fmt: skip
    return _table("DS", "Sổ danh sách đảng viên", columns, rows, f"Đảng viên chính thức đến ngày {vn_date(facts.last)}: {len(rows)} đồng chí.")  # fmt: skip


def probation(facts, user) -> Table:
    """Đảng viên dự bị of the last day, when the twelve months end, the cell's last vote for who may know it."""
    people = [one for one in facts.members if not facts.is_official(one)]
    votes = {}
    if sees(user, "chibo.RecognitionVote", "votes", facts.unit.path):
        for one in RecognitionVote.objects.filter(member__in=people, level=VotingLevel.CELL, on__lte=facts.last).order_by("on", "pk"):  # fmt: skip
            votes[one.member_id] = f"{one.votes}/{one.base}, {vn_date(one.on)}"
    rows = [[one.full_name, one.born_words, one.admitted_words, _day(official_from(one.admitted_on)), facts.name_of(one.organisation), votes.get(one.pk, "")] for one in people]  # fmt: skip
    columns = [*_WHO, ("Ngày kết nạp", 12), ("Hết 12 tháng", 12), ("Chi bộ", 30), ("Chi bộ biểu quyết", 20)]
    return _table("DB", "Sổ đảng viên dự bị", columns, rows, f"Đến ngày {vn_date(facts.last)}: {len(rows)} đồng chí.")


def _exits(facts, user, code, title, died: bool) -> Table | None:
    if not sees(user, "chibo.Exit", "reason", facts.unit.path):
        return None
    rows = Exit.objects.filter(member__organisation__in=facts.units, left_on__range=(facts.first, facts.last))
    rows = rows.filter(reason=Leaving.DIED) if died else rows.exclude(reason=Leaving.DIED)
    told = [
        [one.member.full_name, one.member.born_words, one.member.organisation.name, *([] if died else [one.get_reason_display()]), vn_date(one.left_on), one.decision, _day(one.filed_on)]
        for one in rows.select_related("member__organisation").order_by("left_on", "pk")
    ]  # fmt: skip
    columns = [*_WHO, ("Chi bộ", 30), *([] if died else [("Vì", 30)]), ("Từ ngày", 11), ("Theo quyết định, giấy tờ", 30), ("Nộp hồ sơ ngày", 12)]  # fmt: skip
    return _table(code, title, columns, told, f"Trong năm {facts.year}: {len(told)} đồng chí.")


def left(facts, user):
    return _exits(facts, user, "RA", "Sổ đảng viên ra khỏi Đảng", died=False)


def died(facts, user):
    return _exits(facts, user, "TT", "Sổ đảng viên từ trần", died=True)


def transfers(facts, user) -> Table:
    """Giới thiệu sinh hoạt đảng and phiếu báo: letters out and in, and by when a letter on its way is looked into."""
    rows = Transfer.objects.filter(Q(source__in=facts.units) | Q(target__in=facts.units), moved_on__range=(facts.first, facts.last))  # fmt: skip
    told = []
    for one in rows.select_related("member", "source", "target").order_by("moved_on", "pk"):
        until = months_after(one.sent_on, rulebook_on(one.sent_on)["no_file_months"]) if one.sent_on else None
        told.append([one.member.full_name, one.member.born_words, one.get_kind_display().split(" (")[0], one.source.name, one.goes_to, vn_date(one.moved_on), _day(one.sent_on), _day(until) if not one.received_on else "", _day(one.received_on), one.get_state_display()])  # fmt: skip
    columns = [*_WHO, ("Loại", 20), ("Từ", 26), ("Đến", 26), ("Có hiệu lực", 11), ("Gửi phiếu báo", 11), ("Chậm nhất", 11), ("Tiếp nhận", 11), ("Bước", 18)]  # fmt: skip
    return _table("GT", "Sổ giới thiệu sinh hoạt đảng, theo dõi phiếu báo", columns, told, f"Giấy có hiệu lực trong năm {facts.year}: {len(told)}.")  # fmt: skip


def cards(facts, user) -> Table | None:
    if not sees(user, "chibo.CardStep", "state", facts.unit.path):
        return None
    rows = CardStep.objects.filter(member__organisation__in=facts.units, taken_on__range=(facts.first, facts.last)).select_related("member").order_by("taken_on", "pk")  # fmt: skip
    rows = list(rows)
    cells = {one.pk: one.organisation for one in seated([row.member for row in rows], facts.last)}
    told = [[row.member.full_name, row.member.born_words, facts.name_of(cells[row.member_id]), row.get_state_display(), vn_date(row.taken_on), row.paper] for row in rows]  # fmt: skip
    columns = [*_WHO, ("Chi bộ", 30), ("Bước của thẻ", 24), ("Ngày", 11), ("Theo quyết định, danh sách", 30)]
    return _table("PT", "Sổ phát thẻ đảng viên", columns, told, f"Trong năm {facts.year}. Số thẻ không ghi ở đây.")


def badges(facts, user) -> Table:
    rows = Badge.objects.filter(member__organisation__in=facts.units, awarded_on__range=(facts.first, facts.last))
    told = [
        [one.member.full_name, one.member.born_words, one.member.organisation.name, one.years, vn_date(one.awarded_on), one.number, one.decision]
        for one in rows.select_related("member__organisation").order_by("awarded_on", "-years", "member__sort_key")
    ]  # fmt: skip
    columns = [*_WHO, ("Chi bộ", 30), ("Loại (năm)", 8, "int"), ("Đợt trao", 11), ("Số Huy hiệu", 14), ("Theo quyết định", 30)]  # fmt: skip
    return _table("HH", "Sổ tặng Huy hiệu Đảng", columns, told, f"Trong năm {facts.year}: {len(told)} đồng chí.")


def rewards(facts, user) -> Table | None:
    if not sees(user, "chibo.Reward", "decision", facts.unit.path):
        return None
    rows = Reward.objects.filter(member__organisation__in=facts.units, decided_on__range=(facts.first, facts.last))
    told = [
        [one.member.full_name, one.member.born_words, one.member.organisation.name, one.get_kind_display(), one.get_giver_display(), vn_date(one.decided_on), one.decision]
        for one in rows.select_related("member__organisation").order_by("decided_on", "pk")
    ]  # fmt: skip
    columns = [*_WHO, ("Chi bộ", 30), ("Hình thức", 16), ("Cấp quyết định", 24), ("Ngày", 11), ("Số quyết định", 26)]
    return _table("KT", "Sổ khen thưởng", columns, told, f"Trong năm {facts.year}: {len(told)} lượt.")


BOOKS = {
    "DS": ("Danh sách đảng viên", members), "DB": ("Đảng viên dự bị", probation), "RA": ("Đảng viên ra khỏi Đảng", left), "TT": ("Đảng viên từ trần", died),
    "GT": ("Giới thiệu sinh hoạt đảng, phiếu báo", transfers), "PT": ("Phát thẻ đảng viên", cards), "HH": ("Tặng Huy hiệu Đảng", badges), "KT": ("Khen thưởng", rewards),
}  # fmt: skip


class BooksForm(UnitForm):
    wanted = forms.MultipleChoiceField(label="Sổ", choices=[(code, title) for code, (title, _) in BOOKS.items()], initial=list(BOOKS), widget=forms.CheckboxSelectMultiple)  # fmt: skip
    field_order = ["unit", "year", "wanted", "formats"]


class BooksReport(TableReport):
    code = "so-nghiep-vu"
    title = "Sổ nghiệp vụ đảng viên"
    about = "Các sổ danh sách, chuyển sinh hoạt, thẻ, Huy hiệu, khen thưởng của một năm, in để đóng quyển."
    order = 42
    form_class = BooksForm
    file_name = "so-nghiep-vu"

    def parameters(self, answers):
        return {**super().parameters(answers), "wanted": answers["wanted"]}

    def count(self, user, parameters):
        return len(parameters["wanted"])

    def steps(self, user, parameters, work, set_aside):
        work["unit"] = Organisation.objects.get(pk=parameters["unit"])
        facts, work["tables"] = Facts(work["unit"], parameters["year"]), []
        for code in parameters["wanted"]:
            title, book = BOOKS[code]
            table = book(facts, user)
            work["tables"].append(table or Table(code, f"Sổ {title.lower()}", [Column("Ghi chú", 60)], [], "Sổ này chỉ cấp ủy, Ban Tổ chức, Ủy ban Kiểm tra và bí thư chi bộ xem."))  # fmt: skip
            yield


add_report(BooksReport())
