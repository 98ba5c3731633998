"""The tests' database: made and migrated by its owner, then used by the web role, as in service.

Tests without commits are rolled back. Tests that commit (``django_db(transaction=True)``)
are followed by one transaction of the owner that deletes their rows, with the triggers of
append-only tables held off inside it: the web role may do neither.
"""

import os
from collections.abc import Iterator
from graphlib import TopologicalSorter

import psycopg
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase
from psycopg import sql

from portal.local.postgres import OWNER, SUPERUSER, WEB
from portal.settings import env
from tests import migrated, services_plugin

KEPT: set[str] = set()
"""Tables that hold rows right after migrate: what migrations wrote is kept, all else is emptied."""


def make_database(name: str) -> None:
    """A fresh database of the owner's, by the superuser of the throw-away cluster."""
    port, password, _ = os.environ[services_plugin.HANDED].split()
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


def children_first(cursor: psycopg.Cursor) -> list[str]:
    """Every table but those of KEPT, before the tables it refers to by a key that is checked at once."""
    references = cursor.execute(
        "SELECT child.relname, parent.relname FROM pg_constraint"
        " JOIN pg_class child ON child.oid = conrelid JOIN pg_class parent ON parent.oid = confrelid"
        " WHERE contype = 'f' AND NOT condeferrable AND conrelid <> confrelid"
    ).fetchall()
    order = TopologicalSorter(dict.fromkeys(tables(cursor), ()))
    for child, parent in references:
        order.add(parent, child)
    return [name for name in order.static_order() if name not in KEPT]


def with_rows(cursor: psycopg.Cursor) -> list[sql.Identifier]:
    """The tables that hold rows now, in the order in which they can be emptied."""
    looks = [
        sql.SQL("SELECT {} WHERE EXISTS (SELECT 1 FROM {})").format(sql.Literal(name), sql.Identifier(name))
        for name in children_first(cursor)
    ]
    return [sql.Identifier(name) for (name,) in cursor.execute(sql.SQL(" UNION ALL ").join(looks)).fetchall()]


def empty_database() -> None:
    """Delete the rows of every table but those of KEPT, as the owner, in one transaction.

    Deleting the few rows of a test is several times quicker than truncating every table.
    """
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner, owner.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '20s'")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        emptied = with_rows(cursor)
        for table in emptied:
            cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(table))
        for table in emptied:
            cursor.execute(sql.SQL("DELETE FROM {}").format(table))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in emptied:
            cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(table))


def end_of_committing_test(case: TransactionTestCase) -> None:
    """In place of Django's flush, which runs as the web role and would be refused."""
    connection.close()
    empty_database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> None:
    """Make and migrate the database once; the throw-away cluster takes it along when it goes."""
    with django_db_blocker.unblock():
        name = connections["default"].settings_dict["NAME"]
        make_database(name)
        migrated.bring_up(name, migrate_as_owner)
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
