"""What of this app, and of the issued papers, can be found."""

from kyanh_portal.documents.kinds import kind_label
from kyanh_portal.documents.models import IssuedDocument
from kyanh_portal.search.source import add_source
from nghiquyet.models import IncomingPaper, Resolution

add_source(
    "resolutions", "Nghị quyết", Resolution, icon="resolution", related=["organisation"],
    line=lambda r: f"Nghị quyết {r.title}, {r.organisation.name} ({r.get_status_display().lower()})", order=["-created_at"],
)  # fmt: skip
add_source(
    "incoming", "Văn bản đến", IncomingPaper, icon="doc",
    line=lambda p: f"{p.type_name} số {p.number_line}: {p.title}, {p.issuer}", order=["-received_on"],
)  # fmt: skip
add_source(
    "documents", "Văn bản", IssuedDocument, icon="doc",
    line=lambda d: f"{kind_label(d.kind, d.type_name)} {d.number_line} {d.title}, {d.issuer_name}".replace("  ", " "), order=["-dated", "-pk"], deferred=["content"],
)  # fmt: skip
