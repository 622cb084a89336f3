"""The way of the printed sheet: printed, handed in for signature, signed, scanned. The locked text is not touched."""

from django.db import transaction
from django.db.models import Count, Q

from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.models import DocumentSheet, IssuedDocument, SheetState

MOST = 100
ORDER = list(SheetState)
LOOKS = {
    SheetState.TO_PRINT: "none",
    SheetState.PRINTED: "doing",
    SheetState.SUBMITTED: "wait",
    SheetState.SIGNED: "ok",
    SheetState.SCANNED: "ok",
}


def state_of(document) -> SheetState:
    """How far the sheet of this paper is; a paper nobody handled is still to be printed."""
    sheet = getattr(document, "sheet", None)
    return SheetState(sheet.state) if sheet else SheetState.TO_PRINT


def way_of(document) -> dict:
    """What the page shows: the word, its look, and which of the four squares are filled."""
    state = state_of(document)
    done = ORDER.index(state)
    return {"label": state.label, "look": LOOKS[state], "squares": [place < done for place in range(len(ORDER) - 1)]}


def in_state(rows, state: str):
    """Papers whose sheet is in this state."""
    if state == SheetState.TO_PRINT:
        return rows.filter(Q(sheet=None) | Q(sheet__state=state))
    return rows.filter(sheet__state=state)


def counts(rows) -> list[tuple[str, str, int]]:
    """(code, words, how many) of every state, all of them in one query; the base is their sum."""
    found = dict(rows.order_by().values_list("sheet__state").annotate(number=Count("pk")))
    first = found.pop(None, 0)
    return [(one.value, one.label, found.get(one.value, 0) + (first if one is ORDER[0] else 0)) for one in ORDER]


@transaction.atomic
def mark_sheets(ids: list[int], state: str, *, by) -> int:
    """Write how far the sheets of these papers have come; returns how many changed.

    Papers out of the user's sight are passed over. A wrong mark is put right by another one; the trail has both.
    Raises RuleBroken when nothing was chosen, or more than MOST at once.
    """
    if state not in SheetState.values:
        raise RuleBroken("Chọn một bước: đã in, đã trình ký, đã ký hoặc đã quét.")
    if not ids:
        raise RuleBroken("Đánh dấu ít nhất một văn bản rồi bấm Ghi.")
    if len(ids) > MOST:
        raise RuleBroken(f"Mỗi lần ghi được {MOST} văn bản. Chọn ít lại.")
    papers = IssuedDocument.objects.visible_to(by).filter(pk__in=ids).defer("content").order_by("pk")
    papers = list(papers.select_for_update(of=("self",), no_key=True).select_related("sheet"))
    moved = [paper for paper in papers if state_of(paper) != state]
    DocumentSheet.objects.bulk_create(
        [DocumentSheet(document=paper, state=state, by=by) for paper in moved],
        update_conflicts=True, unique_fields=["document"], update_fields=["state", "by", "at"],
    )  # fmt: skip
    for paper in moved:
        record("document.sheet", paper, by=by, state=SheetState(state).label)
    return len(moved)
