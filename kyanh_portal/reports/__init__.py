"""Figures on demand: a report is asked for, made by a worker, fetched by who asked."""
