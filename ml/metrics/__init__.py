"""How near a caption comes to a reference. Pure functions; what asks a judge gets the judge."""
