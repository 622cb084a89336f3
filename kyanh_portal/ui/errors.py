"""Pages for what went wrong: each says what happened and what to do next."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from kyanh_portal.base.logs import reference
from kyanh_portal.base.parking import park
from kyanh_portal.ui.middleware import AWAY, unavailable


def csrf_failure(request, reason=""):
    """The page stood open too long: what was sent is kept and shown again, after signing in where that is needed."""
    is_script = "application/json" in request.headers.get("Accept", "")
    if not is_script and park(request, request.user if request.user.is_authenticated else None):
        if request.user.is_authenticated:
            return HttpResponseRedirect(request.path)
        messages.warning(request, "Đã lâu không thao tác. Đăng nhập lại; chữ vừa gõ vẫn còn.")
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
    return render(
        request,
        "403.html",
        {"reason": "Trang mở đã lâu. Quay lại trang trước, tải lại rồi gửi lần nữa."},
        status=403,
    )


def forbidden(request, exception=None):
    """403 with the reason the rule gave."""
    reason = getattr(exception, "reason", "") or str(exception or "") or "Đồng chí không có quyền ở trang này."
    return render(request, "403.html", {"reason": reason}, status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    """Rendered without touching the database; a stopped database is 503, not 500. Its number stands in the log."""
    import sys

    if isinstance(sys.exc_info()[1], AWAY):
        return unavailable(request)
    return HttpResponse(render_to_string("500.html", {"reference": reference()}), status=500)


def bad_request(request, exception=None):
    """400: what was sent is no form of ours, or too large. Rendered without the database."""
    return HttpResponse(render_to_string("400.html"), status=400)
