#!/usr/bin/env python
"""Runs a management command, with the embedded servers beside it when no real ones are named."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    from config.embedded import servers_for

    with servers_for(settings.ENVIRONMENT):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
