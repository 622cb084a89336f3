"""From the source pool to the ceremony: conditions at the vote, votes, limits, figures, siblings apart."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from chibo.choices import CandidateStage as Stage
from chibo.choices import Leaving
from chibo.indicators import indicators
from chibo.models import Candidate, Member
from chibo.services import development
from chibo.services.lifecycle import leave_party, recognise_member
from kyanh_portal.base.errors import RuleBroken
from tests.factories.growth import BORN, candidate


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def at_vote(world, certificate=dt.date(2020, 2, 2), dossier=dt.date(2020, 6, 1), born=BORN):
    """A candidate before the cell's vote, through every step."""
    one = candidate(world.cell_a1, born_on=born)
    development.assign_helper(one, world.members_a1[0], by=None)
    for stage, on, more in (
        (Stage.SYMPATHISER, dt.date(2020, 1, 20), {}), (Stage.SENT_TO_CLASS, dt.date(2020, 1, 25), {}),
        (Stage.CLASS_DONE, certificate, {"certificate_number": "12/GCN"}), (Stage.ALLOWED, dt.date(2020, 5, 1), {"paper": "CV 3"}),
        (Stage.FILE, dossier, {}), (Stage.VERIFYING, dossier, {}), (Stage.VERIFIED, dt.date(2020, 7, 1), {}), (Stage.OPINIONS, dt.date(2020, 7, 10), {}),
    ):  # fmt: skip
        one = development.move(one, stage, on, by=None, **more)
    return one


def test_the_whole_way_ends_with_a_probationary_member(world):
    one = at_vote(world)
    one = development.move(one, Stage.CELL_VOTED, dt.date(2020, 8, 5), by=None, base=9, votes=6)
    one = development.move(one, Stage.COMMITTEE_VOTED, dt.date(2020, 8, 20), by=None, base=34, votes=23)
    one = development.move(one, Stage.DECIDED, dt.date(2020, 9, 1), by=None, base=11, votes=6, paper="QĐ 5-QĐ/ThU")
    one = development.move(one, Stage.ADMITTED, dt.date(2020, 9, 20), by=None)
    assert (one.member.admitted_on, one.member.decided_on, one.member.official_on) == (dt.date(2020, 9, 20), dt.date(2020, 9, 1), None)  # fmt: skip
    figures = {row.code: row for row in indicators(world.town, 2020, dt.date(2020, 12, 21))}
    assert (figures["P1"].number, figures["P2"].base, figures["P6"].number, figures["P6"].base) == (1, 20, 1, 1)
    assert figures["P7"].number == 111
    assert "đến chi bộ 65; đến quyết định 27; đến lễ 19" in figures["P7"].how
    assert (figures["P10"].number, figures["P10"].base) == (2, 3)


def named(rows, name):
    return next(row for row in rows if row.name == name)


def test_recognition_leaving_and_ages_of_a_year(world):
    """P11 and P12: whose probation ended, who left and why, net growth, ages with the number of birthdays known."""
    new, *rest = world.members_a1[9], *world.members_a1[:3]
    Member.objects.filter(pk=new.pk).update(admitted_on=dt.date(2019, 3, 1))
    for member, born in zip(rest, (dt.date(1950, 1, 1), dt.date(1995, 1, 1), dt.date(1960, 6, 1)), strict=True):
        Member.objects.filter(pk=member.pk).update(born_on=born)
    leave_party(world.members_b1[3], Leaving.DIED, dt.date(2020, 5, 4), "Phiếu báo", by=None)
    rows = indicators(world.town, 2020, dt.date(2020, 12, 21))
    pending = named(rows, "Đã công nhận chính thức")
    assert (pending.number, pending.base) == (0, 1)
    recognise_member(Member.objects.get(pk=new.pk), "QĐ 9", by=None)
    assert named(indicators(world.town, 2020, dt.date(2020, 12, 21)), "Đã công nhận chính thức").number == 1
    left = named(rows, "Ra khỏi Đảng, từ trần trong năm")
    assert left.number == 1 and left.how == "Từ trần: 1."
    assert named(rows, "Tăng (giảm) so với 31/12 năm trước").number == -1
    over, under, age = (named(rows, name) for name in ("Trên 60 tuổi", "Dưới 30 tuổi", "Tuổi bình quân"))
    assert (over.number, over.base, under.number, under.base) == (1, 3, 1, 3)  # 60 and a half is not over 60
    assert 52.4 <= age.number <= 52.6
    assert all(row.url for row in rows if row.code in ("P9", "P10", "P11", "P12"))


