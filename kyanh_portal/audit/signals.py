"""Sign-in, sign-out and failed sign-in go into the trail."""

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

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
