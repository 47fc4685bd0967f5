"""The version that exports and the API name; a test compares it with pyproject.toml."""

VERSION = "0.1.0"
