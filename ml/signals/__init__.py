"""What a face does, measured: curves, the actions in them, and whether a text fits them."""
