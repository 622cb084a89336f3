"""Single lives in the register of one ward: letters on their way, cards, Huy hiệu Đảng, two disciplines; invented and marked so.

Nobody leaves the town and no cell of the stories changes its number, so that the counts of December 2020 stay.
"""

import datetime as dt

from django.db.models import F

from chibo.choices import CardState, Penalty, Transferred
from chibo.models import Badge, Member, MemberProfile
from chibo.profile_choices import KINH, Degree, Occupation, Religion, Schooling, Theory
from chibo.rulebooks import AWARD_DATES, BADGES
from chibo.rules import reaches_age_on
from chibo.services.cards import take_card_step
from chibo.services.lifecycle import note_discipline
from chibo.services.transfers import note_fee, refuse_transfer, request_transfer, sign_box
from kyanh_portal.demo.world import World

LAST_AWARD = dt.date(2020, 11, 7)
GROUND = "Quyết định điều động, thay đổi nơi cư trú (giả lập)"
BADGE_DECISION = "Quyết định của Ban Thường vụ Tỉnh ủy (giả lập)"


def build_lives(world: World) -> None:
    ward, other = world["bases"][0], world["bases"][1]
    cells = [cell for cell in world["cells"] if cell.parent_id == ward.pk]
    people = {cell.pk: world["members"][cell.pk] for cell in cells}
    _letters(cells, people, next(cell for cell in world["cells"] if cell.parent_id == other.pk))
    _cards(people, cells)
    _badges([*people[cells[0].pk], *people[cells[1].pk]])
    _profiles([member for cell in cells for member in people[cell.pk]])
    note_discipline(people[cells[2].pk][9], Penalty.REPRIMAND, dt.date(2020, 10, 12), "Quyết định 08-QĐ/CB (giả lập)", by=None)  # fmt: skip
    note_discipline(people[cells[3].pk][8], Penalty.WARNING, dt.date(2020, 6, 8), "Quyết định 21-QĐ/ĐU (giả lập)", by=None)  # fmt: skip


def _letters(cells, people, far):
    """One that arrived, one sent out of the town, one being made, one not taken."""
    done = request_transfer(people[cells[3].pk][6], Transferred.INSIDE, dt.date(2020, 11, 2), GROUND, by=None, target=cells[4])  # fmt: skip
    sent = request_transfer(people[cells[4].pk][7], Transferred.OUTSIDE, dt.date(2020, 11, 16), GROUND, by=None, elsewhere="Chi bộ phường số 1, Đảng bộ thành phố số 1 (giả lập)")  # fmt: skip
    made = request_transfer(people[cells[5].pk][6], Transferred.TEMPORARY, dt.date(2020, 12, 7), "Quyết định cử đi học (giả lập)", by=None, target=far, returns_on=dt.date(2021, 9, 30))  # fmt: skip
    lost = request_transfer(people[cells[5].pk][8], Transferred.INSIDE, dt.date(2020, 9, 7), GROUND, by=None, target=cells[4])  # fmt: skip
    for letter in (done, sent, lost):
        note_fee(letter, letter.moved_on, by=None)
    signed = [
        (done, [(1, 3), (3, 9), (4, 13), (5, 23), (7, 33)]), (sent, [(1, 2), (3, 7), (4, 22)]), (lost, [(1, 2), (3, 4), (4, 10)]),
    ]  # fmt: skip
    for letter, boxes in signed:
        for number, days in boxes:
            sign_box(letter, number, letter.moved_on + dt.timedelta(days=days), by=None)
    note_fee(made, dt.date(2020, 12, 1), by=None)
    _abroad(people[cells[4].pk][9], people[cells[5].pk][10])
    refuse_transfer(lost, "Đồng chí chưa chuyển nơi ở, chi bộ nơi đến trả lại giấy.", by=None)


