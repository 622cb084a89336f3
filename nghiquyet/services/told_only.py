"""Say of a khoản that it only tells how things stand, so that the list of unassigned ones shows true gaps."""

from django.db import transaction
from django.utils import timezone

from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line
from nghiquyet.choices import OVER
from nghiquyet.models import Clause, ToldOnly
from nghiquyet.services.targets import require_issued


def _locked(clause) -> Clause:
    rows = Clause.objects.select_for_update(of=("self",), no_key=True).select_related("resolution__organisation")
    clause = rows.get(pk=clause.pk)
    require_issued(clause.resolution)
    if clause.resolution.life in OVER:
        raise RuleBroken("Nghị quyết này không thực hiện nữa nên không ghi thêm.")
    return clause


@transaction.atomic
def mark_told_only(clause, *, by, reason) -> ToldOnly:
    """Nobody need carry this khoản, with the reason. What carries it already makes the mark needless and is refused."""
    if not clean_line(reason):
        raise RuleBroken("Ghi vì sao khoản này không cần giao.", field="reason")
    clause = _locked(clause)
    if clause.targets.exists() or clause.duties.exists() or clause.study_plans.exists():
        raise RuleBroken("Khoản này đã có chỉ tiêu, nhiệm vụ hay kế hoạch học tập. Không cần ghi gì thêm.")
    if clause.told_only.filter(ended_at__isnull=True).exists():
        raise RuleBroken("Khoản này đã ghi không cần giao. Tải lại trang để xem.")
    row = ToldOnly.objects.create(clause=clause, reason=clean_line(reason)[:300], by=by)
    record("clause.told_only", clause, by=by, path=clause.path, resolution=clause.resolution_id)
    return row


@transaction.atomic
def assign_after_all(clause, *, by) -> Clause:
    """The khoản is to be assigned after all: it is listed as a gap again; who had marked it, and why, is kept."""
    clause = _locked(clause)
    rows = clause.told_only.filter(ended_at__isnull=True)
    if not rows.update(ended_at=timezone.now(), ended_by=by):
        raise RuleBroken("Khoản này không ghi là không cần giao. Tải lại trang để xem.")
    record("clause.to_assign", clause, by=by, path=clause.path, resolution=clause.resolution_id)
    return clause
