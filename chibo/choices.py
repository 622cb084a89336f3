"""Every list of choices of this app."""

from django.db import models


class Role(models.TextChoices):
    """Roles held in an organisation from a date to a date; each covers the organisation and all below it."""

    CELL_SECRETARY = "cell_secretary", "Bí thư, thư ký chi bộ"
    COMMITTEE_SECRETARY = "committee_secretary", "Bí thư, phó bí thư đảng ủy"
    STANDING = "standing", "Ban Thường vụ, Thường trực"
    OFFICE = "office", "Văn phòng"
    ORGANISING = "organising", "Ban Tổ chức"
    INSPECTION = "inspection", "Ủy ban Kiểm tra"
    ADMINISTRATOR = "administrator", "Quản trị"
    MEMBER = "member", "Đảng viên"


class Sex(models.TextChoices):
    MALE = "nam", "Nam"
    FEMALE = "nu", "Nữ"


class Standing(models.TextChoices):
    """Standing of a member on a day; it decides who is counted (cell-meetings.md 5.1)."""

    OFFICIAL = "CHINH_THUC", "Chính thức"
    PROBATIONARY = "DU_BI", "Dự bị"
    EXEMPT = "MIEN", "Được miễn công tác và sinh hoạt"
    TEMPORARILY_EXEMPT = "TAM_MIEN", "Tạm miễn sinh hoạt"
    SENT_AWAY = "TAM_DI", "Sinh hoạt tạm thời nơi khác"
    HERE_TEMPORARILY = "TAM_DEN", "Sinh hoạt tạm thời đến"
    SUSPENDED = "DINH_CHI", "Đình chỉ sinh hoạt"
    SPECIAL_DUTY = "LLVT_DB", "Lực lượng vũ trang làm nhiệm vụ đặc biệt"


SPECIAL_STANDINGS = [s for s in Standing if s not in (Standing.OFFICIAL, Standing.PROBATIONARY)]


class Post(models.TextChoices):
    """Positions in a committee or a cell (members.md 3.3)."""

    SECRETARY = "BI_THU", "Bí thư"
    STANDING_DEPUTY = "PHO_BI_THU_TT", "Phó Bí thư Thường trực"
    DEPUTY = "PHO_BI_THU", "Phó Bí thư"
    STANDING_MEMBER = "UV_BTV", "Ủy viên Ban Thường vụ"
    COMMITTEE_MEMBER = "UV_BCH", "Ủy viên Ban Chấp hành"
    CELL_COMMITTEE_MEMBER = "CHI_UY_VIEN", "Chi ủy viên"
    INSPECTION_HEAD = "CN_UBKT", "Chủ nhiệm Ủy ban Kiểm tra"
    OFFICE_HEAD = "CHANH_VP", "Chánh Văn phòng"
