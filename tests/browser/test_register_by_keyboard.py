"""Every page of the register by Tab alone: each stop reached, in the page's order, with a ring that is seen, and no trap."""

import re

import pytest
from django.urls import reverse

from tests.access_lines import ROUTES
from tests.access_objects import objects_of
from tests.browser.test_every_page import SHAPE
from tests.browser.tools import DESK, PHONE, login

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
FILES = re.compile("_pdf$|_ids$|number_show$|by_number$")

# Number every stop a keyboard must reach and keep its look at rest. Of a radio group one is a stop. A closed fold keeps its fields.
STOPS = """() => {
  const look = e => { const s = getComputedStyle(e); return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow].join(' '); };
  const groups = {};
  for (const e of document.querySelectorAll('input[type=radio]')) { const k = (e.form ? [...document.forms].indexOf(e.form) : '') + e.name; if (!groups[k] || e.checked) groups[k] = e; }
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter(e => !e.disabled && e.type !== 'hidden' && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}))
    .filter(e => e.type !== 'radio' || Object.values(groups).includes(e));
  window.looks = all.map(e => [look(e), e.labels && e.labels[0] ? look(e.labels[0]) : '']);
  window.stops = all; window.look = look;
  return all.map(e => (e.tagName + ' ' + (e.name || e.textContent.trim() || e.getAttribute('aria-label') || '')).slice(0, 50));
}"""
# The stop that has the focus now: its number, whether a ring shows, whether it can be seen (bars and edges), where it is.
HERE = """async () => {
  const e = document.activeElement, n = window.stops.indexOf(e);
  if (n < 0) return [n, e.tagName];
  const label = e.labels && e.labels[0], thin = e.getBoundingClientRect().width < 3;
  const ring = window.look(e) !== window.looks[n][0] || (label && window.look(label) !== window.looks[n][1]);
  const seen = () => [...(label && thin ? label : e).getClientRects()].some(r => { const at = document.elementFromPoint(r.left + r.width / 2, r.top + Math.min(r.height / 2, 20));
    return at && (e.contains(at) || at.contains(e) || (label && (label.contains(at) || at.contains(label)))); });
  let over = seen();
  for (let n = 0; n < 30 && !over; n++) { await new Promise(requestAnimationFrame); over = seen(); }  // a browser may glide there
  const box = e.getBoundingClientRect();
  return [n, Boolean(ring), over, Math.round(box.left), Math.round(box.top + scrollY), Math.round(box.right), Math.round(box.bottom + scrollY), Boolean(e.closest('.k-top, .k-tabs, .k-skip')), e.type];
}"""


def walk(page, address, wrong):
    """Tab from the top of the page to its end."""
    names = page.evaluate(STOPS)
    met, before = [], None
    for _ in range(4 * len(names)):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        number = here[0]
        if met and number == met[-1] and here[8] in ("date", "datetime-local", "month"):
            continue  # day, month, year and the calendar of one date, hour and minute
        if number < 0 or number in met:
            break
        met.append(number)
        if not here[1]:
            wrong.append((address, "no ring", names[number]))
        if not here[2]:
            wrong.append((address, "focus is hidden", names[number]))
        if not here[7]:
            box = here[3:7]
            if before and (
                box[3] <= before[1] and box[0] < before[2] or abs(box[1] - before[1]) < 4 and box[0] < before[0]
            ):
                wrong.append((address, "against the page", names[number], box, before))
            before = box
    if len(met) < len(names):
        missed = [names[n] for n in range(len(names)) if n not in met]
        wrong.append((address, "not reached", missed[:4], met[:12]))
    return len(met)


def folds(page, address, wrong):
    """Each fold opens by Enter and by Space, closes by Escape, and the focus is back on its summary."""
    for fold in page.query_selector_all("details > summary"):
        if not fold.is_visible():
            continue
        fold.focus()
        opened = "e => e.parentElement.open"
        was = fold.evaluate(opened)
        for key in ("Enter", "Space"):
            page.keyboard.press(key)
            if fold.evaluate(opened) == was:
                wrong.append((address, f"{key} does not turn the fold"))
            was = fold.evaluate(opened)
        if not was:
            page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        if not fold.evaluate("e => e.parentElement.contains(document.activeElement)"):
            page.keyboard.press("Shift+Tab")  # nothing in it to step to: the focus was on the next thing of the page
        page.keyboard.press("Escape")
        if fold.evaluate(opened) or not fold.evaluate("e => e === document.activeElement"):
            wrong.append((address, "Escape does not close the fold and give the focus back"))


walked: set[str] = set()  # routes the first role walked: the second takes those that only it may open


def addresses(world):
    """One address of every route of the register, at the cell of the secretary where it can be."""
    things = objects_of(world)
    for name, line in ROUTES.items():
        if name.startswith("chibo:") and not FILES.search(name):
            yield name, reverse(name, args=things[line.about][0].args if line.about else ())


@pytest.mark.parametrize(("role", "size"), [("secretary", PHONE), ("organising", DESK)])
def test_the_register_by_keyboard(committed_world, open_page, role, size):
    page, wrong, seen, steps = open_page(size), [], set(), 0
    pages = list(addresses(committed_world))
    login(page, role)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"  # the skip link leads past the menu
    for name, address in pages:
        if name in walked:
            continue
        answer = page.goto(address)
        if answer.status != 200 or "html" not in answer.headers["content-type"]:
            continue  # not this role's, or takes a POST only: tests/test_access_matrix.py
        shape = page.evaluate(SHAPE)
        if shape in seen:
            continue
        seen.add(shape)
        walked.add(name)
        steps += walk(page, address, wrong)
        folds(page, address, wrong)
    assert len(seen) > 12 and steps > 250
    assert wrong == [], f"{len(wrong)}\n" + "\n".join(map(str, wrong[:40]))
