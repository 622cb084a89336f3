"""Prepare a workshop, and draw together what it brought: its programme, states of affairs, tasks and solutions."""

import datetime as dt
import re

from django.db import transaction
from django.db.models import Max

from hoithao.choices import SolutionSort
from hoithao.models import Meeting, ProgrammeLine, Solution, TypeState, WorkshopPlan
from hoithao.services.meetings import locked, require_unlocked
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.stamps import refuse_stamp
from kyanh_portal.base.vietnamese import clean_line, clean_text

_HOUR = re.compile(r"^(\d{1,2})\s*(?:giờ|g|h|:|\.)\s*(\d{2})?(?:\s*phút)?$", re.IGNORECASE)
PLAN_FIELDS = ["organisers", "purpose", "invited", "prepare", "contact", "reply_by", "papers_by", "more_than"]


@transaction.atomic
def prepare_workshop(meeting, *, by, delegates=None, chair_post="", **answers) -> WorkshopPlan:
    """Who holds it, who is invited, what they prepare, how many come; the number may be known only as "more than"."""
    meeting = locked(meeting)
    require_unlocked(meeting)
    for name, value in answers.items():
        if isinstance(value, str):
            refuse_stamp(value, field=name)
            answers[name] = clean_text(value)
    for name in ("reply_by", "papers_by"):
        if answers.get(name) and answers[name] > meeting.held_on:
            raise RuleBroken("Ngày này phải trước ngày hội thảo.", field=name)
    if answers.get("more_than") and not delegates:
        raise RuleBroken("Ghi con số: hơn bao nhiêu đại biểu.", field="delegates")
    plan, _ = WorkshopPlan.objects.update_or_create(meeting=meeting, defaults=answers)
    changed = {"delegates": delegates}
    if not meeting.chair_id and clean_line(chair_post):
        changed["chair_post"] = clean_line(chair_post)
    Meeting.objects.filter(pk=meeting.pk).update(**changed)
    record("workshop.prepared", meeting, by=by)
    return plan


def read_programme(text: str) -> list[tuple[dt.time | None, str, str]]:
    """(hour, what, who) of lines written "7 giờ 30 | nội dung | người thực hiện"; raises RuleBroken naming the line."""
    lines = []
    for number, line in enumerate(clean_text(text).split("\n"), 1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.split("|")]
        at = None
        if len(parts) > 1 and (found := _HOUR.match(parts[0])):
            try:
                at = dt.time(int(found[1]), int(found[2] or 0))
            except ValueError:
                raise RuleBroken(f"Dòng {number}: giờ “{parts[0]}” chưa đúng.", field="lines") from None
            parts = parts[1:]
        elif len(parts) == 3 and parts[0]:
            raise RuleBroken(f"Dòng {number}: ghi giờ theo mẫu 7 giờ 30.", field="lines")
        elif len(parts) == 3:
            parts = parts[1:]
        if len(parts) > 2:
            raise RuleBroken(f"Dòng {number}: mỗi dòng có ba phần, cách nhau bằng dấu |.", field="lines")
        what, who = (*parts, "")[:2]
        if not what:
            raise RuleBroken(f"Dòng {number}: chưa ghi nội dung.", field="lines")
        if len(what) > 300 or len(who) > 200:
            raise RuleBroken(f"Dòng {number}: quá dài. Rút ngắn hoặc tách thành hai dòng.", field="lines")
        lines.append((at, what, who))
    hours = [at for at, *_ in lines if at]
    if hours != sorted(hours):
        raise RuleBroken("Giờ trong chương trình phải theo thứ tự từ sớm đến muộn.", field="lines")
    return lines


def programme_text(lines) -> str:
    """The lines as they are typed."""
    return "\n".join(
        " | ".join([f"{x.at.hour} giờ {x.at.minute:02d}" if x.at else "", x.what, x.who]).strip() for x in lines
    )


@transaction.atomic
def set_programme(meeting, *, by, lines: str) -> list[ProgrammeLine]:
    """The programme of the workshop, line by line, in place of the one before."""
    meeting = locked(meeting)
    require_unlocked(meeting)
    refuse_stamp(lines, field="lines")
    rows = read_programme(lines)
    meeting.programme_lines.all().delete()
    made = ProgrammeLine.objects.bulk_create(
        ProgrammeLine(meeting=meeting, order=order, at=at, what=what, who=who)
        for order, (at, what, who) in enumerate(rows, 1)
    )
    record("workshop.programme_set", meeting, by=by, lines=len(rows))
    return made


@transaction.atomic
def write_state(meeting, *, by, cell_type, strengths, weaknesses="", causes="", is_synthetic=False) -> TypeState:
    """The state of affairs of one type of cell, drawn from its papers; written again it takes the place of the first."""
    strengths = clean_text(strengths)
    if not strengths:
        raise RuleBroken("Ghi ưu điểm.", field="strengths")
    for name, text in (("strengths", strengths), ("weaknesses", weaknesses), ("causes", causes)):
        refuse_stamp(text, field=name)
    state, _ = TypeState.objects.update_or_create(
        meeting=locked(meeting), cell_type=cell_type,
        defaults={"strengths": strengths, "weaknesses": clean_text(weaknesses), "causes": clean_text(causes), "is_synthetic": is_synthetic},
    )  # fmt: skip
    record("workshop.state_written", state, by=by)
    return state


@transaction.atomic
def propose(
    meeting, *, by, theme, text, sort=SolutionSort.TASK, paper=None, conclusion=None, is_synthetic=False
) -> Solution:
    """A task or a solution under its theme, with the paper it comes from and the point of the conclusion it went into."""
    meeting = locked(meeting)
    theme, text = clean_line(theme), clean_text(text)
    if not theme:
        raise RuleBroken("Ghi nhóm vấn đề.", field="theme")
    if not text:
        raise RuleBroken("Ghi nội dung.", field="text")
    refuse_stamp(text, field="text")
    for row in (paper, conclusion):
        if row is not None and row.meeting_id != meeting.pk:
            raise RuleBroken("Tham luận, kết luận phải của chính hội thảo này.")
    solution = Solution.objects.create(
        meeting=meeting, order=(meeting.solutions.aggregate(last=Max("order"))["last"] or 0) + 1, sort=sort, theme=theme,
        text=text, paper=paper, conclusion=conclusion, is_synthetic=is_synthetic,
    )  # fmt: skip
    record("workshop.proposed", solution, by=by)
    return solution
