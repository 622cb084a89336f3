"""The list of annexes in the minutes: each signed paper that was photographed, with the hash it was kept under."""

from hoithao.models import Scan
from hoithao.papercodes import SHEETS
from kyanh_portal.documents.content import Heading, Item


def annex_blocks(meeting) -> list:
    """A heading and one line for each scan; nothing where the meeting was not on paper."""
    if not meeting.pk or meeting.opened_at is None:
        return []
    scans = list(Scan.objects.filter(meeting=meeting).select_related("file").order_by("sheet", "pk"))
    if not scans:
        return []
    lines = []
    for number, scan in enumerate(scans, 1):
        name = SHEETS.get(scan.sheet[:1], "Bản chụp giấy")
        digest = " ".join(scan.file.sha256[i : i + 8] for i in range(0, 64, 8))
        lines.append(
            Item(f"Phụ lục {number}: {name}, {scan.file.pages or 1} trang, tệp “{scan.file.name}”, SHA-256 {digest}.")
        )
    return [Heading("Phụ lục kèm theo", level=2), *lines]
