"""Addresses that fail while a form holds something private."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from kyanh_portal.urls import *  # noqa: F403
from kyanh_portal.urls import urlpatterns as real


@login_not_required
def fails(request):
    private = request.GET.get("text", "")
    logging.getLogger("kyanh.test").warning("about to fail: %s", '\r\n\x1b[31m\u202e"}{')
    raise ValueError(f"cannot use {private}")


urlpatterns = [path("hong/", fails), *real]
