"""The tests stand on the same logins as the servers, and leave nothing behind."""

import os
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from portal.clock import portal_now
from portal.models import OutboxJob
from tests import database, services_plugin


@pytest.mark.django_db
def test_default_is_the_web_role():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        )

        assert cursor.fetchone() == ("jiebang_web", False, False, False)


@pytest.mark.django_db
def test_a_test_without_commits_is_rolled_back_at_its_end(owner_connection):
    OutboxJob.objects.create(task="portal.beat_heartbeat", created_at=portal_now())

    assert owner_connection.execute("SELECT count(*) FROM portal_outboxjob").fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_what_a_test_commits_is_gone_afterwards(owner_connection):
    OutboxJob.objects.create(task="portal.beat_heartbeat", created_at=portal_now())
    connection.close()

    database.empty_database()

    assert owner_connection.execute("SELECT count(*) FROM portal_outboxjob").fetchone() == (0,)
    enabled = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'"
    assert owner_connection.execute(enabled).fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_emptying_keeps_what_migrations_wrote(owner_connection):
    before = owner_connection.execute("SELECT count(*) FROM django_migrations").fetchone()

    database.empty_database()

    assert before > (0,)
    assert owner_connection.execute("SELECT count(*) FROM django_migrations").fetchone() == before


def test_the_web_role_may_not_empty_a_table(web_connection):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        web_connection.execute("TRUNCATE portal_outboxjob")


def test_the_servers_log_keeps_no_refused_row(web_connection):
    word = "canary-6f1d0c2e"
    with pytest.raises(psycopg.errors.NotNullViolation):
        web_connection.execute(f"INSERT INTO portal_outboxjob (task, arguments) VALUES ('{word}', '[]')")

    log = Path(os.environ[services_plugin.HANDED].split()[2]).read_text()
    assert "violates not-null constraint" in log
    assert word not in log
