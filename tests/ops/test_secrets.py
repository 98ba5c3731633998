"""No secret stands in the repository, and none has a default: all come from the environment."""

import re
import subprocess

from portal.local.children import ROOT
from portal.settings.env import VARIABLES

SECRET_KINDS = ("secret", "key", "database", "redis", "mail")
SIGNS = (
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]{10}"),
    re.compile(r"\b(AKIA|ASIA)[0-9A-Z]{16}\b"),
    re.compile(r"\b(ghp|gho|ghs|glpat|xox[bp])[_-][0-9A-Za-z]{16,}"),
    re.compile(r"(postgres(ql)?|rediss?|smtp(\+tls)?)://[^/\s:$<{\"']+:(?!password|secret|%s)[^@\s$<{\"']{6,}@(?!host)"),
    re.compile(r"(SECRET_KEY|ESCROW_KEY|VAULT_KEY|SIGNING_KEY)\s*[=:]\s*[\"']?[A-Za-z0-9+/]{32,}"),
)

NO_SECRETS = re.compile(r"A{40}|nobody:nothing@")
"""What the Dockerfile gives manage.py to collect static files with: zeros, and a login that nobody has."""


def tracked() -> list[str]:
    """Every file under version control but the vendored ones and the locks."""
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [name for name in names if not name.startswith(("static/vendor/", "requirements/"))]


def findings(text: str) -> list[str]:
    """What looks like a secret in a text."""
    found = [match.group() for sign in SIGNS for match in sign.finditer(text)]
    return [each for each in found if not NO_SECRETS.search(each)]


def test_no_file_holds_what_looks_like_a_secret():
    found = {}
    for name in tracked():
        path = ROOT / name
        if name != "tests/ops/test_secrets.py" and path.is_file():
            found[name] = findings(path.read_bytes().decode("utf-8", errors="replace"))

    assert {name: signs for name, signs in found.items() if signs} == {}


def test_the_search_sees_a_planted_secret():
    assert findings("DATABASE_URL=postgres://web:Zq81kk20xW@10.0.0.4/jiebang")
    assert findings("SECRET_KEY = 'aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8='")
    assert findings("-----BEGIN PRIVATE KEY-----")


def test_secrets_have_no_default():
    assert [name for name, variable in VARIABLES.items() if variable.kind in SECRET_KINDS and variable.default] == []
