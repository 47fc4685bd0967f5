"""Low-rank training of FaceTrack-MM, as a process whose folder tells all that it does."""
