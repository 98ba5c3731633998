"""Two choices in one moment leave one winner; so do two signatures of one side and two locks."""

import pytest

from challenges.actions import agreeing, ranking, selecting
from challenges.models import Bid, Score, Selection, Signature
from challenges.states import AgreementState, BidState, ChallengeState
from portal.clock import portal_now
from portal.kernel.errors import Clash, PortalError, WrongState
from tests.concurrency.test_deadline import together

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


def test_eight_selections_of_different_bids_leave_one(make, clock):
    bids = make.qualified_bids(clock, count=2)
    make.locked_panel(clock, bids, totals=[(90,) * 5, (80,) * 5])
    admin, now = make.administrator(bids[0].challenge.poster), portal_now()

    def choose(bid):
        return lambda: selecting.select_bid(bid.pk, why="理由", by=admin, now=now)

    found = together(*(choose(bids[number % 2]) for number in range(THREADS)))

    assert sum(isinstance(each, Selection) for each in found) == 1
    assert all(isinstance(each, Selection | Clash) for each in found)
    assert Selection.objects.count() == 1
    assert sorted(Bid.objects.values_list("state", flat=True)) == [BidState.RESERVE, BidState.SELECTED]


def test_eight_locks_make_the_scores_once(make, clock):
    panel = make.scored_panel(clock, totals=[(80,) * 5])
    officer, now = make.case_officer(), portal_now()

    found = together(*[lambda: ranking.lock_panel(panel.pk, by=officer, now=now)] * THREADS)

    assert sum(isinstance(each, WrongState) for each in found) == THREADS - 1
    assert Score.objects.count() == 1


def test_both_sides_signing_eight_times_at_once_sign_once_each_and_match_the_board(make, clock):
    agreement = make.agreement_to_sign(clock, totals=[(80,) * 5])
    sides = [make.administrator(agreement.bid.challenge.poster), make.administrator(agreement.bid.lead)]
    now = portal_now()

    def sign(by):
        return lambda: agreeing.sign_agreement(agreement.pk, by=by, now=now)

    found = together(*(sign(sides[number % 2]) for number in range(THREADS)))

    assert sum(not isinstance(each, PortalError) for each in found) == 2
    assert sorted(Signature.objects.values_list("side", flat=True)) == ["bidder", "poster"]
    agreement = make.fresh_agreement(agreement.bid)
    assert (agreement.state, agreement.bid.challenge.state) == (AgreementState.SIGNED, ChallengeState.MATCHED)
