"""Around the meetings of the demo world: rounds with observers and reviews, themes, lessons on their way, petitions, what is next.

All texts are invented and labelled; the dates fit the published story of 2020.
"""

import datetime as dt
import random

from chibo.models import CellType
from hoithao.choices import LessonStatus, Phase, Seen, Sort
from hoithao.models import Contribution, Lesson, Meeting, ObservationStep
from hoithao.services.around import add_document, assign_follower, tick
from hoithao.services.next_meeting import plan_committee, plan_next_regular, propose_all
from hoithao.services.observer_scores import asked_of, score_as_observers
from hoithao.services.petitions import answer_petition, send_petition, take_petition
from hoithao.services.rounds import move_lesson, name_observers, observe, plan_cell, review
from hoithao.services.scores import lines_of
from hoithao.services.themes import apply_to, approve_theme, draft_theme, redraft_theme
from kyanh_portal.base.calendar import add_months, at_local, today
from kyanh_portal.demo.world import SEED, World, add_stage

OBSERVERS = [
    ("Ủy viên Ban Thường vụ Thị ủy", "trưởng đoàn"), ("Phó Trưởng Ban Tổ chức Thị ủy", "ghi phiếu quan sát"),
    ("Chuyên viên Ban Tuyên giáo Thị ủy", "theo dõi phần thảo luận"),
]  # fmt: skip
REMARKS = [
    "Phần thời sự còn đọc nguyên văn, nên tóm tắt.", "Mới hỏi kết quả, chưa hỏi nguyên nhân.", "Còn ít đồng chí trẻ phát biểu.",
    "Có việc chưa ghi thời hạn.",
]  # fmt: skip
SEEN_IN_ALL = [
    "Đúng trình tự, không khí cởi mở.", "Chuẩn bị kỹ; phần phê bình nên nêu việc cụ thể hơn.", "Kết luận rõ việc, rõ người; nên rõ thêm thời hạn.",
]  # fmt: skip
REVIEWS = [
    ("Chuẩn bị kỹ, đúng trình tự, nhiều đồng chí phát biểu.", "Thảo luận còn ngắn, kết luận có việc chưa rõ người làm.", "Chủ trì dành nhiều thời gian cho thông tin.", "Tóm tắt thông tin, hỏi từng việc của kỳ trước.", "Đọc lại kết luận theo mẫu ai làm, khi nào xong"),
    ("Tự phê bình và phê bình thẳng thắn, gắn việc cụ thể.", "Biên bản ghi chưa kịp ý kiến.", "Một người vừa ghi vừa chuẩn bị tài liệu.", "Cử hai đồng chí thay nhau ghi.", "Phân công người ghi biên bản dự phòng"),
    ("Không khí cởi mở, bàn đúng việc chi bộ đang vướng.", "Giờ họp chưa hợp với đảng viên đi làm ca.", "Giữ giờ họp cũ nhiều năm.", "Thử chuyển giờ họp sang buổi tối.", "Hỏi ý kiến đảng viên về giờ họp"),
]  # fmt: skip
THEMES = [
    ("Nâng cao chất lượng tự phê bình và phê bình trong sinh hoạt chi bộ", [], "Mở đầu: mục đích, yêu cầu chuyên đề\nĐồng chí được phân công trình bày dự thảo\nMỗi đồng chí liên hệ một việc đã làm, một việc sẽ làm\nBí thư kết luận, giao việc"),
    ("Đảng viên tổ dân phố, thôn với vệ sinh môi trường, mỹ quan đô thị", ["thon_tdp"], "Thực trạng từng tuyến đường, từng xóm\nĐảng viên nhận tuyến tự quản\nPhối hợp với Ban công tác Mặt trận\nKết luận, giao việc có thời hạn"),
    ("Kỷ luật, tác phong của đảng viên trong giải quyết công việc với nhân dân", ["co_quan"], "Kết quả giải quyết hồ sơ trong quý\nViệc còn chậm: nguyên nhân, trách nhiệm\nCam kết của từng bộ phận\nKết luận"),
    ("Giữ gìn đoàn kết, xây dựng chi bộ bốn tốt", [], ""),
]  # fmt: skip
ANSWERS = {  # a word of the petition → the answer
    "rác": "Đảng ủy đã làm việc với đơn vị thu gom: từ tháng tới mỗi tuần ba buổi, lịch niêm yết tại nhà văn hóa.",
    "mưa lũ": "Đảng ủy giao Mặt trận và các đoàn thể phường góp ngày công, hoàn thành trước Tết.",
    "mốc giới": "Đảng ủy cử cán bộ địa chính cùng tổ vận động đến từng hộ; báo kết quả trước ngày 20/01/2021.",
}


