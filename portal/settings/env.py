"""Every variable the portal reads from its environment, with its kind and default.

A variable that is missing or wrong raises ImproperlyConfigured with one sentence that
names it and says what it should be; manage.py and ``dev`` print that sentence and stop.

Which database login a process gets is decided here too, by the name of the command:
``default`` is the web role (DATABASE_URL) everywhere, except that the commands in
OWNER_COMMANDS run as the owner of the tables (DATABASE_OWNER_URL). No serving process
(web, worker, beat) ever opens a connection as the owner.
"""

import base64
import binascii
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

OWNER_COMMANDS = frozenset(
    {"migrate", "makemigrations", "showmigrations", "sqlmigrate", "sqlflush", "flush", "pgtrigger"}
)
"""Commands of manage.py for which ``default`` is the owner's login: they make, show or empty tables."""


@dataclass(frozen=True)
class Variable:
    """One variable: its kind, what it is for, and its default (None: it must be set)."""

    kind: str
    about: str
    default: str | None = None


VARIABLES: Mapping[str, Variable] = {
    "DJANGO_SETTINGS_MODULE": Variable("text", "portal.settings.dev, .test or .prod", "portal.settings.dev"),
    "SECRET_KEY": Variable("secret", "signs sessions and forms; at least 32 random characters"),
    "DATABASE_URL": Variable("database", "postgres://user:password@host:port/name of the web role"),
    "DATABASE_OWNER_URL": Variable(
        "database", "the same database as the owner of its tables; only for migrate and set-up"
    ),
    "REDIS_URL": Variable("redis", "redis://:password@host:port/number; the broker of the jobs"),
    "REDIS_CACHE_URL": Variable("redis", "cache and sessions; by default the database number after the broker's", ""),
    "ALLOWED_HOSTS": Variable("list", "host names the portal answers to, with commas", "localhost,127.0.0.1,[::1]"),
    "SITE_URL": Variable("web", "the portal's own address, as people type it", "http://localhost:8000"),
    "EMAIL_URL": Variable("mail", "smtp+tls://user:password@host:587, filemail:///folder or memorymail://"),
    "DEFAULT_FROM_EMAIL": Variable("text", "the sender of every mail", "Jiebang <portal@localhost>"),
    "STORAGE_ROOT": Variable("folder", "folder of stored files and draft keys"),
    "TREASURY_INBOX": Variable("folder", "folder of the treasury's confirmation files; empty: none is fetched", ""),
    "SMS_GATEWAY": Variable("text", "how text messages are sent: file (a folder, to try things) or http", "file"),
    "SMS_FOLDER": Variable("folder", "folder of the text messages that the file gateway writes", "var/sms"),
    "SMS_URL": Variable("web", "address to which the http gateway posts text messages", ""),
    "SMS_TOKEN": Variable("text", "what the http gateway sends as its bearer token", ""),
    "OIDC_ISSUER": Variable("web", "issuer of the public identity people may sign in with; empty: none", ""),
    "OIDC_NAME": Variable("text", "name of that identity on the sign-in page", "Public identity"),
    "OIDC_CLIENT_ID": Variable("text", "the portal's client id at that issuer", ""),
    "OIDC_CLIENT_SECRET": Variable("text", "the portal's client secret at that issuer", ""),
    "BREACHED_PASSWORDS": Variable("folder", "file of breached passwords, sorted lines of SHA-1; empty: none", ""),
    "ESCROW_KEY": Variable("key", "base64 of 32 bytes; wraps the private key of each box"),
    "VAULT_KEY": Variable("key", "base64 of 32 bytes; wraps the keys of texts and files"),
    "SIGNING_KEY": Variable("key", "base64 of a 32-byte Ed25519 seed; signs receipts and checkpoints"),
    "LOG_LEVEL": Variable("level", "DEBUG, INFO, WARNING or ERROR", "INFO"),
    "WEB_CONCURRENCY": Variable("number", "web processes; read by gunicorn itself", "2"),
    "TRUSTED_PROXIES": Variable("count", "proxies in front of the portal that add X-Forwarded-For", "0"),
    "DEBUG": Variable("switch", "true shows Django's own error pages; development only", "false"),
}

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
BASE_DIR = Path(__file__).resolve().parent.parent.parent


def text(name: str) -> str:
    """The variable's text, stripped; its default when it is not set.

    Raises ImproperlyConfigured when it has no default and is not set.
    """
    variable = VARIABLES[name]
    value = os.environ.get(name, "").strip() or variable.default
    if value is None:
        raise ImproperlyConfigured(f"The variable {name} is not set; it should hold: {variable.about}.")
    return value


def wrong(name: str) -> ImproperlyConfigured:
    """The sentence for a variable whose text is of the wrong kind; it never repeats the text, which may be secret."""
    return ImproperlyConfigured(f"The variable {name} is wrong; it should hold: {VARIABLES[name].about}.")


