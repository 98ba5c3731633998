"""The record is made again from its bodies; whatever was tampered with is named."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from portal.clock import CLOCK
from portal.models import Event
from portal.record import record, sequence
from portal.verifying import verify, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(make):
    organisation = make.organisation()
    for number in range(11):
        record("organisation.looked_at", organisation, by=CLOCK, facts={"n": number})
        if number in (4, 7):
            sequence()
    sequence()


def test_a_record_that_nobody_touched_holds(entries):
    assert list(verify()) == []
    assert waiting() == 0


def test_events_that_wait_for_their_number_are_no_fault(entries, make):
    make.organisation()

    assert list(verify()) == []
    assert waiting() > 0


def test_an_empty_record_holds(db):
    assert list(verify()) == []


def test_the_command_says_what_it_looked_at(entries):
    told = StringIO()

    call_command("verify_record", stdout=told)

    assert told.getvalue().startswith("The record holds: ")
    assert f"{Event.objects.count()} entries, 3 checkpoints, 0 batches, 0 events waiting" in told.getvalue()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE portal_event SET body = replace(body, '\"n\":3', '\"n\":4')", "is not the hash of its body"),
        ("UPDATE portal_event SET kind = 'organisation.praised' WHERE kind = 'organisation.looked_at'", "columns of event"),
        ("UPDATE portal_entry SET chain = decode(repeat('00', 32), 'hex') WHERE number = 3", "chain breaks at entry 3"),
        ("DELETE FROM portal_entry WHERE number = 2", "Entry 2 is missing"),
        ("UPDATE portal_treenode SET hash = decode(repeat('00', 32), 'hex') WHERE level = 1 AND index = 0", "Node 1/0"),
        ("UPDATE portal_checkpoint SET signature = repeat('A', 86) || '=='", "not the portal's"),
        ("UPDATE portal_checkpoint SET size = size + 100", "more entries than there are"),
    ],
)
def test_what_was_tampered_with_is_named(make, owner_connection, statement, fault):
    organisation = make.organisation()
    for number in range(11):
        record("organisation.looked_at", organisation, by=CLOCK, facts={"n": number})
    sequence()
    with owner_connection.cursor() as owner:
        for table in ("portal_event", "portal_entry", "portal_treenode", "portal_checkpoint"):
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner.execute(statement)
        for table in ("portal_event", "portal_entry", "portal_treenode", "portal_checkpoint"):
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    owner_connection.commit()

    found = list(verify())

    assert any(fault in sentence for sentence in found), found
    with pytest.raises(CommandError, match="faults in"):
        call_command("verify_record", stdout=StringIO(), stderr=StringIO())
