"""An attack: raw SQL as the web role, with pgtrigger told to ignore every trigger, and a real commit."""

import psycopg
import pytest


class Attack:
    """Runs statements as the web role and reports how the database refused."""

    def __init__(self, raw: psycopg.Connection) -> None:
        self.raw = raw
        triggers = self.raw.execute(
            "SELECT DISTINCT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'pgtrigger%'"
        ).fetchall()
        assert triggers
        uris = ",".join(f"{table}:{name}" for table, name in self._uris())
        self.ignore = "{" + uris + "}"
        self.raw.rollback()

    def __call__(self, *statements: str, **values: object) -> str:
        """What refused the statements: a constraint's name, or ``denied`` for a missing privilege; ``""`` if nothing did."""
        try:
            with self.raw.transaction():
                self.raw.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [self.ignore])
                for statement in statements:
                    self.raw.execute(statement, values)
        except psycopg.errors.InsufficientPrivilege:
            return "denied"
        except psycopg.IntegrityError as error:
            return error.diag.constraint_name or error.sqlstate
        return ""

    def one(self, statement: str, **values: object) -> object:
        """One value, read back in a transaction of its own."""
        with self.raw.transaction():
            return self.raw.execute(statement, values).fetchone()[0]

    def _uris(self) -> list[tuple[str, str]]:
        return self.raw.execute(
            "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal"
        ).fetchall()


@pytest.fixture
def attack(web_connection, transactional_db) -> Attack:
    """Attacks as the web role."""
    return Attack(web_connection)
