"""The movable clock of the tests: the owner sets it, everybody reads it."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta

import psycopg
import pytest

from portal.clock import CHINA, portal_now
from tests.making import Make


class Clock:
    """Sets ``portal_now()`` for every connection until the test ends."""

    def __init__(self, owner: psycopg.Connection) -> None:
        self.owner = owner

    def set(self, moment: datetime) -> datetime:
        """Stand still at a moment."""
        self._write("INSERT INTO portal_clock (id, fixed_at) VALUES (1, %s)", moment)
        return moment

    def china(self, year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
        """Stand still at a moment of China time."""
        return self.set(datetime(year, month, day, hour, minute, tzinfo=CHINA))

    def forward(self, **by: float) -> datetime:
        """Stand still this much later than now."""
        return self.set(portal_now() + timedelta(**by))

    def shift(self, by: timedelta) -> None:
        """Run, but this much ahead of the real clock."""
        self._write("INSERT INTO portal_clock (id, shift) VALUES (1, %s)", by)

    def now(self) -> datetime:
        """What doors would pass in."""
        return portal_now()

    def release(self) -> None:
        """Back to the real clock."""
        self.owner.execute("DELETE FROM portal_clock")
        self.owner.commit()

    def _write(self, statement: str, value: object) -> None:
        self.owner.execute("DELETE FROM portal_clock")
        self.owner.execute(statement, [value])
        self.owner.commit()


@pytest.fixture
def clock(request, django_db_setup) -> Iterator[Clock]:
    """The portal's clock in the test's hands."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        held = Clock(owner)
        yield held
        owner.rollback()
        held.release()


@pytest.fixture
def make(request) -> Make:
    """Builds situations; the test names the database fixture it wants, plain ``db`` unless it commits."""
    marker = request.node.get_closest_marker("django_db")
    request.getfixturevalue("transactional_db" if marker and marker.kwargs.get("transaction") else "db")
    return Make()


@pytest.fixture(autouse=True)
def storage(settings, tmp_path) -> None:
    """A store of the test's own."""
    settings.STORAGE_ROOT = tmp_path / "store"
    settings.STORAGES = {
        **settings.STORAGES,
        "vault": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "store"},
        },
    }
