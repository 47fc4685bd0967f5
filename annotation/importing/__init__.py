"""What comes in from outside, before the workflow sees it: folders, records, files."""
