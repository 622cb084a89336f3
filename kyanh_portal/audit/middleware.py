"""Keeps who and from where for the time of a request, and records refusals."""

from kyanh_portal.access.rules import AccessDenied
from kyanh_portal.audit.context import Circumstances, under
from kyanh_portal.audit.record import record
from kyanh_portal.base.address import client_address
from kyanh_portal.base.logs import request_id


class TrailMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user if request.user.is_authenticated else None
        request.trail_id = request_id()
        with under(Circumstances(user, client_address(request), request.trail_id)):
            return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, AccessDenied) and request.user.is_authenticated:
            record(
                "access.denied", by=request.user, rule=exception.rule, page=request.path[:200], method=request.method
            )
        return
