"""What every test may ask for: the database as the web role sees it, raw logins, a worker, a browser."""

import hypothesis
import pytest
from django.utils import translation

pytest_plugins = ["tests.database", "tests.processes", "tests.browsing", "tests.clock", "tests.sharing"]

hypothesis.settings.register_profile(
    "unhurried", parent=hypothesis.settings(), deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")  # how fast a busy machine makes examples says nothing about the code


@pytest.fixture(autouse=True)
def _language_of_the_settings(settings):
    """Each test begins in the portal's own language, whatever the one before it has read."""
    translation.activate(settings.LANGUAGE_CODE)
