"""Content in, bytes out: PDF, Word and spreadsheets. Nothing is fetched from outside the house."""
