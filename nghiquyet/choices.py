"""Every list of choices of this app."""

from django.db import models


class Status(models.TextChoices):
    """From the first idea to the issued paper (resolutions.md 3.3). What becomes of it in force is its `Life`."""

    PROPOSED = "proposed", "Đề xuất"
    PLANNED = "planned", "Trong chương trình"
    OUTLINE = "outline", "Xây dựng đề cương"
    DRAFT = "draft", "Đang dự thảo"
    COMMENTS = "comments", "Đang lấy ý kiến"
    REVISION = "revision", "Tiếp thu, giải trình"
    SUBMITTED = "submitted", "Trình thông qua"
    ADOPTED = "adopted", "Đã thông qua"
    REJECTED = "rejected", "Không thông qua"
    SIGNING = "signing", "Hoàn chỉnh, chờ ký"
    ISSUED = "issued", "Đã ban hành"
    NOT_TAKEN = "not_taken", "Không đưa vào"
    POSTPONED = "postponed", "Hoãn"


# The text is still being written; it may be changed.
WRITING = [Status.PROPOSED, Status.PLANNED, Status.OUTLINE, Status.DRAFT, Status.REVISION]
# Not yet issued, and not laid aside.
PREPARING = [*WRITING, Status.COMMENTS, Status.SUBMITTED, Status.ADOPTED, Status.REJECTED, Status.SIGNING]


class Life(models.TextChoices):
    """What became of an issued resolution; its text never changes."""

    IN_FORCE = "in_force", "Đang thực hiện"
    AMENDED = "amended", "Đã được sửa đổi"
    REVIEWED = "reviewed", "Đã tổng kết"
    EXTENDED = "extended", "Tiếp tục thực hiện giai đoạn mới"
    REPLACED = "replaced", "Đã được thay thế"
    ENDED = "ended", "Hết hiệu lực"


OVER = [Life.REVIEWED, Life.REPLACED, Life.ENDED]  # nothing more is asked of anybody under such a resolution


class Method(models.TextChoices):
    """How a body votes (resolutions.md 3.2)."""

    HANDS = "hands", "Giơ tay"
    BALLOT = "ballot", "Phiếu kín"
    WRITTEN = "written", "Lấy ý kiến bằng văn bản"


class Verdict(models.TextChoices):
    """What the drafters do with a comment."""

    ACCEPTED = "accepted", "Tiếp thu"
    PARTLY = "partly", "Tiếp thu một phần"
    NOT = "not", "Giữ như dự thảo"


class Reason(models.TextChoices):
    """Why a version of the draft was kept."""

    COMMENTS = "comments", "Gửi lấy ý kiến"
    SUBMITTED = "submitted", "Trình thông qua"
    REVISED = "revised", "Lập dự thảo lần sau"


class Frame(models.TextChoices):
    """What stands around the parts of a resolution."""

    TITLE = "title", "Trích yếu"
    BASES = "bases", "Căn cứ"
    PREAMBLE = "preamble", "Đoạn mở đầu"
    RECIPIENTS = "recipients", "Nơi nhận"


class Level(models.TextChoices):
    """Place of a clause in the text."""

    SECTION = "section", "Phần (I-)"
    PARAGRAPH = "paragraph", "Khoản (1.)"
    POINT = "point", "Điểm (a)"
    TEXT = "text", "Đoạn văn"


class Signing(models.TextChoices):
    """On whose behalf a resolution is signed (document-format.md 5.1)."""

    COMMITTEE = "committee", "Ban Chấp hành"
    STANDING = "standing", "Ban Thường vụ"
    CELL = "cell", "Chi bộ"
    CONGRESS = "congress", "Đại hội"


class Direction(models.TextChoices):
    """Which way a figure should go (resolutions.md 5.1)."""

    HIGHER = "higher", "Càng cao càng tốt"
    LOWER = "lower", "Càng thấp càng tốt"
    EXACT = "exact", "Đúng mức"


class Comparator(models.TextChoices):
    """How the figure is set against its goal: "trên" is strict, "từ … trở lên" is not."""

    EQUAL = "eq", "Bằng"
    AT_LEAST = "ge", "Từ … trở lên"
    ABOVE = "gt", "Trên"
    AT_MOST = "le", "Từ … trở xuống"
    BELOW = "lt", "Dưới"
    RANGE = "range", "Trong khoảng"


