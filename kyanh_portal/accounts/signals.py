"""What happens in the account pages, told to whoever keeps the trail (a higher level than this package)."""

from django.dispatch import Signal

# Sent with verb, user (None: nobody signed in) and facts (plain values).
account_event = Signal()
