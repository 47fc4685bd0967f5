"""Dataset versions as files: names, formats, archives."""