class Measure(models.TextChoices):
    """What kind of figure a target is."""

    NUMBER = "number", "Số lượng"
    RATE = "rate", "Tỷ lệ % (tử số, mẫu số)"
    MILESTONE = "milestone", "Mốc (có hoặc chưa)"


class TimeLogic(models.TextChoices):
    """When a target is judged."""

    EACH = "each", "Mỗi kỳ đều phải đạt"
    AVERAGE = "average", "Bình quân cả giai đoạn"
    CUMULATIVE = "cumulative", "Lũy kế cả giai đoạn"
    BY_YEAR = "by_year", "Đến năm cuối"


class Cycle(models.TextChoices):
    """How long one period is."""

    MONTH = "month", "Hằng tháng"
    QUARTER = "quarter", "Hằng quý"
    HALF = "half", "Sáu tháng"
    YEAR = "year", "Hằng năm"


class Feed(models.TextChoices):
    """Where the figures of a target come from."""

    REPORTED = "", "Đơn vị báo cáo"
    ATTENDANCE = "attendance", "Cổng tự tính: đảng viên dự sinh hoạt thường kỳ"
    REGULAR = "regular", "Cổng tự tính: chi bộ họp thường kỳ"
    THEMATIC = "thematic", "Cổng tự tính: chi bộ có sinh hoạt chuyên đề"


class MeasuredAt(models.TextChoices):
    """At which level a figure is taken, or an act of study is due."""

    CELL = "cell", "Chi bộ"
    BASE = "base", "Tổ chức cơ sở đảng"
    OWN = "own", "Cơ quan ban hành"


class Basis(models.TextChoices):
    """Whose goal it is: two plans may exist for one figure."""

    GIVEN = "given", "Cấp trên giao"
    OWN = "own", "Địa phương đề ra"


class FigureSort(models.TextChoices):
    """Where one figure stands from."""

    REPORTED = "reported", "Đơn vị báo cáo"
    OVERRIDE = "override", "Cơ quan phụ trách sửa"
    QUOTED = "quoted", "Số đã công bố"


class Outcome(models.TextChoices):
    """What the judging of a target says (resolutions.md 5.2)."""

    OVER = "over", "Vượt"
    MET = "met", "Đạt"
    MISSED = "missed", "Không đạt"
    NOT_YET = "not_yet", "Chưa đến kỳ đánh giá"
    DROPPED = "dropped", "Không còn đánh giá"
    NO_DATA = "no_data", "Thiếu số liệu"
    INCOMPLETE = "incomplete", "Chưa đủ số liệu"


class Forecast(models.TextChoices):
    """A forecast by the responsible body, never by the portal."""

    NONE = "", "Chưa dự kiến"
    LIKELY = "likely", "Dự kiến đạt"
    HARD = "hard", "Khó đạt"


class ReviewSort(models.TextChoices):
    """What kind of review an evaluation belongs to (resolutions.md 9, 10)."""

    YEAR = "year", "Sơ kết"
    MID = "mid", "Sơ kết giữa kỳ"
    END = "end", "Tổng kết"


class DutyState(models.TextChoices):
    """Where a duty stands (resolutions.md 6.2)."""

    DRAFT = "draft", "Nháp"
    GIVEN = "given", "Đã giao"
    OBJECTED = "objected", "Đề nghị xem lại"
    RECEIVED = "received", "Đã tiếp nhận"
    DOING = "doing", "Đang thực hiện"
    PAUSED = "paused", "Tạm dừng"
    SUBMITTED = "submitted", "Chờ xác nhận hoàn thành"
    DONE = "done", "Hoàn thành"
    CANCELLED = "cancelled", "Không thực hiện"


class Light(models.TextChoices):
    """The four cells of the tracking report, and what stands around them (6.1, 6.3)."""

    DONE_ON_TIME = "done_on_time", "Hoàn thành đúng hạn"
    DONE_LATE = "done_late", "Hoàn thành quá hạn"
    IN_TIME = "in_time", "Đang thực hiện, trong hạn"
    SOON = "soon", "Sắp đến hạn"
    OVERDUE = "overdue", "Quá hạn, chưa hoàn thành"
    IDLE = "idle", "Chưa bắt đầu, tạm dừng hoặc hủy"


class RequestState(models.TextChoices):
    """A request waits, is granted or refused."""

    ASKED = "asked", "Chờ duyệt"
    GRANTED = "granted", "Đồng ý"
    REFUSED = "refused", "Không đồng ý"


