"""Hand a file out: the right is asked at each download, never only when the link is made."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views import View

from kyanh_portal.audit.record import record
from kyanh_portal.base.downloads import attachment
from kyanh_portal.files.models import StoredFile
from kyanh_portal.ui.views import AccessMixin


class Download(AccessMixin, View):
    """The bytes as kept, always as an attachment: never run, framed, guessed at or cached."""

    access = "portal.signed_in"

    def get(self, request, key):
        stored = get_object_or_404(StoredFile.objects.visible_to(request.user), key=key)
        record("file.downloaded", stored, by=request.user, kind=stored.kind)
        return HttpResponse(
            stored.bytes,
            content_type=stored.media_type,
            headers={
                "Content-Disposition": attachment(stored.name),
                "Content-Security-Policy": "sandbox; default-src 'none'",
                "X-Content-Type-Options": "nosniff",
                "Cross-Origin-Resource-Policy": "same-origin",
                "Cache-Control": "no-store",
            },
        )
