"""Every list of choices of this app. Kinds of meetings are data (models.MeetingKind), not choices."""

from django.db import models


class KindCode:
    """Codes of the kinds of meetings that rules speak of; the rows themselves are data."""

    REGULAR = "THUONG_KY"
    THEMATIC = "CHUYEN_DE"
    CELL_COMMITTEE = "CHI_UY"
    EXTRAORDINARY = "BAT_THUONG"
    CONFERENCE = "HOI_NGHI"
    LESSONS = "RUT_KINH_NGHIEM"
    WORKSHOP = "HOI_THAO"


# What the guides judge by length, attendance and score: regular and thematic meetings (12-HD, 42-HD/BTCTW).
JUDGED = [KindCode.REGULAR, KindCode.THEMATIC]


class Status(models.TextChoices):
    PLANNED = "planned", "Đang chuẩn bị"
    OPEN = "open", "Đang họp"
    CLOSED = "closed", "Đã khóa biên bản"
    CANCELLED = "cancelled", "Không họp"


class Form(models.TextChoices):
    IN_PERSON = "TRUC_TIEP", "Trực tiếp"
    ONLINE = "TRUC_TUYEN", "Trực tuyến"
    BOTH = "KET_HOP", "Kết hợp"


class Mark(models.TextChoices):
    """What the roll says of a member (có mặt, vắng có lý do, vắng không lý do, không tính)."""

    PRESENT = "CO_MAT", "Có mặt"
    EXCUSED = "VANG_CO_LY_DO", "Vắng có lý do"
    UNEXCUSED = "VANG_KHONG_LY_DO", "Vắng không lý do"
    NOT_COUNTED = "KHONG_TINH", "Không tính"


class Reason(models.TextChoices):
    ILL = "OM_DAU", "Ốm đau"
    DUTY = "CONG_TAC", "Công tác"
    STUDY = "HOC_TAP", "Học tập"
    FAMILY = "GIA_DINH", "Việc gia đình"
    SHIFT = "CA_LAM_VIEC", "Ca làm việc"
    OTHER = "KHAC", "Lý do khác"


class Sort(models.TextChoices):
    """What a contribution is."""

    OPINION = "GOP_Y", "Góp ý"
    PETITION = "KIEN_NGHI", "Kiến nghị"
    SELF_CRITICISM = "TU_PHE_BINH", "Tự phê bình"
    QUESTION = "CHAT_VAN", "Chất vấn"


class Threshold(models.TextChoices):
    """What a vote needs (294-QĐ/TW, point 9.3)."""

    MAJORITY = "QUA_NUA", "Quá nửa"
    TWO_THIRDS = "HAI_PHAN_BA", "Ít nhất hai phần ba"


class LessonStatus(models.TextChoices):
    NOTED = "GHI_NHAN", "Ghi nhận"
    AGREED = "THONG_NHAT", "Thống nhất"
    IN_GUIDANCE = "HUONG_DAN", "Đưa vào hướng dẫn"
    CHECKED = "DA_KIEM_TRA", "Đã kiểm tra lại"


class RemarkSort(models.TextChoices):
    OPENING = "KHAI_MAC", "Phát biểu khai mạc, đề dẫn"
    FLOOR = "PHAT_BIEU", "Ý kiến phát biểu"
    STEERING = "CHI_DAO", "Phát biểu chỉ đạo"
    CLOSING = "KET_LUAN", "Phát biểu kết luận"


class Answer(models.TextChoices):
    """What a member of the superior committee answers to the notice of a meeting."""

    COMING = "DU", "Sẽ dự"
    NOT_COMING = "KHONG_DU", "Không dự được"


class Origin(models.TextChoices):
    """Why a matter stands on an agenda by itself."""

    UNFINISHED = "CON_LAI", "Còn lại từ kỳ trước"
    TASK = "VIEC_GIAO", "Việc đã giao chưa xong"
    PETITION = "KIEN_NGHI", "Trả lời kiến nghị"
    LESSON = "BAI_HOC", "Áp dụng bài học"
    THEME = "CHUYEN_DE", "Chuyên đề"


class PutOff(models.TextChoices):
    """Why a matter is left for the next sitting."""

    TIME = "HET_GIO", "Hết giờ"
    PAPERS = "THIEU_TAI_LIEU", "Chưa đủ tài liệu"
    AWAY = "VANG_TRINH_BAY", "Người trình bày vắng"
    ABOVE = "CHO_CAP_TREN", "Chờ ý kiến cấp trên"


class Phase(models.TextChoices):
    BEFORE = "TRUOC", "Trước buổi họp"
    AFTER = "SAU", "Sau buổi họp"


