"""The year 2020 of the demo world: monthly meetings, three rounds of model meetings, the conference, the workshop.

Dates and counts of the model meetings, the conference and the workshop are published; texts are invented.
"""

import datetime as dt

from chibo.choices import Standing
from chibo.rules import official_from
from hoithao import demo_cycle, demo_papers, demo_runner  # noqa: F401 - register their stages, P1 to P3
from hoithao.choices import KindCode, Mark, Reason, Sort
from hoithao.demo_score import DemoScores, send_up
from hoithao.demo_texts import AGENDA, CONTRIBUTIONS, LESSONS, TASKS, THEMATIC_AGENDA, THEMES, UPWARD
from hoithao.demo_workshop import build_workshop
from hoithao.demo_workshop_texts import CONFERENCE_AGENDA, CONFERENCE_CONCLUSION
from hoithao.frames import Books
from hoithao.models import DecisionKind, MeetingKind
from hoithao.services.attendance import take_roll
from hoithao.services.conferences import name_programme
from hoithao.services.meetings import open_meeting, plan_meeting
from hoithao.services.programmes import draw_lesson, open_programme
from hoithao.services.tallies import recount_all
from hoithao.services.whole import record_whole_meeting
from kyanh_portal.base.calendar import at_local
from kyanh_portal.demo.world import World, add_stage, settle

MONTHS = [dt.date(2020, month, 1) for month in range(1, 13)]
# round → days of its model meetings; the 26th came after the conference of 13/11/2020
ROUNDS = {9: 8, 10: 9, 11: 9}
FAMILY_REASONS = [Reason.ILL, Reason.DUTY, Reason.FAMILY, Reason.SHIFT, Reason.STUDY]


def _model_cells(world: World) -> dict[int, int]:
    """26 cells of every type: cell id → month of its model meeting."""
    by_type: dict[int, list] = {}
    for cell in world["cells"]:
        by_type.setdefault(cell.cell_type_id, []).append(cell)
    groups = [world.rng.sample(cells, len(cells)) for _, cells in sorted(by_type.items())]
    picked = [group[i] for i in range(26) for group in groups if i < len(group)][:26]
    months = [month for month, number in ROUNDS.items() for _ in range(number)]
    return {cell.pk: month for cell, month in zip(picked, months, strict=True)}


def _absent(rng, roll, share) -> dict:
    exceptions = {}
    for member in roll:
        chance = rng.random()
        if chance < share:
            exceptions[member.pk] = (Mark.EXCUSED, rng.choice(FAMILY_REASONS), "")
        elif chance < share + 0.004:
            exceptions[member.pk] = (Mark.UNEXCUSED, "", "")
    return exceptions


