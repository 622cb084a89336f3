"""Lists brought in from spreadsheets: check, preview, confirm. Apps say what a row means (see importer.py)."""
