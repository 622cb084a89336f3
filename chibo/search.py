"""What of this app can be found."""

from chibo.models import Member, Organisation
from kyanh_portal.search.source import add_source

add_source("organisations", "Tổ chức đảng", Organisation, icon="tree", order=["sort_key", "pk"], is_named=True)
add_source(
    "members", "Đảng viên", Member, icon="people", related=["organisation"],
    line=lambda member: f"{member.full_name}, {member.organisation.name}", order=["sort_key", "pk"], is_person=True,
)  # fmt: skip