class Year:
    """Makes the meetings of one cell after the other, with what they share looked up once."""

    months, open_month = MONTHS, MONTHS[-1]  # in the last one some minutes are not locked yet
    recognition = None  # the kind of decision, in the first year only: later months tell of no end of probation

    def __init__(self, world: World):
        self.world, self.rng = world, world.rng
        self.kinds = {kind.code: kind for kind in MeetingKind.objects.prefetch_related("template")}
        self.templates = {code: list(kind.template.all()) for code, kind in self.kinds.items()}
        self.model_cells = _model_cells(world)
        self.scores = DemoScores(world)
        self.books = Books()
        self.recognition = (
            DecisionKind.objects.on(dt.date(2020, 1, 1)).filter(code="CONG_NHAN").first()
        )  # the year told
        self.programme = open_programme(
            by=None, organisation=world["town"], name="Sinh hoạt điểm nâng cao chất lượng sinh hoạt chi bộ năm 2020",
            starts_on=dt.date(2020, 9, 1), ends_on=dt.date(2020, 11, 30), months=[dt.date(2020, m, 1) for m in ROUNDS], is_synthetic=True,
        )  # fmt: skip
        self.rounds = {one.month.month: one for one in self.programme.rounds.all()}
        thematic = next(pk for pk, month in self.model_cells.items() if month == 10)
        self.thematic_model = thematic
        last = [pk for pk, month in self.model_cells.items() if month == 11][-1]
        self.after_conference = last

    def members(self, cell):
        from chibo.models import Member

        return list(Member.objects.filter(organisation=cell).in_order().prefetch_related("standing_periods"))

    def cell(self, cell) -> None:
        members = self.members(cell)
        terms = list(cell.terms.order_by("starts_on"))
        share = self.rng.choice([0.02, 0.04, 0.06, 0.09, 0.13])
        for month in self.months:
            is_model = self.model_cells.get(cell.pk) == month.month
            if not is_model and self.rng.random() < 0.025:
                continue  # a month without a meeting: the dashboard must show it
            if month == self.open_month and not is_model and self.rng.random() < 0.05:
                self.unfinished(cell, members, month)
                continue
            model_is_thematic = is_model and cell.pk == self.thematic_model
            self.record(cell, members, terms, KindCode.REGULAR, month, is_model and not model_is_thematic, share)
            if model_is_thematic or (month.month % 3 == 2 and self.rng.random() < 0.25):
                self.record(cell, members, terms, KindCode.THEMATIC, month, model_is_thematic, share)

    def record(self, cell, members, terms, code, month, is_model, share) -> None:
        rng, kind = self.rng, self.kinds[code]
        day = 5 if code == KindCode.REGULAR else 20
        if is_model:
            day = 24 if cell.pk == self.after_conference else rng.randint(2, 11)
        starts_at = at_local(month.replace(day=day), 19 if cell.cell_type.code == "thon_tdp" else 14, 30)
        roll = [m for m in members if m.joined_on <= month]
        counted = [m for m in roll if m.standing_on(starts_at.date()) in (Standing.OFFICIAL, Standing.PROBATIONARY)]
        leading = [m.pk for m in self.world["members"][cell.pk][:2]]  # the secretary chairs, the deputy records
        officers = sorted((m for m in counted if m.pk in leading), key=lambda m: leading.index(m.pk))
        exceptions = _absent(rng, [m for m in counted if m.pk not in leading], share)
        here = [m for m in counted if m.pk not in exceptions]
        speakers = rng.sample(here, min(len(here), rng.randint(2, 5) + (3 if is_model else 0)))
        texts = CONTRIBUTIONS[cell.cell_type.code]
        voters = sum(1 for m in here if m.standing_on(starts_at.date()) == Standing.OFFICIAL)
        blank = 1 if voters > 6 and rng.random() < 0.15 else 0
        theme = rng.choice(THEMES[cell.cell_type.code]) if code == KindCode.THEMATIC else ""
        minutes = record_whole_meeting(
            by=None, organisation=cell, kind=kind, month=month, starts_at=starts_at,
            ended_at=starts_at + dt.timedelta(minutes=rng.choice([70, 85, 92, 95, 100, 105, 110, 115])),
            place=cell.meeting_place, chair=officers[0], secretary=officers[1], exceptions=exceptions, theme=theme,
            contributions=[{"member": m, "text": text, "sort": _sort(text)} for m, text in zip(speakers, rng.sample(texts, len(texts)), strict=False)],
            votes=[{"subject": f"Thông qua kết luận {'chuyên đề' if theme else f'tháng {month.month}'}", "in_favour": voters - blank, "blank": blank}, *self.recognitions(roll, code, starts_at.date(), voters)],
            conclusion="\n".join(rng.sample(TASKS[cell.cell_type.code], 3)),
            agenda_texts=[rng.choice(lines) for lines in (AGENDA if code == KindCode.REGULAR else THEMATIC_AGENDA)],
            fee_note=f"{len(counted)}/{len(counted)} đồng chí đã nộp tháng {month.month}", is_model=is_model,
            round=self.rounds[month.month] if is_model else None, members=roll, term=_term(terms, starts_at.date()),
            template=self.templates[code], books=self.books, counts=False, is_synthetic=True,
            score=self.scores.scorer(cell, code == KindCode.REGULAR, month, is_model),
        )  # fmt: skip
        if is_model:
            worked, lacking, repeat = rng.choice(LESSONS)
            draw_lesson(minutes.meeting, by=None, worked=worked, lacking=lacking, repeat=repeat, is_synthetic=True)

    def recognitions(self, roll, code, day, voters) -> list[dict]:
        """Votes of a regular meeting on whose twelve months of probation are over: the minutes are the register's record."""
        if self.recognition is None or code != KindCode.REGULAR:
            return []
        over = [one for one in roll if one.official_on is None and official_from(one.admitted_on) <= day]
        return [{"subject": f"Đề nghị công nhận đồng chí {one} là đảng viên chính thức", "in_favour": voters, "decision": self.recognition, "about": one} for one in over]  # fmt: skip

    def unfinished(self, cell, members, month) -> None:
        """Held, but the minutes are not locked yet: somebody has to be reminded. Told on, the story has nothing of it."""
        if self.world.until and self.world.until > (month + dt.timedelta(days=62)):
            return
        meeting = plan_meeting(
            by=None, organisation=cell, kind=self.kinds[KindCode.REGULAR], month=month,
            starts_at=at_local(month.replace(day=5), 19, 30), place=cell.meeting_place, is_synthetic=True,
        )  # fmt: skip
        open_meeting(meeting, by=None, chair=members[0], secretary=members[1], at=meeting.starts_at)
        take_roll(meeting, {}, by=None)


def _sort(text: str) -> str:
    """What reaches beyond the cell is a petition; the rest are opinions."""
    return Sort.PETITION if any(words in text for words in UPWARD) else Sort.OPINION


def _term(terms, day):
    return next(t for t in terms if t.starts_on <= day and (t.ends_on is None or day <= t.ends_on))


def build_year(world: World) -> None:
    year = Year(world)
    for number, cell in enumerate(world["cells"]):
        year.cell(cell)
        if number == 5:
            settle()
    recount_all(MONTHS)
    world["programme"] = year.programme
    world["model_cells"] = year.model_cells


def build_conference(world: World) -> None:
    kind = MeetingKind.objects.get(code=KindCode.LESSONS)
    starts_at = at_local(dt.date(2020, 11, 13), 8)
    minutes = record_whole_meeting(
        by=None, organisation=world["town"], kind=kind, month=dt.date(2020, 11, 1), starts_at=starts_at,
        ended_at=starts_at + dt.timedelta(hours=3, minutes=15), place="Hội trường Thị ủy", theme="nâng cao chất lượng sinh hoạt chi bộ",
        chair_post="Bí thư Thị ủy", secretary_post="Chánh Văn phòng Thị ủy",
        agenda_texts=CONFERENCE_AGENDA, conclusion=CONFERENCE_CONCLUSION,
        is_synthetic=True,
    )  # fmt: skip
    name_programme(minutes.meeting, world["programme"], by=None)
    for worked, lacking, repeat in LESSONS[:3]:
        draw_lesson(minutes.meeting, by=None, worked=worked, lacking=lacking, repeat=repeat, is_synthetic=True)


add_stage(40, "Sinh hoạt hằng tháng năm 2020, ba đợt sinh hoạt điểm", build_year)
add_stage(45, "Điểm sinh hoạt gửi cấp trên", send_up)
add_stage(50, "Hội nghị rút kinh nghiệm 13/11/2020", build_conference)
add_stage(60, "Hội thảo 18/12/2020, bài đặt cho tọa đàm sắp tới", build_workshop)
