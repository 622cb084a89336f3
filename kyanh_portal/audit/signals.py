"""Sign-in, sign-out and failed sign-in go into the trail."""

from allauth.account.signals import password_changed
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from kyanh_portal.accounts.signals import account_event
from kyanh_portal.audit.record import record
from kyanh_portal.base.stamps import stamp_stopped


@receiver(user_logged_in)
def signed_in(sender, request, user, **kwargs):
    record("account.signed_in", user, by=user)


@receiver(user_logged_out)
def signed_out(sender, request, user, **kwargs):
    if user is not None:
        record("account.signed_out", user, by=user)


@receiver(user_login_failed)
def sign_in_failed(sender, credentials, request=None, **kwargs):
    """The name that was tried, never the password."""
    record("account.sign_in_failed", name=str(credentials.get("username", ""))[:60])


@receiver(stamp_stopped)
def secret_text_stopped(sender, rule, field, place, **kwargs):
    """Who, where and by which rule; never the text."""
    record("secrecy.stopped", rule=rule, field=field, place=place)


@receiver(password_changed)
def password_was_changed(sender, request, user, **kwargs):
    record("account.password_changed", user, by=user)


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def second_factor_changed(sender, request, user, authenticator, signal, **kwargs):
    """Which kind of second factor came, went or was made anew; never its secret."""
    verb = {
        authenticator_added: "account.factor_added",
        authenticator_removed: "account.factor_removed",
    }.get(signal, "account.factor_renewed")
    record(verb, user, by=user, kind=authenticator.type)


@receiver(account_event)
def account_told(sender, verb, user=None, facts=None, **kwargs):
    """What the account pages tell by themselves."""
    record(verb, user, by=user, **(facts or {}))
