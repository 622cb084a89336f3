"""A point of a workshop's conclusion leads on to a clause and a duty; both lead back."""

from django.urls import reverse

from nghiquyet.choices import Status
from nghiquyet.models import Resolution
from tests.factories import nghiquyet as papers
from tests.factories.living import duty_of, resolution_in_force


def test_point_leads_to_the_duty_and_the_duty_back(world, client):
    resolution = resolution_in_force(world)
    clause = resolution.clauses.exclude(conclusion=None).first()
    duty = duty_of(resolution, world.cell_a1, title="Chi ủy họp trước kỳ sinh hoạt", clause=clause)
    point = clause.conclusion
    workshop = reverse("hoithao:workshop_detail", args=[point.meeting_id])
    client.force_login(world.users["office"])
    page = client.get(workshop).text
    assert f'href="{duty.get_absolute_url()}">thành nhiệm vụ: {duty.title}, {world.cell_a1.label} chủ trì</a>' in page
    assert f'id="y-{point.order}"' in page
    back = client.get(duty.get_absolute_url()).text
    assert f'href="{workshop}#y-{point.order}"' in back
    client.force_login(world.users["secretary"])
    below = client.get(duty.get_absolute_url())
    assert below.status_code == 200
    assert workshop not in below.text, "whoever may not read the workshop is not led into a refusal"


def test_points_lead_on_to_a_proposal_that_waits_for_the_programme(world, client):
    meeting = papers.workshop(world)
    client.force_login(world.users["office"])
    page = reverse("nghiquyet:workshop_draft", args=[meeting.pk])
    answer = client.post(page, {"title": "về sinh hoạt chi bộ", "signing": "standing", "is_proposal": "on"})
    proposal = Resolution.objects.get(workshop=meeting)
    assert answer.status_code == 302 and proposal.status == Status.PROPOSED
    assert proposal.clauses.filter(conclusion__isnull=False).count() == meeting.conclusions.count()
