"""Predictions of many clips against their references: all metrics, chance rows, intervals."""
