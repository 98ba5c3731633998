"""The ledger under any sequence of movements: real commits on real PostgreSQL, checked against a plain model of it.

Money moves between the accounts of a small city: in, committed, payable, clearing, paid and back,
also too much, twice, and crookedly. After every step every balance is what the model says.
"""

from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from funding.actions.bookkeeping import TREASURY_OWNER, post
from funding.invariants import balances, entries
from funding.models import Account, LedgerEntry, Posting
from portal.clock import CLOCK, portal_now
from portal.kernel.errors import Refused
from tests.attacks.attack import Attack

AMOUNTS = st.integers(min_value=1, max_value=120)
PLACES = ("appropriation", "committed", "payable", "clearing", "paid")
PLACE = st.sampled_from(PLACES)


class Ledger(RuleBasedStateMachine):
    """The ledger beside a dictionary that says what it should hold."""

    keys = Bundle("keys")
    attack: Attack

    @initialize(amount=AMOUNTS)
    def begin(self, amount: int) -> None:
        self.owner, self.model = uuid4(), dict.fromkeys(PLACES, 0)
        self.source = TREASURY_OWNER
        self.written = LedgerEntry.objects.count()
        self._move(str(uuid4()), ("treasury", self.source), ("appropriation", self.owner), amount)
        self.model["appropriation"] += amount
        self.written += 1

    @rule(target=keys, source=PLACE, there=PLACE, amount=AMOUNTS)
    def move(self, source: str, there: str, amount: int) -> str:
        key = str(uuid4())
        if source == there:
            return key
        if self.model[source] < amount:
            with pytest.raises(Refused, match="account_overdrawn"):
                self._move(key, (source, self.owner), (there, self.owner), amount)
            return key
        self._move(key, (source, self.owner), (there, self.owner), amount)
        self.model[source] -= amount
        self.model[there] += amount
        self.written += 1
        return key

    @rule(key=keys, source=PLACE, there=PLACE, amount=AMOUNTS)
    def repeat(self, key: str, source: str, there: str, amount: int) -> None:
        """A key that was written is never written again; nothing moves."""
        if source != there and LedgerEntry.objects.filter(key=key).exists():
            assert self._move(key, (source, self.owner), (there, self.owner), amount) is None

    @rule(source=PLACE, amount=AMOUNTS, off=st.integers(min_value=-3, max_value=3))
    def write_crookedly(self, source: str, amount: int, off: int) -> None:
        """Raw SQL with legs that do not sum to zero, or one leg only."""
        account = Account.objects.filter(kind=source, owner=self.owner).first()
        other = Account.objects.get(kind="appropriation", owner=self.owner)
        if account is None or account == other:
            return
        legs = [f"INSERT INTO funding_posting (entry_id, account_id, amount_fen) VALUES (%(entry)s, '{other.pk}', {amount})"]
        if off:
            legs.append(
                f"INSERT INTO funding_posting (entry_id, account_id, amount_fen) VALUES (%(entry)s, '{account.pk}', {-amount - off})"
            )
        entry = "INSERT INTO funding_ledgerentry (id, key, kind, reason, at) VALUES (%(entry)s, %(key)s, 'x', '', now())"
        refused = self.attack(entry, *legs, entry=uuid4(), key=str(uuid4()))
        assert refused in ("entry_balanced", "account_never_overdrawn", "posting_not_zero")

    @rule(place=PLACE, amount=AMOUNTS)
    def write_a_balance(self, place: str, amount: int) -> None:
        assert self.attack(f"UPDATE funding_account SET balance_fen = {amount} WHERE kind = '{place}'") == "denied"

    @invariant()
    def everything_is_where_the_model_says(self) -> None:
        if not hasattr(self, "model"):
            return
        held = dict(Account.objects.filter(owner=self.owner).values_list("kind", "balance_fen"))
        assert {kind: held.get(kind, 0) for kind in PLACES} == self.model
        assert LedgerEntry.objects.count() == self.written
        assert sum(Posting.objects.values_list("amount_fen", flat=True)) == 0

    def teardown(self) -> None:
        """At the end every balance is derived again from its postings."""
        assert [*balances(), *entries()] == []

    def _move(self, key: str, source: tuple[str, UUID], there: tuple[str, UUID], amount: int) -> LedgerEntry | None:
        return post(key, kind="test", lines={source: -amount, there: amount}, by=CLOCK, now=portal_now())


@pytest.mark.django_db(transaction=True)
def test_no_sequence_of_movements_loses_or_makes_money(attack):
    Ledger.attack = attack
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
