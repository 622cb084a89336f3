"""What may be done with organisations, members, posts, roles and accounts: one function an act."""
