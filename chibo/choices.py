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


# Who keeps the record of a member, and who decides or checks about one: fieldclasses says which field asks which.
KEEPERS = (Role.CELL_SECRETARY, Role.ORGANISING)
DECIDING = (Role.COMMITTEE_SECRETARY, Role.STANDING, Role.ORGANISING, Role.INSPECTION, Role.CELL_SECRETARY)


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
    """Positions in a committee or a cell (members.md 3.3), as they are read out. None carries a right in the portal: rights are roles."""  # fmt: skip

    SECRETARY = "BI_THU", "Bí thư"
    STANDING_DEPUTY = "PHO_BI_THU_TT", "Phó Bí thư Thường trực"
    DEPUTY = "PHO_BI_THU", "Phó Bí thư"
    STANDING_MEMBER = "UV_BTV", "Ủy viên Ban Thường vụ"
    COMMITTEE_MEMBER = "UV_BCH", "Ủy viên Ban Chấp hành"
    CELL_COMMITTEE_MEMBER = "CHI_UY_VIEN", "Chi ủy viên"
    INSPECTION_HEAD = "CN_UBKT", "Chủ nhiệm Ủy ban Kiểm tra"
    INSPECTION_DEPUTY = "PCN_UBKT", "Phó Chủ nhiệm Ủy ban Kiểm tra"
    INSPECTION_MEMBER = "UV_UBKT", "Ủy viên Ủy ban Kiểm tra"
    OFFICE_HEAD = "CHANH_VP", "Chánh Văn phòng"
    GROUP_HEAD = "TO_TRUONG_TO_DANG", "Tổ trưởng tổ đảng"
    GROUP_DEPUTY = "TO_PHO_TO_DANG", "Tổ phó tổ đảng"
    MEMBERS_CLERK = "CB_NGHIEP_VU_DV", "Cán bộ nghiệp vụ công tác đảng viên"

    @classmethod
    def only_in_cells(cls) -> tuple:
        """A tổ đảng is a group inside a cell (294-QĐ/TW 20.3.2)."""
        return (cls.GROUP_HEAD, cls.GROUP_DEPUTY)

    @classmethod
    def only_above_cells(cls) -> tuple:
        """An inspection committee stands at committees of the base and above."""
        return (cls.INSPECTION_HEAD, cls.INSPECTION_DEPUTY, cls.INSPECTION_MEMBER)

    @classmethod
    def of_standing(cls) -> tuple:
        """Who sits in the ban thường vụ of a committee."""
        return (cls.SECRETARY, cls.STANDING_DEPUTY, cls.DEPUTY, cls.STANDING_MEMBER)

    @classmethod
    def outside_committee(cls) -> tuple:
        """Posts that make nobody a member of the committee, so that no vote of it counts them."""
        return (cls.INSPECTION_DEPUTY, cls.INSPECTION_MEMBER, cls.GROUP_HEAD, cls.GROUP_DEPUTY, cls.MEMBERS_CLERK)


class Arranged(models.TextChoices):
    """What happened to an organisation on a day (members.md 3.5)."""

    ESTABLISHED = "THANH_LAP", "Thành lập"
    RENAMED = "DOI_TEN", "Đổi tên"
    RETYPED = "DOI_LOAI", "Đổi loại, loại hình"
    MOVED = "CHUYEN_GIAO", "Chuyển về cấp trên khác"
    MERGED = "SAP_NHAP", "Sáp nhập"
    UNITED = "HOP_NHAT", "Hợp nhất"
    SPLIT = "CHIA_TACH", "Chia tách"
    DISSOLVED = "GIAI_THE", "Giải thể"
    DISBANDED = "GIAI_TAN", "Giải tán (kỷ luật)"
    ENDED = "KET_THUC", "Kết thúc hoạt động"

    @classmethod
    def passing_on(cls) -> tuple:
        """Ends after which everything open is the heir's."""
        return (cls.MERGED, cls.UNITED, cls.DISSOLVED, cls.DISBANDED)

    @classmethod
    def ends(cls) -> tuple:
        """After these the organisation works no longer."""
        return (*cls.passing_on(), cls.ENDED)


class Right(models.TextChoices):
    """What a superior may delegate, from a date to a date (294-QĐ/TW, 10.6, 22)."""

    ADMIT = "KET_NAP", "Kết nạp đảng viên"
    EXPEL = "KHAI_TRU", "Khai trừ, xóa tên"
    CARDS = "PHAT_THE", "Phát thẻ đảng viên"
    FILES = "GIU_HO_SO", "Giữ hồ sơ đảng viên"


class Placed(models.TextChoices):
    """Why a member is on the list of a cell (members.md 5.1)."""

    OFFICIAL = "CHINH_THUC", "Sinh hoạt chính thức"
    TEMPORARY = "TAM_THOI_DEN", "Sinh hoạt tạm thời đến"


class Precision(models.TextChoices):
    """How much of an old date is known."""

    DAY = "day", "Đủ ngày, tháng, năm"
    MONTH = "month", "Chỉ biết tháng, năm"
    YEAR = "year", "Chỉ biết năm"


