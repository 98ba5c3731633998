"""Sealed events stand in batches: one a minute, whether something was sealed or not, and each can be proved."""

import json
from hashlib import sha256

import pytest

from portal import batches
from portal.clock import CLOCK, read_clock
from portal.kernel import merkle
from portal.models import Checkpoint, Entry, Event, SealedBatch, SealedPlace
from portal.queries.proofs import number_of, proof_of
from portal.record import record, sequence
from portal.verifying import verify, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def boards_open(monkeypatch):
    """Whether anything may be sealed, in the test's hands."""
    answers = [True]
    monkeypatch.setattr(batches, "_may_be_sealed", [lambda: answers[0]])
    return answers


@pytest.fixture
def noon(clock):
    """The clock stands at noon."""
    return clock.china(2026, 4, 30, 12)


def some_sealed(make, number: int) -> list[Event]:
    organisation = make.organisation()
    return [record("bid.looked_at", organisation, by=CLOCK, facts={"n": n}, sealed=True) for n in range(number)]


@pytest.mark.parametrize("sealed", [0, 1, 7])
def test_the_record_grows_the_same_whether_something_was_sealed_or_not(make, boards_open, noon, clock, sealed):
    organisation = make.organisation()
    sequence()
    before = Entry.objects.count()
    for n in range(sealed):
        record("bid.looked_at", organisation, by=CLOCK, facts={"n": n}, sealed=True)
    clock.forward(minutes=1)

    placed = sequence()

    assert placed == Entry.objects.count() - before == 1
    assert Checkpoint.objects.latest("size").size == before + 1
    assert SealedPlace.objects.count() == sealed
    assert waiting() == 0
    assert list(verify()) == []


def test_each_minute_has_one_batch(boards_open, noon, clock):
    assert (sequence(), sequence()) == (1, 0)
    clock.forward(seconds=59)
    assert sequence() == 0
    clock.forward(seconds=1)
    assert sequence() == 1
    assert list(SealedBatch.objects.order_by("number").values_list("number", flat=True)) == [0, 1]


def test_after_the_last_board_comes_one_more_batch(boards_open, noon, clock):
    sequence()
    boards_open[0] = False

    grown = []
    for _minute in range(3):
        clock.forward(minutes=1)
        grown.append(sequence())

    assert grown == [1, 0, 0]


def test_without_a_board_there_is_no_batch(boards_open, noon):
    boards_open[0] = False

    assert sequence() == 0


def test_what_is_sealed_all_the_same_is_not_left_lying(make, boards_open, noon):
    boards_open[0] = False
    (event,) = some_sealed(make, 1)

    sequence()

    assert number_of(event) is not None


def test_more_than_a_batch_takes_waits_for_the_next(make, boards_open, noon, clock, monkeypatch):
    monkeypatch.setattr(batches, "MOST", 3)
    some_sealed(make, 4)

    sequence()
    first = waiting()
    clock.forward(minutes=1)
    sequence()

    assert (first, waiting()) == (1, 0)


def test_the_proof_of_a_sealed_event_is_checked_with_nothing_of_ours(make, boards_open, noon):
    alone = some_sealed(make, 1)[0]
    sequence()

    proof = proof_of(alone)

    batch, signed = proof["batch"], proof["checkpoint"]
    leaf, of_batch = (sha256(b"\x00" + body.encode()).digest() for body in (proof["body"], batch["body"]))
    path, in_batch = ([bytes.fromhex(step) for step in steps] for steps in (proof["proof"], batch["path"]))
    root = bytes.fromhex(json.loads(batch["body"])["facts"]["root"])
    assert merkle.verify_inclusion(leaf, batch["index"], batch["size"], in_batch, root)
    assert merkle.verify_inclusion(of_batch, proof["number"], signed["size"], path, bytes.fromhex(signed["root"]))
    assert proof["number"] == number_of(alone)


def test_proofs_have_the_same_shape_alone_and_among_many(make, boards_open, noon, clock):
    alone = some_sealed(make, 1)[0]
    sequence()
    clock.forward(minutes=1)
    among = some_sealed(make, 9)[4]
    sequence()

    one, other = proof_of(alone)["batch"], proof_of(among)["batch"]

    assert [len(one["path"]), one["size"], sorted(json.loads(one["body"])["facts"])] == [
        len(other["path"]), other["size"], sorted(json.loads(other["body"])["facts"]),
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE portal_sealedplace SET place = (place + 1) %% 65536", "does not hold what the record says"),
        ("DELETE FROM portal_sealedplace WHERE place = (SELECT max(place) FROM portal_sealedplace)", "does not hold what the record says"),
        ("UPDATE portal_sealedbatch SET seed = decode(repeat('00', 32), 'hex')", "does not hold what the record says"),
        ("UPDATE portal_sealedbatch SET number = 3", "Batch 0 is missing"),
        ("UPDATE portal_event SET body = replace(body, '\"n\":1', '\"n\":9') WHERE sealed", "is not the hash of its body"),
    ],
)
def test_what_was_tampered_with_in_a_batch_is_named(make, owner_connection, statement, fault):
    some_sealed(make, 3)
    sequence()
    tables = ("portal_event", "portal_sealedplace", "portal_sealedbatch")
    with owner_connection.cursor() as owner:
        for table in tables:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner.execute(statement.replace("%%", "%"))
        for table in tables:
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    owner_connection.commit()

    found = list(verify())

    assert any(fault in sentence for sentence in found), found


def test_the_moment_of_a_batch_is_that_of_its_event(boards_open, noon):
    sequence()

    batch = SealedBatch.objects.select_related("event").get()

    assert batch.at == batch.event.at == read_clock().at
