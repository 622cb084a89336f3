"""What people tell of a cell's half year: one more entry, the earlier ones stay."""

from django.db import transaction

from hoithao.models import HalfYearNote
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import today
from kyanh_portal.base.errors import RuleBroken


@transaction.atomic
def write_half_year(cell, half, *, by, number: int, names: str = "", remark: str = "") -> HalfYearNote:
    """Write how many models of Dân vận khéo the cell registered in the half year. A name for each is asked for."""
    if half.first > today():
        raise RuleBroken("Kỳ sáu tháng này chưa đến.")
    lines = [line.strip() for line in names.split("\n") if line.strip()]
    if number != len(lines):
        raise RuleBroken(
            f"Ghi {number} mô hình nhưng có {len(lines)} dòng tên. Mỗi mô hình ghi tên ở một dòng.", field="names"
        )
    note = HalfYearNote.objects.create(
        organisation=cell, starts_on=half.first, number=number, names="\n".join(lines), remark=remark, by=by
    )
    record("half_year.written", cell, by=by, half=str(half), number=number)
    return note
