"""What of this app waits for a decision on the front pages: drafts to be adopted, adopted papers to be issued."""

from chibo.choices import Role
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.dashboard.card import add_waiting
from nghiquyet.choices import Status
from nghiquyet.models import Resolution

MOST = 8


def resolutions_waiting(request, when) -> list[dict]:
    """Adopted resolutions without a number first, then drafts; cells' papers only on their own secretary's page."""
    scope = scope_of(request.user)
    rows = Resolution.objects.visible_to(request.user).filter(status__in=[Status.ADOPTED, Status.SIGNING, Status.DRAFT])
    if not scope.holds(Role.CELL_SECRETARY):
        rows = rows.filter(organisation__kind__is_cell=False)
    rows = rows.select_related("organisation").order_by("status", "created_at")  # "adopted" stands before "draft"
    out = []
    for row in rows[:MOST]:
        if row.status in (Status.ADOPTED, Status.SIGNING):
            words = {"kind": "soon", "state": "Chờ ban hành", "verb": "Xem để ban hành",
                     "text": f"{row.organisation.name}. Thông qua ngày {vn_date(row.adopted_on)}, chưa lấy số." if row.adopted_on else row.organisation.name}  # fmt: skip
        else:
            words = {"kind": "draft", "state": f"Dự thảo lần {row.draft_number}", "verb": "Đọc dự thảo",
                     "text": f"{row.organisation.name}. Chưa biểu quyết thông qua."}  # fmt: skip
        out.append({"title": str(row), "url": row.get_absolute_url(), **words})
    return out


add_waiting("resolutions", resolutions_waiting)
