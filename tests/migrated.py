"""The migrated, still empty database, kept as SQL from one test run to the next.

Migrating takes many seconds of processor time; what it leaves behind depends only on the
files named here, so the second run and every further process read it back in one.
A clean clone has nothing kept and migrates for real.
"""

import fcntl
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from portal.local import binaries, places
from portal.local.children import ROOT
from portal.local.postgres import SUPERUSER
from tests import services_plugin

KEPT = places.VAR / "test-schema"
DECIDE = ("*/migrations/*.py", "*/models/*.py", "portal/database.py", "portal/management/commands/migrate.py",
          "requirements/runtime.txt", "tests/database.py", "tests/migrated.py")  # fmt: skip


def bring_up(name: str, migrate: Callable[[], None]) -> None:
    """Fill the fresh database ``name``: from what is kept, or by ``migrate``, keeping the outcome."""
    programs = binaries.postgres_folder()
    if not all(binaries.runs(programs / tool) for tool in ("pg_dump", "psql")):
        migrate()
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    decisive = [path for pattern in DECIDE for path in ROOT.glob(pattern)]
    kept = KEPT / f"{places.digest_of(decisive)[:24]}-{version_of(programs)}.sql"
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            migrate()
            keep(programs, name, kept)
            return
    client(programs, "psql", name, "--no-psqlrc", "--quiet", "--output", os.devnull, "--set", "ON_ERROR_STOP=1",
           "--single-transaction", "--file", str(kept))  # fmt: skip


def keep(programs: Path, name: str, kept: Path) -> None:
    """Write the database down, whole or not at all, and drop what earlier files led to."""
    draft = kept.with_suffix(".new")
    client(programs, "pg_dump", name, "--file", str(draft))
    for older in KEPT.glob("*.sql"):
        older.unlink()
    draft.rename(kept)


def version_of(programs: Path) -> str:
    """The server's version, since a dump is read back by the same one."""
    return subprocess.run(
        [programs / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[2]


def client(programs: Path, tool: str, name: str, *arguments: str) -> None:
    """Run a client program as the superuser of the throw-away cluster."""
    port, password, _ = os.environ[services_plugin.HANDED].split()
    login = {"PGHOST": "127.0.0.1", "PGPORT": port, "PGUSER": SUPERUSER, "PGPASSWORD": password, "PGDATABASE": name}
    done = subprocess.run([programs / tool, *arguments], env={**os.environ, **login}, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{tool}: {done.stderr.strip()}")
