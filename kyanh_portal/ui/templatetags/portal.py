"""Words and marks of the pages: icons, status chips, dates and numbers as they are written here."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html

from kyanh_portal.base import calendar

register = template.Library()

# Kind of a status → its icon. Colour, icon and word always come together (design: never colour alone).
STATUS_ICONS = {
    "ok": "ok",
    "doing": "doing",
    "soon": "soon",
    "late": "late",
    "wait": "wait",
    "locked": "lock",
    "draft": "draft",
    "silent": "quiet",
    "none": "none",
}
_STATUS_CLASSES = {"locked": "is-locked", "draft": "is-draft", "silent": "is-soon"}


@register.simple_tag
def icon(name):
    """A drawing from static/img/icons.svg; hidden from screen readers, so a word must stand beside it."""
    return format_html(
        '<svg class="k-i" aria-hidden="true" focusable="false"><use href="{}#i-{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def status(kind, word):
    """A status chip: `kind` is one of STATUS_ICONS, `word` says it."""
    if kind not in STATUS_ICONS:
        raise template.TemplateSyntaxError(f"status: unknown kind {kind!r}; known: {', '.join(STATUS_ICONS)}")
    return format_html(
        '<span class="k-status {}">{}{}</span>', _STATUS_CLASSES.get(kind, f"is-{kind}"), icon(STATUS_ICONS[kind]), word
    )


@register.simple_tag
def synthetic():
    """The mark beside a single invented figure."""
    return format_html('<span class="k-synth-chip">{}</span>', "giả lập")


def _local_date(value):
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
        return value.date()
    return value if isinstance(value, dt.date) else None


@register.filter
def vn_date(value):
    """18/12/2020; nothing for no date."""
    day = _local_date(value)
    return calendar.vn_date(day) if day else ""


@register.filter
def vn_date_short(value):
    """18/12, for margins."""
    day = _local_date(value)
    return calendar.vn_date_short(day) if day else ""


@register.filter
def vn_time(value):
    """19 giờ 30, in sentences."""
    return calendar.vn_time(value) if isinstance(value, (dt.datetime, dt.time)) else ""


@register.filter
def vn_clock(value):
    """19:30, in margins."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return value.strftime("%H:%M") if isinstance(value, (dt.datetime, dt.time)) else ""


@register.filter
def vn_datetime(value):
    """19 giờ 30, ngày 18/12/2020."""
    return f"{vn_time(value)}, ngày {vn_date(value)}" if isinstance(value, dt.datetime) else vn_date(value)


@register.filter
def vn_number(value, places=None):
    """1.234,5: points between thousands, a comma before decimals; `places` fixes how many decimals."""
    if value is None or value == "":
        return ""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-int(places)), rounding=ROUND_HALF_UP)
    return f"{number:,f}".replace(",", "\u0000").replace(".", ",").replace("\u0000", ".")


@register.filter
def points(value):
    """7,5; 90: points without needless zeros."""
    if value is None or value == "":
        return ""
    try:
        return vn_number(Decimal(str(value)).normalize())
    except InvalidOperation:
        return str(value)


@register.filter
def percent(part, whole=None):
    """88,2%: of a share (0.882), or of part|percent:whole; a dash when there is no base, never a false zero."""
    if part is None or part == "" or (whole is not None and not whole):
        return "–"
    share = Decimal(str(part)) / Decimal(str(whole)) if whole is not None else Decimal(str(part))
    return f"{vn_number(share * 100, 1)}%"


@register.filter
def rows_left(page):
    """How many rows follow this page of a list."""
    return page.paginator.count - page.end_index()


@register.filter
def form_errors(form):
    """(id of the field or "", sentence led by the field's name) for every error: for the summary on top."""
    found = [("", sentence) for sentence in form.non_field_errors()]
    for bound in form:
        name = str(bound.label or "").split(" (không bắt buộc)")[0]
        lead = f"{name}: " if name and len(name) <= 60 and "<" not in name else ""
        found += [(bound.id_for_label or bound.auto_id, f"{lead}{sentence}") for sentence in bound.errors]
    return found


@register.filter
def device(user_agent):
    """A browser's long signature in two words: "Chrome trên Windows"."""
    text = user_agent or ""
    browsers = (
        ("Edg", "Edge"),
        ("CocCoc", "Cốc Cốc"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    )
    systems = (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "máy Mac"),
        ("Linux", "Linux"),
    )
    browser = next((name for mark, name in browsers if mark in text), "Trình duyệt lạ")
    system = next((name for mark, name in systems if mark in text), "máy lạ")
    return f"{browser} trên {system}"
