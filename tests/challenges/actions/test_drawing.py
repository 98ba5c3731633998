"""Convening a panel and naming its experts."""

from datetime import timedelta

import pytest

from challenges.actions.drawing import convene_panel, name_experts
from challenges.actions.qualifying import qualify_bid
from challenges.models import Assignment, CandidateParty, Expert, Panel
from challenges.states import AssignmentState, BidState
from portal.clock import portal_now
from portal.kernel.errors import Clash, NotAllowed, NotFound, Refused, WrongState
from portal.models import Event, Grant, MemberRole, Membership, Message, Role
from tests.making.people import LONG_AGO


def test_a_panel_freezes_candidates_parties_and_documents_and_the_clerk_is_told(make, clock):
    member = make.organisation("丙大学", kind="university")
    bid = make.qualified_bids(clock, count=1, files=1)[0]
    lead, board = bid.lead, bid.challenge
    clerk, officer, now = make.draw_clerk(), make.case_officer(), portal_now()

    panel = convene_panel(board.pk, size=5, due_at=now + timedelta(days=9), by=officer, now=now)

    candidate = panel.candidates.get()
    assert (candidate.label, candidate.title, candidate.of_bid.bid) == ("A", lead.name, bid)
    assert candidate.documents == {
        "commitment": bid.seals.get().commitment,
        "files": [{"id": str(held.file_id), "sha256": held.file.sha256} for held in bid.files.select_related("file")],
    }
    parties = CandidateParty.objects.filter(candidate=candidate).values_list("organisation_id", "part")
    assert set(parties) == {(board.poster_id, "poster"), (lead.pk, "lead")}
    assert member.pk not in {organisation for organisation, _part in parties}
    assert list(Message.objects.filter(kind="panel_convened").values_list("to_id", flat=True)) == [clerk.pk]
    assert Event.objects.filter(kind="panel.convened", case_id=board.pk, by=officer).count() == 1


def test_members_of_a_consortium_are_known_by_their_credit_code(make, clock):
    member, lead, board = make.organisation("丙大学", kind="university"), make.bidder(), make.board()
    consortium = [
        {"uscc": lead.uscc, "name": lead.name, "share_percent": "65", "task": "牵头"},
        {"uscc": member.uscc, "name": member.name, "share_percent": "35", "task": "芯片"},
    ]
    bid = make.sealed_bid(board, lead=lead, consortium=consortium)
    make.open(clock, board)
    qualify_bid(bid.pk, by=make.case_officer(), now=portal_now())

    panel = make.panel(clock, [make.fresh_bid(bid)])

    parties = CandidateParty.objects.filter(candidate__panel=panel).values_list("organisation_id", "part")
    assert set(parties) == {(board.poster_id, "poster"), (lead.pk, "lead"), (member.pk, "member")}


def test_a_panel_waits_until_every_bid_is_decided_on(make, clock):
    bid = make.opened_bids(clock, count=1)[0]

    with pytest.raises(Refused) as refusal:
        convene_panel(bid.challenge_id, size=5, due_at=portal_now() + timedelta(days=1), by=make.officer(), now=portal_now())

    assert (refusal.value.code, refusal.value.facts["count"]) == ("bids_undecided", 1)
    assert Panel.objects.count() == 0


@pytest.mark.parametrize(
    ("size", "days", "code"), [(4, 9, "panel_too_small"), (100, 9, "panel_too_large"), (5, 0, "due_in_the_past")]
)
def test_size_and_due_moment_are_checked(make, clock, size, days, code):
    bid = make.qualified_bids(clock, count=1)[0]
    now = portal_now()

    with pytest.raises(Refused) as refusal:
        convene_panel(bid.challenge_id, size=size, due_at=now + timedelta(days=days), by=make.officer(), now=now)

    assert refusal.value.code == code