def build_rounds(world: World) -> None:
    """26 cells in the plan; every round observed and reviewed; lessons go their way from the conference to the guidance."""
    office, rng = world["vanphong"], world.rng
    meetings = list(
        Meeting.objects.filter(round__programme=world["programme"]).select_related("round", "organisation__kind", "kind").order_by("starts_at")
    )  # fmt: skip
    steps = list(ObservationStep.objects.filter(valid_from__lte=dt.date(2020, 9, 1)))
    own = random.Random(SEED + 62)  # noqa: S311 - a story, not a secret
    for place, meeting in enumerate(meetings):
        plan_cell(meeting.round, meeting.organisation, by=office, planned_on=meeting.held_on, meeting=meeting)
        name_observers(meeting, OBSERVERS, by=office)
        dice = rng if place % 2 == 0 else own
        weak = set(dice.sample([step.pk for step in steps], 2))
        observe(meeting, {s.pk: (Seen.PARTLY, dice.choice(REMARKS)) if s.pk in weak else (Seen.DONE, "") for s in steps}, by=office)  # fmt: skip
        _score_as_observers(meeting, own, by=office)
        good, weak, why, propose, action = REVIEWS[place % len(REVIEWS)]
        review(
            meeting, by=office, strengths=good, weaknesses=weak, causes=why, proposals=propose, action=action,
            owner=f"Chi ủy {meeting.organisation.label}", due_on=add_months(meeting.month, 1).replace(day=28), is_synthetic=True,
        )  # fmt: skip
    _lessons(world, office, meetings)


def _score_as_observers(meeting, rng, *, by) -> None:
    """The group gives what data prove; of the rest it is at times a little stricter than the cell."""
    own = {line.criterion_id: line for line in lines_of(meeting.score)}
    points = {}
    for criterion, said in asked_of(meeting):
        lost = rng.choice([0, 0, 0, 0, 0, 1]) * criterion.most if criterion.is_yes_no else rng.choice([0, 0, 1, 2])
        given = own[criterion.pk].points
        points[criterion.pk] = str(given if said.points == given else max(given - lost, 0))
    score_as_observers(meeting, points, by=by, remark=rng.choice(SEEN_IN_ALL), is_synthetic=True)


def _lessons(world, office, meetings) -> None:
    """Three lessons are agreed by the conference of 13/11, two enter the guidance, one is checked again in December."""
    agreed = list(Lesson.objects.filter(meeting__in=meetings[:6]).order_by("pk")[:3])
    way = [
        ("Hội nghị rút kinh nghiệm mở rộng", "Kết luận hội nghị ngày 13/11/2020", dt.date(2020, 11, 13)),
        ("Ban Tổ chức Thị ủy", "Hướng dẫn nội bộ (giả lập) ngày 25/11/2020", dt.date(2020, 11, 25)),
        ("Đoàn kiểm tra của Thị ủy", "Dự lại ba buổi tháng 12", dt.date(2020, 12, 15)),
    ]
    for place, lesson in enumerate(agreed):
        for who, ground, day in way[: 3 - place]:
            agreed[place] = move_lesson(lesson, by=office, who=who, ground=ground, day=day)
    users = [m for m in Meeting.objects.closed().filter(month=dt.date(2020, 12, 1), kind_is_regular=True).select_related("organisation__kind", "kind").order_by("pk")[:40] if m.organisation_id not in world["model_cells"]]  # fmt: skip
    for place, meeting in enumerate(users[:12]):
        apply_to(meeting, by=None, lesson=agreed[place % 2], day=meeting.held_on)


