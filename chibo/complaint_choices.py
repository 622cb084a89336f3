"""Choices about complaints: who answers, how it ended."""

from django.db import models


class ComplaintLevel(models.TextChoices):
    """Who has to answer a complaint about a discipline (members.md 5.7)."""

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
