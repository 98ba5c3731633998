"""The tests' database: made and migrated by its owner, then used by the web role, as in service.

Tests without commits are rolled back. Tests that commit (``django_db(transaction=True)``)
are followed by one TRUNCATE as the owner, with the triggers of append-only tables held off
in that one transaction: the web role may do neither.
"""

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase
from psycopg import sql

from portal.local.postgres import OWNER, SUPERUSER, WEB
from portal.settings import env
from tests import services_plugin

KEPT: set[str] = set()
"""Tables that hold rows right after migrate: what migrations wrote is kept, all else is emptied."""


def make_database(name: str) -> None:
    """A fresh database of the owner's, by the superuser of the throw-away cluster."""
    port, password = os.environ[services_plugin.HANDED].split()
    with psycopg.connect(
        host="127.0.0.1", port=port, user=SUPERUSER, password=password, dbname="postgres", autocommit=True
    ) as cluster:
        database, owner, web = sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(WEB)
        cluster.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
        cluster.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(database, owner))
        cluster.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        cluster.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, web))


def migrate_as_owner() -> None:
    """Our own migrate, on ``default`` as the owner; afterwards ``default`` is the web role again."""
    default = connections["default"]
    web_settings = default.settings_dict
    owner = env.database("DATABASE_OWNER_URL")
    default.settings_dict = {**web_settings, "USER": owner["USER"], "PASSWORD": owner["PASSWORD"]}
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        default.close()
        default.settings_dict = web_settings


def tables(cursor: psycopg.Cursor) -> list[str]:
    """Every table of the portal's schema."""
    return [name for (name,) in cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1"
    )]  # fmt: skip


def empty_database() -> None:
    """Empty every table but those of KEPT, as the owner, in one transaction."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner, owner.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '20s'")
        emptied = [sql.Identifier(name) for name in tables(cursor) if name not in KEPT]
        guarded = [sql.Identifier(name) for (name,) in cursor.execute(
            "SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE NOT tgisinternal AND relkind = 'r' AND relnamespace = 'public'::regnamespace"
        ).fetchall() if name not in KEPT]  # fmt: skip
        for table in guarded:
            cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(table))
        cursor.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(sql.SQL(", ").join(emptied)))
        for table in guarded:
            cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(table))


def end_of_committing_test(case: TransactionTestCase) -> None:
    """In place of Django's flush, which runs as the web role and would be refused."""
    connection.close()
    empty_database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> None:
    """Make and migrate the database once; the throw-away cluster takes it along when it goes."""
    with django_db_blocker.unblock():
        make_database(connections["default"].settings_dict["NAME"])
        migrate_as_owner()
    TransactionTestCase._fixture_teardown = end_of_committing_test
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner, owner.cursor() as cursor:
        for name in tables(cursor):
            if cursor.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(name))).fetchone():
                KEPT.add(name)
    KEPT.add("django_migrations")


@pytest.fixture(autouse=True)
def clean_cache(request) -> None:
    """Tests that use the database begin with an empty cache."""
    if request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(request.fixturenames):
        cache.clear()


@pytest.fixture
def owner_connection(django_db_setup) -> Iterator[psycopg.Connection]:
    """A raw connection as the owner of the tables; commit yourself, what is open is rolled back."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as raw:
        yield raw
        raw.rollback()


@pytest.fixture
def web_connection(django_db_setup) -> Iterator[psycopg.Connection]:
    """A raw connection as the web role, for attacks; commit yourself, what is open is rolled back."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as raw:
        yield raw
        raw.rollback()
