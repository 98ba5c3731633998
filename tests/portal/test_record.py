"""The record: events with their change, numbers, chain, tree and signed checkpoints."""

import json
from hashlib import sha256

import pytest
from django.conf import settings

from portal.clock import CLOCK
from portal.kernel import merkle, signing
from portal.models import Checkpoint, Entry, Event, TreeNode
from portal.record import read_node, record, sequence, words_of

pytestmark = pytest.mark.django_db


def some_events(make, number: int) -> list[Event]:
    organisation = make.organisation()
    return [record("organisation.looked_at", organisation, by=CLOCK, facts={"n": n}) for n in range(number)]


def test_an_event_is_its_canonical_body_and_its_leaf(make):
    organisation, officer = make.organisation(), make.officer()

    event = record("organisation.noted", organisation, by=officer, facts={"n": 1}, why="执照已核对")

    body = json.loads(event.body)
    assert event.leaf == sha256(b"\x00" + event.body.encode()).digest()
    assert body["by"] == str(officer.pk)
    assert body["subject"] == {"type": "portal.organisation", "id": str(organisation.pk)}
    assert "执照" not in event.body
    assert words_of(event) == "执照已核对"


def test_an_event_under_a_moved_clock_says_rehearsal(make, clock):
    clock.china(2026, 4, 30)

    event = record("organisation.noted", make.organisation(), by=CLOCK)

    assert event.rehearsal
    assert json.loads(event.body)["at"] == "2026-04-30T01:00:00.000000Z"


def test_sequencing_numbers_every_event_once_and_stores_the_tree(make):
    some_events(make, 11)
    total = Event.objects.count()

    placed = sequence()

    leaves = [bytes(entry.event.leaf) for entry in Entry.objects.order_by("number").select_related("event")]
    bodies = [entry.event.body.encode() for entry in Entry.objects.order_by("number").select_related("event")]
    assert placed == total == len(leaves)
    assert merkle.root_from(total, read_node) == merkle.root(bodies)
    assert sequence() == 0
    proof = merkle.inclusion_from(3, total, read_node)
    assert merkle.verify_inclusion(leaves[3], 3, total, proof, merkle.root(bodies))


def test_numbering_goes_on_where_it_stopped(make):
    some_events(make, 3)
    first = sequence()
    some_events(make, 4)

    second = sequence(batch=3)
    third = sequence()

    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(first + second + third))
    chain = bytes(32)
    for entry in Entry.objects.order_by("number").select_related("event"):
        chain = sha256(chain + bytes(entry.event.leaf)).digest()
        assert bytes(entry.chain) == chain


def test_a_checkpoint_signs_size_root_and_chain(make):
    some_events(make, 5)
    size = sequence()

    checkpoint = Checkpoint.objects.get()

    statement = json.loads(checkpoint.body)
    assert statement["size"] == checkpoint.size == size
    assert statement["root"] == merkle.root_from(size, read_node).hex()
    assert signing.verify(statement, checkpoint.signature, signing.public_key(settings.SIGNING_KEY))
    assert not signing.verify(
        {**statement, "size": size + 1}, checkpoint.signature, signing.public_key(settings.SIGNING_KEY)
    )


def test_a_sequencing_step_reads_few_nodes_of_a_large_tree(make, django_assert_max_num_queries):
    some_events(make, 60)
    sequence()
    some_events(make, 1)

    with django_assert_max_num_queries(25):
        assert sequence() >= 1

    assert TreeNode.objects.filter(level=0).count() == Entry.objects.count()
