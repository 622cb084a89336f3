"""The ground floor: no tables, no pages; everything else may stand on it."""
