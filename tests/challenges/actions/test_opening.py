"""Closing and opening a box."""

import json
from datetime import timedelta

import pytest
from django.core.files.storage import storages

from challenges.actions import opening
from challenges.actions.bidding import withdraw_bid
from challenges.actions.qualifying import disqualify_bid
from challenges.models import (
    BidDocument,
    BidDraft,
    BidFile,
    BidMilestone,
    BidOffer,
    BidParty,
    Box,
    Challenge,
    KeyUse,
    Seal,
)
from challenges.queries import cases
from challenges.queries.bidding import visible_to
from challenges.states import BidState, ChallengeState
from challenges.tasks import close_due_boxes, open_closed_boxes
from portal import vault
from portal.clock import portal_now
from portal.kernel import merkle
from portal.kernel.errors import NotAllowed, WrongState
from portal.kernel.sealing import Unreadable
from portal.models import Event, Message, OutboxJob, StoredFile
from tests.making.bids import PDF

MICROSECOND = timedelta(microseconds=1)


def fresh(board):
    return Challenge.objects.select_related("box", "rules").get(pk=board.pk)


def events(*subjects):
    return list(Event.objects.filter(subject_id__in=[one.pk for one in subjects]).order_by("at", "id").values_list("kind", flat=True))


def test_a_box_closes_after_its_deadline_and_not_at_it(make, clock):
    board = make.board()
    clock.set(board.closes_at)
    assert opening.close_box(board.pk, now=portal_now()) is False
    clock.set(board.closes_at + MICROSECOND)
    assert opening.close_box(board.pk, now=portal_now()) is True
    assert opening.close_box(board.pk, now=portal_now()) is False
    assert (fresh(board).state, fresh(board).closed_at) == (ChallengeState.CLOSED, board.closes_at + MICROSECOND)


def test_closing_fixes_the_root_over_the_seals_and_tells_nobody_how_many(make, clock):
    board = make.board()
    bids = [make.sealed_bid(board, lead=make.bidder(f"揭榜单位{number}")) for number in range(3)]
    make.close(clock, board)

    commitments = sorted(bytes.fromhex(Seal.objects.get(bid=bid).commitment) for bid in bids)
    assert bytes(fresh(board).box.root) == merkle.root(commitments)
    public = Event.objects.get(subject_id=board.pk, kind="challenge.closed")
    assert (public.sealed, json.loads(public.body)["facts"]) == (False, {"from": "published", "to": "closed"})
    assert Event.objects.get(kind="box.closed").sealed


def test_drafts_lapse_with_the_deadline_and_only_their_people_are_told(make, clock):
    board = make.board()
    draft, waiting = make.bid(board, lead=make.bidder("乙院")), make.signed_off_bid(board, lead=make.bidder("丙大学"))
    make.close(clock, board)

    assert [make.fresh_bid(bid).state for bid in (draft, waiting)] == [BidState.LAPSED] * 2
    assert not BidDraft.objects.exists()
    assert OutboxJob.objects.filter(task="challenges.destroy_draft_key").count() == 2
    people = {user.pk for bid in (draft, waiting) for user in (make.administrator(bid.lead), make.editor(bid.lead))}
    assert set(Message.objects.filter(kind="bid_lapsed", sealed=True).values_list("to_id", flat=True)) == people


def test_opening_writes_every_bid_out_as_it_was_sealed(make, clock):
    board = make.board()
    partner = make.organisation("丙大学", kind="university")
    lead = make.bidder()
    shares = [
        {"uscc": lead.uscc, "name": lead.name, "share_percent": "65", "task": "总体"},
        {"uscc": partner.uscc, "name": partner.name, "share_percent": "35", "task": "芯片"},
    ]
    bid = make.sealed_bid(board, lead=lead, files=1, consortium=shares)
    promised = make.bid_document(board, consortium=shares)
    make.open(clock, board)

    bid = make.fresh_bid(bid)
    document = BidDocument.objects.get(bid=bid)
    assert (bid.state, fresh(board).state) == (BidState.OPENED, ChallengeState.OPENED)
    assert {name: document.body[name] for name in promised} == promised
    assert (document.price_fen, document.months) == (promised["price_fen"], 36)
    assert BidOffer.objects.filter(bid=bid).count() == 3
    assert sum(BidMilestone.objects.filter(bid=bid).values_list("amount_fen", flat=True)) == promised["price_fen"]
    assert list(BidParty.objects.filter(bid=bid).order_by("-share_percent").values_list("organisation", "lead")) == [
        (lead.pk, True), (partner.pk, False),
    ]  # fmt: skip
    file = BidFile.objects.get(bid=bid).file
    assert (file.name, file.sealed, vault.read(file)) == ("附件1.pdf", False, PDF + f"% {bid.pk} 1".encode())
    assert {"bid.opened", "challenge.opened"} <= set(events(bid, board))


