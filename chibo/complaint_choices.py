"""Choices about complaints: what they may be about, who answers, how it ended."""

from django.db import models

from chibo.choices import Leaving

# Ways out that a member may complain of (294-QĐ/TW 8.2); who was expelled complains of the discipline.
COMPLAINED_OF = (Leaving.REMOVED, Leaving.PROBATION_REMOVED, Leaving.ABANDONED, Leaving.ASKED)


class ComplaintLevel(models.TextChoices):
    """Who has to answer a complaint about a discipline or a removal (members.md 5.7)."""

    SUPERIOR = "CAP_TREN", "Cấp ủy cấp trên trực tiếp"
    PROVINCE = "TINH_UY", "Tỉnh ủy"
    CENTRAL = "TRUNG_UONG", "Trung ương"


class ComplaintOutcome(models.TextChoices):
    """How a complaint ended; the grounds stay in the paper file."""

    KEPT = "GIU_NGUYEN", "Giữ nguyên quyết định"
    CHANGED = "THAY_DOI", "Thay đổi hình thức"
    CANCELLED = "XOA_BO", "Xóa bỏ quyết định"
    WITHDRAWN = "RUT", "Đồng chí rút khiếu nại"
    REFUSED = "KHONG_GIAI_QUYET", "Không giải quyết (quá thời hiệu, khiếu nại thay, đã giải quyết cuối cùng)"
