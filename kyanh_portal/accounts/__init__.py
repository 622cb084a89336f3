"""Who signs in: accounts, sign-in, sign-out, sessions, second factor."""
