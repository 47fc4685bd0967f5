"""The only code that knows both the platform and the models. Imported by ml workers alone."""
