"""Paper files of two cells of one ward, looked through twice; invented and marked so."""

import datetime as dt

from chibo.dossier_choices import PaperState
from chibo.services.dossier import check_papers, file_of
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
