"""Papers of a member's file (hồ sơ đảng viên): the catalogue by its day, and which of it a member's file should hold.

A catalogue is dated data with its source, as every rule is. Numbers and names follow the annex of 1361-CV/BTCTW as
retold; the text itself was not read, so the page says that it is to be compared with the original.
"""

import datetime as dt
from dataclasses import dataclass

from kyanh_portal.base.rulebook import Rulebook, in_force

# One line a kind: number, name. What stands in which third is told by `priorities` (first number → last number).
_1361 = """
1 Lý lịch của người xin vào Đảng
2 Lý lịch đảng viên
3 Phiếu đảng viên
4 Phiếu bổ sung hồ sơ đảng viên
5 Quyết định kết nạp đảng viên
6 Quyết định kết nạp lại
7 Quyết định công nhận đảng viên chính thức
8 Quyết định xóa tên đảng viên dự bị
9 Quyết định công nhận đảng viên sau khi khắc phục việc kết nạp
10 Quyết định công nhận đảng viên sau khi khắc phục việc xét chính thức
11 Quyết định hủy quyết định kết nạp sai quy định
12 Quyết định hủy quyết định kết nạp lại sai quy định
13 Quyết định hủy quyết định công nhận chính thức sai quy định
14 Quyết định khôi phục quyền của đảng viên
15 Quyết định nối lại sinh hoạt đảng
16 Quyết định xóa tên trong danh sách đảng viên
17 Quyết định cho ra khỏi Đảng
18 Giấy xác nhận tuổi đảng
19 Quyết định phát thẻ đảng viên
20 Quyết định tặng Huy hiệu Đảng
21 Quyết định truy tặng Huy hiệu Đảng
22 Quyết định kỷ luật đảng
23 Quyết định khen thưởng
24 Quyết định đình chỉ sinh hoạt đảng
25 Quyết định đình chỉ sinh hoạt cấp ủy
26 Quyết định gia hạn đình chỉ sinh hoạt đảng
27 Quyết định gia hạn đình chỉ sinh hoạt cấp ủy
28 Quyết định giải quyết khiếu nại
29 Quyết định giải quyết tố cáo
30 Quyết định đình chỉ chức vụ trong Đảng
31 Quyết định cho trở lại sinh hoạt cấp ủy
32 Thông báo kết luận giải quyết tố cáo
33 Thông báo không giải quyết khiếu nại kỷ luật đảng
34 Kết luận kiểm tra khi có dấu hiệu vi phạm
35 Kết luận minh oan, không vi phạm
36 Quyết định kỷ luật hành chính
37 Đơn xin vào Đảng
38 Giấy chứng nhận học lớp bồi dưỡng nhận thức về Đảng
39 Giấy giới thiệu người vào Đảng
40 Nghị quyết giới thiệu đoàn viên ưu tú vào Đảng
41 Nghị quyết giới thiệu đoàn viên công đoàn vào Đảng
42 Tổng hợp ý kiến nhận xét người vào Đảng
43 Nghị quyết chi bộ đề nghị kết nạp
44 Báo cáo thẩm định nghị quyết kết nạp của đảng ủy bộ phận
45 Nghị quyết đảng ủy cơ sở đề nghị kết nạp
46 Giấy chứng nhận học lớp đảng viên mới
47 Bản tự kiểm điểm của đảng viên dự bị
48 Bản nhận xét đảng viên dự bị của người giúp đỡ
49 Tổng hợp ý kiến nhận xét đảng viên dự bị
50 Nghị quyết chi bộ đề nghị công nhận chính thức
51 Báo cáo thẩm định công nhận chính thức của đảng ủy bộ phận
52 Nghị quyết đảng ủy cơ sở đề nghị công nhận chính thức
53 Giấy chứng nhận người vào Đảng đang được giúp đỡ
54 Giấy giới thiệu sinh hoạt đảng chính thức
55 Giấy giới thiệu sinh hoạt đảng tạm thời
56 Giấy giới thiệu sinh hoạt đảng ra ngoài nước
57 Phiếu công tác chính thức ngoài nước
58 Phiếu công tác tạm thời ngoài nước
59 Giấy giới thiệu sinh hoạt đảng nội bộ
60 Phiếu báo chuyển sinh hoạt đảng chính thức
61 Bản tự kiểm điểm hằng năm
62 Bản tự kiểm điểm khi chuyển sinh hoạt đảng
63 Bản kiểm điểm thời gian sinh hoạt ở nước ngoài
64 Quyết định biểu dương đảng viên
65 Bản tự kiểm điểm của đảng viên vi phạm
66 Thông báo vi phạm của cơ quan pháp luật
67 Quyết định giải quyết khiếu nại kỷ luật hành chính
68 Bản án hình sự có hiệu lực
69 Kết luận thanh tra, kiểm toán liên quan
70 Bằng, chứng chỉ lý luận chính trị
71 Quyết định cấp lại Huy hiệu Đảng bị mất
72 Quyết định cấp lại thẻ đảng viên bị mất
73 Quyết định đổi thẻ đảng viên bị hỏng, bị sai
74 Giấy tờ về thay đổi họ tên
75 Khai sinh gốc, kết luận về ngày sinh
76 Xác nhận thay đổi quê quán, nơi cư trú
77 Quyết định xác định lại dân tộc
78 Kết luận văn bằng không hợp lệ
79 Đơn xin miễn công tác và sinh hoạt đảng
80 Giấy xác nhận của cơ sở y tế khi miễn vì sức khỏe
81 Nghị quyết chi bộ cho miễn công tác và sinh hoạt đảng
82 Văn bản bổ sung lý lịch sau khi về nước
83 Giấy chứng tử
84 Bản tường trình mất hồ sơ
85 Phiếu đảng viên cũ, lưu lịch sử
86 Văn bằng, chứng chỉ chuyên môn, ngoại ngữ, tin học
87 Quyết định điều động, bổ nhiệm
88 Quyết định nghỉ hưu
89 Quyết định nghỉ mất sức lao động
90 Quyết định phục viên, chuyển ngành
91 Quyết định xuất ngũ
92 Công văn giới thiệu người đã được chi bộ đề nghị kết nạp
93 Công văn giới thiệu người đã được cấp ủy đề nghị kết nạp
94 Công văn giới thiệu người đã có quyết định kết nạp
95 Công văn giới thiệu người vào Đảng chuyển ra ngoài đảng bộ xã
96 Giấy giới thiệu cử đi thẩm tra lý lịch
97 Công văn đề nghị thẩm tra lý lịch
98 Công văn chỉ đạo làm lại thủ tục kết nạp
99 Công văn chỉ đạo làm lại thủ tục xét chính thức
100 Phiếu báo được công nhận chính thức
101 Phiếu báo ra khỏi Đảng
102 Phiếu báo từ trần
103 Tờ khai đề nghị tặng Huy hiệu Đảng
104 Tờ khai đề nghị truy tặng Huy hiệu Đảng
"""


