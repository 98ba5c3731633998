"""Who acts for a party decides nothing about its money; who scored a project does not decide on it."""

from datetime import date

import pytest

from funding.actions.approving import confirm_decision, record_decision
from funding.actions.deciding import end_award, give_award_notice, propose_awards
from funding.actions.disbursing import (
    approve_payment,
    hold_back_instalment,
    prepare_payment,
    release_instalment,
    return_claim,
    verify_claim,
)
from funding.actions.reporting import accept_milestone, return_milestone
from funding.models import DecisionKind
from portal.kernel.errors import NotAllowed
from portal.kernel.money import wan_to_fen
from portal.models import Grant, MemberRole, Membership, Role, User

pytestmark = pytest.mark.django_db


def joined(user, organisation):
    """The same person, who also reads for an organisation."""
    Membership.objects.create(user=user, organisation=organisation, role=MemberRole.VIEWER, starts_on="2020-01-01")
    return user


def refused(act, *args, clock, **said) -> str:
    with pytest.raises(NotAllowed) as refusal:
        act(*args, now=clock.now(), **said)
    return refusal.value.code


def test_an_officer_of_a_party_checks_no_claim_and_no_milestone(make, clock):
    milestone = make.reported_milestone(clock)
    project = milestone.project
    claimed = make.claimed_instalment(clock, project)

    for organisation in (project.poster, project.bidder):
        own = joined(make.officer(), organisation)
        assert refused(verify_claim, claimed.pk, by=own, clock=clock) == "own_case"
        assert refused(return_claim, claimed.pk, why="错", by=own, clock=clock) == "own_case"
        assert refused(hold_back_instalment, claimed.pk, why="错", by=own, clock=clock) == "own_case"
        assert refused(release_instalment, claimed.pk, by=own, clock=clock) == "own_case"
        assert refused(accept_milestone, milestone.pk, by=own, clock=clock) == "own_case"
        assert refused(return_milestone, milestone.pk, why="错", by=own, clock=clock) == "own_case"


def test_finance_people_of_the_payee_neither_prepare_nor_approve(make, clock):
    instalment = make.verified_instalment(clock)
    poster = instalment.project.poster
    preparer = joined(make.official(Role.PREPARER), poster)
    assert refused(prepare_payment, instalment.pk, by=preparer, clock=clock) == "own_case"

    make.bank_account(poster)
    payment = prepare_payment(instalment.pk, by=make.preparer(), now=clock.now())
    approver = joined(make.official(Role.APPROVER), poster)
    assert refused(approve_payment, payment.pk, digest=payment.digest, by=approver, clock=clock) == "own_case"


def both_roles(project, role: Role) -> User:
    """An expert who scored a project and also holds a role of the bureau."""
    seat = project.candidacies.get().candidate.panel.assignments.first()
    Grant.objects.create(user=seat.expert.user, role=role, starts_on="2020-01-01")
    return User.objects.get(pk=seat.expert_id)


def test_who_scored_does_not_propose_end_or_give_notice(make, clock):
    project = make.reviewed_project(clock)
    scorer, award = both_roles(project, Role.OFFICER), {project.pk: wan_to_fen("1000")}

    assert refused(propose_awards, project.round_id, awards=award, by=scorer, clock=clock) == "scores_and_decides"
    assert refused(end_award, project.pk, why="撤", by=scorer, clock=clock) == "scores_and_decides"

    propose_awards(project.round_id, awards=award, by=make.case_officer(), now=clock.now())
    starts = date(2030, 1, 1)
    assert refused(give_award_notice, project.round_id, [project.pk], starts_on=starts, by=scorer, clock=clock) == "scores_and_decides"
    own = joined(make.officer(), project.bidder)
    assert refused(give_award_notice, project.round_id, [project.pk], starts_on=starts, by=own, clock=clock) == "own_case"


def test_who_scored_or_acts_for_a_party_neither_records_nor_confirms_a_decision(make, clock):
    project = make.noticed_project(clock)
    said = {"kind": DecisionKind.GOVERNMENT, "document_number": "合政秘〔2026〕9号", "decided_on": clock.now().date()}
    said["items"] = {project.pk: wan_to_fen("1000")}

    scorer, own = both_roles(project, Role.OFFICER), joined(make.officer(), project.poster)
    assert refused(record_decision, project.round_id, **said, by=scorer, clock=clock) == "scores_and_decides"
    assert refused(record_decision, project.round_id, **said, by=own, clock=clock) == "own_case"

    decision = make.decision(project)
    head = joined(make.official(Role.DIVISION_HEAD), project.bidder)
    assert refused(confirm_decision, decision.pk, by=head, clock=clock) == "own_case"
    assert refused(confirm_decision, decision.pk, by=both_roles(project, Role.DIVISION_HEAD), clock=clock) == "scores_and_decides"
