"""A rule is a small function: it answers True, or a refusal that says why.

    @allow("nghiquyet.issue", "Ban hành nghị quyết")
    def may_issue(user, resolution): …

A rule about a page without an object takes the user alone.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from kyanh_portal.base.registry import Registry


@dataclass(frozen=True)
class Denied:
    """No, and why: a Vietnamese sentence that also says where to turn."""

    reason: str

    def __bool__(self):
        return False


class AccessDenied(PermissionDenied):
    """Carries the reason to the 403 page and to the audit trail."""

    def __init__(self, rule: str, reason: str):
        super().__init__(reason)
        self.rule = rule
        self.reason = reason


@dataclass(frozen=True)
class Rule:
    name: str
    title: str
    judge: Callable
    needs_object: bool


rules: Registry[Rule] = Registry("access rule")


def allow(name: str, title: str):
    """Register the decorated function as the rule `name`; `title` is its Vietnamese description."""

    def register(judge):
        needs_object = len(inspect.signature(judge).parameters) > 1
        rules.add(name, Rule(name, title, judge, needs_object))
        return judge

    return register


def verdict(name: str, user, target=None) -> "bool | Denied":
    """What the rule answers for this user (and object). Never raises for a refusal."""
    rule = rules.get(name)
    if not user.is_authenticated:
        return Denied("Đồng chí cần đăng nhập.")
    answer = rule.judge(user, target) if rule.needs_object else rule.judge(user)
    if answer is True or isinstance(answer, Denied):
        return answer
    return Denied(f"Vai trò của đồng chí không có quyền: {rule.title.lower()}.") if not answer else True


def require(name: str, user, target=None) -> None:
    """Raise AccessDenied with the reason unless the rule agrees."""
    answer = verdict(name, user, target)
    if answer is not True:
        raise AccessDenied(name, answer.reason)


@allow("portal.signed_in", "Mọi người đã đăng nhập")
def is_signed_in(user):
    return True
