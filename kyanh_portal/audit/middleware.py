"""Keeps who and from where for the time of a request, and records refusals."""

from kyanh_portal.access.rules import AccessDenied
from kyanh_portal.audit.context import Circumstances, under
from kyanh_portal.audit.record import record
from kyanh_portal.base.address import client_address
from kyanh_portal.base.logs import request_id

_REFUSALS = {403, 404, 405}


class TrailMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user if request.user.is_authenticated else None
        request.trail_id = request_id()
        with under(Circumstances(user, client_address(request), request.trail_id)):
            response = self.get_response(request)
            if response.status_code in _REFUSALS and user is not None:
                self.tell(request, user, response.status_code)
            return response

    def process_exception(self, request, exception):
        if isinstance(exception, AccessDenied):
            request.refused_rule = exception.rule

    @staticmethod
    def tell(request, user, status):
        """One entry a refusal: not allowed, forged or stale form (403), out of scope (404), wrong method (405).

        A mistyped address that matches no page is no refusal. The path holds numbers only, never words of a person.
        """
        match = request.resolver_match
        if status == 404 and not (match and match.kwargs):
            return
        rule = getattr(request, "refused_rule", "") or (match.view_name if match else "")
        record("access.denied", by=user, rule=rule, page=request.path[:200], method=request.method[:10], status=status)
