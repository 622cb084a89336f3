"""Where a request comes from."""

from django.conf import settings


def client_address(request) -> str | None:
    """The address of the client: from the one trusted proxy when there is one, else the peer itself."""
    if settings.BEHIND_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "")
        if forwarded:
            return forwarded.rsplit(",", 1)[-1].strip() or None
    return request.META.get("REMOTE_ADDR") or None
