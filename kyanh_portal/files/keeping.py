"""Take a file in: judged, counted against the day's allowance, kept with its hash, recorded."""

import datetime as dt
import hashlib
import shutil

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.stamps import GUIDE, stop_stamps
from kyanh_portal.filecheck.check import CheckedFile, check_file
from kyanh_portal.filecheck.kinds import KINDS
from kyanh_portal.files.holders import holders
from kyanh_portal.files.models import FileBody, StoredFile

DAILY_BYTES = 300 * 1024 * 1024
LEAST_FREE_BYTES = 1024 * 1024 * 1024


def check_upload(upload, *, by, allowed=tuple(KINDS), field="file", codes=False) -> CheckedFile:
    """Judge an uploaded file (Django's UploadedFile) before anything is stored; raises RuleBroken."""
    if shutil.disk_usage(settings.BASE_DIR).free < LEAST_FREE_BYTES:
        raise RuleBroken("Máy chủ sắp hết chỗ nên chưa nhận tệp. Báo Văn phòng; chữ đã ghi không mất.", field=field)
    since = timezone.now() - dt.timedelta(days=1)
    sent = StoredFile.objects.filter(uploaded_by=by, uploaded_at__gt=since).aggregate(n=Sum("size"))["n"] or 0
    if by is not None and sent + upload.size > DAILY_BYTES:
        raise RuleBroken("Hôm nay đồng chí đã gửi hơn 300 MB. Mai gửi tiếp, hoặc giảm cỡ ảnh.", field=field)
    checked = check_file(upload.read(), upload.name, allowed=allowed, field=field, codes=codes)
    if stop_stamps({field: [checked.text, checked.name]}, "upload"):  # whichever page it came from
        raise RuleBroken(GUIDE, field=field)
    return checked


@transaction.atomic
def keep_file(checked: CheckedFile, *, holder: str, path: str, by, is_synthetic=False) -> StoredFile:
    """Store a checked file under a random key for a registered holder, in the branch `path`."""
    holders.get(holder)
    stored = StoredFile.objects.create(
        holder=holder, path=path, name=checked.name, kind=checked.kind.code, media_type=checked.kind.media_type,
        size=len(checked.data), pages=checked.pages, sha256=hashlib.sha256(checked.data).hexdigest(), uploaded_by=by,
        is_synthetic=is_synthetic,
    )  # fmt: skip
    FileBody.objects.create(file=stored, content=checked.data)
    record("file.kept", stored, by=by, kind=stored.kind, size=stored.size)
    return stored
