"""PostgreSQL and Valkey together, and the variables by which the portal finds them."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from portal.local import places, postgres, valkey
from portal.local.postgres import OWNER, WEB, Postgres
from portal.local.trouble import Trouble
from portal.local.valkey import Valkey

DATABASE = "jiebang"
PLANNED = {
    "DATABASE_URL": "postgres://web:word@localhost/portal",
    "DATABASE_OWNER_URL": "postgres://owner:word@localhost/portal",
    "REDIS_URL": "redis://localhost/0",
}
"""What the addresses will look like; for checking all other variables before anything is started."""


@dataclass
class Services:
    """What we start ourselves: each of the two unless its variable names a server that is there already."""

    folder: Path
    logs: Path
    secrets: dict[str, str]
    throw_away: bool = False
    configured: dict[str, str] = field(default_factory=dict)
    postgres: Postgres | None = None
    valkey: Valkey | None = None

    def start(self) -> dict[str, str]:
        """Start what is not configured; the variables DATABASE_URL, DATABASE_OWNER_URL, REDIS_URL and the keys.

        Raises Trouble when a server cannot be started or only half of the database is configured.
        """
        self.logs.mkdir(parents=True, exist_ok=True)
        if "DATABASE_URL" in self.configured:
            if "DATABASE_OWNER_URL" not in self.configured:
                raise Trouble(
                    "DATABASE_URL is set, so DATABASE_OWNER_URL is needed too: the login that owns the tables and migrates."
                )
            urls = {name: self.configured[name] for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}
            for name, url in urls.items():
                postgres.check(name, url)
        else:
            self.postgres = Postgres(self.folder, self.logs / "postgres.log", self.secrets, self.throw_away)
            self.postgres.start()
            self.postgres.ensure_database(DATABASE)
            urls = {
                "DATABASE_URL": self.postgres.url(WEB, DATABASE),
                "DATABASE_OWNER_URL": self.postgres.url(OWNER, DATABASE),
            }
        if "REDIS_URL" in self.configured:
            urls["REDIS_URL"] = self.configured["REDIS_URL"]
            valkey.check(urls["REDIS_URL"])
        else:
            self.valkey = Valkey(self.folder, self.logs / "valkey.log", self.secrets["VALKEY_PASSWORD"])
            self.valkey.start()
            urls["REDIS_URL"] = self.valkey.url(0)
        return {**self.planned(), **urls}

    def planned(self) -> dict[str, str]:
        """The variables as they will be, with stand-ins for the addresses of what is not started yet."""
        keys = {name: self.secrets[name] for name in ("SECRET_KEY", *places.KEYS)}
        return {**PLANNED, **keys, **self.configured}

    @property
    def own_database(self) -> bool:
        """Whether the database is ours, so that the demo may be put into it unasked."""
        return self.postgres is not None

    def must_live(self) -> None:
        """Raise Trouble when a server that we started has ended."""
        for service in (self.valkey, self.postgres):
            if service is not None:
                service.child.must_live()

    def stop(self) -> None:
        """Stop what we started, the last first."""
        for service in (self.valkey, self.postgres):
            if service is not None:
                service.stop()


def configured() -> dict[str, str]:
    """The variables of the portal that this shell sets itself."""
    named = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY", *places.KEYS)
    return {name: os.environ[name] for name in named if os.environ.get(name)}