def test_the_use_of_the_key_is_on_the_record_before_anything_is_read(make, clock):
    bid = make.opened_bids(clock, count=1)[0]
    box = Box.objects.get(challenge=bid.challenge)
    use = KeyUse.objects.get(box=box)
    kinds = list(Event.objects.filter(case_id=bid.challenge_id).values_list("kind", flat=True))
    assert use.purpose == "opening"
    assert kinds.count("key.used") == 1


def test_after_opening_the_poster_and_the_bureau_see_the_bids_and_rivals_do_not(make, clock):
    first, second = make.opened_bids(clock, count=2)
    both = {first.pk, second.pk}
    poster, officer = make.administrator(first.challenge.poster), make.case_officer()
    assert set(visible_to(poster).values_list("pk", flat=True)) == both
    assert set(visible_to(officer).values_list("pk", flat=True)) == both
    assert set(visible_to(make.administrator(first.lead)).values_list("pk", flat=True)) == {first.pk}
    assert set(visible_to(make.person())) == set()
    told = set(Message.objects.filter(kind="bids_opened").values_list("to_id", flat=True))
    assert {poster.pk, officer.pk} <= told


def test_a_bid_that_is_not_what_was_promised_is_unreadable_and_the_officers_are_told(make, clock):
    board = make.board()
    good, swapped, broken = (make.sealed_bid(board, lead=make.bidder(name)) for name in ("乙院", "丙大学", "丁公司"))
    other = Seal.objects.get(bid=good)
    tamper(swapped, bytes(other.ciphertext))
    tamper(broken, b"not age at all")
    make.open(clock, board)

    assert [make.fresh_bid(bid).state for bid in (good, swapped, broken)] == [BidState.OPENED, BidState.UNREADABLE, BidState.UNREADABLE]
    what = {json.loads(event.body)["facts"]["what"] for event in Event.objects.filter(kind="bid.unreadable")}
    assert what == {"commitment", "cipher"}
    assert Message.objects.filter(kind="bid_unreadable", to=make.case_officer()).count() == 2
    assert not BidDocument.objects.filter(bid__in=[swapped, broken]).exists()


def test_an_envelope_copied_to_another_bid_with_its_commitment_is_found_out(make, clock):
    board = make.board()
    good, copied = (make.sealed_bid(board, lead=make.bidder(name)) for name in ("乙院", "丙大学"))
    other = Seal.objects.get(bid=good)
    tamper(copied, bytes(other.ciphertext), other.commitment)
    make.open(clock, board)
    assert make.fresh_bid(copied).state == BidState.UNREADABLE
    assert json.loads(Event.objects.get(kind="bid.unreadable").body)["facts"]["what"] == "about"


def test_too_few_bids_are_not_opened_and_the_board_has_failed(make, clock):
    board = make.board(call=make.call(bids_least=2, notice_before_publishing=False))
    bid = make.sealed_bid(board)
    make.open(clock, board)

    assert (fresh(board).state, make.fresh_bid(bid).state) == (ChallengeState.FAILED, BidState.UNOPENED)
    assert not KeyUse.objects.exists()
    assert not BidDocument.objects.exists()
    assert set(visible_to(make.case_officer())) == set()
    assert Message.objects.filter(kind="bid_unopened", sealed=True).count() == 2
    assert Message.objects.filter(kind="board_failed", to=make.administrator(board.poster)).count() == 1


