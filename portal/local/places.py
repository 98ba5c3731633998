"""Folders, passwords and keys of this machine: everything we make lies under var/, secrets readable by us alone."""

import base64
import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterable
from pathlib import Path

from portal.local.children import ROOT, account, dropped
from portal.local.trouble import Trouble

VAR = ROOT / "var"
LEAST_FREE_BYTES = 400 * 1024 * 1024
PASSWORDS = ("POSTGRES_PASSWORD", "OWNER_PASSWORD", "WEB_PASSWORD", "VALKEY_PASSWORD")
KEYS = ("ESCROW_KEY", "VAULT_KEY", "SIGNING_KEY")


def enough_space(folder: Path) -> None:
    """Raise Trouble when the disk is nearly full."""
    if shutil.disk_usage(folder).free < LEAST_FREE_BYTES:
        raise Trouble(
            f"The disk has less than {LEAST_FREE_BYTES // 1024**2} MB left; free some space and run this again."
        )


def write_secret(path: Path, values: dict[str, str]) -> None:
    """Write NAME=value lines that only we can read, whole or not at all."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.writelines(f"{name}={value}\n" for name, value in values.items())
    draft.replace(path)


def read_values(path: Path) -> dict[str, str]:
    """The NAME=value lines of a file; nothing when there is none."""
    if not path.exists():
        return {}
    return dict(line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)


def kept_secrets(path: Path) -> dict[str, str]:
    """Passwords and keys of this installation: made once, then always the same."""
    have = read_values(path)
    made = {name: secrets.token_urlsafe(24) for name in PASSWORDS}
    made |= {"SECRET_KEY": secrets.token_urlsafe(48)}
    made |= {name: base64.b64encode(secrets.token_bytes(32)).decode() for name in KEYS}
    whole = made | have
    if whole != have:
        write_secret(path, whole)
    return whole


def may_enter(folder: Path) -> bool:
    """Whether the account of the database servers reaches this folder."""
    who = account()
    command = ["/bin/sh", "-c", 'test -x "$0"', str(folder)]
    return who is None or subprocess.run(command, cwd="/", **dropped(who)).returncode == 0


def service_folder(wanted: Path) -> Path:
    """``wanted``, or, when we are root in a folder that the servers' account may not enter, one that it may.

    That other folder is bound to ours by name, so the database is found again.
    """
    wanted.mkdir(parents=True, exist_ok=True)
    if account() is None:
        return wanted
    wanted.chmod(0o711)
    if may_enter(wanted):
        return wanted
    named = hashlib.sha256(str(wanted).encode()).hexdigest()[:12]
    elsewhere = Path("/var/lib") / f"jiebang-{named}"
    elsewhere.mkdir(mode=0o711, parents=True, exist_ok=True)
    return elsewhere


def owned_folder(path: Path) -> Path:
    """A folder that only the servers' account may use."""
    path.mkdir(parents=True, exist_ok=True)
    who = account()
    if who is not None:
        os.chown(path, who.pw_uid, who.pw_gid)
    path.chmod(0o700)
    return path


def hold(path: Path, holder: str, sentence: str | None = None):
    """Hold a lock file until we end, with ``holder`` written in it.

    When another process holds it: wait, or raise Trouble with ``sentence`` where one is given.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    held = path.open("a+")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | (fcntl.LOCK_NB if sentence else 0))
    except BlockingIOError:
        held.close()
        raise Trouble(sentence) from None
    held.truncate(0)
    held.write(holder)
    held.flush()
    return held


def holder_of(path: Path) -> str | None:
    """Who holds this lock file now, or None."""
    if not path.exists():
        return None
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            return file.read()
    return None


def free_port() -> int:
    """A port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def digest_of(paths: Iterable[Path]) -> str:
    """One digest of many files: their names and their contents."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def ignore_signals() -> None:
    """From here on stop only when done: we are cleaning up."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
