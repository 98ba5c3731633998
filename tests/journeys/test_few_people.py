"""The real actions against the search: one greedy person is refused where it says, and as few as it says suffice."""

from datetime import timedelta
from itertools import cycle

import pytest

from challenges.actions import drawing, objecting, publishing, reviewing, vetting
from challenges.actions.opening import close_box, open_box
from challenges.actions.qualifying import disqualify_bid, qualify_bid
from challenges.actions.ranking import lock_panel
from challenges.states import ChallengeState
from funding.actions import approving, disbursing, tasking
from portal.clock import portal_now
from portal.duties import Duty
from portal.kernel.errors import PortalError
from portal.management.routes.asked import GOALS
from portal.management.routes.search import people_needed
from portal.models import DutyTaken, Grant, MemberRole, Membership, Role, User

pytestmark = pytest.mark.django_db

CONFIRMS_ACCOUNTS = {Role.PREPARER, Role.APPROVER}
"""What the confirmer of accounts may not even hold."""


def everything(make, person: User, *, but=frozenset()) -> User:
    """The same person, now with every role of city and pool."""
    held = set(person.grants.values_list("role", flat=True))
    for role in set(Role) - held - {Role.SUPPORT} - set(but):
        district = make.district() if role == Role.DISTRICT else None
        Grant.objects.create(user=person, role=role, district=district, starts_on="2020-01-01", **make.two_officials())
    return again(person)


def again(person: User) -> User:
    return User.objects.get(pk=person.pk)


def refused(act, *args, **said) -> str:
    with pytest.raises(PortalError) as refusal:
        act(*args, now=portal_now(), **said)
    return refusal.value.code


def cast(make, **people: User) -> None:
    """Give parts of the usual cast to these people."""
    make.__dict__.setdefault("_kept", {}).update(people)


def test_one_greedy_person_is_stopped_on_the_way_to_a_board(make, clock):
    greedy = everything(make, make.officer())
    need = make.need(ChallengeState.SUBMITTED)

    vetting.recommend_need(need.pk, by=greedy, now=portal_now())
    assert refused(vetting.pool_need, need.pk, by=greedy) == "checks_for_both"
    vetting.pool_need(need.pk, by=make.case_officer(), now=portal_now())
    publishing.publish_board(need.pk, by=greedy, now=portal_now())
    assert close_box(need.pk, by=greedy, now=portal_now()) is False
    assert open_box(need.pk, by=greedy, now=portal_now()) is False


def test_one_greedy_person_neither_draws_nor_scores_what_they_handle(make, clock):
    greedy = everything(make, make.officer())
    cast(make, case_officer=greedy)
    panel = make.panel(clock, count=1)
    expert = make.expert()

    assert refused(drawing.name_experts, panel.pk, experts=[expert.pk], by=greedy) == "named_by_the_convener"
    everything(make, expert)
    drawing.name_experts(
        panel.pk, experts=[expert.pk, *(make.expert().pk for _ in range(4))], by=make.draw_clerk(), now=portal_now()
    )
    reviewing.accept_seat(
        panel.assignments.get(expert_id=expert.pk).pk, declares_no_conflict=True, by=again(expert), now=portal_now()
    )
    assert refused(lock_panel, panel.pk, by=again(expert)) == "scores_and_decides"


def test_one_greedy_person_is_stopped_between_award_and_money(make, clock):
    greedy = everything(make, make.officer())
    cast(make, case_officer=greedy, preparer=make.official(Role.PREPARER))
    project = make.noticed_project(clock)
    decision = make.decision(project)

    assert refused(approving.confirm_decision, decision.pk, by=greedy) == "recorded_by_the_same"
    approving.confirm_decision(decision.pk, by=make.division_head(), now=portal_now())
    project = make.fresh_project(project)
    taskbook = make.taskbook_to_sign(clock, project)
    for party, signer in make.signers(project).items():
        tasking.sign_taskbook(taskbook.pk, party=party, by=signer, now=portal_now())
    instalment = make.claimed_instalment(clock, make.fresh_project(project))
    disbursing.verify_claim(instalment.pk, by=greedy, now=portal_now())
    make.bank_account(project.poster)
    assert refused(disbursing.prepare_payment, instalment.pk, by=greedy) == "checks_and_prepares"
    payment = disbursing.prepare_payment(instalment.pk, by=make.preparer(), now=portal_now())
    assert refused(disbursing.approve_payment, payment.pk, digest=payment.digest, by=greedy) == "checks_and_approves"
    preparer = everything(make, make.preparer())
    assert refused(disbursing.approve_payment, payment.pk, digest=payment.digest, by=preparer) == "prepares_and_approves"
    make.approve(payment, 1, 2)
    [made] = disbursing.send_payments(by=greedy, now=portal_now())
    answer = make.answer_to(made)
    assert refused(disbursing.import_confirmations, answer, by=preparer) == "pays_and_reconciles"
    disbursing.import_confirmations(answer, by=greedy, now=portal_now())
    assert make.fresh_payment(payment).state == "confirmed"


