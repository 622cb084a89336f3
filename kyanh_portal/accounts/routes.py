"""Addresses without an access rule: open to strangers, or to everybody who is signed in."""

PUBLIC_ROUTES = [
    "livez",
    "readyz",
    "account_login",
    "account_help",
    "account_inactive",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "hoithao:excuse_tell",  # a member's one-time link
]
SIGNED_IN_ROUTES = [
    "account_home",
    "account_text_size",
    "account_role",
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "usersessions_list",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
]