def test_one_panel_at_a_time_and_only_officers_convene(make, clock):
    bid = make.qualified_bids(clock, count=1)[0]
    make.panel(clock, [bid])
    now = portal_now()
    with pytest.raises(Clash) as refusal:
        convene_panel(bid.challenge_id, size=5, due_at=now + timedelta(days=1), by=make.officer(), now=now)
    assert refusal.value.code == "panel_convened"

    for role in (Role.DIVISION_HEAD, Role.DRAW_CLERK, Role.EXPERT, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            convene_panel(bid.challenge_id, size=5, due_at=now + timedelta(days=1), by=make.official(role), now=now)


def test_the_clerk_names_experts_who_are_invited_and_told(make, clock):
    panel = make.panel(clock, count=1)
    experts, clerk, now = [make.expert() for _ in range(3)], make.draw_clerk(), portal_now()

    seats = name_experts(panel.pk, experts=[each.pk for each in experts], by=clerk, now=now)

    assert [(seat.seat, seat.expert_id, seat.state) for seat in seats] == [
        (number, each.pk, AssignmentState.INVITED) for number, each in enumerate(experts, start=1)
    ]
    assert {seat.answer_by for seat in seats} == {now + timedelta(days=panel.rules.invitation_days)}
    panel.refresh_from_db()
    assert (panel.named_by, panel.named_at) == (clerk, now)
    assert set(Message.objects.filter(kind="seat_offered").values_list("to_id", flat=True)) == {each.pk for each in experts}


def test_who_convened_may_not_name(make, clock):
    panel = make.panel(clock, count=1)
    Grant.objects.create(user=panel.convened_by, role=Role.DRAW_CLERK, starts_on=LONG_AGO)
    convener = type(panel.convened_by).objects.get(pk=panel.convened_by_id)

    with pytest.raises(NotAllowed) as refusal:
        name_experts(panel.pk, experts=[make.expert().pk], by=convener, now=portal_now())

    assert refusal.value.code == "named_by_the_convener"
    assert Assignment.objects.count() == 0


def test_an_expert_of_a_party_cannot_be_named(make, clock):
    bid = make.qualified_bids(clock, count=1)[0]
    panel = make.panel(clock, [bid])
    of_bidder, of_poster = make.expert(employer=bid.lead), make.expert(employer=bid.challenge.poster)
    formerly = make.expert()
    day = portal_now().date()
    Membership.objects.create(
        user=formerly, organisation=bid.lead, role=MemberRole.VIEWER, starts_on=LONG_AGO, ends_on=day - timedelta(days=700)
    )
    expected = {of_bidder: "same_organisation", of_poster: "same_organisation", formerly: "same_organisation_recently"}

    for person, reason in expected.items():
        with pytest.raises(Refused) as refusal:
            name_experts(panel.pk, experts=[person.pk], by=make.draw_clerk(), now=portal_now())
        assert (refusal.value.code, refusal.value.facts["reason"]) == ("expert_in_conflict", reason)

    assert Assignment.objects.count() == 0


def test_what_only_the_database_sees_becomes_a_sentence_too(make, clock):
    bid = make.qualified_bids(clock, count=1)[0]
    panel = make.panel(clock, [bid])
    person = make.expert()
    tomorrow = portal_now().date() + timedelta(days=1)
    Membership.objects.create(user=person, organisation=bid.lead, role=MemberRole.VIEWER, starts_on=tomorrow)

    with pytest.raises(Refused) as refusal:
        name_experts(panel.pk, experts=[person.pk], by=make.draw_clerk(), now=portal_now())

    assert refusal.value.code == "expert_in_conflict_now"
    assert Assignment.objects.count() == 0


def test_naming_is_checked_against_seats_pool_and_people(make, clock):
    panel, clerk = make.panel(clock, count=1), make.draw_clerk()
    six = [make.expert().pk for _ in range(6)]
    retired = make.expert()
    Expert.objects.filter(pk=retired.pk).update(in_pool=False)

    def refused(experts, error):
        with pytest.raises(error) as refusal:
            name_experts(panel.pk, experts=experts, by=clerk, now=portal_now())
        return refusal.value.code

    assert refused([], Refused) == "no_expert_named"
    assert refused(six, Refused) == "more_experts_than_seats"
    assert refused([retired.pk], NotFound) == "expert_unknown"
    name_experts(panel.pk, experts=six[:1], by=clerk, now=portal_now())
    assert refused(six[:1], Clash) == "expert_named_before"


def test_the_letters_tell_nothing_about_the_order_of_the_bids(make, clock):
    bids = make.qualified_bids(clock, count=2)
    panel = make.panel(clock, bids)

    assert [candidate.label for candidate in panel.candidates.all()] == ["A", "B"]
    assert {candidate.of_bid.bid for candidate in panel.candidates.all()} == set(bids)
    assert {bid.state for bid in bids} == {BidState.QUALIFIED}


def test_no_panel_before_the_opening(make, clock):
    board = make.board()
    with pytest.raises(WrongState):
        convene_panel(board.pk, size=5, due_at=portal_now() + timedelta(days=9), by=make.officer(), now=portal_now())
