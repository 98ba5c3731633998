"""The ledger under attack: entries, postings and balances by raw SQL, with real commits."""

from threading import Barrier, Thread
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings

from funding.actions.bookkeeping import TREASURY_OWNER, post
from funding.models import Account, LedgerEntry, Posting
from portal.clock import CLOCK, portal_now
from portal.kernel.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)

ENTRY = "INSERT INTO funding_ledgerentry (id, key, kind, reason, at) VALUES (%(entry)s, %(key)s, 'x', '', now())"
POSTING = "INSERT INTO funding_posting (entry_id, account_id, amount_fen) VALUES (%(entry)s, {}, {})"


@pytest.fixture
def books() -> dict[str, UUID]:
    """An appropriation that holds 100 fen, and a project's committed account."""
    appropriation, project = uuid4(), uuid4()
    post(
        "begin",
        kind="appropriation",
        lines={("treasury", TREASURY_OWNER): -100, ("appropriation", appropriation): 100},
        by=CLOCK,
        now=portal_now(),
    )
    committed = Account.objects.create(kind="committed", owner=project)
    return {
        "from": Account.objects.get(kind="appropriation").pk,
        "to": committed.pk,
        "appropriation": appropriation,
        "project": project,
    }


def test_an_entry_without_legs_with_one_leg_or_out_of_balance_fails(attack, books):
    entry = uuid4()
    one, two = POSTING.format("%(one)s", "-10"), POSTING.format("%(two)s", "9")
    values = {"entry": entry, "key": "x", "one": books["from"], "two": books["to"]}

    assert attack(ENTRY, **values) == "entry_balanced"
    assert attack(ENTRY, one, **values) == "entry_balanced"
    assert attack(ENTRY, one, two, **values) == "entry_balanced"
    assert attack(ENTRY, one, POSTING.format("%(two)s", "0"), **values) == "posting_not_zero"
    assert LedgerEntry.objects.count() == 1


def test_a_leg_cannot_be_added_to_an_old_entry(attack, books):
    old = LedgerEntry.objects.get().pk

    assert attack(POSTING.format("%(to)s", "5"), entry=old, to=books["to"]) == "entry_balanced"


def test_balances_cannot_be_written(attack, books, owner_connection):
    assert attack("UPDATE funding_account SET balance_fen = 1000000") == "denied"
    assert (
        attack(
            "INSERT INTO funding_account (id, kind, owner, balance_fen) VALUES (gen_random_uuid(), 'paid', gen_random_uuid(), 5)"
        )
        == "account_begins_empty"
    )
    assert attack("SELECT funding_post()") == "denied"
    with pytest.raises(psycopg.errors.CheckViolation, match="by postings only"):
        owner_connection.execute("UPDATE funding_account SET balance_fen = 0")


def test_a_key_is_written_once(attack, books):
    entry = uuid4()
    legs = (POSTING.format("%(one)s", "-10"), POSTING.format("%(two)s", "10"))
    values = {"entry": entry, "key": "begin", "one": books["from"], "two": books["to"]}

    assert attack(ENTRY, *legs, **values) == "funding_ledgerentry_key_key"
    lines = {("appropriation", books["appropriation"]): -10, ("committed", books["project"]): 10}
    assert post("begin", kind="commit", lines=lines, by=CLOCK, now=portal_now()) is None


def test_an_account_cannot_be_overdrawn(books):
    lines = {("appropriation", books["appropriation"]): -101, ("committed", books["project"]): 101}

    with pytest.raises(Refused) as refusal:
        post("too much", kind="commit", lines=lines, by=CLOCK, now=portal_now())

    assert refusal.value.code == "account_overdrawn"
    assert [account.balance_fen for account in Account.objects.order_by("kind")] == [100, 0, -100]


def test_of_eight_withdrawals_at_once_one_gets_the_last_money(books):
    """Each takes 80 of 100 in a transaction of its own, all at the same moment."""
    url, barrier, outcomes = settings.DATABASES["default"], Barrier(8), []

    def withdraw(number: int) -> None:
        with psycopg.connect(
            host=url["HOST"], port=url["PORT"], user=url["USER"], password=url["PASSWORD"], dbname=url["NAME"]
        ) as raw:
            values = {"entry": uuid4(), "key": f"w{number}", "one": books["from"], "two": books["to"]}
            barrier.wait()
            try:
                raw.execute(ENTRY, values)
                raw.execute(POSTING.format("%(one)s", "-80"), values)
                raw.execute(POSTING.format("%(two)s", "80"), values)
                raw.commit()
                outcomes.append("done")
            except psycopg.errors.CheckViolation as error:
                outcomes.append(error.diag.constraint_name)

    threads = [Thread(target=withdraw, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["account_never_overdrawn"] * 7 + ["done"]
    assert Account.objects.get(pk=books["from"]).balance_fen == 20
    assert sum(Posting.objects.values_list("amount_fen", flat=True)) == 0
