"""{% may "nghiquyet.issue" resolution as may_issue %}: shows only what the user may do."""

from django import template

from kyanh_portal.access.rules import verdict
from kyanh_portal.access.scope import scope_of

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context, rule, target=None):
    """True when the signed-in user may; False otherwise."""
    return verdict(rule, context["request"].user, target) is True


@register.simple_tag(takes_context=True)
def held_roles(context):
    """[(name, label, whether it is the one shown)] of the signed-in user, the leading one first."""
    scope = scope_of(context["request"].user)
    return [(name, label, name == scope.role_name) for name, label in scope.role_choices]
