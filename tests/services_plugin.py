"""A pytest plugin that starts PostgreSQL and Valkey, and compiles the translations, before Django reads its settings.

It is named in pyproject.toml, so ``python -m pytest`` needs nothing else. The first process
starts the servers; with xdist each further one gets a database and Redis numbers of its own
on them.
"""

import os
from urllib.parse import urlsplit

import pytest

from portal.local import throwaway
from portal.local.preparing import prepare, words
from portal.local.trouble import Trouble

TEST_DATABASE = "test_jiebang"
HANDED = "JIEBANG_TEST_SERVICES"
running: throwaway.ThrowAway | None = None


def begin() -> None:
    """Start the servers when no parent did, and name this process's database in the environment."""
    global running
    number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    if HANDED not in os.environ:
        running = throwaway.start()
        os.environ.update(running.variables)
        postgres = running.services.postgres
        prepare([words()], running.variables, running.services.logs)
        os.environ[HANDED] = f"{postgres.port} {postgres.passwords['POSTGRES_PASSWORD']} {postgres.log}"
    name = f"{TEST_DATABASE}_{number}"
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ[variable] = urlsplit(os.environ[variable])._replace(path=f"/{name}").geturl()
    os.environ["REDIS_URL"] = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{2 * int(number)}").geturl()
    os.environ["SITE_URL"] = "http://testserver"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's own loop runs in the thread of the test


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config, parser, args):
    """Before any conftest and before pytest-django: the services."""
    try:
        begin()
    except Trouble as trouble:
        raise pytest.UsageError(str(trouble)) from None
    return (yield)


def pytest_unconfigure(config) -> None:
    """After the last test: stop what this process started."""
    if running is not None:
        running.stop()
