"""What may be done with meetings, programmes and workshops: one function an act."""
