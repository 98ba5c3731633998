"""The agreement, from draft to registration and its end."""

from hashlib import sha256

import pytest

from challenges.actions.agreeing import (
    draft_agreement,
    register_agreement,
    save_agreement,
    send_to_sign,
    sign_agreement,
    void_agreement,
)
from challenges.actions.qualifying import qualify_bid
from challenges.actions.selecting import select_bid
from challenges.models import Agreement, Signature
from challenges.queries.agreeing import text_of
from challenges.states import AgreementState, BidState, ChallengeState
from portal.clock import portal_now
from portal.kernel.errors import Clash, Incomplete, NotAllowed, Refused, WrongState
from portal.kernel.money import wan_to_fen
from portal.models import MemberRole, Membership, Message
from tests.making.people import LONG_AGO

ONE = [(90,) * 5]
TWO = [(90,) * 5, (80,) * 5]


def consortium_bid(make, clock):
    """The bid of the worked example: three members with 65, 25 and 10 percent of 1200万."""
    lead, board = make.bidder("乙测量技术研究院"), make.board()
    others = [make.organisation("戊大学", kind="university"), make.organisation("己芯片公司")]
    consortium = [
        {"uscc": lead.uscc, "name": lead.name, "share_percent": "65", "task": "牵头"},
        {"uscc": others[0].uscc, "name": others[0].name, "share_percent": "25", "task": "敏感元件"},
        {"uscc": others[1].uscc, "name": others[1].name, "share_percent": "10", "task": "芯片"},
    ]
    bid = make.sealed_bid(board, lead=lead, consortium=consortium)
    make.open(clock, board)
    qualify_bid(bid.pk, by=make.case_officer(), now=portal_now())
    return make.selected_bid(clock, make.locked_panel(clock, [make.fresh_bid(bid)], totals=ONE))


def test_the_draft_takes_its_terms_from_the_bid(make, clock):
    bid = consortium_bid(make, clock)

    agreement = draft_agreement(bid.pk, by=make.editor(bid.challenge.poster), now=portal_now())

    assert (agreement.amount_fen, agreement.months) == (wan_to_fen("1200"), 36)
    assert agreement.ip_terms == bid.document.body["ip_terms"]
    assert [payment.amount_fen for payment in agreement.payments.all()] == [wan_to_fen(x) for x in ("600", "360", "240")]
    shares = {share.party.name: share.amount_fen for share in agreement.shares.select_related("party")}
    assert shares == {"乙测量技术研究院": wan_to_fen("780"), "戊大学": wan_to_fen("300"), "己芯片公司": wan_to_fen("120")}
    with pytest.raises(Clash) as refusal:
        draft_agreement(bid.pk, by=make.editor(bid.challenge.poster), now=portal_now())
    assert refusal.value.code == "agreement_exists"


def test_what_does_not_add_up_is_saved_but_not_sent(make, clock):
    agreement = make.agreement(clock, totals=ONE)
    editor, now = make.editor(agreement.bid.challenge.poster), portal_now()
    save_agreement(agreement.pk, **make.terms(agreement, payments=("600", "360", "200")), by=editor, now=now)

    with pytest.raises(Refused) as refusal:
        send_to_sign(agreement.pk, by=editor, now=now)
    assert refusal.value.code == "payments_not_the_amount"
    assert refusal.value.facts["difference_fen"] == wan_to_fen("40")

    save_agreement(agreement.pk, **make.terms(agreement, shares=("1199.999999",)), by=editor, now=now)
    with pytest.raises(Refused) as refusal:
        send_to_sign(agreement.pk, by=editor, now=now)
    assert (refusal.value.code, refusal.value.facts["difference_fen"]) == ("shares_not_the_amount", 1)

    agreement = make.fresh_agreement(agreement.bid)
    assert (agreement.state, agreement.digest) == (AgreementState.DRAFT, "")


def test_senseless_terms_are_refused_and_the_draft_stays(make, clock):
    agreement = make.agreement(clock, totals=ONE)
    editor, now = make.editor(agreement.bid.challenge.poster), portal_now()
    terms = make.terms(agreement)

    def refused(**changed):
        with pytest.raises((Refused, Incomplete)) as refusal:
            save_agreement(agreement.pk, **{**terms, **changed}, by=editor, now=now)
        return refusal.value.code

    assert refused(amount_fen=0) == "amount_not_positive"
    assert refused(payments=[{"due_for": "签约", "amount_fen": -1}]) == "amount_not_positive"
    assert refused(payments=[{"due_for": " ", "amount_fen": 1}]) == "payment_without_purpose"
    assert refused(shares=[{"party": agreement.pk, "amount_fen": 1}]) == "share_of_a_stranger"
    assert refused(shares=terms["shares"] * 2) == "share_of_a_stranger"
    assert refused(shares=[{**terms["shares"][0], "amount_fen": -1}]) == "negative_amount"
    assert refused(months=0) == "period_too_short"
    assert refused(months=37) == "period_too_long"
    assert agreement.payments.count() == 3


def test_sending_freezes_the_text_under_its_digest(make, clock):
    agreement = make.agreement(clock, totals=ONE)
    editor, now = make.editor(agreement.bid.challenge.poster), portal_now()

    send_to_sign(agreement.pk, by=editor, now=now)

    agreement = make.fresh_agreement(agreement.bid)
    text = text_of(agreement)
    assert (agreement.state, agreement.digest) == (AgreementState.SIGNING, sha256(text).hexdigest())
    for indicator in agreement.bid.challenge.indicators.all():
        assert indicator.name.encode() in text
    told = set(Message.objects.filter(kind="agreement_to_sign").values_list("to_id", flat=True))
    sides = (agreement.bid.challenge.poster, agreement.bid.lead)
    assert told == {make.administrator(organisation).pk for organisation in sides}
    for act in (
        lambda: save_agreement(agreement.pk, **make.terms(agreement), by=editor, now=now),
        lambda: send_to_sign(agreement.pk, by=editor, now=now),
    ):
        with pytest.raises(WrongState):
            act()


