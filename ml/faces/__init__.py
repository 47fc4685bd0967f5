"""Faces in one picture: where they are, whose they may be, and what their parts do."""
