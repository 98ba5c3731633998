"""What must hold is derived again, at every stage of the road; a row put wrong behind our back is named."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from portal.invariants import all_checks
from portal.record import sequence

pytestmark = pytest.mark.django_db


def faults() -> list[str]:
    """Everything any check finds wrong; a test's login is the web role's, so the database's rules hold too."""
    sequence()
    return [f"{title}: {fault}" for title, check in all_checks() for fault in check()]


def test_an_empty_portal_holds(db):
    assert faults() == []


def test_everything_holds_after_the_whole_road(make, clock):
    make.signed_agreement(clock)

    assert faults() == []


def test_everything_holds_while_bids_are_sealed(make, clock):
    board = make.board()
    make.sealed_bid(board)
    make.bid(board)

    assert faults() == []


def test_the_command_names_what_it_looked_at(make, clock):
    make.locked_panel(clock)
    sequence()
    told = StringIO()

    call_command("check_invariants", stdout=told)

    assert "lives against the record: holds" in told.getvalue()
    assert "scores and ranks: holds" in told.getvalue()


WRONG = {
    "challenges_score": "UPDATE challenges_score SET official = official + 1 WHERE rank = 2",
    "challenges_box": "UPDATE challenges_box SET root = decode(repeat('00', 32), 'hex')",
    "challenges_bid": "UPDATE challenges_bid SET state = 'selected' WHERE state = 'ranked' AND id = (SELECT min(id::text)::uuid FROM challenges_bid)",
    "challenges_criterion": "UPDATE challenges_criterion SET weight_percent = weight_percent - 1 WHERE position = 1",
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", WRONG)
def test_a_row_put_wrong_by_the_owner_is_found(make, clock, owner_connection, table):
    make.locked_panel(clock)
    assert faults() == []

    owner_connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner_connection.execute(WRONG[table])
    owner_connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    owner_connection.commit()

    assert len(faults()) >= 1
    with pytest.raises(CommandError):
        call_command("check_invariants", stdout=StringIO())
