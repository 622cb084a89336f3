"""Paper files of two cells of one ward, looked through twice; old card numbers, rewards of the Party; invented and marked so."""

import datetime as dt

from chibo.dossier_choices import PaperState, RewardGiver, RewardKind
from chibo.services.dossier import check_papers, file_of
from chibo.services.honours import note_reward, set_old_card
from kyanh_portal.demo.world import World

HALF_YEAR, AGAIN = dt.date(2020, 6, 29), dt.date(2020, 12, 9)
OFTEN_LOST = (38, 47, 46, 39, 50)  # papers that old files lack most


def build_files(world: World) -> None:
    """Two cells looked through in June, one of them again in December, with what had been found by then."""
    ward = world["bases"][0]
    cells = [cell for cell in world["cells"] if cell.parent_id == ward.pk]
    for at, cell in enumerate(cells[:2]):
        for number, member in enumerate(world["members"][cell.pk]):
            if member.admitted_on >= HALF_YEAR or number % 9 == 8:
                continue  # nobody looked yet
            wanted = [line.kind.number for line in file_of(member, HALF_YEAR).wanted]
            lost = {wanted[-1], OFTEN_LOST[number % len(OFTEN_LOST)]} & set(wanted) if number % 3 == 0 else set()
            check_papers(member, HALF_YEAR, {n: PaperState.MISSING if n in lost else PaperState.PRESENT for n in wanted}, by=None)  # fmt: skip
            if at == 0 and number % 2 == 0:
                check_papers(member, AGAIN, dict.fromkeys(sorted(lost)[:1] or wanted[:4], PaperState.PRESENT), by=None)
    _honours([member for cell in cells[:4] for member in world["members"][cell.pk]])


def _honours(members) -> None:
    """Numbers from a range no card has (00…), and rewards of 2018 to 2020 by each level that gives them."""
    given = [
        (RewardKind.PRAISE, RewardGiver.CELL, dt.date(2020, 7, 6), "Nghị quyết 07-NQ/CB (giả lập)", "Vận động nhân dân hiến đất làm đường"),
        (RewardKind.MERIT, RewardGiver.BASE, dt.date(2020, 1, 14), "Quyết định 12-QĐ/ĐU (giả lập)", "Hoàn thành xuất sắc nhiệm vụ năm 2019"),
        (RewardKind.MERIT, RewardGiver.SUPERIOR, dt.date(2019, 2, 1), "Quyết định 96-QĐ/ThU (giả lập)", "Năm năm liền hoàn thành xuất sắc nhiệm vụ"),
        (RewardKind.CERTIFICATE, RewardGiver.PROVINCE, dt.date(2018, 2, 3), "Quyết định 431-QĐ/TU (giả lập)", "Năm năm liền hoàn thành xuất sắc nhiệm vụ"),
    ]  # fmt: skip
    official = [one for one in members if one.official_on and one.official_on.year < 2012]
    for number, member in enumerate(official[:40]):
        set_old_card(member, f"0000{number + 1:04d}", by=None, issued_at="Tỉnh ủy Hà Tĩnh", issued_on=member.card_issued_on)  # fmt: skip
        if number % 5 == 1:
            kind, giver, day, decision, what = given[number // 5 % len(given)]
            note_reward(member, kind, giver, day, decision, by=None, for_what=what)
