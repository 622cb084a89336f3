"""What a device needs to keep words safe: the shell without a network, its worker, and which forms came through."""

import hashlib
import json
import uuid

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views import View

from hoithao.models import Meeting
from kyanh_portal.ui.models import Receipt
from kyanh_portal.ui.views import AccessMixin, FoundMixin

# What the page without a network, and the steps of a meeting, are drawn from.
FILES = [
    "vendor/bootstrap.min.css", "css/tokens.css", "css/layout.css", "css/components.css", "css/screens.css",
    "img/favicon.svg", "img/icons.svg", "img/icon.svg", "js/offline.js", "js/device.js", "js/save.js", "js/once.js",
    "js/focus.js", "js/toast.js", "js/roll.js", "js/phrases.js", "js/count.js", "vendor/htmx.min.js",
]  # fmt: skip
MOST_KEYS = 50
# What a home screen shows: (file, pixels, purpose); the maskable one keeps the book within the circle a phone cuts out.
ICONS = [("icon-192", 192, "any"), ("icon-512", 512, "any"), ("icon-maskable-512", 512, "maskable")]


def shell_version() -> str:
    """A short sign of the shell's files: a changed file makes a new worker, which fetches the shell anew."""
    seal = hashlib.sha256()
    for name in FILES:
        if path := finders.find(name):
            with open(path, "rb") as file:
                seal.update(file.read())
    seal.update((settings.BASE_DIR / "templates/hoithao/runner/offline.html").read_bytes())
    return seal.hexdigest()[:12]


class Worker(AccessMixin, View):
    """The service worker; its scope is this folder of addresses and no more."""

    access = "hoithao.see_meetings"

    def get(self, request):
        shell = json.dumps([reverse("hoithao:offline"), *map(static, FILES)])
        context = {"shell": shell, "version": shell_version()}
        answer = render(request, "hoithao/runner/worker.js", context, content_type="text/javascript; charset=utf-8")
        answer["Cache-Control"] = "no-cache"
        return answer


class Offline(AccessMixin, View):
    """What opens instead of a step while there is no network; it names nobody."""

    access = "hoithao.see_meetings"

    def get(self, request):
        return render(request, "hoithao/runner/offline.html")


class Manifest(AccessMixin, View):
    """Lets a phone put the meetings on its home screen."""

    access = "hoithao.see_meetings"

    def get(self, request):
        icons = [
            {"src": static(f"img/{name}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for name, size, purpose in ICONS
        ]
        icons.append({"src": static("img/icon.svg"), "sizes": "any", "type": "image/svg+xml"})
        words = {
            "name": "Sinh hoạt chi bộ", "short_name": "Sinh hoạt", "lang": "vi", "display": "standalone",
            "start_url": reverse("hoithao:meeting_list"), "scope": reverse("hoithao:meeting_list"),
            "background_color": "#fffdf8", "theme_color": "#8a1b20", "icons": icons,
        }  # fmt: skip
        return HttpResponse(json.dumps(words, ensure_ascii=False), content_type="application/manifest+json")


class CameThrough(FoundMixin, View):
    """Of the one-time keys asked (`once`, at most 50), those whose form the server has: {"sent": […]}."""

    model = Meeting
    access = "hoithao.run_meeting"

    def get(self, request, pk):
        self.get_object()
        keys = []
        for text in request.GET.getlist("once")[:MOST_KEYS]:
            try:
                keys.append(uuid.UUID(text))
            except ValueError:
                continue
        found = Receipt.objects.filter(user=request.user, key__in=keys).exclude(answer="")
        return JsonResponse({"sent": [str(key) for key in found.values_list("key", flat=True)]})
