"""What happened: an append-only trail, each entry sealed with the one before."""
