"""A form that was sent after the session had ended waits in the new session and is shown again after signing in."""

import time

from django.core.cache import cache
from django.http import Http404, QueryDict
from django.urls import resolve

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.stamps import GUIDE, stop_stamps, typed_texts

KEY = "parked_post"
MOST_LETTERS = 400_000
MINUTES = 60
DRAFT_HOURS = 24


def park(request, user=None) -> bool:
    """Keep what was posted to a page that says `keeps_texts`; True when it is kept.

    `user` is who was signed in when it was sent, if that is known: nobody else is shown it.
    """
    origin = request.headers.get("Origin", "")
    if request.method != "POST" or origin not in ("", f"{request.scheme}://{request.get_host()}"):
        return False
    try:
        view = getattr(resolve(request.path_info).func, "view_class", None)
    except Http404:
        return False
    fields = {name: values for name, values in request.POST.lists() if not _is_secret(name)}
    if not getattr(view, "keeps_texts", False) or _letters(fields) > MOST_LETTERS:
        return False
    if stop_stamps(typed_texts(request.POST), request.path):  # what is secret waits nowhere either
        return False
    request.session[KEY] = {
        "path": request.path, "at": int(time.time()), "fields": fields, "user": user.pk if user else None,
    }  # fmt: skip
    return True


def parked(request) -> QueryDict | None:
    """The form that waits for this page and this user, taken out of the session; None where nothing waits."""
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path or not request.user.is_authenticated:
        return None
    del request.session[KEY]
    if kept["user"] not in (None, request.user.pk) or time.time() - kept["at"] > MINUTES * 60:
        return None
    post = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        post.setlist(name, values)
    return post


def keep_draft(request) -> None:
    """Keep what stands in a form that was not sent yet, for its user and page, a day long; raises RuleBroken."""
    if stop_stamps(typed_texts(request.POST), request.path):
        raise RuleBroken(GUIDE)
    fields = {name: values for name, values in request.POST.lists() if not _is_secret(name) and name != "draft"}
    if _letters(fields) > MOST_LETTERS:
        raise RuleBroken("Trang này dài quá nên chưa giữ được. Bấm nút để ghi.")
    cache.set(_draft_key(request), fields, DRAFT_HOURS * 3600)


def find_draft(request) -> QueryDict | None:
    """What was left unsent on this page by this user."""
    fields = cache.get(_draft_key(request))
    if not fields:
        return None
    post = QueryDict(mutable=True)
    for name, values in fields.items():
        post.setlist(name, values)
    return post


def drop_draft(request) -> None:
    """The form was sent: nothing waits any more."""
    cache.delete(_draft_key(request))


def _draft_key(request) -> str:
    return f"draft:{request.user.pk}:{request.path[:150]}"


def _is_secret(name: str) -> bool:
    return name == "csrfmiddlewaretoken" or "password" in name


def _letters(fields) -> int:
    return sum(len(value) for values in fields.values() for value in values)
