"""A point of a workshop's conclusion leads on to a clause and a duty; both lead back."""

import datetime as dt

from django.urls import reverse

from hoithao.models import Paper, Solution
from hoithao.reports.proceedings import chapters_of
from hoithao.services.workshops import add_paper
from nghiquyet.choices import ReviewSort, Status
from nghiquyet.models import Resolution
from nghiquyet.services.reviews import draft_review
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


def test_paper_leads_to_point_duty_and_evaluation_and_all_lead_back(world, client):
    resolution = resolution_in_force(world)
    clause = resolution.clauses.exclude(conclusion=None).first()
    point, office = clause.conclusion, world.users["office"]
    paper = point.meeting.papers.filter(is_lead_in=False).order_by("order").last()
    solution = Solution.objects.create(
        meeting=point.meeting, order=1, theme="Chuẩn bị", text="Họp trước.", paper=paper, conclusion=point
    )
    duty = duty_of(resolution, world.cell_a1, title="Chi ủy họp trước kỳ sinh hoạt", clause=clause)
    review = draft_review(resolution, by=office, day=dt.date(2021, 12, 31), sort=ReviewSort.YEAR)
    client.force_login(office)
    page = client.get(paper.get_absolute_url()).text
    for address in (solution.get_absolute_url(), duty.get_absolute_url(), f"#y-{point.order}"):
        assert address in page
    chain_address = reverse("nghiquyet:resolution_chain", args=[resolution.pk])
    chain = client.get(chain_address).text
    for address in (paper.get_absolute_url(), f"#y-{point.order}", f"#k{clause.pk}", duty.get_absolute_url(), review.get_absolute_url()):  # fmt: skip
        assert address in chain
    assert duty.title not in chain.split("Chưa gắn lên trên")[-1] or "Chưa gắn lên trên" not in chain
    judged = client.get(review.get_absolute_url()).text
    assert duty.get_absolute_url() in judged and chain_address in judged
    assert f"{chain_address}#mduty{duty.pk}" in client.get(duty.get_absolute_url()).text
    client.force_login(world.users["secretary"])
    below = client.get(chain_address)
    assert below.status_code == 200
    assert paper.get_absolute_url() not in below.text, "whoever may not read the workshop is not led into a refusal"
    assert "Chưa gắn lên trên" not in below.text, "nor told that what goes back to it hangs on nothing"


def test_papers_are_numbered_apart_from_the_lead_in_everywhere(world, client):
    meeting = papers.workshop(world)
    for title in ("Chuẩn bị nội dung", "Phát huy đảng viên cao tuổi"):
        add_paper(meeting, by=None, organisation=world.cell_a1, title=title, author="Bí thư chi bộ")
    Paper.objects.filter(meeting=meeting, order=1).update(is_lead_in=True)
    others = list(meeting.papers.filter(is_lead_in=False).order_by("order"))
    client.force_login(world.users["office"])
    assert "Báo cáo đề dẫn" in client.get(meeting.papers.get(order=1).get_absolute_url()).text
    assert len(others) == 2
    kickers = [chapter.html for chapter in chapters_of(meeting)]
    for number, paper in enumerate(others, 1):
        assert paper.called == f"tham luận số {number}"
        assert f"Tham luận số {number}. " in client.get(paper.get_absolute_url()).text
        assert any(f"Tham luận số {number}" in html and paper.title in html for html in kickers)
