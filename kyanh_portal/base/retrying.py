"""Two acts that touch the same rows in opposite order: the loser is done again, unseen."""

import random
import time

from django.db import OperationalError, connection, transaction

TRIES = 4
_AGAIN = {"40P01", "40001"}  # deadlock detected, could not serialize


def whole(work):
    """Run `work()` in one transaction, all or nothing; after a deadlock run it again (three times at most).

    Inside a transaction of the caller it runs once, since only the outermost one can be begun anew.
    """
    for turn in range(TRIES):
        is_outermost = not connection.in_atomic_block
        try:
            with transaction.atomic():
                return work()
        except OperationalError as error:
            code = getattr(error.__cause__, "pgcode", None)
            if code not in _AGAIN or not is_outermost or turn == TRIES - 1:
                raise
            time.sleep(random.uniform(0.01, 0.05) * (turn + 1))  # noqa: S311 - only to part the two
    return None  # pragma: no cover
