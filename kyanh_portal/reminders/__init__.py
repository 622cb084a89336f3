"""Việc sắp đến hạn: every limit of every app, gathered for the person who must act."""
