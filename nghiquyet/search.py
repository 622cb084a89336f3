"""What of this app, and of the issued papers, can be found."""

from kyanh_portal.documents.kinds import kind_label
from kyanh_portal.documents.models import IssuedDocument
from kyanh_portal.search.source import add_source
from nghiquyet.models import Resolution

add_source(
    "resolutions", "Nghị quyết", Resolution, icon="resolution", related=["organisation"],
    line=lambda r: f"Nghị quyết {r.title}, {r.organisation.name} ({r.get_status_display().lower()})", order=["-created_at"],
)  # fmt: skip
add_source(
    "documents", "Văn bản", IssuedDocument, icon="doc",
    line=lambda d: f"{kind_label(d.kind)} {d.number_line} {d.title}, {d.issuer_name}".replace("  ", " "), order=["-dated", "-pk"], deferred=["content"],
)  # fmt: skip