class Leaving(models.TextChoices):
    """Why a member left the Party (members.md 5.1, 5.7)."""

    REMOVED = "XOA_TEN_DIEU_8", "Xóa tên theo Điều 8 Điều lệ Đảng"
    PROBATION_REMOVED = "XOA_TEN_DU_BI", "Xóa tên đảng viên dự bị"
    ABANDONED = "XOA_TEN_TU_Y_BO_SHD", "Xóa tên vì tự ý bỏ sinh hoạt khi chuyển"
    ASKED = "XIN_RA", "Xin ra khỏi Đảng"
    EXPELLED = "KHAI_TRU", "Khai trừ"
    ADMISSION_CANCELLED = "HUY_QD_KET_NAP", "Hủy quyết định kết nạp"
    RECOGNITION_CANCELLED = "HUY_QD_CONG_NHAN", "Hủy quyết định công nhận chính thức"
    DIED = "TU_TRAN", "Từ trần"


class Penalty(models.TextChoices):
    """Form of discipline; nothing of its reason is kept here (members.md 5.8)."""

    REPRIMAND = "KHIEN_TRACH", "Khiển trách"
    WARNING = "CANH_CAO", "Cảnh cáo"
    DISMISSAL = "CACH_CHUC", "Cách chức"


class Transferred(models.TextChoices):
    """Kinds of transfer, by the letter they need (38-HD/BTCTW II.4)."""

    OUTSIDE = "CHINH_THUC", "Chính thức, ra ngoài đảng bộ cấp trên (giấy 10 ô)"
    INSIDE = "NOI_BO", "Chính thức, trong đảng bộ cấp trên (giấy 7 ô)"
    TEMPORARY = "TAM_THOI", "Tạm thời (giấy 8 ô)"
    ABROAD = "NUOC_NGOAI", "Ra nước ngoài chính thức, từ 12 tháng (giấy 2 ô, phiếu công tác)"
    LABOUR = "XKLD", "Đi lao động ở nước ngoài (phiếu 3A-SHĐ)"
    ABROAD_FOR_A_TIME = "NN_TAM_THOI", "Ra nước ngoài tạm thời, 3 đến dưới 12 tháng (phiếu 3B-SHĐ)"


class TransferState(models.TextChoices):
    """Where a transfer stands (members.md 5.4)."""

    ASKED = "YEU_CAU", "Đang làm giấy"
    SENT = "DA_GIOI_THIEU", "Đã giới thiệu, chờ nơi nhận"
    RECEIVED = "DA_TIEP_NHAN", "Đã tiếp nhận"
    RETURNED = "DA_VE", "Đã về nơi cũ"
    REFUSED = "KHONG_TIEP_NHAN", "Không tiếp nhận"


class CardState(models.TextChoices):
    """Where the card of a member stands (members.md 6.1); neither its number nor its picture is kept."""

    NONE = "CHUA_CO", "Chưa có thẻ"
    PROPOSED = "DE_NGHI", "Đã đề nghị cấp thẻ"
    DECIDED = "QUYET_DINH", "Có quyết định, chờ phát"
    ISSUED = "DA_PHAT", "Đã phát thẻ"
    LOST = "MAT", "Báo mất thẻ"
    REISSUED = "CAP_LAI", "Đã cấp lại"
    DAMAGED = "HONG", "Báo hỏng thẻ"
    EXCHANGED = "DOI", "Đã đổi thẻ"
    RECOVERED = "THU_HOI", "Đã thu hồi thẻ"
    KEPT = "GIA_DINH_GIU", "Gia đình giữ thẻ"


class Asked(models.TextChoices):
    """What a person may ask about the own data (Luật 91/2025/QH15, art. 4)."""

    SEE = "xem", "Xem dữ liệu của mình"
    CORRECT = "sua", "Sửa mục chưa đúng"
    OBTAIN = "cung_cap", "Nhận một bản"
    LIMIT = "han_che", "Hạn chế sử dụng"
    DELETE = "xoa", "Xóa mục không cần giữ"
    OBJECT = "phan_doi", "Phản đối việc sử dụng"
    COMPLAIN = "khieu_nai", "Khiếu nại"


class RecognitionMatter(models.TextChoices):
    """What is voted on at the end of probation (294-QĐ/TW 4.2)."""

    RECOGNISE = "CONG_NHAN", "Công nhận chính thức"
    REMOVE = "XOA_TEN", "Xóa tên đảng viên dự bị"


class VotingLevel(models.TextChoices):
    """Who proposes by two thirds before the competent level decides."""

    CELL = "CHI_BO", "Chi bộ"
    COMMITTEE = "CAP_UY", "Cấp ủy cơ sở"


class LeastSchooling(models.TextChoices):
    """Schooling as admission asks for it (294-QĐ/TW 1.2)."""

    SECONDARY = "THCS", "Tốt nghiệp trung học cơ sở trở lên"
    PROGRAMME = "HET_THCS", "Hoàn thành chương trình trung học cơ sở, chưa có bằng"
    PRIMARY = "TIEU_HOC", "Hoàn thành tiểu học"
    LITERATE = "BIET_CHU", "Biết đọc, biết viết"


