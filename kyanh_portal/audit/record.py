"""Write to the trail, in the same transaction as the change it tells of."""

from contextlib import contextmanager
from contextvars import ContextVar

from kyanh_portal.audit.context import current
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.base.copying import copy_new
from kyanh_portal.base.vietnamese import clean_line

_waiting: ContextVar[list[AuditEntry] | None] = ContextVar("waiting", default=None)


@contextmanager
def in_one_insert():
    """Entries recorded inside are written together at the end, in their order: one round trip for one act."""
    if _waiting.get() is not None:  # inside another one: written with it
        yield
        return
    waiting: list[AuditEntry] = []
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    AuditEntry.objects.bulk_create(waiting)


def record(verb: str, target=None, *, by=None, path: str | None = None, **facts) -> AuditEntry:
    """Add an entry: `verb` ("meeting.closed"), the object, who did it, and a few plain facts.

    The branch of the tree is read from the object (`path`, `organisation.path`) unless given. Facts hold ids,
    numbers and states, never texts about a person.
    """
    one = entry(verb, target, by=by, path=path, **facts)
    if (waiting := _waiting.get()) is not None:
        waiting.append(one)
        return one
    return AuditEntry.objects.bulk_create([one])[0]


def record_many(verb: str, model, targets, *, by=None, **facts) -> None:
    """The same thing done to many new objects of a model: `targets` are (id, label, path); one COPY for all of them."""
    one = entry(verb, by=by, path="", **facts)
    shared = {name: getattr(one, name) for name in ("verb", "by_id", "by_name", "facts", "address", "request_id")}
    shared["target_type"] = model._meta.label_lower
    copy_new(
        AuditEntry,
        [shared | {"target_id": str(pk), "target_label": label[:300], "path": path} for pk, label, path in targets],
    )


def changes(row, answers: dict, told=()) -> dict:
    """{field: [before, after]} of what differs; a field not in `told` is personal and only named ("…" twice)."""
    found = {}
    for name, after in answers.items():
        before = getattr(row, name)
        if before != after:
            found[name] = [str(before if before is not None else ""), str(after if after is not None else "")]
            if name not in told:
                found[name] = ["…", "…"]
    return found


def entry(verb: str, target=None, *, by=None, path: str | None = None, **facts) -> AuditEntry:
    """The unsaved entry, for services that write many at once."""
    now = current()
    by = by or now.user
    if by is not None and not getattr(by, "is_authenticated", False):
        by = None
    if path is None:
        path = getattr(target, "path", None) or getattr(getattr(target, "organisation", None), "path", "") or ""
    return AuditEntry(
        verb=verb,
        by=by,
        by_name=str(by)[:120] if by else "",
        target_type=target._meta.label_lower if target is not None else "",
        target_id=str(target.pk) if target is not None else "",
        target_label=str(target)[:300] if target is not None else "",
        path=path,
        facts={name: clean_line(fact) if isinstance(fact, str) else fact for name, fact in facts.items()},
        address=now.address,
        request_id=now.request_id,
    )