def build_themes(world: World) -> None:
    """The library: three approved, one still a draft; some cells used one."""
    staff, standing, town = world["bantochuc"], world["thuongvu"], world["town"]
    types = {kind.code: kind for kind in CellType.objects.all()}
    for place, (title, codes, agenda) in enumerate(THEMES):
        chosen = [types[code] for code in codes if code in types]
        theme = draft_theme(
            by=staff, organisation=town, title=title, purpose="Giúp chi bộ bàn một việc cụ thể, kết luận rõ việc, rõ người, rõ hạn.",
            draft="I- Nhận thức chung. II- Thực trạng ở chi bộ. III- Việc cần làm trong quý.", agenda=agenda,
            lead="Tổ xây dựng chuyên đề, Ban Tổ chức và Ban Tuyên giáo Thị ủy", cell_types=chosen, is_synthetic=True,
        )  # fmt: skip
        if place == 0:
            redraft_theme(theme, by=staff, draft=f"{theme.draft} IV- Câu hỏi gợi ý thảo luận.", cell_types=chosen)
        if agenda:
            theme = approve_theme(
                theme, by=standing, ground="Hội nghị Ban Thường vụ tháng 10/2020 (giả lập)", day=dt.date(2020, 10, 20)
            )
            rows = (
                Meeting.objects.closed()
                .filter(kind__code="CHUYEN_DE", month=dt.date(2020, 11, 1))
                .select_related("organisation__kind", "kind")
            )
            for meeting in rows.order_by("pk")[place * 4 : place * 4 + 4]:
                apply_to(meeting, by=None, theme=theme, day=meeting.held_on)


def build_around(world: World) -> None:
    """Followers of the first ward's cells, petitions with their clock, and the January meeting of one cell, prepared."""
    ward = world["bases"][0]
    cells = [cell for cell in world["cells"] if cell.parent_id == ward.pk]
    mine, head = cells[0], world["members"][cells[-1].pk][0]
    head.user = world["danguy"]
    head.save(update_fields=["user"])
    for cell in cells[:-1]:
        assign_follower(cell, head, by=world["bantochuc"], starts_on=dt.date(2020, 7, 1), ground="Phân công của Đảng ủy phường, tháng 7/2020 (giả lập)", is_synthetic=True)  # fmt: skip
    _petitions(world, cells)
    if (world.until or today()) > dt.date(2021, 1, 31):
        return  # the world stands at another day than the story's: what is next would not be
    user = world["bithu"]
    coming = plan_next_regular(mine, by=user)
    plan_committee(coming, by=user)
    add_document(
        coming,
        by=user,
        title="Dự thảo kết luận tháng 01/2021",
        phase=Phase.BEFORE,
        posted_at=at_local(today(), 8),
        is_synthetic=True,
    )
    add_document(coming, by=user, title="Tóm tắt thông tin thời sự", phase=Phase.BEFORE, is_synthetic=True)
    lesson = Lesson.objects.filter(status=LessonStatus.CHECKED).first()
    apply_to(coming, by=user, lesson=lesson)
    last = Meeting.objects.closed().filter(organisation=mine, kind_is_regular=True).order_by("-starts_at").select_related("kind", "organisation").first()  # fmt: skip
    for code in ("copied:ten", "copied:don-vi", "copied:thoi-gian"):
        tick(last, code, by=user)
    propose_all(today())


def _answer(text: str) -> str:
    return next(
        (answer for word, answer in ANSWERS.items() if word in text),
        "Đảng ủy tiếp thu, giao bộ phận phụ trách làm việc với chi bộ trong tháng.",
    )


def _petitions(world, cells) -> None:
    said = Contribution.objects.filter(
        sort=Sort.PETITION, meeting__organisation__in=cells, meeting__status="closed", meeting__month__gte=dt.date(2020, 10, 1)
    )  # fmt: skip
    rows = said.select_related("meeting").order_by("-meeting__starts_at", "pk")
    mine = list(rows.filter(meeting__organisation=cells[0])[:2])  # one waits, one is answered into the January agenda
    for place, one in enumerate([*rows.exclude(meeting__organisation=cells[0])[:7], *mine]):
        petition = send_petition(one, by=None, day=one.meeting.held_on + dt.timedelta(days=2), is_synthetic=True)
        if place % 3 == 1:
            take_petition(petition, by=world["danguy"], day=petition.sent_on + dt.timedelta(days=4))
        if place % 3 == 2 or place == 0:
            answer_petition(
                petition, by=world["danguy"], answer=_answer(petition.text), day=petition.sent_on + dt.timedelta(days=9)
            )


add_stage(62, "Phiếu quan sát, rút kinh nghiệm, bài học của ba đợt", build_rounds)
add_stage(64, "Kho chuyên đề", build_themes)
add_stage(66, "Người theo dõi, kiến nghị, buổi tháng 01/2021", build_around)