def _abroad(student, worker):
    """One studies abroad for nine months, counted at home all the while; a slip for work abroad is being made."""
    away = request_transfer(student, Transferred.ABROAD_FOR_A_TIME, dt.date(2020, 12, 14), "Quyết định cử đi bồi dưỡng (giả lập)", by=None, elsewhere="Nhật Bản", returns_on=dt.date(2021, 9, 30))  # fmt: skip
    note_fee(away, dt.date(2020, 12, 1), by=None)
    for number, days in ((1, 2), (2, 4)):
        sign_box(away, number, away.moved_on + dt.timedelta(days=days), by=None)
    request_transfer(
        worker,
        Transferred.LABOUR,
        dt.date(2020, 12, 14),
        "Hợp đồng lao động ở nước ngoài (giả lập)",
        by=None,
        elsewhere="Hàn Quốc",
    )


def _cards(people, cells):
    """Every official member holds a card since about two months after recognition; a few cards are on their way."""
    Member.objects.filter(official_on__isnull=False).update(
        card_issued_on=F("official_on") + dt.timedelta(days=60), card_place="Tỉnh ủy Hà Tĩnh"
    )
    first, second = people[cells[0].pk], people[cells[1].pk]
    for member in (first[7], first[9], second[8]):
        member.refresh_from_db()
    take_card_step(
        first[7], CardState.LOST, dt.date(2020, 11, 10), by=None, paper="Bản kiểm điểm của đảng viên (giả lập)"
    )
    take_card_step(first[9], CardState.DAMAGED, dt.date(2020, 4, 6), by=None)
    take_card_step(first[9], CardState.EXCHANGED, dt.date(2020, 6, 15), by=None, paper="Quyết định 5-TĐV (giả lập)")
    take_card_step(second[8], CardState.LOST, dt.date(2020, 12, 2), by=None)
    waiting = (
        Member.objects.filter(organisation__in=cells[:4], official_on=None, admitted_on__year=2019)
        .order_by("pk")
        .first()
    )
    if waiting is not None:
        take_card_step(waiting, CardState.PROPOSED, dt.date(2020, 12, 14), by=None, paper="Danh sách 1-TĐV (giả lập)")


def _profiles(members):
    """Statistics of the whole ward, made up: schooling and work by a fixed order, the retired by their year of birth."""
    work = [Occupation.FARMER, Occupation.PUBLIC_SERVICE, Occupation.WORKER, Occupation.TEACHER, Occupation.PRIVATE, Occupation.OFFICIAL, Occupation.FARMER]  # fmt: skip
    degrees = [Degree.NONE, Degree.INTERMEDIATE, Degree.BACHELOR, Degree.COLLEGE, Degree.BACHELOR]
    theory = [Theory.ELEMENTARY, Theory.ELEMENTARY, Theory.INTERMEDIATE, Theory.NONE]
    rows = []
    for number, member in enumerate(members):
        is_retired = member.born_on is not None and member.born_on.year < 1960
        rows.append(MemberProfile(
            member=member, ethnicity=KINH, religion=Religion.CATHOLIC if number % 97 == 5 else Religion.NONE, schooling=Schooling.UPPER if number % 6 else Schooling.LOWER,
            degree=degrees[number % len(degrees)], theory=theory[number % len(theory)], occupation=Occupation.RETIRED if is_retired else work[number % len(work)],
        ))  # fmt: skip
    MemberProfile.objects.bulk_create(rows)


def _badges(members):
    """The highest class reached by the award date of 7/11/2020, given on the first award date after it was reached."""
    rows = []
    for member in members:
        if member.official_on is None:
            continue
        reached = [(years, reaches_age_on(member.counts_from, years)) for years in BADGES]
        held = [(years, day) for years, day in reached if day <= LAST_AWARD]
        if held:
            years, day = held[-1]
            dates = (dt.date(year, *date) for year in (day.year, day.year + 1) for date in AWARD_DATES)
            rows.append(Badge(member=member, years=years, awarded_on=next(d for d in dates if d >= day), decision=BADGE_DECISION))  # fmt: skip
    Badge.objects.bulk_create(rows)
