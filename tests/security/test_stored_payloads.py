"""Payloads stored in every kind of text, then opened in a real browser: shown as letters, never run."""

import pytest
from django.urls import reverse

from chibo.models import Member, Organisation
from hoithao.models import AgendaItem
from hoithao.services.contributions import add_contribution
from hoithao.services.meetings import save_text
from nghiquyet.models import Clause
from tests.browser.tools import DESK, login
from tests.factories.hoithao import opened
from tests.factories.nghiquyet import cell_draft
from tests.security.corpus import SCRIPTS, TEMPLATES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_nothing_stored_runs_in_a_browser(committed_world, open_page):
    w = committed_world
    everything = "\n".join([*SCRIPTS, *TEMPLATES])
    meeting = opened(w.cell_a1, w.members_a1)
    for field in ("conclusion", "guests", "documents_spread"):
        save_text(meeting, field, everything, seen="")
    for payload in SCRIPTS:
        add_contribution(meeting, by=None, member=w.members_a1[2], text=payload)
    draft = cell_draft(w.cell_a1, title=SCRIPTS[0])
    # past every form, straight into the tables: what is shown must not lean on what was let in
    Clause.objects.filter(resolution=draft).update(heading=SCRIPTS[2], text=everything)
    Member.objects.filter(pk=w.members_a1[4].pk).update(full_name=SCRIPTS[2][:120])
    AgendaItem.objects.filter(meeting=meeting).update(title=SCRIPTS[1])
    Organisation.objects.filter(pk=w.cell_a1.pk).update(name=f"Chi bộ {SCRIPTS[3]}")
    page, ran = open_page(size=DESK), []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.expose_function("k9x", lambda *_: ran.append(page.url))
    login(page, "secretary")
    addresses = [
        "/",
        "/sinh-hoat/",
        meeting.get_absolute_url(),
        *[
            reverse("hoithao:run", args=[meeting.pk, step])
            for step in ("khai-mac", "diem-danh", "noi-dung", "thao-luan", "ket-luan")
        ],
        reverse("hoithao:agenda_edit", args=[meeting.pk]),
        draft.get_absolute_url(),
        draft.get_text_url(),
        "/nghi-quyet/",
        "/to-chuc/dang-vien/",
        w.members_a1[4].get_absolute_url(),
        w.cell_a1.get_absolute_url(),
        *[f"/tim/?q={payload.replace('#', '')}" for payload in SCRIPTS[:4]],
    ]
    shown = 0
    for address in addresses:
        page.goto(address, wait_until="load")
        for box in page.query_selector_all("main input:not([type=hidden]):not([type=checkbox]), main textarea")[:3]:
            box.focus()
        shown += "k9x" in page.inner_text("body") or "k9x" in page.content()
        assert (
            page.evaluate("document.querySelectorAll('main script:not([src]), iframe, [onerror], [onfocus]').length")
            == 0
        )
    assert ran == []
    assert shown >= 10, "hardly a page showed a payload: nothing was tested"
