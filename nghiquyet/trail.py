"""Vietnamese labels of the audit verbs recorded here."""
