"""Files of duties, supervisions and incoming papers: who may read them follows from what they hang on."""

from kyanh_portal.files.holders import add_holder
from kyanh_portal.files.models import StoredFile
from nghiquyet.models import DutyStep, IncomingPaper, ReportLine, SupervisionPaper
from nghiquyet.services.incoming import HOLDER

add_holder(
    "duty", "Minh chứng nhiệm vụ",
    lambda user: StoredFile.objects.filter(pk__in=DutyStep.objects.visible_to(user).values("file_id")),
)  # fmt: skip
add_holder(
    "supervision", "Văn bản kiểm tra, giám sát",
    lambda user: StoredFile.objects.filter(pk__in=SupervisionPaper.objects.visible_to(user).values("file_id")),
)  # fmt: skip
add_holder(
    HOLDER, "Bản quét văn bản đến",
    lambda user: StoredFile.objects.filter(pk__in=IncomingPaper.objects.visible_to(user).values("scan_id")),
)  # fmt: skip
add_holder(
    "report", "Minh chứng kèm báo cáo tiến độ",
    lambda user: StoredFile.objects.filter(pk__in=ReportLine.objects.visible_to(user).values("file_id")),
)  # fmt: skip
