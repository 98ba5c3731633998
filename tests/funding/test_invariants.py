"""What must hold of city money is derived again; a row put wrong behind our back is named."""

import pytest

from funding.invariants import CHECKS

WRONG = {
    "funding_account": "UPDATE funding_account SET balance_fen = balance_fen + 1 WHERE kind = 'paid'",
    "funding_instalment": "UPDATE funding_instalment SET payable_fen = payable_fen - 1 WHERE state = 'paid'",
    "funding_approval": "DELETE FROM funding_approval WHERE id = (SELECT id FROM funding_approval LIMIT 1)",
    "funding_posting": "UPDATE funding_posting SET amount_fen = amount_fen + 1 WHERE id = (SELECT min(id) FROM funding_posting)",
    "funding_confirmation": "UPDATE funding_confirmation SET amount_fen = amount_fen + 1",
}


def faults() -> list[str]:
    """Everything the checks of city money find wrong."""
    return [fault for _title, check in CHECKS for fault in check()]


@pytest.mark.django_db(transaction=True)
def test_everything_holds_after_a_payment_and_what_the_owner_puts_wrong_is_found(make, clock, owner_connection):
    clock.china(2026, 7, 3)
    make.confirmed_payment(clock)
    assert faults() == []

    for table, change in WRONG.items():
        with owner_connection.transaction():
            owner_connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            owner_connection.execute(change)
            owner_connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        owner_connection.commit()
        before = faults()
        assert before, table
