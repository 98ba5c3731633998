"""Selections and agreements under attack: one winner, sums, signatures, by raw SQL."""

from uuid import uuid4

import pytest

from challenges.models import Signature

pytestmark = pytest.mark.django_db(transaction=True)

ONE = [(80,) * 5]
SET = "UPDATE challenges_agreement SET {} WHERE id = %(id)s"
SIGN = (
    "INSERT INTO challenges_signature (id, agreement_id, side, digest, by_id, at)"
    " VALUES (%(new)s, %(id)s, %(side)s, %(digest)s, %(by)s, portal_now())"
)
SELECTION = (
    "INSERT INTO challenges_selection (id, bid_id, rank, reason, by_id, at)"
    " VALUES (%(new)s, %(bid)s, %(rank)s, '', %(by)s, portal_now())"
)


def test_one_bid_is_selected_and_a_lower_one_with_a_reason(attack, make, clock):
    bids = make.qualified_bids(clock, count=2)
    panel = make.locked_panel(clock, bids, totals=[(90,) * 5, (80,) * 5])
    by = make.administrator(bids[0].challenge.poster).pk

    assert attack(SELECTION, new=uuid4(), bid=bids[1].pk, rank=2, by=by) == "selection_below_first_has_reason"
    make.selected_bid(clock, panel)
    select = "UPDATE challenges_bid SET state = 'selected' WHERE id = %(id)s"
    second = SELECTION.replace("''", "'a second one'")
    assert attack(second, select, new=uuid4(), bid=bids[1].pk, rank=2, by=by, id=bids[1].pk) == "bid_one_selected"
    assert attack("UPDATE challenges_selection SET reason = 'x'") == "denied"


def test_payments_and_shares_add_up_before_anybody_signs(attack, make, clock):
    agreement = make.agreement(clock, totals=ONE)
    sign = SET.format("state = 'signing', digest = 'x'")

    for change in (
        SET.format("amount_fen = amount_fen + 1"),
        "UPDATE challenges_agreementpayment SET amount_fen = amount_fen - 1 WHERE agreement_id = %(id)s AND position = 1",
        "DELETE FROM challenges_agreementshare WHERE agreement_id = %(id)s",
    ):
        assert attack(change, sign, id=agreement.pk) == "agreement_adds_up"
    assert attack(SET.format("state = 'signing'"), id=agreement.pk) == "agreement_signed_by_digest"
    assert attack(SET.format("amount_fen = 0"), id=agreement.pk) == "agreement_amount_positive"
    assert attack(SET.format("state = 'signed', digest = 'x'"), id=agreement.pk) == "agreement_flow"


def test_a_text_being_signed_does_not_change(attack, make, clock):
    agreement = make.agreement_to_sign(clock, totals=ONE)

    for change in ("amount_fen = amount_fen + 1", "months = 1", "ip_terms = 'x'", "digest = 'y'"):
        assert attack(SET.format(change), id=agreement.pk) == "agreement_frozen"
    for change in (
        "UPDATE challenges_agreementpayment SET amount_fen = amount_fen + 1 WHERE agreement_id = %(id)s",
        "DELETE FROM challenges_agreementpayment WHERE agreement_id = %(id)s",
        "UPDATE challenges_agreementshare SET amount_fen = 0 WHERE agreement_id = %(id)s",
    ):
        assert attack(change, id=agreement.pk) == "agreement_frozen"


def test_only_an_administrator_of_a_side_signs_and_only_this_text(attack, make, clock):
    agreement = make.agreement_to_sign(clock, totals=ONE)
    poster, lead = agreement.bid.challenge.poster, agreement.bid.lead
    values = {"id": agreement.pk, "digest": agreement.digest}

    assert attack(SIGN, new=uuid4(), side="poster", by=make.editor(poster).pk, **values) == "signature_by_a_side"
    assert attack(SIGN, new=uuid4(), side="poster", by=make.administrator(lead).pk, **values) == "signature_by_a_side"
    assert attack(SIGN, new=uuid4(), side="bidder", by=make.case_officer().pk, **values) == "signature_by_a_side"
    other = {**values, "digest": "0" * 64}
    assert attack(SIGN, new=uuid4(), side="poster", by=make.administrator(poster).pk, **other) == "signature_by_a_side"
    assert attack(SET.format("state = 'signed'"), id=agreement.pk) == "agreement_signed_by_both"

    assert attack(SIGN, new=uuid4(), side="poster", by=make.administrator(poster).pk, **values) == ""
    assert attack(SIGN, new=uuid4(), side="poster", by=make.administrator(poster).pk, **values) == "signature_once_per_side"
    assert attack(SET.format("state = 'signed'"), id=agreement.pk) == "agreement_signed_by_both"
    assert Signature.objects.count() == 1


def test_signatures_stand_for_ever_and_a_signed_agreement_is_not_signed_again(attack, make, clock):
    agreement = make.signed_agreement(clock, totals=ONE)
    poster = make.administrator(agreement.bid.challenge.poster)

    assert attack("UPDATE challenges_signature SET by_id = %(by)s", by=poster.pk) == "denied"
    assert attack("DELETE FROM challenges_signature") == "denied"
    again = attack(SIGN, new=uuid4(), id=agreement.pk, side="poster", digest=agreement.digest, by=poster.pk)
    assert again == "signature_by_a_side"
    assert attack(SET.format("state = 'signing'"), id=agreement.pk) == "agreement_flow"
    assert attack("DELETE FROM challenges_agreement WHERE id = %(id)s", id=agreement.pk) == "denied"


def test_no_bid_is_selected_without_the_posters_selection(attack, make, clock):
    bid = make.bids_of(make.locked_panel(clock, make.qualified_bids(clock, count=1), totals=ONE))[0]

    assert attack("UPDATE challenges_bid SET state = 'selected' WHERE id = %(id)s", id=bid.pk) == "bid_selected_by_its_selection"
