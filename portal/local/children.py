"""Processes that never outlive us: each in a session of its own, told to stop when we die, even by kill -9."""

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.local.trouble import Trouble, last_line

PR_SET_PDEATHSIG = 1
ROOT = Path(__file__).resolve().parent.parent.parent


@cache
def libc() -> ctypes.CDLL | None:
    """The C library where the kernel can tell a child of its parent's death (Linux), or None."""
    return ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(sent: signal.Signals, parent: int):
    """A step between fork and exec: ask for this signal when the parent dies, unless it is dead already."""
    library = libc()

    def step() -> None:
        if library is not None:
            library.prctl(PR_SET_PDEATHSIG, int(sent), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(0)

    return step


@cache
def account() -> pwd.struct_passwd | None:
    """The account that database servers run as: our own (None), or when we are root an unprivileged one."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Trouble(
        "PostgreSQL does not run as root and there is no account named nobody; create one, or run this as an ordinary user."
    )


def dropped(who: pwd.struct_passwd | None) -> dict:
    """The arguments of Popen that make a process run as this account."""
    return {} if who is None else {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


@dataclass
class Child:
    """One running process, how to stop it, and where it writes."""

    name: str
    process: subprocess.Popen
    ends_on: signal.Signals
    log: Path

    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def must_live(self) -> None:
        """Raise Trouble with its last words when it has ended."""
        if not self.alive():
            raise Trouble(f"{self.name} ended unexpectedly: {last_line(self.log)} (log: {shown(self.log)}).")

    def ask(self) -> None:
        """Ask it to stop, without waiting."""
        if self.alive():
            self.process.send_signal(self.ends_on)

    def stop(self, patience: float = 15) -> None:
        """Ask it to stop, wait, and end it and all it started if it does not."""
        if self.alive():
            self.ask()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def shown(path: Path) -> str:
    """A path as people read it: from the project's folder where it lies inside."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def start(
    name: str,
    command: Sequence[str],
    *,
    log: Path,
    env: Mapping[str, str],
    ends_on: signal.Signals = signal.SIGTERM,
    as_account: pwd.struct_passwd | None = None,
    cwd: Path = ROOT,
    given: bytes | None = None,
) -> Child:
    """Start a process that dies with us; ``given`` is what it reads on its standard input.

    Call it from the main thread: the kernel takes the death of the starting thread for ours.
    Raises Trouble when the program cannot be started.
    """
    try:
        with log.open("ab") as out:
            process = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.PIPE if given is not None else subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=dict(env),
                cwd=cwd,
                start_new_session=True,
                preexec_fn=die_with_parent(ends_on, os.getpid()),
                **dropped(as_account),
            )
    except (OSError, subprocess.SubprocessError) as error:
        raise Trouble(f"{name} could not be started: {error}.") from None
    if given is not None:
        process.stdin.write(given)
        process.stdin.close()
    return Child(name, process, ends_on, log)
