"""Forms of meetings and workshops: labels, help and layout."""
