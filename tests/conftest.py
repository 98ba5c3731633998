"""What every test may ask for: the database as the web role sees it, raw logins, a worker, a browser."""

import pytest
from django.utils import translation

pytest_plugins = ["tests.database", "tests.processes", "tests.browsing", "tests.clock"]


@pytest.fixture(autouse=True)
def _language_of_the_settings(settings):
    """Each test begins in the portal's own language, whatever the one before it has read."""
    translation.activate(settings.LANGUAGE_CODE)
