"""The variables of the services that ./dev run keeps on this machine, for commands typed beside it."""

import os

from portal.settings.env import BASE_DIR

LOCAL_FILE = BASE_DIR / "var" / "local.env"


def read_local_file() -> None:
    """Set each variable of var/local.env that the environment does not set itself; nothing when there is no file."""
    if not LOCAL_FILE.exists():
        return
    for line in LOCAL_FILE.read_text().splitlines():
        name, _, value = line.partition("=")
        os.environ.setdefault(name, value)
