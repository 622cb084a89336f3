"""No page, list, search or file tells a role what the field classes keep from it: real values are looked for, not names."""

import datetime as dt
import io
import itertools

import pytest
from openpyxl import load_workbook

from chibo.models import CardStep, Discipline, DossierPaper, Exit, Gap, HelpCase, Member, MemberProfile, ReviewForm
from chibo.services.development import assign_helper
from chibo.services.dues import declare, open_month
from chibo.services.help_cases import direct
from chibo.services.honours import note_reward, set_old_card
from chibo.services.privacy import ask_about_data, set_number
from chibo.services.ratings import open_year
from kyanh_portal.reports.report import reports
from kyanh_portal.reports.running import ask, run_report
from tests.chibo.hidden import Hidden, leaks_of
from tests.factories.growth import campaign, candidate, finding

pytestmark = pytest.mark.django_db
ROLES = ["secretary", "committee", "standing", "office", "organising", "inspection", "administrator", "member"]
FEWEST = {"administrator": 8, "member": 12}  # pages looked at
KEPT_FROM_OFFICE = {
    "chibo.Discipline.decision", "chibo.Exit.decision", "chibo.CardStep.paper", "chibo.Gap.why", "chibo.Candidate.full_name", "chibo.Finding.text",
    "chibo.HelpCase.direction", "chibo.FeeLine.base", "chibo.Member.file_number", "chibo.Member.card_place", "chibo.MemberIdentity.shown", "chibo.DataRequest.text", "chibo.MemberProfile.home", "chibo.OldCard.issued_at",
}  # fmt: skip


@pytest.fixture
def full(world):
    """Something of every class in three cells, each value of its own."""
    number = itertools.count(101)
    for cell, people in ((world.cell_a1, world.members_a1), (world.cell_a2, world.members_a2), (world.cell_b1, world.members_b1)):  # fmt: skip
        mark, (one, two, three) = next(number), people[1:4]
        for n, member in enumerate(people):
            member.full_name = f"Trần Giả {cell.pk} Người {n}"  # no namesakes: a row names one person
            member.save()
        Member.objects.filter(pk=one.pk).update(
            file_number=f"{mark}577HT", card_issued_on=dt.date(1991, 2, mark % 20 + 1), card_place=f"Thị ủy Giả {mark}"
        )
        set_number(one, f"000777{mark}456", by=None)
        Discipline.objects.create(
            member=one, penalty="CANH_CAO", decided_on=dt.date(2020, 4, 21), decision=f"QĐ {mark}-KL/ThU"
        )
        CardStep.objects.create(member=one, state="MAT", taken_on=dt.date(2020, 5, 23), paper=f"Giấy báo mất {mark}")
        MemberProfile.objects.create(
            member=one, home=f"Xã Giả {mark}", lives_in=f"Thôn Giả {mark}", ethnicity="Mường", religion="CONG_GIAO"
        )
        DossierPaper.objects.create(member=one, number=38, state="DA_SO_HOA", on=dt.date(2020, 5, 27))
        set_old_card(one, f"00{mark}765", by=None, issued_at=f"Nơi cấp Giả {mark}", issued_on=dt.date(2011, 8, mark % 20 + 1))  # fmt: skip
        note_reward(one, "BANG_KHEN", "TINH_UY", dt.date(2020, 7, 23), f"QĐ {mark}-KHT/TU", by=None)
        Gap.objects.create(
            member=one, starts_on=dt.date(1995, 1, 9), ends_on=dt.date(1996, 1, 9), why=f"Gián đoạn {mark}"
        )
        Exit.objects.create(member=two, reason="KHAI_TRU", left_on=dt.date(2020, 3, 17), decision=f"QĐ {mark}-KT/ThU")
        Member.objects.filter(pk=two.pk).update(left_on=dt.date(2020, 3, 17))
        someone = candidate(
            cell, f"Trần Mẫu Nguồn {mark}", certificate_number=f"GCN {mark}/2020", certificate_on=dt.date(2020, 2, 19)
        )
        assign_helper(someone, three, by=None)
        for one_more, base in ((three, 7_000_000 + mark), (people[0], 8_000_000 + mark)):
            declare(one_more, "F1", by=None, starts_on=dt.date(2020, 1, 1), base=base)
        open_month(cell, dt.date(2020, 11, 1), by=None)
        ask_about_data(
            three,
            "sua",
            by=world.users["organising"],
            about="born_on",
            asked_on=dt.date(2020, 6, 29),
            text=f"Xin sửa ngày sinh {mark}",
        )
    review = campaign(world)
    for cell in (world.cell_a1, world.cell_b1):
        form = ReviewForm.objects.get(campaign=review, organisation=cell)
        finding(
            form,
            code="C1",
            member=Member.objects.filter(organisation=cell).order_by("pk")[3],
            text=f"Nhắc riêng {form.pk}77",
            owner=f"Đồng chí {form.pk}88",
        )
        direct(HelpCase.objects.get(organisation=cell), dt.date(2020, 10, 9), f"CV {form.pk}-CV/ThU", by=None)
        open_year(cell, 2020, by=None)
    return world


