"""Words and marks of the pages: icons, status chips, dates and numbers the Vietnamese way."""

import datetime as dt

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html

from kyanh_portal.base import calendar

register = template.Library()

# kind of status → (icon, class)
STATUS = {
    "ok": ("ok", "is-ok"),
    "doing": ("doing", "is-doing"),
    "soon": ("soon", "is-soon"),
    "late": ("late", "is-late"),
    "wait": ("wait", "is-wait"),
    "locked": ("lock", ""),
    "draft": ("draft", ""),
    "silent": ("quiet", "is-soon"),
    "none": ("none", "is-none"),
    "star": ("star", ""),
}


@register.simple_tag
def icon(name, css=""):
    """{% icon "lock" %}: a line icon, silent for screen readers, since a word always stands beside it."""
    return format_html(
        '<svg class="k-i {}" aria-hidden="true" focusable="false"><use href="{}#i-{}"></use></svg>',
        css, static("img/icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def status(kind, word):
    """{% status "ok" "Đã khóa" %}: icon, word and colour; never a button."""
    name, css = STATUS[kind]
    return format_html('<span class="k-status {}">{}{}</span>', css, icon(name), word)


def _date(value):
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def vn_date(value):
    """03/02/2021"""
    return calendar.vn_date(_date(value)) if value else ""


@register.filter
def vn_date_short(value):
    """03/02"""
    return calendar.vn_date_short(_date(value)) if value else ""


@register.filter
def vn_date_long(value):
    """ngày 03 tháng 02 năm 2021"""
    return calendar.vn_date_long(_date(value)) if value else ""


@register.filter
def vn_weekday(value):
    """thứ Hai"""
    return calendar.weekday(_date(value)) if value else ""


@register.filter
def vn_time(value):
    """19 giờ 30"""
    return calendar.vn_time(value) if value else ""


@register.filter
def clock(value):
    """19:30, for margins."""
    return timezone.localtime(value).strftime("%H:%M") if value else ""


@register.filter
def vn_datetime(value):
    """19 giờ 30, 03/02/2021"""
    return f"{calendar.vn_time(value)}, {calendar.vn_date(_date(value))}" if value else ""


@register.filter
def vn_month(value):
    """12/2020"""
    return f"{value.month}/{value.year}" if value else ""


@register.filter
def vn_number(value):
    """1.234,5"""
    if value is None or value == "":
        return ""
    text = f"{value:,.1f}" if isinstance(value, float) else f"{value:,}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


@register.filter
def share(part, whole):
    """{{ present|share:base }} → 88,2%; nobody counted gives "không xác định"."""
    if not whole:
        return "không xác định"
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10},{tenths % 10}%"


@register.filter
def lines(text):
    """Lines of a text, without the empty ones."""
    return [line for line in (text or "").split("\n") if line.strip()]