class ReportState(models.TextChoices):
    """Where a progress report stands (resolutions.md 7)."""

    OPEN = "open", "Đang lập"
    SENT = "sent", "Đã gửi"
    RETURNED = "returned", "Trả lại bổ sung"
    RECEIVED = "received", "Đã tiếp nhận"
    LOCKED = "locked", "Khóa kỳ"
    REPLACED = "replaced", "Đã đính chính"
    EXCUSED = "excused", "Không phải gửi"


class LineState(models.TextChoices):
    """What a report says of one duty."""

    DONE = "done", "Đã làm trong kỳ"
    MOVING = "moving", "Đang làm"
    SAME = "same", "Không thay đổi"
    NOT_ASSESSED = "not_assessed", "Không đánh giá (có lý do)"


class Depth(models.TextChoices):
    """Two depths of bringing a document to members; a plan says which applies."""

    STUDY = "study", "Quán triệt"
    SPREAD = "spread", "Phổ biến"


class StudyForm(models.TextChoices):
    GATHERED = "gathered", "Tập trung"
    ONLINE = "online", "Trực tuyến"
    CELL_MEETING = "cell_meeting", "Sinh hoạt chi bộ"


class Taken(models.TextChoices):
    """Whether an organisation has made a point its own (4.2)."""

    DONE = "done", "Đã cụ thể hóa"
    NOT_APPLICABLE = "na", "Không áp dụng"
    MISSING = "missing", "Chưa cụ thể hóa"


class CheckForm(models.TextChoices):
    INSPECTION = "inspection", "Kiểm tra"
    THEMATIC = "thematic", "Giám sát chuyên đề"
    REGULAR = "regular", "Giám sát thường xuyên"


class CheckState(models.TextChoices):
    """Where an inspection or supervision stands (8.2)."""

    PLANNED = "planned", "Trong chương trình năm"
    PREPARING = "preparing", "Chuẩn bị"
    ANNOUNCED = "announced", "Đã công bố"
    SELF_REPORT = "self_report", "Chờ, nhận báo cáo tự kiểm tra"
    VERIFYING = "verifying", "Thẩm tra, xác minh"
    CONFERENCE = "conference", "Hội nghị thông qua dự thảo"
    REPORTED = "reported", "Báo cáo cơ quan ra quyết định"
    NOTICE = "notice", "Đã ra thông báo"
    REMEDY = "remedy", "Theo dõi khắc phục"
    HANDED_OVER = "handed_over", "Chuyển kiểm tra khi có dấu hiệu vi phạm"
    CLOSED = "closed", "Đóng hồ sơ"


class CheckPaper(models.TextChoices):
    """Papers of a supervision. Those of SHOWN the supervised body sees too."""

    DECISION = "decision", "Quyết định thành lập đoàn"
    PLAN = "plan", "Kế hoạch"
    OUTLINE = "outline", "Đề cương gợi ý báo cáo"
    SELF_REPORT = "self_report", "Báo cáo tự kiểm tra, tự giám sát"
    MINUTES = "minutes", "Biên bản làm việc"
    DRAFT = "draft", "Dự thảo báo cáo kết quả"
    RESULT = "result", "Báo cáo kết quả"
    NOTICE = "notice", "Thông báo kết luận, kết quả"
    REMEDY = "remedy", "Báo cáo khắc phục"


SHOWN = [CheckPaper.DECISION, CheckPaper.PLAN, CheckPaper.OUTLINE, CheckPaper.SELF_REPORT, CheckPaper.NOTICE, CheckPaper.REMEDY]  # fmt: skip


class PaperStatus(models.TextChoices):
    """Where an outgoing paper stands (văn bản đi)."""

    DRAFT = "draft", "Đang soạn"
    SIGNING = "signing", "Chờ ký"
    ISSUED = "issued", "Đã ban hành"


class SigningAs(models.TextChoices):
    """On whose behalf and by whom an outgoing paper is signed (document-format.md 5.1)."""

    COMMITTEE = "committee", "Thay mặt Ban Chấp hành"
    STANDING = "standing", "Thay mặt Ban Thường vụ"
    BY_ORDER = "by_order", "Thừa lệnh Ban Thường vụ (T/L)"
    CELL = "cell", "Thay mặt chi bộ"
    HEAD = "head", "Thủ trưởng cơ quan"
    FOR_HEAD = "for_head", "Ký thay thủ trưởng (K/T)"
