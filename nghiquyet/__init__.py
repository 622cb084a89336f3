"""What we decide and do: resolutions, from the draft to the issued paper."""