class PetitionState(models.TextChoices):
    SENT = "DA_GUI", "Đã gửi, chờ tiếp nhận"
    TAKEN = "TIEP_NHAN", "Đang xem xét"
    PASSED = "CHUYEN", "Đã chuyển lên trên"
    ANSWERED = "DA_TRA_LOI", "Đã trả lời"
    TOLD = "DA_BAO_LAI", "Đã báo lại chi bộ"


class Seen(models.TextChoices):
    """What an observer saw of a step."""

    DONE = "LAM", "Làm đủ"
    PARTLY = "MOT_PHAN", "Làm một phần"
    NOT = "CHUA", "Chưa làm"


class ThemeState(models.TextChoices):
    DRAFT = "DU_THAO", "Dự thảo"
    APPROVED = "DA_DUYET", "Đã duyệt"
    RETIRED = "THOI_DUNG", "Thôi dùng"


class Part(models.TextChoices):
    """The four parts of the procedure (42-HD/BTCTW)."""

    PREPARING = "CHUAN_BI", "Chuẩn bị"
    OPENING = "MO_DAU", "Mở đầu"
    CONDUCTING = "TIEN_HANH", "Tiến hành"
    ENDING = "KET_THUC", "Kết thúc"
    AFTER = "SAU", "Sau sinh hoạt"


class StepPage(models.TextChoices):
    """On which page of the runner a step is done (views.stepping.STEPS), or ticked outside the sitting."""

    OUTSIDE = "chuan-bi", "Đánh dấu ngoài buổi họp"
    OPENING = "khai-mac", "Khai mạc, cử thư ký"
    ROLL = "diem-danh", "Điểm danh"
    MATTERS = "noi-dung", "Chương trình, báo cáo"
    DISCUSSION = "thao-luan", "Thảo luận"
    CONCLUSION = "ket-luan", "Kết luận của chủ trì"
    TASKS = "giao-viec", "Giao việc"
    VOTE = "bieu-quyet", "Biểu quyết"
    SCORE = "cham-diem", "Chấm điểm"
    READING = "doc-lai", "Đọc lại biên bản"


class TaskState(models.TextChoices):
    """What a meeting hears of a task given before."""

    OPEN = "DANG_LAM", "Đang làm"
    DONE = "XONG", "Đã xong"
    NOT_DONE = "CHUA_LAM", "Chưa làm được"
    DROPPED = "THOI", "Thôi, không làm nữa"


class FrameStatus(models.TextChoices):
    DRAFT = "draft", "Dự thảo"
    IN_FORCE = "in_force", "Áp dụng"


class CriterionSort(models.TextChoices):
    GROUP = "group", "Nhóm, cộng các dòng dưới"
    POINTS = "points", "Cho điểm"
    YES_NO = "yes_no", "Đạt hoặc chưa đạt"
    BAND = "band", "Theo thang của số đo"


class Uncounted(models.TextChoices):
    """What becomes of the points of a criterion that does not count this month."""

    ASK = "ask", "Chưa quy định: để trống, hỏi cấp trên"
    FULL = "full", "Tính đủ điểm"
    SCALE = "scale", "Quy đổi theo tổng điểm"


class ScoreState(models.TextChoices):
    """Where a score stands (cell-meetings.md 6.5)."""

    DRAFT = "NHAP", "Nháp"
    AGREED = "CHI_UY_THONG_NHAT", "Chi ủy thống nhất"
    ADOPTED = "CHI_BO_THONG_QUA", "Chi bộ thông qua"
    SENT = "DA_GUI", "Đã gửi cấp trên"
    CONFIRMED = "CAP_TREN_XAC_NHAN", "Cấp trên xác nhận"
    ADJUSTED = "CAP_TREN_DIEU_CHINH", "Cấp trên điều chỉnh"


class OrderState(models.TextChoices):
    """How far a paper ordered for a workshop is."""

    ORDERED = "ordered", "Chờ gửi bài"
    SENT = "sent", "Đã gửi, chờ đọc"
    CHANGES = "changes", "Cần sửa"
    ACCEPTED = "accepted", "Đã nhận"
    WITHDRAWN = "withdrawn", "Thôi đặt"


class SolutionSort(models.TextChoices):
    TASK = "NHIEM_VU", "Nhiệm vụ"
    SOLUTION = "GIAI_PHAP", "Giải pháp"


class Signer(models.TextChoices):
    CHAIR = "CHU_TRI", "Chủ trì"
    SECRETARY = "THU_KY", "Người ghi biên bản"


class Told(models.TextChoices):
    """How an absence was told beforehand."""

    LINK = "DUONG_DAN", "Bấm đường dẫn"
    CALL = "GOI_DIEN", "Gọi điện, nhắn tin"


TOLD, REPORTED = "told", "reported"  # codes of Tick: the members were told; papers posted and reported upward
