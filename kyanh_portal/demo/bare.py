"""The bare page that `manage.py bench` compares lists with: session, user, one query, 50 rows, one short template."""

from functools import lru_cache

from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import include, path

from kyanh_portal.audit.models import AuditEntry

_PAGE = """<!doctype html><title>Trang trần</title><p>{{ user }}</p><table>{% for row in rows %}
<tr><td>{{ row.at|date:"d/m/Y" }}</td><td><a href="/do/{{ row.pk }}/">{{ row.target_label }}</a></td><td>{{ row.verb }}</td><td>{{ row.by_name }}</td></tr>
{% endfor %}</table>"""
_template = Engine().from_string(_PAGE)


def bare_page(request):
    rows = AuditEntry.objects.order_by("pk")[:50]
    return HttpResponse(_template.render(Context({"rows": rows, "user": request.user})))


@lru_cache
def _row_length(rows) -> int:
    return len(_template.render(Context({"rows": rows}))) // len(rows)


def same_bytes(request):
    """Session, user, one query and rows from one short template, as many as make the bytes that are asked for."""
    rows = list(AuditEntry.objects.order_by("pk")[:50])
    rows = [rows[number % 50] for number in range(int(request.GET["bytes"]) // _row_length(tuple(rows)))]
    return HttpResponse(_template.render(Context({"rows": rows, "user": request.user})))


bare_page.access = same_bytes.access = "portal.signed_in"
urlpatterns = [path("do-tran/", bare_page), path("do-cung-byte/", same_bytes), path("", include("kyanh_portal.urls"))]
