"""At most a few sessions at once: signing in at one more ends the oldest."""

from allauth.account.signals import user_logged_in
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.dispatch import receiver


@receiver(user_logged_in)
def keep_the_newest(sender, request, user, **kwargs):
    """End the oldest sessions beyond settings.SESSIONS_AT_ONCE; remember the browser (KnownDeviceMiddleware)."""
    request.is_fresh_sign_in = True
    others = UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key)
    old = list(others.order_by("-created_at", "-pk").values_list("session_key", flat=True))
    old = old[settings.SESSIONS_AT_ONCE - 1 :]
    Session.objects.filter(session_key__in=old).delete()
    UserSession.objects.filter(user=user, session_key__in=old).delete()