def test_figures_open_to_exactly_the_rows_behind_number_and_base(world, client):
    """P3 and P6 to people, P10 to cells; who may not see candidates is shown those of P3 and P10 only."""
    one = at_vote(world)
    for stage, on, more in ((Stage.CELL_VOTED, dt.date(2020, 8, 5), {"base": 9, "votes": 6}), (Stage.COMMITTEE_VOTED, dt.date(2020, 8, 20), {"base": 34, "votes": 23}), (Stage.DECIDED, dt.date(2020, 9, 1), {"base": 11, "votes": 6, "paper": "QĐ 5"}), (Stage.ADMITTED, dt.date(2020, 9, 20), {})):  # fmt: skip
        one = development.move(one, stage, on, by=None, **more)
    waits = candidate(world.cell_b1, "Lê Thị Chờ")
    waits.steps.create(stage=Stage.CLASS_DONE, on=dt.date(2020, 3, 1), passed=True)
    url = f"{reverse('chibo:development')}?don_vi={world.town.pk}&nam=2020"

    def opened(role):
        client.force_login(world.users[role])
        found = {}
        for row, lists in client.get(url).context["rows"]:
            names = [[line["name"] for line in client.get(address).context["page_obj"]] if address else None for address in lists]  # fmt: skip
            found.setdefault(row.code, []).append((row, *names))
        return found

    figures = opened("organising")
    assert figures["P3"][0][1:] == ([one.full_name], None)  # the target is a number, nobody stands behind it
    assert figures["P6"][0][1:] == ([one.full_name], ["Lê Thị Chờ", one.full_name])
    assert [len(row) for row in figures["P10"]] == [3, 3, 3]
    for row, idle, cells in figures["P10"]:
        assert (row.number, row.base) == (len(idle), len(cells)) == (2, 3)
        assert world.cell_a1.name in cells and world.cell_a1.name not in idle
    page = client.get(next(lists[1] for row, lists in client.get(url).context["rows"] if row.code == "P10"))
    assert [line["place"] for line in page.context["page_obj"]] == [world.ward_a.name, world.ward_a.name, world.ward_b.name]  # fmt: skip
    office = opened("office")
    assert office["P6"][0][1:] == (None, None) and office["P3"][0][1] == [one.full_name]
    assert len(office["P10"][0][1]) == 2
    at = next(at for at, row in enumerate(indicators(world.town, 2020, dt.date(2020, 12, 21))) if row.code == "P6")
    hidden = f"{reverse('chibo:register_table_list')}?bang=PT&don_vi={world.town.pk}&nam=2020&dong={at}&cot=2"
    assert client.get(hidden).status_code == 404
    assert client.get(hidden.replace("cot=2", "cot=50")).status_code == 404
    assert client.get(hidden.replace("&cot=2", "")).url.startswith(reverse("chibo:development"))


def test_what_is_late_is_counted_by_kind(world, client):
    one = at_vote(world)
    Member.objects.filter(pk=world.members_a1[9].pk).update(admitted_on=dt.date(2020, 1, 10))
    development.move(one, Stage.CELL_VOTED, dt.date(2020, 8, 5), by=None, base=9, votes=6)
    assert development.overdue(world.town, dt.date(2020, 9, 1)) == []
    Member.objects.filter(pk=world.members_a1[9].pk).update(admitted_on=dt.date(2019, 3, 1))
    late = development.overdue(world.town, dt.date(2020, 12, 21))
    assert sorted(what for _, what in late) == ["Công nhận chính thức", "Quyết định kết nạp"]
    assert development.overdue(world.ward_b, dt.date(2020, 12, 21)) == []
    client.force_login(world.users["organising"])
    page = client.get("/to-chuc/ket-nap/so-lieu/").content.decode()
    assert "Việc quá hạn ngày xem" in page and "Tuổi bình quân" in page