class CandidateStage(models.TextChoices):
    """From the source pool to the ceremony (members.md 5.2)."""

    PROMISING = "QUAN_CHUNG", "Quần chúng ưu tú"
    SYMPATHISER = "CAM_TINH", "Cảm tình Đảng"
    SENT_TO_CLASS = "CU_HOC", "Được cử học lớp nhận thức"
    CLASS_DONE = "DA_HOC", "Đã học lớp nhận thức"
    ALLOWED = "LAM_THU_TUC", "Được làm thủ tục"
    FILE = "LAP_HO_SO", "Lập hồ sơ"
    VERIFYING = "THAM_TRA", "Đang thẩm tra"
    VERIFIED = "DA_THAM_TRA", "Đã thẩm tra"
    OPINIONS = "LAY_Y_KIEN", "Đã lấy ý kiến"
    CELL_VOTED = "CHI_BO", "Chi bộ đề nghị"
    COMMITTEE_VOTED = "DANG_UY", "Đảng ủy cơ sở đề nghị"
    DECIDED = "QUYET_DINH", "Có quyết định kết nạp"
    ADMITTED = "KET_NAP", "Đã kết nạp"
    WITHDRAWN = "RUT_KHOI", "Rút khỏi nguồn"
    MOVED = "CHUYEN_DI", "Chuyển đi nơi khác"


class RatingLevel(models.TextChoices):
    """Levels of the yearly rating, the best first."""

    EXCELLENT = "HTXS", "Hoàn thành xuất sắc nhiệm vụ"
    GOOD = "HTT", "Hoàn thành tốt nhiệm vụ"
    DONE = "HT", "Hoàn thành nhiệm vụ"
    FAILED = "KHT", "Không hoàn thành nhiệm vụ"


class RatingState(models.TextChoices):
    """Steps of a yearly review of one organisation (members.md 7.4)."""

    SELF = "TU_KIEM", "Đang tự kiểm điểm"
    VOTED = "DA_BO_PHIEU", "Đã bỏ phiếu"
    APPRAISED = "THAM_DINH", "Đã thẩm định"
    DECIDED = "QUYET_DINH", "Đã quyết định"
    LOCKED = "DA_KHOA", "Đã khóa"


class RatedBody(models.TextChoices):
    """What is rated of an organisation: itself (of a cell with its members), or its committee as a body."""

    ORGANISATION = "TO_CHUC", "Tổ chức đảng"
    COMMITTEE = "TAP_THE", "Tập thể cấp ủy, chi ủy"


class NotRated(models.TextChoices):
    """Why a member is not rated (124-QĐ/TW, Điều 5; 294-QĐ/TW 7.2.3)."""

    EXEMPT = "MIEN", "Được miễn công tác, sinh hoạt"
    SUSPENDED = "DINH_CHI", "Bị đình chỉ sinh hoạt"
    NEW = "MOI", "Kết nạp chưa đủ 6 tháng"


class FormState(models.TextChoices):
    """Where the form of one cell in a review campaign stands."""

    FILLING = "DANG_GHI", "Chi bộ đang ghi"
    SENT = "DA_GUI", "Đã gửi, chờ kiểm tra"
    RETURNED = "TRA_LAI", "Trả lại bổ sung"
    CHECKED = "DA_KIEM_TRA", "Đã kiểm tra"


class Verdict(models.TextChoices):
    """Result of the review of an organisation (members.md 9.5)."""

    FITS = "PHU_HOP", "Phù hợp"
    REARRANGE = "SAP_XEP", "Cần sắp xếp tổ chức"
    STRENGTHEN = "KIEN_TOAN", "Cần kiện toàn cấp ủy"


class HelpState(models.TextChoices):
    """A member who needs education and help, step by step (02-HD/BTCTW 2021; members.md 9.2)."""

    FOUND = "NEU", "Chi ủy nêu, chờ ý kiến cấp trên"
    TO_VOTE = "CHO_BO_PHIEU", "Chờ chi bộ bỏ phiếu kín"
    NOT_LISTED = "KHONG_DUA", "Không đưa vào danh sách"
    HELPING = "GIUP_DO", "Đang giáo dục, giúp đỡ"
    IMPROVED = "TIEN_BO", "Tiến bộ, ra khỏi danh sách"
    TO_REMOVE = "DE_NGHI_XOA", "Không tiến bộ, đề nghị xóa tên"
    TO_INSPECT = "CHUYEN_UBKT", "Chuyển Ủy ban Kiểm tra"

    @classmethod
    def open(cls) -> tuple:
        return (cls.FOUND, cls.TO_VOTE, cls.HELPING)

    @classmethod
    def outcomes(cls) -> tuple:
        return (cls.IMPROVED, cls.TO_REMOVE, cls.TO_INSPECT)


class FindingState(models.TextChoices):
    """A finding is a task until it is done."""

    OPEN = "DANG_LAM", "Đang làm"
    DONE = "DA_XONG", "Đã khắc phục"
