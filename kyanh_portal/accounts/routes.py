"""Addresses without an access rule: open to strangers, or to everybody who is signed in."""

PUBLIC_ROUTES = ["livez", "readyz", "account_login"]
SIGNED_IN_ROUTES = ["account_logout"]
