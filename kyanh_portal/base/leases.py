"""Work done in the background under a lease: one home for what reports and lists brought in do alike.

The row is the truth, a message only wakes a worker. A worker claims a row with one UPDATE and holds it until a moment that it
moves on while it works; one that fell silent is followed by another. `attempt` is the fencing token: a worker that lost its
lease finds another number in the row and throws its work away.
"""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

LEASE = dt.timedelta(seconds=settings.REPORT_LEASE_SECONDS)
MOST_ATTEMPTS = 5  # then the row is given up with a word to its person


class LeasedQuerySet(models.QuerySet):
    """Rows of a model whose `MOVES` say which state waits for a worker and which state the worker works in."""

    def claimable(self):
        """Waiting for a worker, or held by one that fell silent."""
        moves = self.model.MOVES
        return self.filter(Q(state__in=list(moves)) | Q(state__in=list(moves.values()), lease_until__lt=timezone.now()))

    def claim(self, pk: int, **at_start):
        """Take one row with one UPDATE, `at_start` set with it; None: somebody else has it, or it is over."""
        now = timezone.now()
        for waiting, working in self.model.MOVES.items():
            free = Q(state=waiting) | Q(state=working, lease_until__lt=now)
            start = {"state": working, "attempt": F("attempt") + 1, "lease_until": now + LEASE, **at_start}
            if self.filter(free, pk=pk).update(**start):
                return self.select_related("requester").get(pk=pk)
        return None

    def held(self, run):
        """The row of this run, as long as the attempt that has it is this one."""
        return self.filter(pk=run.pk, attempt=run.attempt, state=run.state)

    def keep(self, run, **progress) -> bool:
        """Hold the run a while longer and tell how far it is; False: another attempt has it, throw the work away."""
        return bool(self.held(run).update(lease_until=timezone.now() + LEASE, **progress))

    def end(self, run, state: str, problem: str = "", **facts) -> bool:
        """The last state of a run; False: another attempt has it."""
        over = {"state": state, "problem": problem[:500], "finished_at": timezone.now(), "lease_until": None}
        return bool(self.held(run).update(**over | facts))

    def to_send_again(self, after: dt.timedelta, most: int = 100) -> list[int]:
        """Runs to wake a worker for once more, marked as sent: not claimed within `after`, or held by one that fell silent."""
        now = timezone.now()
        lost = Q(lease_until__lt=now) | Q(sent_at__isnull=True) | Q(sent_at__lt=now - after)
        ids = list(self.claimable().filter(lost).order_by("asked_at").values_list("pk", flat=True)[:most])
        self.filter(pk__in=ids).update(sent_at=now)
        return ids


class Leased(models.Model):
    """The fields of such a row; the model adds `state`, `requester`, `asked_at`, `sent_at` and says its `MOVES`.

    `client_key` makes two sendings of one form one run.
    """

    MOVES: dict[str, str] = {}

    attempt = models.PositiveSmallIntegerField("lần làm", default=0)
    lease_until = models.DateTimeField("giữ đến", null=True, blank=True)
    done_steps = models.PositiveIntegerField("đã làm", default=0)
    all_steps = models.PositiveIntegerField("tổng số", default=0)
    problem = models.CharField("vướng mắc", max_length=500, blank=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)
    client_key = models.UUIDField("mã gửi một lần", default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
