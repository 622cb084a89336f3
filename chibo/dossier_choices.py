"""Choices about the paper file and Party rewards (members.md 4.1, 4.4, 6.3); imports nothing of ours."""

from django.db import models


class PaperState(models.TextChoices):
    """How a paper of the file was found on a day; what nobody looked at has no row."""

    PRESENT = "CO", "Có"
    MISSING = "THIEU", "Thiếu"
    SCANNED = "DA_SO_HOA", "Có, đã số hóa lên hệ thống Trung ương"
    NOT_NEEDED = "KHONG_CAN", "Không cần"


class RewardKind(models.TextChoices):
    """Rewards the Party gives a member (294-QĐ/TW 28.2; 06-HD/TW 19.2a); those of the State stay in the paper file."""

    PRAISE = "BIEU_DUONG", "Biểu dương"
    MERIT = "GIAY_KHEN", "Giấy khen"
    CERTIFICATE = "BANG_KHEN", "Bằng khen"
    OTHER = "KHAC", "Hình thức khác của Đảng"


class RewardGiver(models.TextChoices):
    """Who decides a reward (members.md 6.3)."""

    CELL = "CHI_BO", "Chi bộ, đảng ủy bộ phận"
    BASE = "CO_SO", "Đảng ủy cơ sở, chi bộ cơ sở"
    SUPERIOR = "CAP_TREN", "Ban thường vụ cấp trên trực tiếp"
    PROVINCE = "TINH_UY", "Ban thường vụ tỉnh ủy"
    CENTRAL = "TRUNG_UONG", "Trung ương"
