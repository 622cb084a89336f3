"""An issued resolution with its khoản, ready to be carried."""

import datetime as dt

from nghiquyet.choices import Comparator, Cycle, Measure, MeasuredAt
from nghiquyet.models import Resolution
from nghiquyet.services.duties import give_duty
from nghiquyet.services.targets import set_target
from tests.factories import nghiquyet as papers

CLEAR = {
    "lead_post": "Trưởng ban",
    "leader": "Phó Bí thư Thường trực",
    "product": "Kế hoạch",
    "authority": "Ban Thường vụ",
}


def resolution_in_force(world) -> Resolution:
    row = papers.issued(papers.thematic(world))
    return Resolution.objects.select_related("organisation__kind", "document").get(pk=row.pk)


def duty_of(resolution, lead, **fields):
    fields = {
        "title": "Lập kế hoạch",
        "due_on": dt.date(2021, 6, 30),
        "given_on": dt.date(2021, 2, 10),
        **CLEAR,
        **fields,
    }
    return give_duty(by=None, resolution=resolution, lead=lead, **fields)


def rate_of(resolution, goal=(Comparator.ABOVE, 85, None), **facets):
    facets = {
        "measure": Measure.RATE, "cycle": Cycle.YEAR, "measured_at": MeasuredAt.CELL, "first_year": 2021, "last_year": 2025,
        "numerator_is": "đảng viên dự", "denominator_is": "đảng viên phải dự", "responsible": resolution.organisation,
        "text": "Tỷ lệ dự sinh hoạt trên 85%", **facets,
    }  # fmt: skip
    return set_target(by=None, resolution=resolution, goal=goal, **facets)
