"""From a khoản of an issued resolution: who does it, until when, where is the proof, in two taps on a phone."""

import datetime as dt

import pytest

from nghiquyet.services import duties
from tests.browser.tools import PHONE, assert_accessible, assert_no_sideways_scroll, login
from tests.factories.living import duty_of, resolution_in_force

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PROOF = "Kế hoạch số 12 ngày 20/5/2021, đã gửi các chi bộ."


@pytest.mark.parametrize("role", ["secretary", "standing"])
def test_who_until_when_and_the_proof_in_two_taps(committed_world, open_page, settings, role):
    world = committed_world
    settings.PORTAL_TODAY = dt.date(2021, 6, 1)
    resolution = resolution_in_force(world)
    clause = resolution.clauses.filter(level="paragraph").first()
    duty = duty_of(resolution, world.ward_a, clause=clause, title="Lập kế hoạch sinh hoạt điểm")
    duties.submit_duty(duty, by=None, note=PROOF, on=dt.date(2021, 5, 20))
    duties.accept_duty(duty, by=None)
    page = open_page(PHONE, bypass_csp=True)
    login(page, role)
    # First tap: beside the khoản, the lead and the term. A cell opens what binds it from above from its own list.
    if role == "secretary":
        page.goto("/nghi-quyet/")
        page.locator(f'a[href$="/nghi-quyet/{resolution.pk}/thuc-hien/"]').first.tap()
    else:
        page.goto(resolution.get_absolute_url())
        page.locator(f'a[href$="/thuc-hien/#k{clause.pk}"]').tap()
    page.wait_for_url("**/thuc-hien/**")
    block = page.locator(".k-clause", has=page.locator(f"#k{clause.pk}"))
    carried = block.inner_text()
    assert duty.lead.label in carried and "Hạn 30/6/2021" in carried and "Xong đúng hạn" in carried
    if role == "standing":
        heading = block.locator("h3").element_handle()  # the tap leads to the khoản
        page.wait_for_function("e => e.getBoundingClientRect().top < innerHeight", arg=heading, timeout=5000)
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    # Second tap: what was handed in.
    block.get_by_role("link", name="Xem việc: Lập kế hoạch sinh hoạt điểm").tap()
    page.wait_for_url(f"**{duty.get_absolute_url()}")
    assert PROOF in page.locator("main").inner_text()
    assert page.complaints == []