@pytest.mark.parametrize("first", ["poster", "bidder"])
def test_both_sides_sign_in_any_order_and_the_board_is_matched(make, clock, first):
    agreement = make.agreement_to_sign(clock, totals=ONE)
    poster, lead = agreement.bid.challenge.poster, agreement.bid.lead
    order = [poster, lead] if first == "poster" else [lead, poster]

    sign_agreement(agreement.pk, by=make.administrator(order[0]), now=portal_now())
    half = make.fresh_agreement(agreement.bid)
    assert (half.state, half.bid.challenge.state) == (AgreementState.SIGNING, ChallengeState.EVALUATED)
    waiting = Message.objects.filter(kind="agreement_half_signed").values_list("to_id", flat=True)
    assert set(waiting) == {make.administrator(order[1]).pk}
    with pytest.raises(Clash) as refusal:
        sign_agreement(agreement.pk, by=make.administrator(order[0]), now=portal_now())
    assert refusal.value.code == "signed_already"

    now = portal_now()
    sign_agreement(agreement.pk, by=make.administrator(order[1]), now=now)

    signed = make.fresh_agreement(agreement.bid)
    assert (signed.state, signed.signed_at) == (AgreementState.SIGNED, now)
    assert (signed.bid.challenge.state, signed.bid.challenge.matched_at) == (ChallengeState.MATCHED, now)
    assert set(Signature.objects.values_list("side", "digest")) == {("poster", signed.digest), ("bidder", signed.digest)}
    assert Message.objects.filter(kind="agreement_signed", to=make.case_officer()).count() == 1
    with pytest.raises(WrongState):
        sign_agreement(agreement.pk, by=make.administrator(lead), now=portal_now())


def test_nobody_else_signs_and_nobody_for_both(make, clock):
    agreement = make.agreement_to_sign(clock, totals=ONE)
    poster, lead = agreement.bid.challenge.poster, agreement.bid.lead
    for by in (make.editor(poster), make.editor(lead), make.case_officer(), make.administrator(make.organisation())):
        with pytest.raises(NotAllowed):
            sign_agreement(agreement.pk, by=by, now=portal_now())
    both = make.member(poster, MemberRole.ADMINISTRATOR)
    Membership.objects.create(user=both, organisation=lead, role=MemberRole.ADMINISTRATOR, starts_on=LONG_AGO)

    sign_agreement(agreement.pk, by=both, now=portal_now())
    with pytest.raises(NotAllowed) as refusal:
        sign_agreement(agreement.pk, by=both, now=portal_now())

    assert refusal.value.code == "signs_for_both"
    assert Signature.objects.count() == 1


def test_an_officer_enters_the_registration(make, clock):
    agreement = make.signed_agreement(clock, totals=ONE)
    officer = make.case_officer()
    for by in (make.administrator(agreement.bid.lead), make.division_head()):
        with pytest.raises(NotAllowed):
            register_agreement(agreement.pk, number="2026340100000123", by=by, now=portal_now())
    with pytest.raises(Incomplete):
        register_agreement(agreement.pk, number=" ", by=officer, now=portal_now())

    register_agreement(agreement.pk, number=" 2026340100000123 ", by=officer, now=portal_now())

    registered = make.fresh_agreement(agreement.bid)
    assert (registered.state, registered.registration_number) == (AgreementState.REGISTERED, "2026340100000123")
    assert Message.objects.filter(kind="agreement_registered").count() > 0
    with pytest.raises(WrongState):
        register_agreement(agreement.pk, number="1", by=officer, now=portal_now())


def test_a_void_agreement_opens_the_reserve(make, clock):
    bids = make.qualified_bids(clock, count=2)
    selected = make.selected_bid(clock, make.locked_panel(clock, bids, totals=TWO))
    agreement = make.signed_agreement(clock, selected)
    poster = make.administrator(selected.challenge.poster)
    with pytest.raises(NotAllowed):
        void_agreement(agreement.pk, why="谈不拢", by=poster, now=portal_now())
    with pytest.raises(Incomplete):
        void_agreement(agreement.pk, why=" ", by=make.case_officer(), now=portal_now())
    with pytest.raises(Refused) as refusal:
        void_agreement(agreement.pk, why="x", ends_selection=False, by=make.case_officer(), now=portal_now())
    assert refusal.value.code == "signed_agreement_ends_selection"

    void_agreement(agreement.pk, why="双方协商解除", by=make.case_officer(), now=portal_now())

    first, second = (make.fresh_bid(bid) for bid in bids)
    assert (first.state, second.state, first.challenge.state) == (BidState.WITHDRAWN, BidState.RESERVE, ChallengeState.EVALUATED)
    assert first.challenge.matched_at is None
    select_bid(second.pk, why="第一名协议解除", by=poster, now=portal_now())
    second_agreement = make.signed_agreement(clock, make.fresh_bid(second))
    assert second_agreement.bid.challenge.state == ChallengeState.MATCHED


def test_before_signing_a_new_text_can_be_drafted_with_the_same_bidder(make, clock):
    agreement = make.agreement_to_sign(clock, totals=ONE)
    bid = agreement.bid

    void_agreement(agreement.pk, why="金额有误", ends_selection=False, by=make.administrator(bid.lead), now=portal_now())

    assert make.fresh_bid(bid).state == BidState.SELECTED
    again = make.agreement(clock, make.fresh_bid(bid))
    assert (again.state, Agreement.objects.filter(bid=bid).count()) == (AgreementState.DRAFT, 2)
