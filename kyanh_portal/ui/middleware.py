"""What every answer carries, and what is said while the database is away."""

from django.conf import settings
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

_PERMISSIONS = ", ".join(
    f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb", "display-capture", "midi")
)


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
        if isinstance(exception, (OperationalError, InterfaceError)):
            return unavailable()
        if isinstance(exception, DataError):  # a value no column can hold slipped past the forms
            return HttpResponse(render_to_string("400.html"), status=400)
        return None


def unavailable():
    """The page of 503; it needs no database."""
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "10"})
