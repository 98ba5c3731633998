"""./dev run in a fresh copy of the project: it serves, says what is wrong in a sentence, and leaves nothing behind."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.local import places, throwaway
from portal.local.children import ROOT
from tests import services_plugin

SET_BY_US = {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY", "SITE_URL", "EMAIL_URL", "STORAGE_ROOT",
             "DJANGO_SETTINGS_MODULE", services_plugin.HANDED, *places.KEYS}  # fmt: skip


def command(*arguments: str) -> list[str]:
    """What ./dev goes on with, in the environment that the tests have already."""
    return [sys.executable, "-m", "portal.local", *arguments]


def outside() -> dict[str, str]:
    """The environment without what the tests themselves set."""
    return {name: value for name, value in os.environ.items() if name not in SET_BY_US}


def of_place(place: Path) -> list[str]:
    """The command lines of all processes that work in this folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if line and (str(place) in line or (process / "cwd").readlink().is_relative_to(place)):
                found.append(line)
        except OSError:
            continue
    return found


def nothing_left(place: Path, seconds: float = 30) -> list[str]:
    """What still runs there after some patience; hopefully nothing."""
    until = time.monotonic() + seconds
    while (left := of_place(place)) and time.monotonic() < until:
        time.sleep(0.1)
    return left


def copy_project(folder: Path) -> None:
    """What git knows or would take, as it stands now."""
    listing = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    listed = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A copy of the project in which ``run --check`` has been well."""
    folder = Path(tempfile.mkdtemp(prefix="jiebang-run-"))
    folder.chmod(0o755)
    try:
        copy_project(folder)
        done = subprocess.run(command("run", "--check"), cwd=folder, env=outside(), capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
        assert "A job went through the worker in " in done.stdout
        assert nothing_left(folder) == []
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def running(place) -> Iterator[tuple[subprocess.Popen, int, str]]:
    """A running portal: the process, its port, and the screen it showed."""
    port = places.free_port()
    process = subprocess.Popen(
        command("run", "--port", str(port)),
        cwd=place,
        env=outside(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    screen = ""
    for line in process.stdout:
        screen += line
        if "Stop: Ctrl-C" in line:
            break
    yield process, port, screen
    if process.poll() is None:
        process.terminate()
    process.wait(60)


def test_it_serves_and_one_screen_says_where_and_as_whom(running):
    _, port, screen = running

    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
        assert answer.status == 200
    assert f"http://localhost:{port}\n" in screen
    assert "@" in screen.partition(f"localhost:{port}")[2]


def test_secrets_are_readable_by_nobody_else(place):
    modes = {name: (place / "var" / name).stat().st_mode & 0o777 for name in ("secrets.env", "local.env")}

    assert modes == {"secrets.env": 0o600, "local.env": 0o600}


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_all_it_started(running, place, sent):
    process, _, _ = running

    process.send_signal(sent)

    assert process.wait(60) == 128 + sent
    assert nothing_left(place) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_even_kill_9_leaves_nothing_behind(running, place):
    process, _, _ = running

    process.kill()
    process.wait(10)

    assert nothing_left(place) == []


def test_a_second_run_is_told_in_one_sentence(running, place):
    _, port, _ = running

    def said(*arguments: str) -> tuple[int, str]:
        done = subprocess.run(command("run", *arguments), cwd=place, env=outside(), capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    in_use = f"dev: Port {port} is in use; stop the program that holds it, or choose another with --port.\n"
    assert said("--port", str(port)) == (1, in_use)
    assert said("--port", str(places.free_port())) == (
        1,
        "dev: Another ./dev is at work in this folder; stop it first.\n",
    )
    assert said("--port", "99999") == (1, "dev: 99999 is not a port; choose one from 1024 to 65535 with --port.\n")


def test_half_a_configured_database_is_one_sentence(place):
    env = outside() | {"DATABASE_URL": "postgres://web@localhost/city"}

    done = subprocess.run(command("run", "--check"), cwd=place, env=env, capture_output=True, text=True)

    assert done.returncode == 1
    assert done.stderr == (
        "dev: DATABASE_URL is set, so DATABASE_OWNER_URL is needed too: the login that owns the tables and migrates.\n"
    )


def test_a_wrong_variable_is_one_sentence(place):
    env = outside() | {"VAULT_KEY": "rubbish"}

    done = subprocess.run(command("run", "--check"), cwd=place, env=env, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (
        1,
        "dev: The variable VAULT_KEY is wrong; it should hold: base64 of 32 bytes; wraps the keys of texts and files.\n",
    )
    assert nothing_left(place) == []


def test_a_full_disk_is_one_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(places, "LEAST_FREE_BYTES", 2**60)

    with pytest.raises(places.Trouble, match="free some space and run this again"):
        places.enough_space(tmp_path)


def test_folders_of_killed_test_runs_are_swept():
    left = Path(tempfile.mkdtemp(prefix=throwaway.PREFIX))
    (left / "lock").touch()
    in_use = Path(tempfile.mkdtemp(prefix=throwaway.PREFIX))
    with places.hold(in_use / "lock", "test"):
        throwaway.sweep()

        assert (left.exists(), in_use.exists()) == (False, True)
    shutil.rmtree(in_use)
