"""Development of members in figures: each with its numerator, base and the list behind it (members.md 10.2)."""

import datetime as dt
from dataclasses import dataclass
from math import ceil
from statistics import median

from django.db.models import Q

from chibo.choices import CandidateStage as Stage
from chibo.models import Candidate, CandidateStep, DevelopmentTarget, Member, Organisation
from chibo.rules import months_after
from kyanh_portal.parameters.parameter import value_on


@dataclass(frozen=True)
class Indicator:
    """`number` of `base` (None: a plain count), how it is counted, the address of its list."""

    code: str
    name: str
    number: float | None
    base: int | None
    how: str
    url: str = ""
    unit: str = ""


def members_of(organisation: Organisation, day: dt.date):
    """Official and probationary members of a branch on a day, wherever they are now."""
    return Member.objects.placed_on(day, Q(organisation__path__startswith=organisation.path)).distinct()


def admitted_in(organisation, first: dt.date, last: dt.date):
    """Members admitted (ceremony) in a period, in a branch."""
    return Member.objects.filter(organisation__path__startswith=organisation.path, admitted_on__range=(first, last))


def indicators(organisation: Organisation, year: int, day: dt.date) -> list[Indicator]:
    """P1–P10 of a year up to `day`."""
    first, last = dt.date(year, 1, 1), min(dt.date(year, 12, 31), day)
    admitted = list(admitted_in(organisation, first, last).values_list("born_on", "sex", "admitted_on"))
    before = members_of(organisation, dt.date(year - 1, 12, 31)).count()
    target = DevelopmentTarget.objects.filter(organisation=organisation, year=year).first()
    rate = float(value_on("chibo.admission_rate", last, organisation.path))
    pool = Candidate.objects.filter(organisation__path__startswith=organisation.path)
    stages = dict.fromkeys(Stage.values, 0)
    for stage in pool.values_list("stage", flat=True):
        stages[stage] += 1
    helped = sum(stages[s] for s in Stage.values[1:12])
    steps = CandidateStep.objects.filter(candidate__in=pool, passed=True, on__lte=last)
    done = steps.filter(stage=Stage.CLASS_DONE, on__gt=months_after(last, -24)).values("candidate").distinct().count()
    became = steps.filter(stage=Stage.ADMITTED, candidate__steps__stage=Stage.CLASS_DONE, candidate__steps__on__gt=months_after(last, -24)).values("candidate").distinct().count()  # fmt: skip
    expiring = pool.filter(certificate_on__range=(months_after(last, -60), months_after(last, -54)), stage__in=Stage.values[3:9]).count()  # fmt: skip
    cells = list(Organisation.objects.below(organisation).cells().valid_on(last).values_list("pk", flat=True))
    admitting = set(Member.objects.filter(organisation__in=cells, admitted_on__gt=months_after(last, -12), admitted_on__lte=last).values_list("organisation", flat=True))  # fmt: skip
    ages = [(admitted_on - born).days / 365.25 for born, _, admitted_on in admitted if born]
    waits = _waits(steps)
    pool_url, list_url = "/to-chuc/ket-nap/", "/to-chuc/dang-vien/"
    return [
        Indicator("P1", "Kết nạp trong năm", len(admitted), None, "Số lễ kết nạp từ 01/01 đến ngày xem.", f"{pool_url}?stage=KET_NAP", "đồng chí"),
        Indicator("P2", "Tỷ lệ kết nạp", len(admitted), before, "Trên số đảng viên ngày 31/12 năm trước.", list_url),
        Indicator("P3", "Đạt chỉ tiêu", len(admitted), target.number if target else ceil(before * rate / 100), target.source if target else f"Chưa giao chỉ tiêu năm này: lấy chỉ tiêu chung {rate:g} % của số đảng viên 31/12 năm trước."),
        Indicator("P4", "Đang được giúp đỡ", helped, None, "Từ cảm tình Đảng đến có quyết định.", pool_url, "người"),
        Indicator("P5", "Giấy chứng nhận hết hạn trong 6 tháng", expiring, None, "Hạn 60 tháng.", f"{pool_url}?limit=soon", "người"),
        Indicator("P6", "Đã kết nạp trong số học lớp 24 tháng qua", became, done, "Người đã học xong lớp nhận thức trong 24 tháng."),
        Indicator("P7", "Số ngày từ hồ sơ đến lễ kết nạp (trung vị)", median(waits) if waits else None, None, f"{len(waits)} người có đủ hai ngày.", "", "ngày"),
        Indicator("P9", "Nữ trong số mới kết nạp", sum(sex == "nu" for _, sex, _ in admitted), len(admitted), "Trên số kết nạp trong năm."),
        Indicator("P9b", "Tuổi bình quân khi kết nạp", round(sum(ages) / len(ages), 1) if ages else None, None, f"{len(ages)} người có ngày sinh.", "", "tuổi"),
        Indicator("P10", "Chi bộ không kết nạp ai trong 12 tháng", len([pk for pk in cells if pk not in admitting]), len(cells), "Trên số chi bộ đang hoạt động."),
    ]  # fmt: skip


def _waits(steps) -> list[int]:
    days: dict[int, dict[str, dt.date]] = {}
    for pk, stage, on in steps.filter(stage__in=[Stage.FILE, Stage.ADMITTED]).values_list("candidate", "stage", "on"):
        days.setdefault(pk, {})[stage] = on
    return [(one[Stage.ADMITTED] - one[Stage.FILE]).days for one in days.values() if len(one) == 2]
