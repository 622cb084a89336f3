"""Development of members in figures: each with its numerator, base and the list behind it (members.md 10.2)."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from math import ceil
from statistics import median

from django.db.models import Max, Q
from django.urls import reverse

from chibo.choices import CandidateStage as Stage
from chibo.choices import Leaving
from chibo.models import Candidate, CandidateStep, DevelopmentTarget, Exit, Member, Organisation
from chibo.rules import months_after, official_from
from kyanh_portal.parameters.parameter import value_on
from kyanh_portal.ui.templatetags.portal import vn_number


@dataclass(frozen=True)
class Indicator:
    """`number` of `base` (None: a plain count), how it is counted, the address of its table.

    `counted`, `counted_of`: what stands behind number and base, as (model, keys in order); None where no list is kept.
    """

    code: str
    name: str
    number: float | None
    base: int | None
    how: str
    url: str = ""
    unit: str = ""
    counted: tuple[str, list[int]] | None = None
    counted_of: tuple[str, list[int]] | None = None


def members_of(organisation: Organisation, day: dt.date):
    """Official and probationary members of a branch on a day, wherever they are now."""
    return Member.objects.placed_on(day, Q(organisation__path__startswith=organisation.path)).distinct()


def _in_order(organisation: Organisation, day: dt.date) -> list[tuple[int, dt.date | None]]:
    """(key, birthday) of the members of a branch on a day, in the order of names."""
    return list(members_of(organisation, day).in_order().values_list("pk", "born_on"))


def admitted_in(organisation, first: dt.date, last: dt.date):
    """Members admitted (ceremony) in a period, in a branch."""
    return Member.objects.filter(organisation__path__startswith=organisation.path, admitted_on__range=(first, last))


def indicators(organisation: Organisation, year: int, day: dt.date) -> list[Indicator]:
    """P1–P7, P9–P12 of a year up to `day` (P8, what is late: services.development.overdue)."""
    first, last = dt.date(year, 1, 1), min(dt.date(year, 12, 31), day)
    admitted = list(admitted_in(organisation, first, last).in_order().values_list("pk", "born_on", "sex", "admitted_on", "was_candidate__is_youth"))  # fmt: skip
    opening = [pk for pk, _ in _in_order(organisation, dt.date(year - 1, 12, 31))]
    before = len(opening)
    target = DevelopmentTarget.objects.filter(organisation=organisation, year=year).first()
    rate = float(value_on("chibo.admission_rate", last, organisation.path))
    pool = Candidate.objects.filter(organisation__path__startswith=organisation.path)
    stages = dict.fromkeys(Stage.values, 0)
    for stage in pool.values_list("stage", flat=True):
        stages[stage] += 1
    helped = sum(stages[s] for s in Stage.values[1:12])
    steps = CandidateStep.objects.filter(candidate__in=pool, passed=True, on__lte=last)
    learned = steps.filter(stage=Stage.CLASS_DONE, on__gt=months_after(last, -24)).values("candidate")
    done = list(pool.filter(pk__in=learned).order_by("sort_key", "pk").values_list("pk", flat=True))
    now_members = set(steps.filter(stage=Stage.ADMITTED, candidate__in=learned).values_list("candidate", flat=True))
    became = [pk for pk in done if pk in now_members]
    expiring = pool.filter(certificate_on__range=(months_after(last, -60), months_after(last, -54)), stage__in=Stage.values[3:9]).count()  # fmt: skip
    cells = list(
        Organisation.objects.below(organisation).cells().valid_on(last).order_by("path").values_list("pk", flat=True)
    )
    newest = dict(Member.objects.filter(organisation__in=cells, admitted_on__gt=months_after(last, -36), admitted_on__lte=last).values_list("organisation").annotate(at=Max("admitted_on")).order_by())  # fmt: skip
    idle = {months: [pk for pk in cells if newest.get(pk, dt.date.min) <= months_after(last, -months)] for months in (12, 24, 36)}  # fmt: skip
    ages = {pk: (admitted_on - born).days / 365.25 for pk, born, _, admitted_on, _ in admitted if born}
    women, youth = [pk for pk, _, sex, *_ in admitted if sex == "nu"], [pk for pk, *_, is_youth in admitted if is_youth]
    young = [pk for pk, age in ages.items() if 18 <= age < 31]
    waits, parts = _waits(steps)
    pool_url, list_url = "/to-chuc/ket-nap/", "/to-chuc/dang-vien/"

    def table(code):
        return f"{reverse('chibo:register_table')}?bang={code}&don_vi={organisation.pk}&nam={year}"

    def share(code, name, keys, of, how, url="", model="chibo.Member"):
        return Indicator(code, name, len(keys), len(of), how, url, "", (model, keys), (model, list(of)))

    new = [pk for pk, *_ in admitted]

    return [
        Indicator("P1", "Kết nạp trong năm", len(new), None, "Số lễ kết nạp từ 01/01 đến ngày xem.", table("N4"), "đồng chí", ("chibo.Member", new)),
        Indicator("P2", "Tỷ lệ kết nạp", len(new), before, "Trên số đảng viên ngày 31/12 năm trước.", list_url, "", ("chibo.Member", new), ("chibo.Member", opening)),
        Indicator("P3", "Đạt chỉ tiêu", len(new), target.number if target else ceil(before * rate / 100), target.source if target else f"Chưa giao chỉ tiêu năm này: lấy chỉ tiêu chung {vn_number(f'{rate:g}')}% của {vn_number(before)} đảng viên 31/12 năm trước.", "", "", ("chibo.Member", new)),
        Indicator("P4", "Đang được giúp đỡ", helped, None, "Từ cảm tình Đảng đến có quyết định.", pool_url, "người"),
        Indicator("P5", "Giấy chứng nhận hết hạn trong 6 tháng", expiring, None, "Hạn 60 tháng.", f"{pool_url}?limit=soon", "người"),
        share("P6", "Đã kết nạp trong số học lớp 24 tháng qua", became, done, "Người đã học xong lớp nhận thức trong 24 tháng.", model="chibo.Candidate"),
        Indicator("P7", "Số ngày từ hồ sơ đến lễ kết nạp (trung vị)", median(waits) if waits else None, None, f"{len(waits)} người có đủ hai ngày.{parts}", "", "ngày"),
        share("P9", "Nữ trong số mới kết nạp", women, new, "Trên số kết nạp trong năm.", table("N4")),
        share("P9", "Đoàn viên trong số mới kết nạp", youth, new, "Ghi ở trang người xin vào Đảng; trên số kết nạp trong năm.", table("N4")),
        share("P9", "Từ 18 đến 30 tuổi trong số mới kết nạp", young, ages, "Trên số có ngày sinh. Dân tộc, trình độ, nghề nghiệp: bảng N4B.", table("N4")),
        Indicator("P9", "Tuổi bình quân khi kết nạp", round(sum(ages.values()) / len(ages), 1) if ages else None, None, f"{len(ages)} người có ngày sinh.", table("N4"), "tuổi"),
        *(share("P10", f"Chi bộ không kết nạp ai trong {months} tháng", keys, cells, "Trên số chi bộ đang hoạt động.", table("N4"), "chibo.Organisation") for months, keys in idle.items()),
        *_probation(organisation, first, last, table("N6")),
        *_changes(organisation, first, last, before, table),
    ]  # fmt: skip


def _probation(organisation, first, last, url) -> list[Indicator]:
    """P11: of those whose twelve months ended in the period, who is official, who was struck off."""
    around = admitted_in(organisation, months_after(first, -12), last).in_order().values_list("pk", "admitted_on", "official_on", "left_on")  # fmt: skip
    due = [one for one in around if first <= official_from(one[1]) <= last]
    done = [pk for pk, _, official, _ in due if official is not None]
    gone = [pk for pk, _, official, left in due if official is None and left is not None]
    how = "Trên số hết mười hai tháng dự bị trong kỳ."
    of = ("chibo.Member", [pk for pk, *_ in due])
    return [
        Indicator("P11", "Đã công nhận chính thức", len(done), len(due), how, url, "", ("chibo.Member", done), of),
        Indicator("P11", "Ra khỏi danh sách khi còn dự bị", len(gone), len(due), how, url, "", ("chibo.Member", gone), of),
    ]  # fmt: skip


def _changes(organisation, first, last, before, table) -> list[Indicator]:
    """P12: who left and why, net growth, ages of the members at the end."""
    left = Exit.objects.filter(member__organisation__path__startswith=organisation.path, left_on__range=(first, last))
    exits = list(left.order_by("member__sort_key", "pk").values_list("member", "reason"))
    why = Counter(reason for _, reason in exits)
    told = "; ".join(f"{Leaving(reason).label}: {number}" for reason, number in why.most_common())
    people = _in_order(organisation, last)
    aged = [(pk, born) for pk, born in people if born]
    known = [pk for pk, _ in aged]
    old, young = months_after(last, -12 * 61), months_after(last, -12 * 30)
    over, under = [pk for pk, born in aged if born <= old], [pk for pk, born in aged if born > young]
    days = sum((last - born).days for _, born in aged) // len(aged) if aged else None
    now = len(people)

    def of_known(name, keys):
        return Indicator("P12", name, len(keys), len(known), "Trên số đảng viên có ngày sinh.", table("N3"), "", ("chibo.Member", keys), ("chibo.Member", known))  # fmt: skip

    return [
        Indicator("P12", "Ra khỏi Đảng, từ trần trong năm", len(exits), None, f"{told}." if told else "Không có.", table("N2"), "đồng chí", ("chibo.Member", [pk for pk, _ in exits])),
        Indicator("P12", "Tăng (giảm) so với 31/12 năm trước", now - before, None, f"Từ {vn_number(before)} đến {vn_number(now)} đảng viên.", table("N2"), "đồng chí"),
        of_known("Trên 60 tuổi", over),
        of_known("Dưới 30 tuổi", under),
        Indicator("P12", "Tuổi bình quân", round(days / 365.25, 1) if aged else None, None, f"{vn_number(len(known))} đồng chí có ngày sinh.", table("N3"), "tuổi"),
    ]  # fmt: skip


_LEGS = [(Stage.FILE, Stage.CELL_VOTED, "đến chi bộ"), (Stage.CELL_VOTED, Stage.DECIDED, "đến quyết định"), (Stage.DECIDED, Stage.ADMITTED, "đến lễ")]  # fmt: skip


def _waits(steps) -> tuple[list[int], str]:
    """Days from the dossier to the ceremony of each person, and the median of each part in words."""
    days: dict[int, dict[str, dt.date]] = {}
    wanted = [Stage.FILE, Stage.CELL_VOTED, Stage.DECIDED, Stage.ADMITTED]
    for pk, stage, on in steps.filter(stage__in=wanted).values_list("candidate", "stage", "on"):
        days.setdefault(pk, {})[stage] = on

    def between(first, last):
        return [(one[last] - one[first]).days for one in days.values() if first in one and last in one]

    parts = [f"{words} {median(found):g}" for first, last, words in _LEGS if (found := between(first, last))]
    return between(Stage.FILE, Stage.ADMITTED), f" Từng chặng: {'; '.join(parts)} ngày." if parts else ""
