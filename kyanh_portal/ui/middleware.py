"""What every answer carries, and what is said while the database is away."""

import psycopg2
from django.conf import settings
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.stamps import GUIDE, stop_stamps, typed_texts

_PERMISSIONS = ", ".join(
    f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb", "display-capture", "midi")
)

# The database does not answer: as Django words it, and as the driver does where Django has no hand (closing a cursor).
AWAY = (OperationalError, InterfaceError, psycopg2.OperationalError, psycopg2.InterfaceError)


class HeadersMiddleware:
    """Refuses cross-site posts, and sets the headers that keep pages private."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in ("GET", "HEAD", "OPTIONS") and request.headers.get("Sec-Fetch-Site") == "cross-site":
            return HttpResponse(
                "Yêu cầu đến từ trang khác nên bị từ chối.", status=403, content_type="text/plain; charset=utf-8"
            )
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            allowed, page = response.headers.get("Allow", ""), render_to_string("405.html")
            response = HttpResponse(page, status=405, headers={"Allow": allowed})
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class UnavailableMiddleware:
    """While PostgreSQL does not answer: 503, when to come back, and that nothing typed is lost."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, AWAY):
            return unavailable(request)
        if isinstance(exception, DataError):  # a value no column can hold slipped past the forms
            return HttpResponse(render_to_string("400.html"), status=400)
        if isinstance(exception, RuleBroken):  # a refusal no form caught: said on a page of its own
            return HttpResponse(render_to_string("409.html", {"reason": str(exception)}), status=409)
        return None


class StampMiddleware:
    """A text saved by a script is read for secrecy stamps before any view; pages read theirs in the form."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method == "POST" and "application/json" in request.headers.get("Accept", ""):
            if request.user.is_authenticated and stop_stamps(typed_texts(request.POST), request.path):
                return JsonResponse({"message": GUIDE}, status=422)
        return None


def unavailable(request):
    """The page of 503; it needs no database. What was sent stands in it, to be sent again by its button."""
    if "application/json" in request.headers.get("Accept", ""):
        words = "Máy chủ đang tạm nghỉ, sẽ tự gửi lại. Chữ vẫn còn trên trang."
        return JsonResponse({"message": words}, status=503, headers={"Retry-After": "10"})
    sent = []
    if request.method == "POST" and not request.FILES:  # a file cannot be sent again by a page
        sent = [
            (name, value, len(value) > 40 and name != "csrfmiddlewaretoken" and not name.startswith("seen_"))
            for name, values in request.POST.lists()
            for value in values
            if "password" not in name and name != "login"
        ]
    page = render_to_string("503.html", {"sent": sent, "address": request.get_full_path()})
    return HttpResponse(page, status=503, headers={"Retry-After": "10"})