def names(name: str) -> list[str]:
    """A list with commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def switch(name: str) -> bool:
    """true or false."""
    value = text(name).lower()
    if value not in ("true", "false"):
        raise wrong(name)
    return value == "true"


def key(name: str) -> bytes:
    """The 32 bytes of a key given in base64."""
    try:
        value = base64.b64decode(text(name), validate=True)
    except (binascii.Error, ValueError):
        raise wrong(name) from None
    if len(value) != 32:
        raise wrong(name)
    return value


def secret(name: str) -> str:
    """A secret text of at least 32 characters."""
    value = text(name)
    if len(value) < 32:
        raise wrong(name)
    return value


def folder(name: str) -> Path:
    """A folder, read from the root of the project when it is relative."""
    return BASE_DIR / text(name)


def level(name: str) -> str:
    """A level of logging."""
    value = text(name).upper()
    if value not in LEVELS:
        raise wrong(name)
    return value


def address(name: str) -> str:
    """A web address without its last slash."""
    value = text(name).rstrip("/")
    if not value.startswith(("http://", "https://")):
        raise wrong(name)
    return value


def redis(name: str) -> str:
    """The address of a Redis database."""
    value = text(name)
    if not value.startswith(("redis://", "rediss://", "unix://")):
        raise wrong(name)
    return value


def redis_cache() -> str:
    """The cache's own Redis address, or the broker's with the next database number."""
    if os.environ.get("REDIS_CACHE_URL", "").strip():
        return redis("REDIS_CACHE_URL")
    host, _, number = redis("REDIS_URL").partition("://")[2].rpartition("/")
    scheme = redis("REDIS_URL").partition("://")[0]
    if not number.isdigit():
        raise wrong("REDIS_URL")
    return f"{scheme}://{host}/{int(number) + 1}"


def database(name: str) -> dict:
    """One PostgreSQL connection in Django's form."""
    value = text(name)
    if not value.startswith(("postgres://", "postgresql://")):
        raise wrong(name)
    try:
        found = environ.Env.db_url_config(value)
    except Exception:  # environ raises many kinds, some with the password in them
        raise wrong(name) from None
    if not found.get("NAME") or not found.get("HOST"):
        raise wrong(name)
    return found


def number(name: str) -> int:
    """A whole number of at least 1."""
    value = text(name)
    if not value.isdigit() or int(value) < 1:
        raise wrong(name)
    return int(value)


def count(name: str) -> int:
    """A whole number of at least 0."""
    value = text(name)
    if not value.isdigit():
        raise wrong(name)
    return int(value)


def mail() -> dict[str, object]:
    """Django's mail settings out of EMAIL_URL."""
    value = text("EMAIL_URL")
    try:
        found = environ.Env.email_url_config(value)
    except Exception:  # as above
        raise wrong("EMAIL_URL") from None
    if "filebased" in found["EMAIL_BACKEND"]:
        return {"EMAIL_BACKEND": found["EMAIL_BACKEND"], "EMAIL_FILE_PATH": BASE_DIR / found["EMAIL_FILE_PATH"]}
    return {name: value for name, value in found.items() if value is not None and name != "EMAIL_FILE_PATH"}


def managed(argv: Sequence[str] = sys.argv) -> str:
    """The command of manage.py this process runs, or nothing in a server, a job or a test."""
    return argv[1] if len(argv) > 1 and Path(argv[0]).name == "manage.py" else ""


def databases(argv: Sequence[str] = sys.argv) -> dict[str, dict]:
    """Django's DATABASES: ``default`` alone, as the owner for OWNER_COMMANDS and as the web role for all else.

    Servers share a small pool of connections; a command opens the one it needs.
    """
    command = managed(argv)
    if command in OWNER_COMMANDS:
        return {"default": database("DATABASE_OWNER_URL")}
    default = database("DATABASE_URL")
    if not command:
        default["OPTIONS"] = {**default.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": 8, "timeout": 10}}
    return {"default": default}


READERS = {
    "text": text, "secret": secret, "list": names, "switch": switch, "key": key, "folder": folder, "level": level,
    "web": address, "redis": redis, "database": database, "number": number, "count": count, "mail": lambda name: mail(),
}  # fmt: skip
"""How each kind is read."""


def read_all() -> None:
    """Read every variable that is set or has no default; for ``dev``, which wants to know before it starts servers.

    Raises ImproperlyConfigured for the first that is missing or wrong.
    """
    for name, variable in VARIABLES.items():
        if os.environ.get(name, "").strip() or variable.default is None:
            READERS[variable.kind](name)


if __name__ == "__main__":
    try:
        read_all()
    except ImproperlyConfigured as found:
        sys.exit(str(found))
