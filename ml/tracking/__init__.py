"""Faces through time: one track a person, and which of them the clip is about."""
