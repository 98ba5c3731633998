"""The last moment: many teams seal while the box is being closed."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from challenges.actions import bidding, opening, sealing
from challenges.locks import lock_bid
from challenges.models import Box, Seal
from challenges.queries.bidding import read_draft
from challenges.states import BidState
from portal.clock import portal_now
from portal.kernel import merkle
from portal.kernel.errors import Clash, NotAllowed, PortalError, WrongState

pytestmark = pytest.mark.django_db(transaction=True)
INSTANT = timedelta(microseconds=1)
PATIENCE = 20


def together(*acts):
    """Run each act in a thread of its own, all at once; what each returned or how it was refused, in order.

    Whatever else an act raises, such as a deadlock, is raised here.
    """
    found, faults, gate = [None] * len(acts), [], threading.Barrier(len(acts))

    def run(place, act):
        try:
            gate.wait(PATIENCE)
            found[place] = act()
        except PortalError as refusal:
            found[place] = refusal
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)
    if faults:
        raise faults[0]
    return found


def seal_in_the_last_moment_while_closing(make, clock) -> tuple[bool, bool]:
    """One team's sealing is not yet committed when the deadline passes and the box is closed.

    Returns whether the seal was committed, and whether the root covers it.
    """
    bid = make.signed_off_bid()
    by, board = make.administrator(bid.lead), bid.challenge
    clock.set(board.closes_at)
    sealed, closing = threading.Event(), threading.Event()

    def seal():
        with transaction.atomic():
            sealing.seal_bid(bid.pk, by=by, now=portal_now())
            sealed.set()
            closing.wait(PATIENCE)

    def close():
        sealed.wait(PATIENCE)
        clock.set(board.closes_at + INSTANT)
        threading.Timer(0.7, closing.set).start()  # the other may commit once closing waits, or is through
        return opening.close_box(board.pk, now=portal_now())

    together(seal, close)
    seals = [bytes.fromhex(commitment) for commitment in Seal.objects.values_list("commitment", flat=True)]
    return len(seals) == 1, bytes(Box.objects.get(challenge=board).root) == merkle.root(seals)


def test_closing_waits_for_a_seal_in_flight_and_its_root_covers_it(make, clock):
    assert seal_in_the_last_moment_while_closing(make, clock) == (True, True)


def test_without_the_shared_lock_a_committed_seal_would_be_outside_the_root(make, clock, monkeypatch):
    monkeypatch.setattr(sealing, "hold_bid", lock_bid)
    assert seal_in_the_last_moment_while_closing(make, clock) == (True, False)


def test_a_rush_at_the_deadline_ends_with_every_bid_sealed_in_the_box_or_lapsed(make, clock):
    board = make.board()
    bids = [make.signed_off_bid(board, lead=make.bidder(f"揭榜单位{number}")) for number in range(6)]
    acts = [(bid.pk, make.administrator(bid.lead)) for bid in bids]
    clock.shift(board.closes_at - portal_now() - timedelta(milliseconds=150))

    def close():
        while not opening.close_box(board.pk, now=portal_now()):
            pass

    def seal(pk, by):
        return lambda: sealing.seal_bid(pk, by=by, now=portal_now())

    found = together(*(seal(*act) for act in acts), close)[:-1]

    states = [make.fresh_bid(bid).state for bid in bids]
    for state, outcome in zip(states, found, strict=True):
        if state == BidState.SEALED:
            assert not isinstance(outcome, PortalError)
        else:
            assert (state, type(outcome)) in ((BidState.LAPSED, NotAllowed), (BidState.LAPSED, WrongState))
    commitments = sorted(bytes.fromhex(one) for one in Seal.objects.values_list("commitment", flat=True))
    assert len(commitments) == states.count(BidState.SEALED)
    assert bytes(Box.objects.get(challenge=board).root) == merkle.root(commitments)
    assert all(seal.sealed_at <= board.closes_at for seal in Seal.objects.all())


def test_two_clicks_at_once_seal_once(make):
    bid = make.signed_off_bid()
    by = make.administrator(bid.lead)
    found = together(*[lambda: sealing.seal_bid(bid.pk, by=by, now=portal_now())] * 4)
    assert sorted(type(one).__name__ for one in found) == ["Receipt", "WrongState", "WrongState", "WrongState"]
    assert Seal.objects.count() == 1


def test_two_people_of_one_organisation_begin_one_bid(make):
    board, lead = make.board(), make.bidder()
    by = make.editor(lead)
    found = together(*[lambda: bidding.start_bid(board.pk, lead.pk, by=by, now=portal_now())] * 4)
    assert sum(isinstance(one, Clash) for one in found) == 3


def test_saves_at_once_into_different_sections_are_all_kept(make):
    bid = make.bid(empty=True)
    by = make.editor(bid.lead)

    def save(name):
        return lambda: bidding.save_draft(bid.pk, document={name: name}, version=1, by=by, now=portal_now())

    names = ("summary", "route", "risks", "ip_terms")
    together(*(save(name) for name in names))


    document = read_draft(bid, by).document
    assert [document[name] for name in names] == list(names)


def test_two_workers_open_a_box_once(make, clock):
    board = make.board()
    bid = make.sealed_bid(board, files=1)
    make.close(clock, board)
    found = together(*[lambda: opening.open_box(board.pk, now=portal_now())] * 3)
    assert sorted(found) == [False, False, True]
    assert make.fresh_bid(bid).state == BidState.OPENED
