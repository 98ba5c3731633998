"""Undoes each request, and reads once what the database answers alike to all of them.

Each request begins at the same rows, since the one before it was undone. So until a request writes
something, the same statement with the same values has the same answer, and most statements are those of
the frame around every page. What a request reads after its first write, what locks, and what is asked
outside a request goes to the database; a statement outside a request that may change something lets
everything be forgotten. A request that changed nothing has nothing to undo.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

QUESTION = re.compile(r"\s*\(?\s*(?:SELECT|WITH)\b", re.IGNORECASE)
LOCKS = re.compile(r"\bFOR (?:NO KEY UPDATE|UPDATE|SHARE|KEY SHARE)\b|\bpg_\w+\(|\b(?:random|now|clock_timestamp)\(", re.IGNORECASE)
WRITES = re.compile(r"\b(?:nextval|setval|set_config|tests_as_owner)\(|\b(?:INSERT INTO|UPDATE|DELETE FROM) \"", re.IGNORECASE)
BLOCK = re.compile(r"SAVEPOINT|RELEASE SAVEPOINT")
LONGEST = 500
"""Rows of an answer that is remembered at most."""

Key = tuple[object, ...]


@lru_cache(maxsize=8192)
def kind_of(sql: str) -> str:
    """What a statement does: it is a question, one that ``locks`` or differs each time, the edge of a ``block``, or it ``writes``."""
    if QUESTION.match(sql) and not WRITES.search(sql):
        return "locks" if LOCKS.search(sql) else "question"
    return "block" if BLOCK.match(sql) else "writes"  # going back to the beginning of a block is a change too


class Memory:
    """What the database has answered at the rows as they are; ``inside`` a request that has perhaps ``written``.

    ``point`` is the savepoint to which a request goes back that has ``touched`` anything.
    """

    def __init__(self) -> None:
        self.known: dict[Key, tuple[list[tuple], Any]] = {}
        self.sees = self.inside = self.written = self.touched = False
        self.point = ""

    @contextmanager
    def installed(self) -> Iterator[None]:
        """While a test lasts every statement of its connection is seen."""
        self.forget()
        connection.make_cursor = lambda cursor: Remembering(cursor, connection)
        self.sees = True
        try:
            yield
        finally:
            del connection.make_cursor
            self.sees = False
            self.forget()

    @contextmanager
    def of_a_request(self) -> Iterator[None]:
        """One request; what it does is undone."""
        self.inside, self.written, self.touched = True, False, not self.sees
        if not self.point or not self.sees:
            self.point = connection.savepoint()
        waiting = len(connection.run_on_commit)
        try:
            yield
        finally:
            del connection.run_on_commit[waiting:]
            connection.needs_rollback = False
            if self.touched:
                connection.savepoint_rollback(self.point)
            self.inside = False

    def key(self, sql: str, values: object) -> Key | None:
        """Under what the answer is remembered; None where the statement has to be asked."""
        kind = self.notice(sql)
        if kind != "question" or not self.inside or self.written:
            return None
        try:
            key = (sql, *((type(value), _hashable(value)) for value in values or ()))
            hash(key)
        except TypeError:
            return None
        return key

    def notice(self, sql: str) -> str:
        """The kind of a statement, which may change something: for the rest of the request, or outside of one for good."""
        kind = kind_of(sql)
        if kind in ("writes", "block") and not self.inside:
            self.forget()
        elif kind == "writes":
            self.written = self.touched = True
        elif kind == "locks":
            self.touched = True
        return kind

    def forget(self) -> None:
        """The rows are others from here on, and undoing goes back to no earlier ones."""
        self.known.clear()
        self.point = ""


def _hashable(value: object) -> object:
    return tuple((type(each), _hashable(each)) for each in value) if isinstance(value, list | tuple) else value


memory = Memory()


class Remembering(CursorWrapper):
    """A cursor that gives a remembered answer where there is one."""

    rows: Iterator[tuple] | None = None
    about: Any = None
    count = 0

    def _execute(self, sql, params, *ignored) -> None:
        self.rows = None
        key = memory.key(sql, params)
        if key is None:
            self._asked(super()._execute, sql, params)
            return
        self.db.validate_no_broken_transaction()
        if key not in memory.known:
            self._asked(super()._execute, sql, params)
            memory.known[key] = (self.cursor.fetchall(), self.cursor.description)
        rows, self.about = memory.known[key]
        if len(rows) > LONGEST:
            del memory.known[key]
        if any(isinstance(value, list | dict) for row in rows for value in row):
            rows = deepcopy(rows)
        self.rows, self.count = iter(rows), len(rows)

    def _executemany(self, sql, param_list, *ignored) -> None:
        self.rows = None
        memory.notice(sql)
        self._asked(super()._executemany, sql, param_list)

    def _asked(self, execute, sql, values) -> None:
        try:
            execute(sql, values)
        except BaseException:
            memory.written = memory.touched = True  # nothing may be recalled in a transaction that has failed
            raise

    def fetchone(self):
        """The next row."""
        return next(self.rows, None) if self.rows is not None else self.cursor.fetchone()

    def fetchmany(self, size=1):
        """The next rows."""
        return [row for _, row in zip(range(size), self.rows, strict=False)] if self.rows is not None else self.cursor.fetchmany(size)

    def fetchall(self):
        """All the rows that are left."""
        return list(self.rows) if self.rows is not None else self.cursor.fetchall()

    def __iter__(self):
        return self.rows if self.rows is not None else super().__iter__()

    @property
    def description(self):
        """The columns."""
        return self.about if self.rows is not None else self.cursor.description

    @property
    def rowcount(self) -> int:
        """How many rows there are."""
        return self.count if self.rows is not None else self.cursor.rowcount
