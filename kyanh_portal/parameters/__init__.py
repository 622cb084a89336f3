"""Tham số: values that differ by place and time (limits, thresholds, local habits), each with its day and its source."""
