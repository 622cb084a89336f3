"""Pages of meetings, programmes and workshops."""
