"""Valkey of our own: broker, cache and sessions; in memory only, loopback only, with a password, never as root."""

import signal
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import redis

from portal.local import binaries, places
from portal.local.children import Child, account, start
from portal.local.postgres import CLEAN
from portal.local.trouble import Trouble, last_line

DATABASES = 64


@dataclass
class Valkey:
    """One server; it keeps nothing on the disk, since whatever must last is in PostgreSQL."""

    folder: Path
    log: Path
    password: str
    port: int = 0
    child: Child | None = None

    def start(self) -> None:
        """Start it and wait until it answers; its configuration goes through a pipe, so no file holds the password."""
        program = self.reachable(binaries.valkey_server())
        data = places.owned_folder(self.folder / "valkey")
        for _ in range(3):
            self.port = places.free_port()
            lines = (
                f"port {self.port}", "bind 127.0.0.1", f"requirepass {self.password}", 'save ""', "appendonly no",
                f"databases {DATABASES}", "maxmemory-policy noeviction", f"dir {data}", "loglevel warning",
            )  # fmt: skip
            self.child = start(
                "Valkey",
                [program, "-"],
                log=self.log,
                env=CLEAN,
                ends_on=signal.SIGTERM,
                as_account=account(),
                cwd=Path("/"),
                given="\n".join(lines).encode() + b"\n",
            )
            if self.answers():
                return
        raise Trouble(f"Valkey did not start: {last_line(self.log)}")

    def reachable(self, program: Path) -> Path:
        """The program, or a copy of it where the servers' account may enter."""
        if places.may_enter(program):
            return program
        copy = self.folder / "programs" / program.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(program.read_bytes())
        copy.chmod(0o755)
        copy.parent.chmod(0o755)
        return copy

    def answers(self, patience: float = 20) -> bool:
        """Wait until it answers a ping."""
        until = time.monotonic() + patience
        while time.monotonic() < until and self.child.alive():
            try:
                with redis.Redis.from_url(self.url(0)) as client:
                    return client.ping()
            except (OSError, redis.RedisError):
                time.sleep(0.05)
        return False

    def url(self, number: int) -> str:
        """The address of one of its databases."""
        return f"redis://:{quote(self.password)}@127.0.0.1:{self.port}/{number}"

    def stop(self) -> None:
        """Stop it; it has nothing to save."""
        if self.child is not None:
            self.child.stop()


def check(url: str) -> None:
    """Raise Trouble when a configured Redis does not answer."""
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=10) as client:
            client.ping()
    except (OSError, ValueError, redis.RedisError) as error:
        raise Trouble(f"The server of REDIS_URL does not answer: {error}") from None
