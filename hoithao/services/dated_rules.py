"""The procedure of a kind of meeting and the kinds of decisions, changed by staff from a day on; what held before stays.

A meeting follows the steps and thresholds of its own day, so a change takes effect tomorrow at the earliest.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, ProtectedError

from hoithao.choices import Part, StepPage
from hoithao.models import DecisionKind, MeetingKind, StepTemplate
from hoithao.services.procedure import IN_THE_ROOM
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line

NEEDED = [StepPage.OPENING, StepPage.CONCLUSION, StepPage.READING]  # without them no minutes can be locked
PHASES = list(Part)


@dataclass(frozen=True)
class StepLine:
    """One step as staff write it; a new one has no code yet."""

    order: int
    name: str
    phase: str
    page: str
    kept: str = ""
    code: str = ""
    place: int = 0  # its row on the page, so that a refusal stands there


def pending(rows):
    """The day from which a later version of these rows waits to hold; None where none does."""
    return rows.filter(valid_from__gt=today()).aggregate(day=Max("valid_from"))["day"]


def _check_day(rows, valid_from: dt.date) -> None:
    if valid_from <= today():
        raise RuleBroken("Áp dụng sớm nhất từ ngày mai: buổi đã họp giữ quy định của ngày ấy.", field="valid_from")
    if day := pending(rows):
        raise RuleBroken(f"Đã có bản áp dụng từ {vn_date(day)}. Bỏ bản ấy trước rồi lập bản khác.")


def _check_lines(kind: MeetingKind, lines: list[StepLine]) -> None:
    orders: set[int] = set()
    for line in lines:
        if not line.name:
            raise RuleBroken("Ghi tên bước, hoặc đánh dấu Bỏ bước này.", field=f"name_{line.place}")
        if line.order in orders:
            raise RuleBroken(f"Thứ tự {line.order} đã có bước khác.", field=f"order_{line.place}")
        orders.add(line.order)
        if (line.phase in IN_THE_ROOM) == (line.page == StepPage.OUTSIDE):
            where = "một trang của buổi họp" if line.phase in IN_THE_ROOM else "“Đánh dấu ngoài buổi họp”"
            raise RuleBroken(f"Bước ở phần “{Part(line.phase).label}” ghi ở {where}.", field=f"page_{line.place}")
    in_order = sorted(lines, key=lambda line: line.order)
    for one, after in zip(in_order, in_order[1:], strict=False):
        if PHASES.index(after.phase) < PHASES.index(one.phase):
            raise RuleBroken(
                f"Phần “{Part(after.phase).label}” không đứng sau phần “{Part(one.phase).label}”. Xếp lại thứ tự.",
                field=f"order_{after.place}",
            )
    pages = {line.page for line in lines}
    needed = [*NEEDED, StepPage.ROLL] if kind.of_cells else NEEDED
    if lacking := [StepPage(page).label for page in needed if page not in pages]:
        raise RuleBroken(f"Thiếu trang {', '.join(lacking)}: không có thì không khóa được biên bản.")


@transaction.atomic
def revise_procedure(kind: MeetingKind, *, by, valid_from: dt.date, source: str, lines: list[StepLine]) -> int:
    """A new version of the steps from a day on; steps that do not change go on as they are. Returns how many changed.

    Raises RuleBroken at the row that cannot be.
    """
    kind = MeetingKind.objects.select_for_update().get(pk=kind.pk)
    rows, source = StepTemplate.objects.filter(kind=kind), clean_line(source)[:200]
    _check_day(rows, valid_from)
    if not source:
        raise RuleBroken("Ghi căn cứ: số, ngày, tên văn bản.", field="source")
    _check_lines(kind, lines)
    stood = {row.code: row for row in rows.on(valid_from)}
    kept, new, number = set(), [], rows.count()
    for line in lines:
        old = stood.get(line.code)
        same = (line.order, line.name, line.phase, line.page, line.kept)
        if old is not None and same == (old.order, old.name, old.phase, old.page, old.kept):
            kept.add(old.code)
            continue
        number += 1
        new.append(StepTemplate(
            kind=kind, code=old.code if old else f"them-{number}", order=line.order, name=line.name, phase=line.phase,
            page=line.page, kept=line.kept, source=source, valid_from=valid_from,
        ))  # fmt: skip
    ended = [row.pk for code, row in stood.items() if code not in kept]
    if not new and not ended:
        raise RuleBroken("Chưa đổi bước nào.")
    rows.filter(pk__in=ended).update(valid_to=valid_from - dt.timedelta(days=1))
    StepTemplate.objects.bulk_create(new)
    record("procedure.revised", kind, by=by, path="", valid_from=valid_from.isoformat(), new=len(new), ended=len(ended))
    return len(new) + len(ended)


@transaction.atomic
def withdraw_procedure(kind: MeetingKind, *, by) -> None:
    """Take back a version that does not hold yet: the steps it would have ended go on."""
    kind = MeetingKind.objects.select_for_update().get(pk=kind.pk)
    rows = StepTemplate.objects.filter(kind=kind)
    day = pending(rows)
    if day is None:
        raise RuleBroken("Không có bản nào đang chờ áp dụng.")
    rows.filter(valid_from=day).delete()
    rows.filter(valid_to=day - dt.timedelta(days=1)).update(valid_to=None)
    record("procedure.withdrawn", kind, by=by, path="", valid_from=day.isoformat())


@transaction.atomic
def revise_decision(
    *, by, code="", name, threshold, is_secret, source, valid_from: dt.date, is_election=False, stops=False
) -> DecisionKind | None:
    """A kind of decision as it holds from a day on, or its end; what was voted keeps the kind of its day.

    Where a later regulation is known already, the new version holds until its day.
    """
    rows, name, source = DecisionKind.objects.select_for_update(), clean_line(name)[:120], clean_line(source)[:200]
    mine = rows.filter(code=code) if code else rows.none()
    coming = mine.filter(valid_from__gt=today()).order_by("valid_from")
    if code:
        _check_day(coming if stops else coming.filter(valid_from__lte=valid_from), valid_from)
    elif valid_from <= today():
        raise RuleBroken("Áp dụng sớm nhất từ ngày mai.", field="valid_from")
    if not name:
        raise RuleBroken("Ghi việc quyết định.", field="name")
    if not source:
        raise RuleBroken("Ghi căn cứ: số, ngày, tên văn bản.", field="source")
    old = mine.on(valid_from).first()
    if code and (old is None or (old.valid_to is not None and not coming.exists())):
        raise RuleBroken("Loại việc này đã thôi dùng.")
    until = old.valid_to if old is not None else None
    if old is not None and not stops:
        if (name, threshold, is_secret) == (old.name, old.threshold, old.is_secret):
            raise RuleBroken("Chưa đổi gì: sửa tên, tỷ lệ cần đạt hoặc cách biểu quyết.")
        is_election = old.is_election
    if old is not None:
        old.valid_to = valid_from - dt.timedelta(days=1)
        old.save(update_fields=["valid_to"])
    if stops:
        record("decision.ended", old, by=by, path="", code=old.code, until=old.valid_to.isoformat())
        return None
    last = rows.order_by("-order").first()
    made = DecisionKind.objects.create(
        code=code or f"THEM_{DecisionKind.objects.count() + 1}", name=name, threshold=threshold, is_secret=is_secret,
        is_election=is_election, source=source, valid_from=valid_from, valid_to=until, order=old.order if old else (last.order if last else 0) + 1,
    )  # fmt: skip
    record("decision.revised", made, by=by, path="", code=made.code, valid_from=valid_from.isoformat())
    return made


def waiting_decision(rows) -> tuple[dt.date, bool] | None:
    """What waits to hold next for one kind of decision, of its versions: (the day, whether it then ends); None where nothing does."""
    rows = list(rows)
    later = [row.valid_from for row in rows if row.valid_from and row.valid_from > today()]
    if later:
        return min(later), False
    last = max(rows, key=lambda row: row.valid_from or dt.date.min, default=None)
    if last is not None and last.valid_to is not None and last.valid_to >= today():
        return last.valid_to + dt.timedelta(days=1), True
    return None


@transaction.atomic
def withdraw_decision(code: str, *, by) -> DecisionKind | None:
    """Take back what does not hold yet: a later version, a kind not begun, an end not reached. Returns what goes on, if any."""
    rows = DecisionKind.objects.select_for_update().filter(code=code)
    waits = waiting_decision(rows)
    if waits is None:
        raise RuleBroken("Không có bản nào đang chờ áp dụng.")
    day, ends = waits
    later = rows.filter(valid_from=day).first()
    goes_on_until = None
    if later is not None:
        goes_on_until = later.valid_to
        try:
            later.delete()
        except ProtectedError:
            raise RuleBroken("Đã có phiếu soạn theo bản này. Bỏ phiếu ấy ở cuộc họp rồi bỏ bản này.") from None
    before = rows.filter(valid_to=day - dt.timedelta(days=1)).first()
    if before is not None:
        before.valid_to = goes_on_until
        before.save(update_fields=["valid_to"])
    shown = before or later
    record("decision.withdrawn", shown, by=by, path="", code=code, valid_from=day.isoformat(), ends=ends)
    return before