@pytest.mark.parametrize("role", ROLES)
def test_no_page_tells_what_is_kept_from_a_role(full, client, role):
    user = full.users[role]
    client.force_login(user)
    found, pages = leaks_of(user, client, people=[*full.members_a1[1:4], *full.members_b1[1:3]])
    assert sorted(set(found))[:5] == [] and pages >= FEWEST.get(role, 25)


def test_the_walk_finds_what_is_there(full, client):
    """Values kept from the office are on the pages of who may see them: the walk above looks in the right places."""
    hidden = Hidden(full.users["office"])
    assert set(hidden.strong.values()) >= KEPT_FROM_OFFICE
    client.force_login(full.users["organising"])
    from tests.chibo.hidden import SEEDS, plain, walk

    seeds = [*SEEDS, *(f"/to-chuc/dang-vien/{one.pk}/" for one in full.members_a1[1:4]), "/to-chuc/ket-nap/", "/to-chuc/ra-soat/", "/to-chuc/ra-soat/giup-do/", "/to-chuc/de-nghi/"]  # fmt: skip
    found = {why for address, page in walk(client, seeds) for _, why, _ in hidden.leaks(address, *plain(page))}
    assert KEPT_FROM_OFFICE - found == {
        "chibo.FeeLine.base",
        "chibo.Gap.why",
    }  # seen by the fee keeper; on the own-data page
    assert {
        "chibo.Discipline.decided_on",
        "chibo.Exit.reason",
        "chibo.DossierPaper.state",
        "chibo.CardStep.taken_on",
    } <= found


def test_no_file_that_goes_out_tells_it(full):
    """Exports, the badge list, tables N1–N11, the review and the fees, asked by the office: no value kept from it."""
    office, town = full.users["office"], full.town
    hidden, wanted = Hidden(office), {
        "xuat-dang-vien": {"answers": {}, "reason": "Kiểm tra", "day": "2020-12-21"}, "xuat-to-chuc": {"answers": {}, "reason": "Kiểm tra", "day": "2020-12-21"},
        "huy-hieu": {"award": "2021-02-03", "unit": town.pk}, "bang-dang-vien": {"unit": town.pk, "year": 2020, "wanted": [f"N{n}" for n in range(1, 12)]},
        "so-nghiep-vu": {"unit": town.pk, "year": 2020, "wanted": ["DS", "DB", "RA", "TT", "GT", "PT", "HH", "KT"]},
        "dang-phi": {"unit": full.cell_a1.pk, "year": 2020, "first": 1, "last": 12},
        "ra-soat": {"campaign": ReviewForm.objects.first().campaign_id, "unit": town.pk, "year": 2020},
    }  # fmt: skip
    for code, parameters in wanted.items():
        assert code in reports
        run = ask(code, parameters, ["xlsx"], by=office)
        assert run_report(run.pk) == "done", (code, run.problem)
        lines = [
            " ".join(str(value) for value in row if value is not None)
            for sheet in load_workbook(io.BytesIO(run.files.get().content)).worksheets for row in sheet.iter_rows(values_only=True)
        ]  # fmt: skip
        assert hidden.leaks(code, " ".join(lines), lines) == [], code
