"""{% may "nghiquyet.issue" resolution as may_issue %}: shows only what the user may do."""

from django import template

from kyanh_portal.access.rules import verdict

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context, rule, target=None):
    """True when the signed-in user may; False otherwise."""
    return verdict(rule, context["request"].user, target) is True
