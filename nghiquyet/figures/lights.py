"""Where a duty stands: two axes (done or not, in time or not), computed on the day it is looked at (6.1, 6.3)."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, DateField, F, Q, Value
from django.db.models.functions import Coalesce

from kyanh_portal.base.calendar import vn_date
from nghiquyet.choices import DutyState, Light

LOOKS = {
    Light.DONE_ON_TIME: "ok", Light.DONE_LATE: "soon", Light.IN_TIME: "doing", Light.SOON: "soon",
    Light.OVERDUE: "late", Light.IDLE: "none",
}  # fmt: skip


IDLE = (DutyState.DRAFT, DutyState.PAUSED, DutyState.CANCELLED)


@dataclass(frozen=True)
class Standing:
    """The light of a duty, days overdue (0 when none), and the words beside the colour."""

    light: str
    days: int
    words: str

    @property
    def look(self) -> str:
        return LOOKS[self.light]


def standing_of(duty, day: dt.date, soon_days: int = 7, lag_points: int = 30) -> Standing:
    """Done is dated by the day the product was submitted in acceptable form; late done stays late for ever."""
    if duty.state == DutyState.DONE:
        done = duty.completed_on or day
        late = (done - duty.due_on).days if duty.due_on else 0
        if late > 0:
            return Standing(Light.DONE_LATE, late, f"Xong muộn {late} ngày, {vn_date(done)}")
        return Standing(Light.DONE_ON_TIME, 0, f"Xong đúng hạn, {vn_date(done)}")
    if duty.state in IDLE:
        return Standing(Light.IDLE, 0, duty.get_state_display())
    waits = ", chờ xác nhận" if duty.state == DutyState.SUBMITTED else ""
    if duty.due_on and day > duty.due_on:
        # What was handed in before the term and waits for an answer is not the lead's delay.
        if duty.submitted_on and duty.state == DutyState.SUBMITTED and duty.submitted_on <= duty.due_on:
            return Standing(Light.IN_TIME, 0, f"Đã gửi đúng hạn {vn_date(duty.submitted_on)}, chờ xác nhận")
        days = (day - duty.due_on).days
        return Standing(Light.OVERDUE, days, f"Quá hạn {days} ngày{waits}")
    if duty.starts_on and day < duty.starts_on:
        return Standing(Light.IDLE, 0, f"Bắt đầu {vn_date(duty.starts_on)}")
    if duty.due_on:
        left = (duty.due_on - day).days
        if left <= soon_days:
            return Standing(Light.SOON, 0, f"Còn {left} ngày{waits}" if left else f"Hạn hôm nay{waits}")
        if _lags(duty, day, lag_points):
            return Standing(Light.SOON, 0, f"Chậm tiến độ, còn {left} ngày")
        return Standing(Light.IN_TIME, 0, f"Còn {left} ngày{waits}")
    return Standing(Light.IN_TIME, 0, duty.get_state_display())


def _lags(duty, day: dt.date, lag_points: int) -> bool:
    """Declared progress lies more than so many points behind the share of time gone."""
    if duty.percent is None or not duty.starts_on or duty.due_on <= duty.starts_on:
        return False
    gone = 100 * (day - duty.starts_on).days / (duty.due_on - duty.starts_on).days
    return gone - duty.percent > lag_points


def four_cells(standings: list[Standing]) -> dict:
    """Counts of the four cells with their bases: done on time, done late, open in time, open overdue."""
    lights = [s.light for s in standings]
    done = lights.count(Light.DONE_ON_TIME) + lights.count(Light.DONE_LATE)
    running = sum(lights.count(x) for x in (Light.IN_TIME, Light.SOON, Light.OVERDUE))
    return {
        "done_on_time": lights.count(Light.DONE_ON_TIME), "done_late": lights.count(Light.DONE_LATE),
        "in_time": running - lights.count(Light.OVERDUE), "overdue": lights.count(Light.OVERDUE),
        "done": done, "running": running, "all": done + running, "idle": lights.count(Light.IDLE),
        "fallen_due": done + lights.count(Light.OVERDUE),
    }  # fmt: skip


def cells_of(day: dt.date) -> dict[str, Q]:
    """The four cells, and what is done and running, as conditions for the database: the same answers as `standing_of`."""
    done = Q(state=DutyState.DONE)
    finished = Coalesce("completed_on", Value(day, output_field=DateField()))
    late = done & Q(due_on__lt=finished)
    running = ~Q(state__in=[DutyState.DONE, *IDLE]) & (Q(starts_on__isnull=True) | Q(starts_on__lte=day))
    handed_in = Q(state=DutyState.SUBMITTED, submitted_on__isnull=False, submitted_on__lte=F("due_on"))
    overdue = running & Q(due_on__isnull=False, due_on__lt=day) & ~handed_in
    return {
        "done_on_time": done & (Q(due_on__isnull=True) | Q(due_on__gte=finished)),
        "done_late": late, "in_time": running & (Q(due_on__isnull=True) | Q(due_on__gte=day) | handed_in), "overdue": overdue,
        "done": done, "running": running,
    }  # fmt: skip


def count_cells(duties, day: dt.date) -> dict:
    """The four cells of a queryset with their bases, counted by the database in one query."""
    counts = duties.order_by().aggregate(**{f"n_{name}": Count("pk", filter=wanted) for name, wanted in cells_of(day).items()})  # fmt: skip
    cells = {name.removeprefix("n_"): value for name, value in counts.items()}
    return {**cells, "all": cells["done"] + cells["running"], "fallen_due": cells["done"] + cells["overdue"]}