@pytest.mark.parametrize("base,needed", [(3, 2), (5, 4), (9, 6), (10, 7), (11, 8)])
def test_two_thirds_of_the_cell(base, needed):
    assert development.votes_needed(Stage.CELL_VOTED, base) == needed


@given(st.integers(1, 999))
def test_a_vote_never_passes_with_half_or_less(base):
    for stage in development.VOTED:
        assert 2 * development.votes_needed(stage, base) > base
        assert development.votes_needed(stage, base) <= base


def test_a_failed_vote_is_kept_and_the_stage_stands(world):
    one = development.move(at_vote(world), Stage.CELL_VOTED, dt.date(2020, 8, 5), by=None, base=9, votes=5)
    assert one.stage == Stage.OPINIONS
    assert one.steps.filter(passed=False, votes=5).count() == 1
    assert (
        development.move(one, Stage.CELL_VOTED, dt.date(2020, 9, 5), by=None, base=9, votes=6).stage == Stage.CELL_VOTED
    )


def test_a_certificate_older_than_sixty_months_is_refused(world):
    one = at_vote(world)
    Candidate.objects.filter(pk=one.pk).update(certificate_on=dt.date(2015, 8, 4))
    with pytest.raises(RuleBroken, match="quá 60 tháng"):
        development.move(one, Stage.CELL_VOTED, dt.date(2020, 8, 5), by=None, base=9, votes=9)
    Candidate.objects.filter(pk=one.pk).update(certificate_on=dt.date(2015, 8, 5))
    assert (
        development.move(one, Stage.CELL_VOTED, dt.date(2020, 8, 5), by=None, base=9, votes=9).stage == Stage.CELL_VOTED
    )


def test_a_dossier_older_than_twelve_months_is_made_again(world):
    one = at_vote(world)
    Candidate.objects.filter(pk=one.pk).update(dossier_on=dt.date(2019, 8, 4))
    with pytest.raises(RuleBroken, match="quá 12 tháng"):
        development.move(one, Stage.CELL_VOTED, dt.date(2020, 8, 5), by=None, base=9, votes=9)
    development.renew_dossier(one, dt.date(2020, 8, 1), by=None)
    assert (
        development.move(one, Stage.CELL_VOTED, dt.date(2020, 8, 5), by=None, base=9, votes=9).stage == Stage.CELL_VOTED
    )


def test_sixty_years_and_a_month_need_the_consent_of_the_level_above(world):
    one = at_vote(world, born=dt.date(1960, 7, 5))
    with pytest.raises(RuleBroken, match="Quá 60 tuổi"):
        development.move(one, Stage.CELL_VOTED, dt.date(2020, 8, 5), by=None, base=9, votes=9)
    development.renew_dossier(one, dt.date(2020, 6, 1), by=None, consent="CV 9-CV/ThU")
    assert (
        development.move(one, Stage.CELL_VOTED, dt.date(2020, 8, 5), by=None, base=9, votes=9).stage == Stage.CELL_VOTED
    )


def test_forty_five_working_days_for_the_decision(world):
    one = development.move(at_vote(world), Stage.CELL_VOTED, dt.date(2020, 8, 5), by=None, base=9, votes=6)
    until, what, why = development.limits_of(one)[-1] if len(development.limits_of(one)) == 1 else development.limits_of(one)[0]  # fmt: skip
    assert (until, what) == (dt.date(2020, 10, 8), "Quyết định kết nạp")
    assert "45" in why


def test_pages_and_what_was_typed(world):
    secretary = client_of(world.users["secretary"])
    one = at_vote(world)
    answer = secretary.post(reverse("chibo:candidate_move", args=[one.pk, "CHI_BO"]), {"on": "2020-08-05", "base": 9, "votes": 12})  # fmt: skip
    assert answer.status_code == 422
    assert 'value="12"' in answer.content.decode()
    assert secretary.post(reverse("chibo:candidate_move", args=[one.pk, "CHI_BO"]), {"on": "2020-08-05", "base": 9, "votes": 6}).status_code == 302  # fmt: skip
    page = secretary.get(one.get_absolute_url()).content.decode()
    assert "6/9 tán thành" in page
    assert secretary.get(reverse("chibo:candidate_list")).status_code == 200
    assert secretary.get(reverse("chibo:development")).status_code == 200
    assert secretary.get(candidate(world.cell_b1).get_absolute_url()).status_code == 404


