"""What the tests of the permission table share: a walk through each situation, made once in a process."""

import logging

import pytest
from django.db import connection
from django.template.base import Template
from django.test.utils import _TestState

from tests.permissions.asking import record_what_is_read
from tests.permissions.fields import read_fields
from tests.permissions.reading import read_table
from tests.permissions.remembering import memory
from tests.permissions.situations import Situation
from tests.permissions.walking import Walk, walked_already

AS_OWNER = """
CREATE OR REPLACE FUNCTION tests_as_owner(statement text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE changed bigint;
BEGIN
    EXECUTE statement;
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END $$
"""


@pytest.fixture(autouse=True)
def remembered():
    """What the database answers is remembered from request to request; see ``remembering``."""
    with memory.installed():
        yield


@pytest.fixture
def quiet(monkeypatch):
    """Thousands of requests: their query strings are noted, nothing is logged, and templates keep no copies of their words."""
    record_what_is_read(monkeypatch)
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def written_by_the_owner(owner_connection):
    """While it lasts the owner's hand is in the test's own transaction, so that marks can be undone with it."""
    owner_connection.execute(AS_OWNER)
    owner_connection.commit()
    yield
    owner_connection.execute("DROP FUNCTION tests_as_owner(text)")
    owner_connection.commit()


@pytest.fixture
def new_walk(written_by_the_owner, quiet, make, clock):
    """Begins a walk through a situation, not yet built."""

    def begin(name: str) -> Walk:
        return Walk(name, Situation(make, clock), read_fields())

    return begin


@pytest.fixture
def walked(request):
    """The walk through a situation: every row of the table, for every role."""

    def walk(name: str) -> Walk:
        if name not in walked_already:
            walked_already[name] = request.getfixturevalue("new_walk")(name).through(read_table())
            connection.set_rollback(True)
        return walked_already[name]

    return walk
