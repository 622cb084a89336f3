"""Invented scores for the demo world: a labelled local table of one ward, some of its cells scored from October 2020 on;
every model meeting scored by its cell under the frame of its day."""

import datetime as dt
import random
from decimal import Decimal

from hoithao.frames import Books, frame_of_day
from hoithao.models import Score
from hoithao.rules import count_roll
from hoithao.services.attendance import line_of, roll_of
from hoithao.services.frames import draft_frame, leaves_of, put_criterion, put_in_force
from hoithao.services.scores import adopt_score, proposals, review_score, save_score, send_score
from kyanh_portal.demo.world import SEED, World

FROM = dt.date(2020, 10, 1)
SCORED_CELLS = 8
TABLE = [
    ("1", "Chuẩn bị: nội dung, chi ủy họp trước, dự thảo kết luận", 15, {}),
    ("2", "Tỷ lệ dự họp, không ai vắng không lý do", 20, {"proof": "tỷ lệ dự họp >= 90\nvắng không lý do = 0", "is_key": True}),
    ("3", "Thời lượng", 10, {"sort": "band", "measure": "thiếu phút", "bands": "=0 : 10\n>0-15 : 8\n>15 : 5"}),
    ("4", "Tổ chức: đủ bước, biểu dương, phê bình", 15, {}),
    ("5", "Tỷ lệ phát biểu", 10, {"sort": "band", "measure": "tỷ lệ phát biểu", "bands": ">=30 : 10\n20-<30 : 8\n10-<20 : 6\n>0-<10 : 4\n=0 : 0"}),
    ("6", "Kết quả việc kỳ trước", 20, {"proof": "tỷ lệ việc hoàn thành >= 100"}),
    ("7", "Kết luận, biên bản", 10, {"needs": "kết luận = 1"}),
]  # fmt: skip
WEAK = [
    ("Ít đồng chí phát biểu", "Gửi câu hỏi gợi ý trước ba ngày, mời từng tổ nói"),
    ("Việc kỳ trước chưa xong hết", "Chi ủy hỏi tiến độ giữa tháng"),
    ("Mở đầu chậm giờ", "Nhắc giờ trong tin nhắn mời họp"),
]
PREPARED = "Chi ủy đã họp chuẩn bị, biên bản giấy lưu tại chi bộ."
REASONS = ["Hai việc kỳ trước chưa có kết quả.", "Cấp ủy viên dự thấy thảo luận còn ít."]


class DemoScores:
    """Scores meetings of a few cells as they are recorded; later some are sent up and reviewed."""

    def __init__(self, world: World):
        self.rng = random.Random(SEED + 3)  # noqa: S311 - a story, not a secret
        ward = world["bases"][0]
        self.cells = {cell.pk for cell in [c for c in world["cells"] if c.parent_id == ward.pk][:SCORED_CELLS]}
        self.frame = draft_frame(
            by=None, code="HUNG-TRI-2020", name="Bảng điểm phường Hưng Trí (giả lập)",
            source="Bảng điểm thử của Đảng ủy phường Hưng Trí, số liệu giả lập", organisation=ward,
            attendance_share=Decimal(90), cuts="Tốt : 90\nKhá : 70\nTrung bình : 50\nKém : 0", is_synthetic=True,
            note="Bảng giả lập để thử bảng điểm địa phương. Không phải văn bản thật.",
        )  # fmt: skip
        for code, name, most, more in TABLE:
            put_criterion(self.frame, by=None, code=code, name=name, most=Decimal(most), **more)
        self.frame = put_in_force(self.frame, by=None, valid_from=FROM)
        self.books = Books()

    def scorer(self, cell, kind_is_regular: bool, month: dt.date, is_model: bool):
        """What scores this meeting before its minutes are locked; None where nobody does."""
        is_local = cell.pk in self.cells and kind_is_regular and month >= FROM
        if not is_local and not is_model:
            return None
        return lambda meeting: self.score(meeting, is_model)

    def score(self, meeting, is_model: bool) -> None:
        roll = roll_of(meeting)
        speakers = meeting.contributions.exclude(member=None).values("member").distinct().count()
        answers, frame = {}, frame_of_day(meeting, self.books)
        for criterion, said in proposals(meeting, frame, roll=roll, speakers=speakers):
            if is_model and said.is_contradicted and "chi ủy" in said.reason:
                answers[criterion.pk] = (criterion.most, PREPARED)
            elif said.points is None and criterion.is_yes_no:
                answers[criterion.pk] = (criterion.most if not said.is_contradicted else 0, "")
            elif said.points is None:
                lost = self.rng.choice([0, 0, 1, 2] if is_model else [0, 1, 2, 3, 5])
                points = max(criterion.most - lost - (3 if said.is_contradicted else 0), 0)
                answers[criterion.pk] = (points, "")
        weakness, remedy = self.rng.choice(WEAK)
        save_score(meeting, by=None, answers=answers, weakness=weakness, remedy=remedy, roll=roll, speakers=speakers)
        adopt_score(meeting, by=None, in_favour=count_roll(line_of(row) for row in roll).vote_present)


def send_up(world: World) -> None:
    """Scores until November sent up; the ward confirms most of its own and adjusts a few, the organising board confirms the rest."""
    rng = random.Random(SEED + 4)  # noqa: S311 - a story, not a secret
    by, ward = world["danguy"], world["bases"][0]
    scores = Score.objects.filter(meeting__is_synthetic=True, meeting__month__lt=dt.date(2020, 12, 1))
    scores = scores.select_related("meeting__organisation", "frame").order_by("pk")
    of_the_ward = [one for one in scores if one.path.startswith(ward.path)]
    for score in scores:
        send_score(score, by=None)
        if score not in of_the_ward:
            review_score(score, by=world["bantochuc"], adjusts=False)
    for number, score in enumerate(one for one in of_the_ward if one.frame.has_points):
        if number % 5 == 3:
            last = leaves_of(score.frame.criteria.all())[5]
            review_score(score, by=by, adjusts=True, points={last.code: "9"}, reason=rng.choice(REASONS))
        elif number % 4 != 0:
            review_score(score, by=by, adjusts=False)


__all__ = ["DemoScores", "send_up"]
