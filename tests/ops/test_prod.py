"""Production settings pass Django's own deployment checks; pages carry the strict headers everywhere."""

import os
import subprocess
import sys

import pytest

from portal.local.children import ROOT


def test_the_deployment_checks_find_nothing(django_db_setup):
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings.prod"}
    del env["DJANGO_ALLOW_ASYNC_UNSAFE"]  # the tests' own, for the browser
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]

    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr


def test_no_header_allows_inline_code(client):
    policy = client.get("/healthz")["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert {part.strip() for part in policy.split(";")} >= {
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
    }


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_every_answer_carries_the_headers(client, header, value):
    assert client.get("/healthz")[header] == value
