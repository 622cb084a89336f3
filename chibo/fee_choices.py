"""Choices about đảng phí and the book of money."""

from django.db import models


class FeeGroup(models.TextChoices):
    """Groups of đảng phí (01-QĐ/TW of 03/2/2026; members.md 8.1)."""

    INSURED = "F1", "Đóng bảo hiểm xã hội bắt buộc"
    BENEFIT = "F2", "Hưởng ốm đau, thai sản do bảo hiểm xã hội trả"
    PENSIONER = "F3", "Hưởng lương hưu"
    PENSIONER_WORKING = "F3B", "Hưởng lương hưu, có thu nhập thêm"
    UNINSURED = "F4", "Không đóng bảo hiểm, còn tuổi lao động"
    AGED = "F5", "Không đóng bảo hiểm, hết tuổi lao động"
    STUDENT = "F6", "Học sinh, sinh viên"
    MERIT = "F7", "Hưởng trợ cấp người có công, mất sức"
    ABROAD = "F8", "Ở ngoài nước"
    EXEMPT = "F9", "Được miễn"


class FeeOf(models.TextChoices):
    """What a rate is taken of."""

    INCOME = "INCOME", "% thu nhập đã khai"
    MINIMUM = "MINIMUM", "% lương tối thiểu vùng"
    FIXED = "FIXED", "Số đồng cố định"


class FeeState(models.TextChoices):
    """Where a month of a cell stands (members.md 8.4)."""

    OPEN = "MO", "Đang thu"
    CLOSED = "DA_CHOT", "Đã chốt"
    PASSED_UP = "DA_NOP", "Đã nộp cấp trên"
    CHECKED = "DA_DOI_CHIEU", "Đã đối chiếu"


class FeePaid(models.TextChoices):
    """Where one member stands in a month."""

    OWES = "PHAI_DONG", "Chưa đóng"
    PAID = "DA_DONG", "Đã đóng"
    FREE = "MIEN", "Được miễn"
    ELSEWHERE = "NOI_TAM_THOI", "Đóng ở nơi tạm thời"
    UNKNOWN = "CHUA_RO", "Chưa khai mức đóng"


class FeeChannel(models.TextChoices):
    """How it was paid."""

    CASH = "TIEN_MAT", "Tiền mặt"
    PORTAL = "DVC", "Cổng Dịch vụ công"


class FundKind(models.TextChoices):
    """Columns of the book of money in and out (members.md 8.4); the first three come in, the others go out."""

    DUES = "DANG_PHI", "Đảng phí được giữ lại"
    GRANT = "CAP_TREN", "Cấp trên cấp"
    OTHER_IN = "THU_KHAC", "Thu khác"
    PRESS = "BAO_CHI", "Mua báo, tạp chí"
    CONGRESS = "DAI_HOI", "Đại hội"
    REWARDS = "KHEN", "Khen thưởng"
    SUPPORT = "HO_TRO", "Thăm hỏi, hỗ trợ"
    ALLOWANCE = "PHU_CAP", "Phụ cấp cấp ủy"
    OTHER_OUT = "CHI_KHAC", "Chi khác"

    @classmethod
    def incomes(cls) -> tuple:
        return (cls.DUES, cls.GRANT, cls.OTHER_IN)
