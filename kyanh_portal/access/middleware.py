"""Roles that answer for others need a second factor (settings.SECOND_FACTOR_REQUIRED)."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from kyanh_portal.access.scope import scope_of


class SecondFactorMiddleware:
    """Leads such users to the set-up page until they have one; their account pages stay open."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        if request.resolver_match.view_name in {*settings.PUBLIC_ROUTES, *settings.SIGNED_IN_ROUTES}:
            return None
        if not scope_of(request.user).needs_second_factor or is_mfa_enabled(request.user):
            return None
        messages.warning(request, "Vai trò của đồng chí cần lớp bảo vệ thứ hai. Làm một lần, mất khoảng hai phút.")
        return HttpResponseRedirect(reverse("mfa_index"))
