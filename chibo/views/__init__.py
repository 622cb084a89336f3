"""Pages of organisations, members, roles and accounts."""
