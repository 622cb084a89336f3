"""Forms of organisations, members, roles and accounts."""
