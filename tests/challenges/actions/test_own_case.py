"""Nobody of the bureau acts on a case of their own organisation, in whichever role; hidden rows answer as absent ones."""

from datetime import timedelta
from uuid import uuid4

import pytest

from challenges.actions.agreeing import register_agreement, void_agreement
from challenges.actions.bidding import start_bid
from challenges.actions.drawing import convene_panel, name_experts
from challenges.actions.objecting import admit_objection, file_objection
from challenges.actions.opening import declare_failed
from challenges.actions.publicising import give_notice
from challenges.actions.publishing import publish_board
from challenges.actions.ranking import lock_panel
from challenges.actions.sealing import seal_bid
from challenges.states import ChallengeState
from portal.clock import china_date, portal_now
from portal.kernel.errors import NotAllowed, NotFound
from portal.models import MemberRole, Membership, Role
from portal.words import sentence

pytestmark = pytest.mark.django_db


def joined(user, organisation):
    """The same person, who also reads for an organisation."""
    Membership.objects.create(user=user, organisation=organisation, role=MemberRole.VIEWER, starts_on="2020-01-01")
    return user


def refused(act, *args, **said) -> str:
    with pytest.raises(NotAllowed) as refusal:
        act(*args, now=portal_now(), **said)
    return refusal.value.code


def test_an_officer_does_not_publish_the_board_of_the_own_organisation(make, clock):
    need = make.need(ChallengeState.POOLED)
    own = joined(make.officer(), need.poster)

    assert refused(give_notice, need.pk, starts_on=china_date(portal_now()), by=own) == "own_case"
    assert refused(publish_board, need.pk, by=own) == "own_case"


def test_a_bidders_officer_convenes_names_locks_and_fails_nothing(make, clock):
    panel = make.scored_panel(clock)
    bid = make.bids_of(panel)[0]
    own, clerk = joined(make.officer(), bid.lead), joined(make.official(Role.DRAW_CLERK), bid.lead)

    assert refused(convene_panel, bid.challenge_id, size=5, due_at=portal_now() + timedelta(days=3), by=own) == "own_case"
    assert refused(name_experts, panel.pk, experts=[make.expert().pk], by=clerk) == "own_case"
    assert refused(lock_panel, panel.pk, by=own) == "own_case"
    assert refused(declare_failed, bid.challenge_id, why="无", by=own) == "own_case"


def test_an_officer_of_a_side_neither_registers_nor_ends_a_signed_agreement(make, clock):
    agreement = make.signed_agreement(clock)

    for organisation in (agreement.bid.lead, agreement.bid.challenge.poster):
        own = joined(make.officer(), organisation)
        assert refused(register_agreement, agreement.pk, number="皖-1", by=own) == "own_case"
        assert refused(void_agreement, agreement.pk, why="不再需要", by=own) == "own_case"


def test_discipline_inspection_decides_on_no_objection_to_the_own_need(make, clock):
    need = make.need(ChallengeState.IN_NOTICE)
    notice = make.notice_of(need)
    objection = file_objection(
        notice.pk, need.pk, name="李华", phone="0551-1", reason="重复", by=make.person(), now=portal_now()
    )

    assert refused(admit_objection, objection.pk, by=joined(make.official(Role.DISCIPLINE), need.poster)) == "own_case"


def test_a_hidden_bid_and_a_hidden_board_answer_as_absent_ones(make, clock):
    stranger, lead = make.administrator(make.organisation()), make.bidder()
    editor = make.administrator(lead)
    answers = []
    for act in (
        lambda: seal_bid(make.signed_off_bid().pk, by=stranger, now=portal_now()),
        lambda: seal_bid(uuid4(), by=stranger, now=portal_now()),
        lambda: start_bid(make.need(ChallengeState.SUBMITTED).pk, lead.pk, by=editor, now=portal_now()),
        lambda: start_bid(uuid4(), lead.pk, by=editor, now=portal_now()),
    ):
        with pytest.raises(NotFound) as refusal:
            act()
        answers.append((refusal.value.code, sentence(refusal.value), dict(refusal.value.facts)))

    assert len({str(answer) for answer in answers}) == 1
