"""Hội nghị rút kinh nghiệm mở rộng: what the rounds showed is put before the conference, lessons are agreed there."""

import datetime as dt
from collections import Counter

from django.db import transaction
from django.db.models import Count

from hoithao.choices import KindCode, LessonStatus, Seen, Status
from hoithao.models import Lesson, Meeting, Observation, Programme, ProgrammeConference, RoundCell
from hoithao.models.meeting import began
from hoithao.services.rounds import move_lesson
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.errors import RuleBroken

AFTER_DAYS = 60  # how long after its last day a programme is still what a conference is about
MOST_LINES = 8


def programme_of(meeting) -> Programme | None:
    """The programme of model meetings a conference of lessons is about."""
    return Programme.objects.filter(conferences__meeting=meeting).first()


def suggested_programme(organisation, day: dt.date) -> Programme | None:
    """What a conference of this committee on that day is likely to be about: its newest programme then."""
    rows = Programme.objects.filter(organisation=organisation, starts_on__lte=day)
    rows = rows.exclude(ends_on__lt=day - dt.timedelta(days=AFTER_DAYS))
    return rows.order_by("-starts_on", "-pk").first()


@transaction.atomic
def name_programme(meeting, programme: Programme | None, *, by) -> None:
    """Say which programme of its committee a conference of lessons is about; None: of none. Its minutes do not tell it."""
    if meeting.kind.code != KindCode.LESSONS:
        return
    if programme is not None and programme.organisation_id != meeting.organisation_id:
        raise RuleBroken("Chương trình này của cấp ủy khác. Chọn chương trình của đơn vị họp.", field="programme")
    known = programme_of(meeting)
    if known == programme:
        return
    ProgrammeConference.objects.filter(meeting=meeting).delete()
    if programme is not None:
        ProgrammeConference.objects.create(meeting=meeting, programme=programme)
    record("meeting.conference_named", meeting, by=by, programme=programme.pk if programme else None)


def lessons_before(meeting, programme):
    """Lessons the model meetings of the programme taught up to the day of the conference."""
    rows = Lesson.objects.filter(meeting__round__programme=programme).alias(began=began("meeting__"))
    rows = rows.filter(began__date__lte=meeting.held_on)
    return rows.select_related("meeting__organisation", "meeting__kind").order_by("began", "pk")


def _counted(lines) -> list[str]:
    """Each line once, the most frequent first, with how many said it."""
    found = Counter(line.strip() for line in lines if line.strip())
    return [
        f"{text.rstrip('.')} ({number} buổi)." if number > 1 else text for text, number in found.most_common(MOST_LINES)
    ]


def _what_was_held(meeting, programme, held) -> str:
    kinds, types = Counter(m.kind.name for m in held), Counter(m.organisation.cell_type.name for m in held)
    cells = len({m.organisation_id for m in held})
    seen, reviewed = sum(1 for m in held if m.seen), sum(1 for m in held if hasattr(m, "review"))
    waiting = RoundCell.objects.without_meeting().filter(round__programme=programme).select_related("organisation")
    lines = [
        f"Đến ngày {vn_date(meeting.held_on)} có {cells} chi bộ sinh hoạt điểm, {len(held)} buổi: {_told(kinds)}.",
        f"Theo loại hình: {', '.join(f'{name} {number}' for name, number in types.most_common())}." if types else "",
        f"Có phiếu quan sát {seen}/{len(held)} buổi; rút kinh nghiệm tại chỗ {reviewed}/{len(held)} buổi.",
    ]
    if late := [one.organisation.name for one in waiting]:
        lines.append(f"Trong kế hoạch còn {len(late)} chi bộ chưa họp: {', '.join(late[:MOST_LINES])}.")
    return "\n".join(line for line in lines if line)


def _told(counts: Counter) -> str:
    return ", ".join(f"{number} {name[:1].lower()}{name[1:]}" for name, number in counts.most_common())


def _what_was_seen(held) -> str:
    reviews = [m.review for m in held if hasattr(m, "review")]
    parts = []
    for name, title in (("strengths", "Ưu điểm"), ("weaknesses", "Hạn chế"), ("causes", "Nguyên nhân")):
        if said := _counted(line for one in reviews for line in getattr(one, name).split("\n")):
            parts += [f"{title}:", *(f"- {line}" for line in said)]
    weak = Observation.objects.filter(meeting__in=held).exclude(seen=Seen.DONE).values("step__name")
    weak = list(weak.annotate(n=Count("pk")).order_by("-n", "step__name")[:5])
    if weak:
        parts.append("Bước đoàn dự ghi là chưa làm đủ:")
        parts += [f"- {one['step__name']}: {one['n']}/{sum(1 for m in held if m.seen)} buổi" for one in weak]
    return "\n".join(parts)


def gather(meeting, *, by) -> bool:
    """Put what the rounds showed into the blank items of a conference being prepared; what was written stays."""
    programme = programme_of(meeting)
    if programme is None or meeting.status != Status.PLANNED:
        return False
    held = Meeting.objects.closed().filter(round__programme=programme).alias(began=began())
    held = held.filter(began__date__lte=meeting.held_on).order_by("began", "pk")
    held = list(held.select_related("kind", "organisation__cell_type", "review").annotate(seen=Count("observations")))
    if not held:
        return False
    ways = _counted(lesson.repeat for lesson in lessons_before(meeting, programme))
    texts = [_what_was_held(meeting, programme, held), _what_was_seen(held), "\n".join(f"- {way}" for way in ways)]
    items = list(meeting.agenda.all())
    for item, text in zip(items, texts, strict=False):
        if text and not item.presented:
            item.presented = text
            item.save(update_fields=["presented"])
    record("meeting.lessons_gathered", meeting, by=by, programme=programme.pk, meetings=len(held))
    return True


@transaction.atomic
def agree_lessons(meeting, lessons, *, by) -> int:
    """The conference agreed these lessons: each takes its step, on the ground of the locked minutes."""
    if not meeting.is_closed:
        raise RuleBroken("Khóa biên bản hội nghị trước: số biên bản là căn cứ của bài học.")
    minutes = meeting.minutes.document
    ground = f"Biên bản {minutes.number_line[:1].lower()}{minutes.number_line[1:]}, ngày {vn_date(minutes.dated)}"
    number = 0
    for lesson in lessons:
        if lesson.status == LessonStatus.NOTED:
            move_lesson(lesson, by=by, who=meeting.name, ground=ground, day=meeting.held_on)
            number += 1
    if not number:
        raise RuleBroken("Đánh dấu bài học hội nghị đã thống nhất.", field="lessons")
    return number
