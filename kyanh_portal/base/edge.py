"""The outermost doors of a request: its number, what no text may hold, and the longest it may take."""

import logging
import time
from contextlib import nullcontext

from django.conf import settings
from django.db import OperationalError, connection
from django.http import QueryDict
from django.urls import Resolver404, resolve

from kyanh_portal.base.logs import begin

log = logging.getLogger("kyanh.request")
_DROPPED = {
    0: None,
    **dict.fromkeys(range(0xD800, 0xE000)),
}  # NUL and lone surrogates: no table and no page can hold them


class RequestMiddleware:
    """Gives the request its number, tells one line about it, and ends what the database drags out.

    A number that the trusted proxy gave is kept, so that its own log can be put beside ours.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        number = begin(request.headers.get("X-Request-ID", "") if settings.BEHIND_PROXY else "")
        began = time.monotonic()
        request.GET = cleaned(request.GET)
        with (
            connection.execute_wrapper(until(began + settings.REQUEST_SECONDS))
            if settings.REQUEST_SECONDS
            else nullcontext()
        ):
            response = self.get_response(request)
        response.headers["X-Request-ID"] = number
        _tell(request, response, began)
        return response

    def process_view(self, request, view, args, kwargs):
        """Typed text loses only letters that cannot be seen; the form then judges the rest and keeps it."""
        if request.method == "POST":
            request._post = cleaned(request.POST)


def cleaned(query: QueryDict) -> QueryDict:
    """The same answers without NUL and lone surrogates, as the very same object where there are none."""
    pairs = list(query.lists())
    if not any(_is_foul(name) or any(_is_foul(value) for value in values) for name, values in pairs):
        return query
    out = QueryDict(mutable=True, encoding=query.encoding)
    for name, values in pairs:
        out.setlist(name.translate(_DROPPED), [value.translate(_DROPPED) for value in values])
    out._mutable = False
    return out


def _is_foul(text: str) -> bool:
    return "\0" in text or (not text.isascii() and text != text.translate(_DROPPED))


def until(moment: float):
    """Refuses further statements once the request took too long: one slow answer after another must end too."""

    def watch(execute, sql, params, many, context):
        if time.monotonic() > moment:
            raise OperationalError("the request took too long")
        return execute(sql, params, many, context)

    return watch


def _tell(request, response, began) -> None:
    if not log.isEnabledFor(logging.INFO):
        return
    match = request.resolver_match
    if match is None:
        try:
            match = resolve(request.path_info)
        except Resolver404:
            match = None
    user = getattr(request, "_cached_user", None)
    log.info(
        "request",
        extra={
            "method": request.method[:10],
            "route": match.view_name if match else "",
            "status": response.status_code,
            "milliseconds": round((time.monotonic() - began) * 1000),
            "user_id": user.pk if user is not None else None,
        },
    )