def test_withdrawn_bids_are_neither_counted_nor_opened(make, clock):
    board = make.board()
    kept, gone = (make.sealed_bid(board, lead=make.bidder(name)) for name in ("乙院", "丙大学"))
    withdraw_bid(gone.pk, by=make.administrator(gone.lead), now=portal_now())
    make.open(clock, board)
    assert [make.fresh_bid(bid).state for bid in (kept, gone)] == [BidState.OPENED, BidState.WITHDRAWN]


def test_an_opening_that_broke_off_leaves_nothing_but_the_key_use_and_comes_again(make, clock):
    board = make.board()
    bid = make.sealed_bid(board, files=2)
    stored = [file.file_id for file in bid.draft_files.all()]
    ciphertext = vault.read_ciphertext(stored[1])
    lose(stored[1])
    make.close(clock, board)

    with pytest.raises(FileNotFoundError):
        opening.open_box(board.pk, now=portal_now())
    assert (fresh(board).state, make.fresh_bid(bid).state) == (ChallengeState.CLOSED, BidState.SEALED)
    assert KeyUse.objects.count() == 1
    for reader in (make.administrator(board.poster), make.case_officer()):  # it would say that there is something to open
        assert not cases.events_of(fresh(board), reader).filter(kind="key.used").exists()

    vault._write(f"files/{stored[1]}", ciphertext)
    open_closed_boxes()
    open_closed_boxes()
    assert make.fresh_bid(bid).state == BidState.OPENED
    assert KeyUse.objects.count() == 1
    assert StoredFile.objects.filter(sealed=False, name__startswith="附件").count() == 2


def test_with_a_wrong_key_nothing_becomes_unreadable(make, clock, settings):
    board = make.board()
    bid = make.sealed_bid(board)
    make.close(clock, board)
    settings.ESCROW_KEY = b"0" * 32
    with pytest.raises(Unreadable):
        opening.open_box(board.pk, now=portal_now())
    assert make.fresh_bid(bid).state == BidState.SEALED


def test_the_jobs_close_and_open_what_is_due_and_one_broken_board_does_not_stop_the_others(make, clock):
    boards = [make.board(title=f"榜单{number}") for number in range(2)]
    bids = [make.sealed_bid(board, lead=make.bidder(f"揭榜单位{number}"), files=1) for number, board in enumerate(boards)]
    lose(bids[0].draft_files.get().file_id)
    clock.set(max(board.closes_at for board in boards) + MICROSECOND)

    close_due_boxes()
    open_closed_boxes()

    assert [make.fresh_bid(bid).state for bid in bids] == [BidState.SEALED, BidState.OPENED]


def test_a_board_whose_bids_are_all_out_is_recorded_as_without_taker_by_an_officer(make, clock):
    bid = make.opened_bids(clock, count=1)[0]
    officer = make.case_officer()
    with pytest.raises(WrongState) as early:
        opening.declare_failed(bid.challenge_id, why="无", by=officer, now=portal_now())
    disqualify_bid(bid.pk, why="与发榜方有关联关系。", by=officer, now=portal_now())
    with pytest.raises(NotAllowed):
        opening.declare_failed(bid.challenge_id, why="无", by=make.administrator(bid.challenge.poster), now=portal_now())
    opening.declare_failed(bid.challenge_id, why="没有合格的揭榜方。", by=officer, now=portal_now())
    assert (early.value.code, fresh(bid.challenge).state) == ("bids_in_the_running", ChallengeState.FAILED)


def tamper(bid, ciphertext, commitment=None):
    """Lay another seal over a bid's own, as a program with the web role's login could."""
    seal = Seal.objects.get(bid=bid)
    Seal.objects.create(
        bid=bid,
        version=seal.version + 1,
        commitment=commitment or seal.commitment,
        ciphertext=ciphertext,
        sealed_at=seal.sealed_at,
        sealed_by_id=seal.sealed_by_id,
    )


def lose(file_id):
    """Take a stored file away."""
    storages["vault"].delete(f"files/{file_id}")
