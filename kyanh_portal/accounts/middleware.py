"""A session ends when nobody uses it or when it is old; a first password is changed before anything else."""

import time
from urllib.parse import urlencode, urlsplit

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import reverse

from kyanh_portal.accounts import devices
from kyanh_portal.base.parking import park

_OPEN = {"account_change_password", "account_logout", "account_reauthenticate"}


class SessionLimitsMiddleware:
    """Idle and absolute end of a session. Saved texts stay on the server; a script is told 401, not a page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = int(time.time())
        began = request.session.setdefault("began_at", now)
        seen = request.session.get("seen_at", now)
        if now - seen > settings.SESSION_IDLE_MINUTES * 60 or now - began > settings.SESSION_HOURS * 3600:
            user = request.user
            logout(request)
            if "application/json" in request.headers.get("Accept", ""):
                return JsonResponse(
                    {"message": "Đã lâu không thao tác. Đăng nhập lại, chữ vừa gõ vẫn còn."}, status=401
                )
            is_kept = park(request, user)
            words = "chữ vừa gõ vẫn còn" if is_kept else "chữ đã gửi vẫn còn"
            messages.warning(request, f"Đã lâu không thao tác. Đăng nhập lại; {words}.")
            back = (
                request.get_full_path() if request.method == "GET" or is_kept else request.META.get("HTTP_REFERER", "/")
            )
            parts = urlsplit(back)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': path or '/'})}")
        is_poll = request.method == "GET" and "HX-Request" in request.headers  # asked by the page, not by a person
        if (now - seen >= 60 and not is_poll) or "seen_at" not in request.session:
            request.session["seen_at"] = now
            UserSession.objects.create_from_request(request)  # the list of devices is right to a minute
        return self.get_response(request)


class KnownDeviceMiddleware:
    """After signing in, this browser is remembered for the account: others' wrong guesses do not make it wait."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and getattr(request, "is_fresh_sign_in", False):
            response.set_cookie(
                settings.DEVICE_COOKIE_NAME,
                devices.ticket(request.user.username),
                max_age=devices.KEPT_SECONDS,
                secure=settings.SERVED_OVER_HTTPS,
                httponly=True,
                samesite="Lax",
                path="/",
            )
        return response


class FirstPasswordMiddleware:
    """Who signs in with a password somebody else made changes it first."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user = request.user
        if user.is_authenticated and user.must_change_password:
            if request.resolver_match.view_name not in _OPEN:
                messages.info(request, "Đồng chí đổi mật khẩu được cấp thành mật khẩu của riêng mình rồi làm tiếp.")
                return HttpResponseRedirect(reverse("account_change_password"))
        return None


class SignOutMiddleware:
    """Who signs out leaves nothing on the device: pages, scripts' storage and the kept texts are cleared by the browser."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if signed_in and request.method == "POST" and request.path == reverse("account_logout"):
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response