def _named(lines: str) -> dict[int, str]:
    pairs = (line.split(" ", 1) for line in lines.strip().splitlines())
    return {int(number): name for number, name in pairs}


CATALOGUES = [
    Rulebook(
        "1361-2026", dt.date(2026, 6, 30), "Công văn 1361-CV/BTCTW ngày 30/6/2026, phụ lục 1 (theo bản kể lại; đối chiếu với bản chính)",
        {"kinds": _named(_1361), "priorities": {1: (1, 36), 2: (37, 85), 3: (86, 104)}},
    ),
]  # fmt: skip
# What a file holds from admission, and what comes with recognition (06-HD/TW 8; 38-HD/BTCTW II.1.1), by the numbers above.
AT_ADMISSION = (1, 2, 3, 5, 37, 38, 39, 42, 43, 45)
AT_RECOGNITION = (7, 19, 46, 47, 48, 49, 50, 52)
EVERY_YEAR = (4, 61)
INTRODUCED = (39, 40, 41)  # one member and a resolution of Đoàn or công đoàn, or two members


@dataclass(frozen=True)
class Kind:
    """One kind of paper of the catalogue; `priority`: in which third it is to be scanned to the central system."""

    number: int
    name: str
    priority: int


def catalogue_on(day: dt.date) -> Rulebook:
    """The catalogue in force; a day before the first is told by the first."""
    return in_force(CATALOGUES, day)


def kinds_on(day: dt.date) -> dict[int, Kind]:
    """Number → kind, in the order of the catalogue."""
    book = catalogue_on(day)
    found = {}
    for number, name in book["kinds"].items():
        priority = next(at for at, (first, last) in book["priorities"].items() if first <= number <= last)
        found[number] = Kind(number, name, priority)
    return found


@dataclass(frozen=True)
class Life:
    """What of a member decides which papers the file should hold; nothing else is asked."""

    is_official: bool = False
    was_readmitted: bool = False
    has_card: bool = False
    has_badge: bool = False
    has_discipline: bool = False
    has_reward: bool = False
    was_praised: bool = False
    moved_outside: bool = False
    moved_inside: bool = False
    moved_for_a_time: bool = False
    went_abroad: bool = False
    went_abroad_for_a_time: bool = False
    came_back: bool = False
    is_exempt: bool = False
    died: bool = False
    left: bool = False


def expected(life: Life) -> dict[int, str]:
    """Number → why the file should hold it: the papers of admission and recognition, and what the register knows of."""
    found = dict.fromkeys(AT_ADMISSION, "Từ khi kết nạp")
    if life.is_official:
        found |= dict.fromkeys((n for n in AT_RECOGNITION if n != 19 or life.has_card), "Từ khi công nhận chính thức")
        found |= dict.fromkeys(EVERY_YEAR, "Bổ sung hằng năm")
    more = {
        6: (life.was_readmitted, "Đã kết nạp lại"), 20: (life.has_badge, "Đã nhận Huy hiệu Đảng"), 22: (life.has_discipline, "Có kỷ luật đã ghi"),
        23: (life.has_reward, "Có khen thưởng đã ghi"), 64: (life.was_praised, "Có biểu dương đã ghi"),
        54: (life.moved_outside, "Đã chuyển sinh hoạt chính thức"), 60: (life.moved_outside, "Đã chuyển sinh hoạt chính thức"),
        59: (life.moved_inside, "Đã chuyển sinh hoạt nội bộ"), 55: (life.moved_for_a_time, "Đã chuyển sinh hoạt tạm thời"),
        56: (life.went_abroad, "Đã chuyển ra nước ngoài"), 57: (life.went_abroad, "Đã chuyển ra nước ngoài"), 58: (life.went_abroad_for_a_time, "Đã ra nước ngoài tạm thời"),
        62: (life.moved_outside or life.moved_inside, "Khi chuyển sinh hoạt"), 79: (life.is_exempt, "Được miễn công tác và sinh hoạt"),
        81: (life.is_exempt, "Được miễn công tác và sinh hoạt"), 63: (life.came_back, "Đã về nước"), 82: (life.came_back, "Đã về nước"), 83: (life.died, "Đã từ trần"), 102: (life.died, "Đã từ trần"), 101: (life.left, "Đã ra khỏi Đảng"),
    }  # fmt: skip
    found |= {number: why for number, (holds, why) in more.items() if holds}
    return dict(sorted(found.items()))
