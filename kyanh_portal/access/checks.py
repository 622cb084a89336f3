"""Start-up check: every address names an access rule that exists, or stands in a short list of exceptions."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver


def routes(resolver=None, namespace: str = ""):
    """Every (full name, pattern, view callback) of the site, depth first."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or ''}", entry, entry.callback


def rule_of(callback) -> str | None:
    """The access rule a view names: `access` on its class, or on the function itself."""
    view = getattr(callback, "view_class", callback)
    return getattr(view, "access", None)


@register(Tags.security)
def every_view_names_a_rule(app_configs, **kwargs):
    from kyanh_portal.access.rules import rules

    exempt = set(settings.PUBLIC_ROUTES) | set(settings.SIGNED_IN_ROUTES)
    errors = []
    for name, pattern, callback in routes():
        rule = rule_of(callback)
        if rule is None and name not in exempt:
            errors.append(Error(f"The view of {name or pattern.pattern} names no access rule.", id="access.E001"))
        elif rule is not None and rule not in rules:
            errors.append(Error(f"The view {name} names the unknown access rule {rule!r}.", id="access.E002"))
    return errors