def test_a_member_of_the_poster_holds_no_office_whatever_they_are_granted(make, clock):
    taskbook = make.taskbook_to_sign(clock)
    project = taskbook.project
    both = everything(make, make.administrator(project.poster))

    for party in ("district", "bureau"):
        assert refused(tasking.sign_taskbook, taskbook.pk, party=party, by=both) == "own_case"
    withdrawn = make.need(ChallengeState.SUBMITTED, poster=project.poster)
    publishing.withdraw_challenge(withdrawn.pk, why="不再需要", by=both, now=portal_now())
    board = make.board(poster=project.poster)
    assert refused(publishing.withdraw_challenge, board.pk, why="换题", by=both) == "own_case"


def test_an_objection_to_an_award_is_not_decided_by_the_bidder(make, clock):
    project = make.project_in_notice(clock)
    notice = make.award_notice(project)
    objection = objecting.file_objection(
        notice.pk, project.pk, name="李华", phone="0551-1", reason="重复", by=make.person(), now=portal_now()
    )
    inspector = make.official(Role.DISCIPLINE)
    Membership.objects.create(
        user=inspector, organisation=project.bidder, role=MemberRole.VIEWER, starts_on="2020-01-01"
    )

    assert refused(objecting.admit_objection, objection.pk, by=again(inspector)) == "own_case"


def test_an_expert_of_a_disqualified_bidder_is_not_named(make, clock):
    bids = make.opened_bids(clock, count=2)
    disqualify_bid(bids[0].pk, why="存在关联关系。", by=make.case_officer(), now=portal_now())
    qualify_bid(bids[1].pk, by=make.case_officer(), now=portal_now())
    panel = drawing.convene_panel(
        bids[0].challenge_id, size=5, due_at=portal_now() + timedelta(days=3), by=make.case_officer(), now=portal_now()
    )

    of_rival = make.expert(employer=bids[0].lead)
    assert refused(drawing.name_experts, panel.pk, experts=[of_rival.pk], by=make.draw_clerk()) == "expert_in_conflict"


def test_as_few_people_as_the_search_names_really_move_the_money(make, clock):
    """A case from its need to confirmed money, the city's part of it in eight hands."""
    count, _route, _persons = people_needed(GOALS[2])
    officer, second = everything(make, make.officer()), everything(make, make.officer(), but=CONFIRMS_ACCOUNTS)
    clerk = everything(make, make.officer())
    experts = [everything(make, make.expert()) for _ in range(5)]
    cast(
        make, case_officer=officer, draw_clerk=clerk, division_head=second, reconciler=second, preparer=clerk,
        approver1=experts[0], approver2=experts[1], **{f"reviewer {make.district().code}": second},
    )  # fmt: skip
    turns = cycle(experts)
    make.expert = lambda **_said: next(turns)
    clock.china(2026, 1, 5)
    agreement = make.signed_agreement(clock, totals=((88,) * 5,))

    taskbook = make.taskbook_to_sign(clock, agreement=agreement)
    for party, signer in {**make.signers(taskbook.project), "bureau": clerk}.items():
        tasking.sign_taskbook(taskbook.pk, party=party, by=signer, now=portal_now())

    payment = make.confirmed_payment(clock, make.fresh_project(taskbook.project))

    assert payment.state == "confirmed"
    for_the_city = DutyTaken.objects.exclude(
        duty__in=[Duty.ACTS_FOR_A_PARTY, Duty.SIGNS_AGREEMENT_FOR_POSTER, Duty.SIGNS_AGREEMENT_FOR_BIDDER,
                  Duty.SIGNS_TASKBOOK_FOR_POSTER, Duty.SIGNS_TASKBOOK_FOR_BIDDER, Duty.ENTERS_ACCOUNT]
    )  # fmt: skip
    assert for_the_city.values("user").distinct().count() == count - 2 == 8
