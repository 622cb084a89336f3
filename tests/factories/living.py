"""An issued resolution with its khoản, ready to be carried."""

import datetime as dt

from nghiquyet.choices import Comparator, Cycle, Measure, MeasuredAt
from nghiquyet.models import ProgressReport, Resolution
from nghiquyet.services.duties import give_duty, raise_obstacle
from nghiquyet.services.reviews import evaluate
from nghiquyet.services.studies import add_template_item
from nghiquyet.services.supervisions import add_paper, advance, plan_supervision
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


def access_things(world, resolution) -> dict[str, list[tuple]]:
    """Kind → (place, state, parameters) for the address × role matrix."""
    target = rate_of(resolution, cycle=Cycle.MONTH)
    duties = {"a1": duty_of(resolution, world.cell_a1), "ward": duty_of(resolution, world.ward_a)}
    obstacle = raise_obstacle(duties["ward"], by=None, text="Chưa có kinh phí", decider=world.ward_a)
    report = ProgressReport.objects.create(
        resolution=resolution,
        organisation=world.cell_a1,
        cycle="month",
        period=dt.date(2021, 3, 1),
        due_on=dt.date(2021, 4, 5),
    )
    item = add_template_item(
        by=None, cell_type=world.cell_a1.cell_type, text="Việc cụ thể", valid_from=dt.date(2021, 1, 1)
    )
    check = plan_supervision(
        by=None, organisation=world.town, form="thematic", title="việc sinh hoạt", subjects=[world.cell_a1]
    )
    for kind in ("decision", "plan"):
        add_paper(check, by=None, kind=kind, title="Giám sát", dated=dt.date(2021, 3, 1), text="Nội dung")
    for state in ("preparing", "announced"):
        check = advance(check, by=None, state=state, on=dt.date(2021, 3, 1))
    return {
        "khoan": [("town", "issued", (resolution.clauses.first().pk,))],
        "living": [("town", "issued", (resolution.pk,))], "target": [("town", "", (target.pk,))],
        "duty": [(place, "given", (duty.pk,)) for place, duty in duties.items()],
        "duty_do": [(place, "given", (duty.pk, "tiep-nhan")) for place, duty in duties.items()],
        "duty_decide": [(place, "given", (duty.pk, "xac-nhan")) for place, duty in duties.items()],
        "obstacle": [("ward", "open", (obstacle.pk,))], "progress": [("a1", "open", (report.pk,))],
        "progress_send": [("a1", "open", (report.pk, "gui"))], "progress_take": [("a1", "open", (report.pk, "tiep-nhan"))],
        "template_item": [("town", "", (item.pk,))], "supervision": [("a1", "announced", (check.pk,))],
        "evaluation": [("town", "", (evaluate(resolution, by=world.users["office"], day=resolution.dated).pk,))],
    }  # fmt: skip
