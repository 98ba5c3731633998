#!/usr/bin/env python3
"""Django's command line for the portal; wrong settings end in one sentence."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Read the settings first, so that a missing variable is a sentence and not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    try:
        settings.INSTALLED_APPS  # noqa: B018  reading one name loads them all
    except ImproperlyConfigured as wrong:
        sys.exit(f"manage.py: {wrong}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
