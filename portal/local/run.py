"""./dev run: services, set-up, web, worker and beat; one screen; and all of it stopped again."""

import argparse
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping

from portal.local import places, servers
from portal.local.children import ROOT, Child, start
from portal.local.manage import LOCAL, LOCK, LOGS, machine, variables
from portal.local.ports import binds
from portal.local.preparing import collect, migrate, prepare, seed, words
from portal.local.screen import screen
from portal.local.services import Services
from portal.local.trouble import Trouble, last_line

BUSY = "Another ./dev is at work in this folder; stop it first."
RESTARTS, RESTART_SECONDS = 3, 60


def arguments_of(words_typed: list[str]) -> argparse.Namespace:
    """--port, --demo, --check."""
    parser = argparse.ArgumentParser(prog="./dev run", description="The whole portal on this machine; Ctrl-C stops it.")
    parser.add_argument("--port", type=int, help="the web address's port (8000; with --check any free one)")
    parser.add_argument("--demo", action="store_true", help="put the demo into a configured, empty database too")
    parser.add_argument("--check", action="store_true", help="start, send one job through the worker, stop")
    return parser.parse_args(words_typed)


def run(words_typed: list[str]) -> int:
    """Start everything, serve until stopped, stop everything; the exit code."""
    asked = arguments_of(words_typed)
    port = asked.port if asked.port is not None else places.free_port() if asked.check else 8000
    addresses = binds(port)
    with places.hold(LOCK, "run", BUSY):
        began = time.monotonic()
        services = machine()
        children: list[Child] = []
        try:
            check_variables(variables(services.planned(), port))
            say("starting PostgreSQL and Valkey …")
            values = variables(services.start(), port)
            places.write_secret(LOCAL, values)
            set_up(services, values, demo=asked.demo)
            say("starting web, worker and beat …")
            children += start_servers(addresses, values)
            wait_until_ready(port, children)
            if asked.check:
                return round_trip(values)
            show(port, values, time.monotonic() - began)
            supervise(services, children, values, addresses)
        finally:
            stop(children, services)
    return 0


def say(sentence: str) -> None:
    """One line of progress."""
    print(f"dev: {sentence}", flush=True)


def check_variables(values: Mapping[str, str]) -> None:
    """Raise Trouble with the portal's own sentence when a variable is missing or wrong."""
    command = [sys.executable, "-m", "portal.settings.env"]
    read = subprocess.run(command, cwd=ROOT, env={**os.environ, **values}, capture_output=True, text=True)
    if read.returncode:
        raise Trouble(read.stderr.strip().splitlines()[-1])


def set_up(services: Services, values: Mapping[str, str], *, demo: bool) -> None:
    """Tables, words and static files side by side; then the demo, in our own database or where it is asked for."""
    say("preparing tables, words and static files …")
    unknown = services.postgres is None or services.postgres.fresh
    prepare([migrate(services.folder, always=unknown), collect(), words()], values, services.logs)
    if services.own_database or demo:
        say("preparing the demo …")
        prepare([seed(services.folder, always=unknown)], values, services.logs)


def start_servers(addresses: list[str], values: Mapping[str, str]) -> list[Child]:
    """Web, worker and beat, with the arguments of the compose file."""
    commands = {"web": servers.web(*addresses), "worker": servers.WORKER, "beat": servers.BEAT}
    return [start_server(name, command, values) for name, command in commands.items()]


def start_server(name: str, command, values: Mapping[str, str]) -> Child:
    """One server; its log begins anew with each ./dev run."""
    log = LOGS / f"{name}.log"
    log.unlink(missing_ok=True)
    env = {**os.environ, **values, "PYTHONUNBUFFERED": "1"}
    return start(name, [sys.executable, "-m", *command], log=log, env=env)


def wait_until_ready(port: int, children: list[Child], patience: float = 90) -> None:
    """Wait for /readyz; Trouble when a server ends or something is still missing after that time."""
    until = time.monotonic() + patience
    answer = "it does not answer"
    while time.monotonic() < until:
        for child in children:
            child.must_live()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10):
                return
        except urllib.error.HTTPError as error:
            answer = told_by(error.read())
        except OSError:
            pass
        time.sleep(0.1)
    raise Trouble(f"The portal is not ready: {answer} Logs are in var/log.")


def told_by(body: bytes) -> str:
    """The sentences of an answer of /readyz."""
    try:
        return " ".join(json.loads(body)["missing"])
    except (ValueError, KeyError, TypeError):
        return "/readyz failed."


def round_trip(values: Mapping[str, str]) -> int:
    """One job through outbox, relay, broker and worker; 0 when it came back."""
    return subprocess.run(
        [sys.executable, "manage.py", "check_jobs"], cwd=ROOT, env={**os.environ, **values}
    ).returncode


def show(port: int, values: Mapping[str, str], seconds: float) -> None:
    """The one screen: address, demo accounts, how to stop."""
    command = [sys.executable, "manage.py", "demo_accounts"]
    accounts = subprocess.run(command, cwd=ROOT, env={**os.environ, **values}, capture_output=True, text=True)
    print(screen(f"http://localhost:{port}", seconds, accounts.stdout if accounts.returncode == 0 else ""), flush=True)


def supervise(services: Services, children: list[Child], values: Mapping[str, str], addresses: list[str]) -> None:
    """Watch until we are stopped: start a server that ended again, and give up when that does not help."""
    commands = {"web": servers.web(*addresses), "worker": servers.WORKER, "beat": servers.BEAT}
    restarted: list[float] = []
    while True:
        time.sleep(0.5)
        services.must_live()
        for place, child in enumerate(children):
            if child.alive():
                continue
            restarted = [moment for moment in restarted if time.monotonic() - moment < RESTART_SECONDS]
            if len(restarted) >= RESTARTS:
                child.must_live()
            restarted.append(time.monotonic())
            say(f"{child.name} ended ({last_line(child.log)}); starting it again.")
            children[place] = start_server(child.name, commands[child.name], values)


def stop(children: list[Child], services: Services) -> None:
    """Stop what we started and nothing else, the last first; a second signal does not cut this short."""
    places.ignore_signals()
    for child in children:
        child.ask()
    for child in reversed(children):
        child.stop()
    services.stop()
