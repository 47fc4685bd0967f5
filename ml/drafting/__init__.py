"""Models that write the first text of a caption, behind one protocol. No Django."""
