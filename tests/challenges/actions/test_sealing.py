"""Sealing a bid."""

import json
from datetime import timedelta

import pytest

from challenges.actions import bidding, sealing
from challenges.models import BidDraft, Receipt, Seal
from challenges.queries import receipts
from challenges.states import BidState
from challenges.tasks import destroy_draft_key
from portal import vault
from portal.clock import portal_now
from portal.kernel.errors import NotAllowed, NotFound, WrongState
from portal.kernel.sealing import LEAST_ENVELOPE
from portal.models import Event, Message, OutboxJob
from portal.record import sequence

MICROSECOND = timedelta(microseconds=1)


def seal(make, bid, by=None):
    return sealing.seal_bid(bid.pk, by=by or make.administrator(bid.lead), now=portal_now())


def test_a_sealed_bid_leaves_a_receipt_an_event_and_no_draft(make, clock):
    clock.china(2026, 6, 9, 16, 33)
    bid = make.signed_off_bid(files=1)
    draft = BidDraft.objects.get(bid=bid)

    receipt = seal(make, bid)

    kept = Seal.objects.get(bid=bid)
    event = Event.objects.get(subject_id=bid.pk, kind="bid.sealed")
    body = json.loads(receipt.body)
    assert make.fresh_bid(bid).state == BidState.SEALED
    assert (kept.version, kept.sealed_at, len(kept.commitment)) == (1, portal_now(), 64)
    assert event.sealed
    assert json.loads(event.body)["facts"]["commitment"] == kept.commitment
    assert body["leaf"] == bytes(event.leaf).hex()
    assert (body["commitment"], body["sealed_at"], body["rehearsal"]) == (kept.commitment, "2026-06-09T08:33:00.000000Z", True)
    assert body["organisation"] == {"uscc": bid.lead.uscc, "name": bid.lead.name}
    assert not BidDraft.objects.exists()
    assert OutboxJob.objects.filter(task=bidding.DESTROY_DRAFT_KEY, arguments=[str(draft.pk)]).count() == 1
    assert {message.to_id for message in Message.objects.filter(kind="bid_sealed", sealed=True)} == {
        make.administrator(bid.lead).pk, make.editor(bid.lead).pk,
    }  # fmt: skip


def test_after_the_job_the_draft_key_is_gone_for_good(make):
    bid = make.signed_off_bid()
    draft = BidDraft.objects.get(bid=bid)
    seal(make, bid)
    assert vault.decrypt_draft(draft.pk, draft.ciphertext)

    destroy_draft_key(str(draft.pk))
    destroy_draft_key(str(draft.pk))

    with pytest.raises(FileNotFoundError):
        vault.decrypt_draft(draft.pk, draft.ciphertext)


@pytest.mark.parametrize(("offset", "found"), [(-MICROSECOND, "sealed"), (0 * MICROSECOND, "sealed"), (MICROSECOND, "deadline_passed")])
def test_the_exact_moment_of_the_deadline_is_in_time_and_a_microsecond_later_is_not(make, clock, offset, found):
    bid = make.signed_off_bid()
    clock.set(bid.challenge.closes_at + offset)
    try:
        outcome = "sealed" if seal(make, bid) else ""
    except NotAllowed as refusal:
        outcome = refusal.code

    assert outcome == found
    assert make.fresh_bid(bid).state == (BidState.SEALED if found == "sealed" else BidState.SIGNING_OFF)
    assert Seal.objects.filter(bid=bid).exists() == (found == "sealed")
    assert BidDraft.objects.filter(bid=bid).exists() != (found == "sealed")


def test_the_clock_under_the_lock_decides_and_not_the_moment_the_door_gives(make, clock):
    bid = make.signed_off_bid()
    in_time = portal_now()
    clock.set(bid.challenge.closes_at + MICROSECOND)
    with pytest.raises(NotAllowed) as refusal:
        sealing.seal_bid(bid.pk, by=make.administrator(bid.lead), now=in_time)
    assert refusal.value.code == "deadline_passed"


def test_sealing_twice_is_refused_and_leaves_one_seal(make):
    bid = make.signed_off_bid()
    seal(make, bid)
    with pytest.raises(WrongState) as refusal:
        seal(make, bid)
    assert refusal.value.code == "already_sealed"
    assert (Seal.objects.count(), Receipt.objects.count()) == (1, 1)


def test_only_the_administrator_of_the_lead_seals(make):
    bid = make.signed_off_bid()
    with pytest.raises(NotAllowed):
        seal(make, bid, make.editor(bid.lead))
    for by in (make.case_officer(), make.administrator(bid.challenge.poster), make.person()):
        with pytest.raises(NotFound):
            seal(make, bid, by)
    assert not Seal.objects.exists()


def test_a_draft_nobody_signed_off_is_not_sealed(make):
    bid = make.bid()
    with pytest.raises(WrongState) as refusal:
        seal(make, bid)
    assert refusal.value.code == "not_signed_off"


def test_the_same_document_sealed_twice_gives_two_commitments_and_its_length_tells_nothing(make):
    board = make.board()
    bids = [
        make.sealed_bid(board, lead=make.bidder("乙院")),
        make.sealed_bid(board, lead=make.bidder("丙大学")),
        make.sealed_bid(board, lead=make.bidder("丁公司"), route="路" * 15_000),
    ]
    seals = [Seal.objects.get(bid=bid) for bid in bids]
    assert len({kept.commitment for kept in seals}) == 3
    for kept in seals:  # age itself adds a few hundred random bytes
        assert 0 < len(bytes(kept.ciphertext)) - LEAST_ENVELOPE < 1024


def test_a_receipt_is_checked_by_anybody_and_proved_once_the_record_has_placed_it(make):
    receipt = seal(make, make.signed_off_bid())
    text = receipts.file_of(receipt)

    before = receipts.check(text)
    sequence()
    after = receipts.check(text)

    assert (before.signed, before.known, before.inclusion) == (True, True, None)
    assert after.inclusion.holds
    assert [finding.state for finding in receipts.findings(before)] == ["met", "met", "pending"]
    assert [finding.state for finding in receipts.findings(after)] == ["met", "met", "met"]


def test_a_receipt_with_one_changed_letter_is_found_out(make):
    receipt = seal(make, make.signed_off_bid())
    text = receipts.file_of(receipt)
    held = json.loads(text)
    held["receipt"]["commitment"] = "0" * 64
    for bad in (json.dumps(held), "not json", "[]", "{}", '{"receipt": 1, "signature": "x"}', "[" * 100_000):
        assert not receipts.check(bad).signed
    assert receipts.check(text).signed


def test_numbers_of_receipts_are_random_and_tell_no_order():
    numbers = [sealing.new_number() for _number in range(200)]
    assert len(set(numbers)) == 200
    assert numbers != sorted(numbers)


def test_sealing_takes_at_most_fifteen_statements(make, django_assert_max_num_queries):
    bid = make.signed_off_bid(files=2)
    by = make.administrator(bid.lead)
    with django_assert_max_num_queries(17) as captured:  # with savepoint and release
        sealing.seal_bid(bid.pk, by=by, now=bid.created_at)
    assert len([one for one in captured if "SAVEPOINT" not in one["sql"]]) <= 15
