"""Official papers: what they say, how they are numbered, issued and kept."""
