"""A missing or wrong variable is one sentence and a non-zero exit; the owner's login is for its commands only."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.settings import env

ROOT = Path(__file__).parent.parent.parent


def said_by_check(**variables: str | None) -> tuple[int, str]:
    """Exit code and error stream of ``manage.py check`` with these variables changed (None: unset)."""
    values = {name: value for name, value in (os.environ | variables).items() if value is not None}
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, cwd=ROOT, env=values, capture_output=True, text=True)
    return done.returncode, done.stderr


def test_a_missing_variable_is_one_sentence():
    code, said = said_by_check(VAULT_KEY=None)

    assert code == 1
    assert said == (
        "manage.py: The variable VAULT_KEY is not set; it should hold: "
        "base64 of 32 bytes; wraps the keys of texts and files.\n"
    )


def test_a_wrong_variable_is_one_sentence_without_its_value():
    code, said = said_by_check(DATABASE_URL="mysql://root:hidden@localhost/x")

    assert code == 1
    assert said == (
        "manage.py: The variable DATABASE_URL is wrong; it should hold: "
        "postgres://user:password@host:port/name of the web role.\n"
    )


@pytest.mark.parametrize(
    ("read", "name", "value"),
    [
        (env.key, "ESCROW_KEY", "not base64!"),
        (env.key, "ESCROW_KEY", base64.b64encode(b"too short").decode()),
        (env.secret, "SECRET_KEY", "short"),
        (env.address, "SITE_URL", "portal.example"),
        (env.level, "LOG_LEVEL", "LOUD"),
        (env.redis, "REDIS_URL", "http://localhost"),
        (env.switch, "DEBUG", "maybe"),
        (env.database, "DATABASE_OWNER_URL", "postgres://localhost"),
    ],
)
def test_wrong_values_are_refused(monkeypatch, read, name, value):
    monkeypatch.setenv(name, value)

    with pytest.raises(ImproperlyConfigured, match=name) as refusal:
        read(name)

    assert value not in str(refusal.value)


def test_only_the_commands_that_make_tables_are_the_owner():
    users = {
        command: env.databases(["manage.py", command])["default"]["USER"]
        for command in ("migrate", "makemigrations", "check", "seed_demo", "shell", "check_invariants")
    }

    assert users == {
        "migrate": "jiebang_owner",
        "makemigrations": "jiebang_owner",
        "check": "jiebang_web",
        "seed_demo": "jiebang_web",
        "shell": "jiebang_web",
        "check_invariants": "jiebang_web",
    }


def test_servers_are_the_web_role_with_a_pool():
    served = env.databases(["gunicorn", "migrate"])["default"]

    assert served["USER"] == "jiebang_web"
    assert served["OPTIONS"]["pool"]["max_size"] == 8


def test_the_cache_takes_the_number_after_the_brokers(monkeypatch):
    monkeypatch.setenv("REDIS_URL", "redis://:word@localhost:6379/4")
    monkeypatch.delenv("REDIS_CACHE_URL", raising=False)

    assert env.redis_cache() == "redis://:word@localhost:6379/5"
