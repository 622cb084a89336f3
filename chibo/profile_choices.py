"""Codes of the fields that only statistics need (members.md 4.1, 10.2); imports nothing of ours."""

from django.db import models


class Religion(models.TextChoices):
    """As a code, no rank and no name (members.md 4.1 item 9); shown to who decides only."""

    NONE = "KHONG", "Không"
    BUDDHIST = "PHAT_GIAO", "Phật giáo"
    CATHOLIC = "CONG_GIAO", "Công giáo"
    PROTESTANT = "TIN_LANH", "Tin lành"
    CAO_DAI = "CAO_DAI", "Cao Đài"
    HOA_HAO = "HOA_HAO", "Phật giáo Hòa Hảo"
    ISLAM = "HOI_GIAO", "Hồi giáo"
    OTHER = "KHAC", "Tôn giáo khác"


class Occupation(models.TextChoices):
    """Groups that the statistics ask for (members.md 10.2 P9)."""

    OFFICIAL = "CAN_BO", "Cán bộ, công chức"
    TEACHER = "GIAO_VIEN", "Giáo viên, giảng viên"
    PUBLIC_SERVICE = "VIEN_CHUC", "Viên chức khác"
    WORKER = "CONG_NHAN", "Công nhân, lao động"
    FARMER = "NONG_DAN", "Nông dân, ngư dân"
    FORCES = "LUC_LUONG_VU_TRANG", "Quân đội, công an"
    STUDENT = "HOC_SINH_SINH_VIEN", "Học sinh, sinh viên"
    OWNER = "CHU_DOANH_NGHIEP", "Chủ doanh nghiệp tư nhân"
    PRIVATE = "DOANH_NGHIEP_TU_NHAN", "Làm việc ở doanh nghiệp tư nhân"
    RETIRED = "HUU_TRI", "Hưu trí, mất sức"
    OTHER = "KHAC", "Nghề khác"


class Schooling(models.TextChoices):
    PRIMARY = "TIEU_HOC", "Tiểu học"
    LOWER = "THCS", "Trung học cơ sở"
    UPPER = "THPT", "Trung học phổ thông"


class Degree(models.TextChoices):
    """Trình độ chuyên môn."""

    NONE = "CHUA", "Chưa qua đào tạo"
    ELEMENTARY = "SO_CAP", "Sơ cấp"
    INTERMEDIATE = "TRUNG_CAP", "Trung cấp"
    COLLEGE = "CAO_DANG", "Cao đẳng"
    BACHELOR = "DAI_HOC", "Đại học"
    POSTGRADUATE = "SAU_DAI_HOC", "Sau đại học"


class Theory(models.TextChoices):
    """Trình độ lý luận chính trị."""

    NONE = "CHUA", "Chưa học"
    ELEMENTARY = "SO_CAP", "Sơ cấp"
    INTERMEDIATE = "TRUNG_CAP", "Trung cấp"
    ADVANCED = "CAO_CAP", "Cao cấp, cử nhân"


# Danh mục thành phần các dân tộc Việt Nam (121-TCTK/PPCĐ, ngày 02/3/1979), theo vần.
ETHNIC_GROUPS = (
    "Kinh", "Ba-na", "Bố Y", "Brâu", "Bru-Vân Kiều", "Chăm", "Chơ-ro", "Chu-ru", "Chứt", "Co", "Cơ-ho", "Cơ Lao", "Cơ-tu", "Cống", "Dao", "Ê-đê",
    "Gia-rai", "Giáy", "Gié-Triêng", "Hà Nhì", "Hoa", "Hrê", "Kháng", "Khơ-me", "Khơ-mú", "La Chí", "La Ha", "La Hủ", "Lào", "Lô Lô", "Lự", "Mạ", "Mảng",
    "Mnông", "Mông", "Mường", "Ngái", "Nùng", "Ơ-đu", "Pà Thẻn", "Phù Lá", "Pu Péo", "Ra-glai", "Rơ-măm", "Sán Chay", "Sán Dìu", "Si La", "Tà-ôi", "Tày",
    "Thái", "Thổ", "Xinh-mun", "Xơ-đăng", "Xtiêng",
)  # fmt: skip
KINH = ETHNIC_GROUPS[0]
