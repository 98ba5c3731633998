"""Services for one test run: a folder of their own, no safety of data, gone afterwards."""

import fcntl
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from portal.local import places
from portal.local.services import Services

PREFIX = "jiebang-test-"


@dataclass
class ThrowAway:
    """PostgreSQL and Valkey in a temporary folder, which is held by a lock so that nobody sweeps it."""

    folder: Path
    lock: object
    services: Services
    variables: dict[str, str]

    def stop(self) -> None:
        """Stop the servers and remove all they wrote."""
        self.services.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> ThrowAway:
    """Start them; what the shell configures is not used, because tests empty the database they run on."""
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    lock = places.hold(folder / "lock", "test")
    places.enough_space(folder)
    secrets = places.kept_secrets(folder / "secrets.env")
    folder.chmod(0o711)
    services = Services(places.service_folder(folder / "services"), folder / "log", secrets, throw_away=True)
    try:
        found = services.start()
    except BaseException:
        services.stop()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return ThrowAway(
        folder, lock, services, {**found, "STORAGE_ROOT": str(folder / "files"), "EMAIL_URL": "memorymail://"}
    )


def sweep() -> None:
    """Remove the folders of test runs that were killed: those whose lock nobody holds."""
    for folder in Path(tempfile.gettempdir()).glob(PREFIX + "*"):
        try:
            with (folder / "lock").open("r") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue
        shutil.rmtree(folder, ignore_errors=True)
