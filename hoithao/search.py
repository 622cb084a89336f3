"""What of this app can be found."""

from hoithao.models import Meeting
from kyanh_portal.search.source import add_source

add_source(
    "meetings", "Cuộc họp", Meeting, icon="meeting",
    related=["organisation", "kind"], line=lambda m: f"{m.name}, {m.organisation.name}", order=["-starts_at"],
)  # fmt: skip
