"""A later paper amends, replaces, extends, reviews or ends an issued resolution; the old text never changes."""

from django.db import transaction

from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_text
from nghiquyet.choices import Life, Status
from nghiquyet.models import PaperEffect, Resolution
from nghiquyet.services.drafting import locked
from nghiquyet.workflow import life_flow


@transaction.atomic
def apply_paper(resolution, *, by, document, effect, note="", starts_on=None) -> PaperEffect:
    """Record what an issued paper does to the resolution; its own text, number and seal stay as they are."""
    resolution = locked(resolution)
    if resolution.status != Status.ISSUED:
        raise RuleBroken("Chỉ văn bản đã ban hành mới được sửa đổi, thay thế bằng văn bản khác.")
    if document.pk == resolution.document_id:
        raise RuleBroken(
            "Một văn bản không tự sửa đổi, thay thế chính nó. Chọn văn bản ban hành sau.", field="document"
        )
    if not resolution.path.startswith(document.path):
        raise RuleBroken(
            "Chỉ văn bản của chính cơ quan ban hành hoặc cấp trên mới làm được việc này.", field="document"
        )
    if document.dated < resolution.dated:
        raise RuleBroken(
            f"Văn bản chọn có ngày {vn_date(document.dated)}, trước ngày nghị quyết {vn_date(resolution.dated)}.",
            field="document",
        )
    here = resolution.life or Life.IN_FORCE
    life_flow.require(
        here, effect, f"Nghị quyết đang “{Life(here).label}”, không chuyển sang “{Life(effect).label}” được."
    )
    if effect == Life.AMENDED and not note.strip():
        raise RuleBroken("Ghi sửa phần nào, thế nào.", field="note")
    done = PaperEffect.objects.create(
        resolution=resolution, document=document, effect=effect, note=clean_text(note), by=by,
        starts_on=starts_on or document.dated,
    )  # fmt: skip
    Resolution.objects.filter(pk=resolution.pk).update(life=effect)
    record("resolution.affected", resolution, by=by, effect=effect, document=document.pk)
    return done
