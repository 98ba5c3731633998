"""manage.py with the variables of this machine, and the services it needs started for as long as it runs."""

import os
import subprocess
import sys

from portal.local import places
from portal.local.children import ROOT
from portal.local.services import Services, configured

LOCK = places.VAR / "run.lock"
LOCAL = places.VAR / "local.env"
LOGS = places.VAR / "log"


def machine() -> Services:
    """The lasting services of this folder: data, passwords and keys stay from one run to the next."""
    places.VAR.mkdir(exist_ok=True)
    places.enough_space(places.VAR)
    folder = places.service_folder(places.VAR / "services")
    return Services(folder, LOGS, places.kept_secrets(places.VAR / "secrets.env"), configured=configured())


def variables(found: dict[str, str], port: int) -> dict[str, str]:
    """All the variables the portal reads, for a portal on this port; what the shell sets itself stays."""
    mine = {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "SITE_URL": f"http://localhost:{port}",
        "EMAIL_URL": "filemail:///var/mail",
        "STORAGE_ROOT": "var/files",
    }
    return {name: os.environ.get(name) or value for name, value in mine.items()} | found


def manage(arguments: list[str]) -> int:
    """Run one command of manage.py, beside a running ./dev run or on its own; its exit code."""
    command = [sys.executable, "manage.py", *arguments]
    if places.holder_of(LOCK) == "run":
        return subprocess.run(command, cwd=ROOT, env={**os.environ, **places.read_values(LOCAL)}).returncode
    with places.hold(LOCK, "manage"):
        services = machine()
        try:
            values = variables(services.start(), port=8000)
            places.write_secret(LOCAL, values)
            return subprocess.run(command, cwd=ROOT, env={**os.environ, **values}).returncode
        finally:
            places.ignore_signals()
            services.stop()
