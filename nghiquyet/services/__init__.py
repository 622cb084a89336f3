"""How resolutions are drafted, adopted and issued."""