def test_the_vote_proposes_its_base_and_says_what_is_needed(world, client):
    one = at_vote(world)
    client.force_login(world.users["secretary"])
    page = client.get(f"/to-chuc/ket-nap/{one.pk}/buoc/CHI_BO/").content.decode()
    assert 'value="9"' in page and "Với 9 người: từ 6 phiếu." in page and "ít nhất hai phần ba" in page
    development.move(one, Stage.CELL_VOTED, dt.date(2020, 8, 5), by=None, base=9, votes=6)
    development.move(one, Stage.COMMITTEE_VOTED, dt.date(2020, 8, 20), by=None, base=34, votes=23)
    assert "quá nửa" in client.get(f"/to-chuc/ket-nap/{one.pk}/buoc/QUYET_DINH/").content.decode()


def test_recognition_leaving_and_ages_open_to_the_people_they_count(world, client):
    """P2's base, P11 and P12: behind each number and base exactly its people; a difference and an average open to nobody."""
    new, old, young, middle = world.members_a1[9], *world.members_a1[:3]
    Member.objects.filter(pk=new.pk).update(admitted_on=dt.date(2019, 3, 1))
    for member, born in zip((old, young, middle), (dt.date(1950, 1, 1), dt.date(1995, 1, 1), dt.date(1960, 6, 1)), strict=True):  # fmt: skip
        Member.objects.filter(pk=member.pk).update(born_on=born)
    gone = world.members_b1[3]
    leave_party(gone, Leaving.DIED, dt.date(2020, 5, 4), "Phiếu báo", by=None)
    recognise_member(Member.objects.get(pk=new.pk), "QĐ 9", by=None)
    client.force_login(world.users["organising"])
    rows = client.get(f"{reverse('chibo:development')}?don_vi={world.town.pk}&nam=2020").context["rows"]

    def behind(name):
        row, addresses = next(pair for pair in rows if pair[0].name == name)
        return row, *([line["name"] for line in client.get(url).context["page_obj"]] if url else None for url in addresses)  # fmt: skip

    rate, _, opening = behind("Tỷ lệ kết nạp")
    assert (rate.base, len(opening)) == (20, 20) and gone.full_name in opening
    assert behind("Đã công nhận chính thức")[1:] == ([new.full_name], [new.full_name])
    assert behind("Ra khỏi danh sách khi còn dự bị")[1:] == (None, [new.full_name])
    assert behind("Ra khỏi Đảng, từ trần trong năm")[1:] == ([gone.full_name], None)
    known = {old.full_name, young.full_name, middle.full_name}
    assert behind("Trên 60 tuổi")[1] == [old.full_name] and set(behind("Trên 60 tuổi")[2]) == known
    assert behind("Dưới 30 tuổi")[1] == [young.full_name] and set(behind("Dưới 30 tuổi")[2]) == known
    assert behind("Tăng (giảm) so với 31/12 năm trước")[1:] == behind("Tuổi bình quân")[1:] == (None, None)
    client.force_login(world.users["office"])
    rows = client.get(f"{reverse('chibo:development')}?don_vi={world.town.pk}&nam=2020").context["rows"]
    assert behind("Ra khỏi Đảng, từ trần trong năm")[1:] == behind("Trên 60 tuổi")[1:] == (None, None)


def test_a_vote_counts_who_is_entitled_not_who_came(world):
    one = at_vote(world)
    with pytest.raises(RuleBroken, match="có 9 đảng viên chính thức") as refused:
        development.move(one, Stage.CELL_VOTED, dt.date(2020, 8, 5), by=None, base=7, votes=7)
    assert refused.value.field == "base"
    one = development.move(one, Stage.CELL_VOTED, dt.date(2020, 8, 5), by=None, base=9, votes=6)
    with pytest.raises(RuleBroken, match="34 cấp ủy viên đương nhiệm"):
        development.move(one, Stage.COMMITTEE_VOTED, dt.date(2020, 8, 20), by=None, base=20, votes=20)
    client = Client()
    client.force_login(world.users["organising"])
    field = client.get(reverse("chibo:candidate_move", args=[one.pk, "DANG_UY"])).context["form"].fields["base"]
    assert field.initial == 34 and "34 đồng chí đương nhiệm" in field.help_text
