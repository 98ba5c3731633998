"""Working on a bid."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.translation import override

from challenges.actions import bidding
from challenges.models import Bid, BidDraft, DraftFile
from challenges.queries.bidding import read_draft, visible_to
from challenges.states import BidState
from portal.clock import portal_now
from portal.kernel.errors import Clash, Incomplete, NotAllowed, NotFound, Refused, WrongState
from portal.models import Event, Message, OutboxJob, StoredFile
from tests.making.bids import PDF

MICROSECOND = timedelta(microseconds=1)


def start(make, board, lead=None, by=None):
    lead = lead or make.bidder()
    return bidding.start_bid(board.pk, lead.pk, by=by or make.editor(lead), now=portal_now())


def save(make, bid, by=None, version=1, **document):
    by = by or make.editor(bid.lead)
    return bidding.save_draft(bid.pk, document=document, version=version, by=by, now=portal_now())


def draft_of(make, bid):
    return read_draft(bid, make.editor(bid.lead))


def test_a_bid_begins_as_an_empty_draft_that_only_its_team_knows(make):
    board = make.board()
    bid = start(make, board)

    assert (bid.state, draft_of(make, bid).document["summary"], draft_of(make, bid).version) == ("draft", "", 1)
    assert list(visible_to(make.editor(bid.lead))) == [bid]
    assert [list(visible_to(user)) for user in (make.case_officer(), make.administrator(board.poster), make.person())] == [[], [], []]
    assert list(Event.objects.filter(subject_id=bid.pk).values_list("kind", "sealed")) == [("bid.draft", True)]
    assert not Message.objects.filter(event__subject_id=bid.pk).exists()


def test_an_organisation_has_one_live_bid_on_a_board_and_may_begin_again_after_withdrawing(make):
    bid = make.bid()
    with pytest.raises(Clash) as refusal:
        start(make, bid.challenge, bid.lead)
    assert refusal.value.code == "bid_exists"

    bidding.withdraw_bid(bid.pk, by=make.administrator(bid.lead), now=portal_now())

    assert start(make, bid.challenge, bid.lead).state == BidState.DRAFT


def test_the_poster_the_unverified_and_viewers_may_not_bid(make):
    board, lead = make.board(), make.bidder()
    unverified = make.organisation(verified=False)
    codes = []
    for organisation, by in (
        (board.poster, make.editor(board.poster)),
        (unverified, make.editor(unverified)),
        (lead, make.viewer(lead)),
    ):
        with pytest.raises(NotAllowed) as refusal:
            start(make, board, organisation, by)
        codes.append(refusal.value.code)

    assert codes == ["own_board", "organisation_not_verified", "not_allowed"]
    with pytest.raises(NotFound):  # for people of other organisations the lead is not there
        start(make, board, lead, make.case_officer())
    assert not Bid.objects.exists()


def test_a_board_that_is_not_published_cannot_be_bid_on(make):
    with pytest.raises(NotFound):
        start(make, make.need("pooled"))


def test_bidding_opens_and_closes_with_the_exact_moment(make, clock):
    now = clock.china(2026, 5, 11)
    board = make.board(opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=30))
    lead = make.bidder()
    found = []
    for moment in (board.opens_at - MICROSECOND, board.opens_at, board.closes_at, board.closes_at + MICROSECOND):
        clock.set(moment)
        try:
            bid = start(make, board, lead)
            bidding.withdraw_bid(bid.pk, by=make.administrator(lead), now=moment)
            found.append("begun")
        except NotAllowed as refusal:
            found.append(refusal.code)

    assert found == ["bidding_not_open", "begun", "begun", "deadline_passed"]


def test_saving_keeps_what_was_written_and_counts_the_saves(make):
    bid = start(make, make.board())

    save(make, bid, summary="一句话", months=36)
    save(make, bid, version=2, summary="两句话")
    save(make, bid, version=3, summary="两句话")

    draft = draft_of(make, bid)
    assert (draft.document["summary"], draft.document["months"], draft.version) == ("两句话", 36, 3)


def test_two_people_in_two_sections_do_not_disturb_each_other(make):
    bid = start(make, make.board())
    other = make.administrator(bid.lead)

    save(make, bid, summary="甲写的")
    save(make, bid, by=other, version=1, route="乙写的")

    document = draft_of(make, bid).document
    assert (document["summary"], document["route"]) == ("甲写的", "乙写的")


def test_a_save_over_newer_text_is_refused_with_both_in_hand_and_succeeds_when_confirmed(make):
    bid = start(make, make.board())
    other = make.administrator(bid.lead)
    save(make, bid, summary="甲写的")

    with pytest.raises(Clash) as clash:
        save(make, bid, by=other, version=1, summary="乙写的", route="乙的路线")
    assert (clash.value.code, clash.value.facts["fields"], clash.value.facts["name"], clash.value.facts["version"]) == (
        "draft_clash", ["summary"], make.editor(bid.lead).name, 2,
    )  # fmt: skip
    assert (draft_of(make, bid).document["summary"], draft_of(make, bid).document["route"]) == ("甲写的", "")

    save(make, bid, by=other, version=2, summary="乙写的", route="乙的路线")
    assert (draft_of(make, bid).document["summary"], draft_of(make, bid).document["route"]) == ("乙写的", "乙的路线")


def test_a_save_for_somebody_else_says_for_whom_also_where_two_saves_meet(make):
    bid = start(make, make.board())
    editor, administrator = make.editor(bid.lead), make.administrator(bid.lead)
    acting = make.acting(administrator, make.delegation(editor, administrator))

    save(make, bid, by=acting, summary="代为填写")

    with override("en"):
        both = f"{administrator.name} for {editor.name}"
        assert draft_of(make, bid).saved_by == both
        with pytest.raises(Clash) as clash:
            save(make, bid, version=1, summary="另一句")
    assert clash.value.facts["name"] == both


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"price_fen": -1}, "price_fen"),
        ({"price_fen": 1.5}, "price_fen"),
        ({"summary": "x" * 5001}, "summary"),
        ({"team": [{"name": "陈砚", "role": "x", "salary": "1"}]}, "team.0.salary"),
        ({"offers": [{"indicator": "a", "value": "1e5", "note": ""}]}, "offers.0.value"),
        ({"secret": "x"}, "secret"),
    ],
)
def test_what_cannot_be_stored_is_refused_and_nothing_changes(make, document, field):
    bid = start(make, make.board())
    with pytest.raises(Refused) as refusal:
        save(make, bid, **document)
    assert (refusal.value.code, refusal.value.facts["field"]) == ("draft_malformed", field)
    assert draft_of(make, bid).version == 1


def test_the_draft_is_ciphertext_in_its_row_and_its_key_is_not_in_the_database(make):
    bid = start(make, make.board())
    save(make, bid, summary="看不见的一句话")
    row = BidDraft.objects.get(bid=bid)
    assert "看不见的一句话".encode() not in bytes(row.ciphertext)
    assert len(row.ciphertext) == len(BidDraft.objects.get(bid=make.bid(bid.challenge, lead=make.bidder("丙大学"), empty=True)).ciphertext)


def test_files_come_in_encrypted_to_the_box_and_their_names_stay_in_the_draft(make):
    bid = make.bid(files=2)
    listed = draft_of(make, bid).document["files"]
    assert [file["name"] for file in listed] == ["附件1.pdf", "附件2.pdf"]
    assert [(file.name, file.sealed) for file in StoredFile.objects.filter(pk__in=[file["id"] for file in listed])] == [("", True)] * 2

    bidding.remove_file(bid.pk, listed[0]["id"], by=make.editor(bid.lead), now=portal_now())

    assert [file["name"] for file in draft_of(make, bid).document["files"]] == ["附件2.pdf"]
    assert DraftFile.objects.filter(bid=bid).count() == 1


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("空.pdf", b"", "file_empty"),
        ("程序.pdf", b"MZ\x90\x00" + b"\0" * 200, "file_kind"),
        ("大.pdf", PDF + b"0" * (21 * 1024 * 1024), "file_too_large"),
    ],
)
def test_files_of_the_wrong_kind_or_size_are_refused(make, name, content, code):
    bid = make.bid()
    with pytest.raises(Refused) as refusal:
        bidding.add_file(bid.pk, name=name, content=content, by=make.editor(bid.lead), now=portal_now())
    assert refusal.value.code == code
    assert not DraftFile.objects.exists()


def test_no_more_files_than_the_rules_allow_and_none_twice(make):
    bid = make.bid(files=2)
    editor, now = make.editor(bid.lead), portal_now()
    with pytest.raises(Refused) as twice:
        bidding.add_file(bid.pk, name="又.pdf", content=PDF + f"% {bid.pk} 1".encode(), by=editor, now=now)
    for number in range(3, 11):
        bidding.add_file(bid.pk, name="x.pdf", content=PDF + f"{number}".encode(), by=editor, now=now)
    with pytest.raises(Refused) as many:
        bidding.add_file(bid.pk, name="x.pdf", content=PDF + b"11", by=editor, now=now)
    assert (twice.value.code, many.value.code) == ("file_there_already", "too_many_files")


def test_sign_off_needs_a_complete_bid_and_freezes_it(make):
    bid = make.bid(summary="")
    editor = make.editor(bid.lead)
    with pytest.raises(Incomplete) as refusal:
        bidding.ask_sign_off(bid.pk, by=editor, now=portal_now())
    assert (refusal.value.code, refusal.value.facts["missing"]) == ("bid_document_unsound", ["summary"])

    save(make, bid, version=2, summary="完整的摘要")
    bidding.ask_sign_off(bid.pk, by=editor, now=portal_now())

    told = Message.objects.filter(kind="bid_to_sign")
    assert [(message.to_id, message.sealed) for message in told] == [(make.administrator(bid.lead).pk, True)]
    with pytest.raises(WrongState) as frozen:
        save(make, bid, version=3, summary="偷改")
    assert frozen.value.code == "awaiting_sign_off"

    bidding.send_back(bid.pk, by=make.administrator(bid.lead), now=portal_now())
    save(make, bid, version=3, summary="改好了")
    assert make.fresh_bid(bid).state == BidState.DRAFT


def test_a_consortium_lists_its_lead_and_never_the_poster(make):
    board, lead = make.board(), make.bidder()
    member = {"uscc": board.poster.uscc, "name": board.poster.name, "share_percent": "100", "task": "x"}
    bid = make.bid(board, lead=lead, consortium=[member])
    with pytest.raises(Incomplete) as refusal:
        bidding.ask_sign_off(bid.pk, by=make.editor(lead), now=portal_now())
    assert [problem.code for problem in refusal.value.facts["problems"]] == ["lead_not_a_member", "poster_is_a_member"]


def test_the_price_stays_within_the_board(make):
    bid = make.bid(price="1200.01")
    with pytest.raises(Incomplete) as refusal:
        bidding.ask_sign_off(bid.pk, by=make.editor(bid.lead), now=portal_now())
    assert [problem.code for problem in refusal.value.facts["problems"]] == ["price_over_board"]


def test_a_withdrawn_draft_is_gone_with_its_key(make):
    bid = make.bid()
    draft = BidDraft.objects.get(bid=bid)

    bidding.withdraw_bid(bid.pk, by=make.editor(bid.lead), now=portal_now())

    assert make.fresh_bid(bid).state == BidState.WITHDRAWN
    assert not BidDraft.objects.exists()
    assert list(OutboxJob.objects.filter(task=bidding.DESTROY_DRAFT_KEY).values_list("arguments", flat=True)) == [[str(draft.pk)]]
    with pytest.raises(WrongState):
        bidding.withdraw_bid(bid.pk, by=make.administrator(bid.lead), now=portal_now())


def test_after_opening_a_bid_is_withdrawn_with_a_reason_that_poster_and_bureau_hear_of(make, clock):
    bid = make.opened_bids(clock, count=1)[0]
    administrator = make.administrator(bid.lead)
    with pytest.raises(Incomplete):
        bidding.withdraw_bid(bid.pk, by=administrator, now=portal_now())

    bidding.withdraw_bid(bid.pk, why="团队变动", by=administrator, now=portal_now())

    told = set(Message.objects.filter(kind="bid_given_up").values_list("to_id", flat=True))
    assert {make.case_officer().pk, make.administrator(bid.challenge.poster).pk} <= told


def test_between_deadline_and_opening_a_sealed_bid_stays_in_the_box(make, clock):
    bid = make.sealed_bid()
    clock.set(bid.challenge.closes_at + MICROSECOND)
    with pytest.raises(NotAllowed) as refusal:
        bidding.withdraw_bid(bid.pk, by=make.administrator(bid.lead), now=portal_now())
    assert (refusal.value.code, make.fresh_bid(bid).state) == ("box_closed", BidState.SEALED)


def test_for_strangers_a_bid_does_not_exist_whatever_they_try(make):
    bid = make.bid()
    poster = make.administrator(bid.challenge.poster)
    for act in (
        lambda by: save(make, bid, by=by, summary="x"),
        lambda by: bidding.add_file(bid.pk, name="x.pdf", content=PDF, by=by, now=portal_now()),
        lambda by: bidding.remove_file(bid.pk, uuid4(), by=by, now=portal_now()),
        lambda by: bidding.ask_sign_off(bid.pk, by=by, now=portal_now()),
        lambda by: bidding.send_back(bid.pk, by=by, now=portal_now()),
        lambda by: bidding.withdraw_bid(bid.pk, by=by, now=portal_now()),
        lambda by: read_draft(bid, by),
    ):
        for by in (poster, make.case_officer(), make.person()):
            with pytest.raises(NotFound):
                act(by)
