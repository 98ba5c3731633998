"""An award ends without its task book: by the clock after the deadline, or by the poster with a reason; the money goes back."""

from datetime import timedelta

import pytest

from funding.actions.giving_up import give_up_award
from funding.actions.tasking import save_taskbook, sign_taskbook
from funding.invariants import appropriations, balances, projects
from funding.models import Account, LedgerEntry, TaskBookSignature
from funding.queries.rounds import left_of
from funding.queries.taskbooks import due_at
from funding.states import ProjectState, TaskBookState
from funding.tasks import lapse_taskbooks
from portal.kernel.errors import Incomplete, NotAllowed, WrongState
from portal.kernel.money import wan_to_fen
from portal.models import Event, Message
from portal.record import words_of

pytestmark = pytest.mark.django_db
WAN = wan_to_fen
MICROSECOND = timedelta(microseconds=1)


def committed(project) -> int:
    return Account.objects.get(kind="committed", owner=project.pk).balance_fen


def told(kind: str) -> set:
    return set(Message.objects.filter(kind=kind).values_list("to_id", flat=True))


def three_signatures(make, clock):
    """A task book that lacks the bureau's signature only, and the head who would give it."""
    taskbook = make.taskbook_to_sign(clock)
    signers = make.signers(taskbook.project)
    for party in ("poster", "bidder", "district"):
        sign_taskbook(taskbook.pk, party=party, by=signers[party], now=clock.now())
    return taskbook, signers["bureau"]


@pytest.mark.parametrize(
    ("after", "state", "left", "bound"),
    [(-MICROSECOND, "approved", "1000", "1000"), (timedelta(0), "approved", "1000", "1000"), (MICROSECOND, "given_up", "2000", "0")],
)
def test_an_award_lapses_a_microsecond_after_the_deadline_and_not_before(make, clock, after, state, left, bound):
    project = make.approved_project(clock)
    clock.set(due_at(project) + after)

    lapse_taskbooks()

    assert make.fresh_project(project).state == state
    assert left_of(project.round.appropriation_id) == WAN(left)
    assert committed(project) == WAN(bound)


def test_a_lapse_runs_twice_quietly_and_the_books_balance(make, clock):
    taskbook, _head = three_signatures(make, clock)
    project = make.fresh_project(taskbook.project)
    clock.set(due_at(project) + MICROSECOND)

    lapse_taskbooks()
    before = (Event.objects.count(), Message.objects.count(), LedgerEntry.objects.count())
    lapse_taskbooks()
    give_up_award(project.pk, now=clock.now())

    assert (Event.objects.count(), Message.objects.count(), LedgerEntry.objects.count()) == before
    entry = LedgerEntry.objects.get(key=f"award-given-up:{project.pk}")
    assert sorted(entry.postings.values_list("amount_fen", flat=True)) == [-WAN("1000"), WAN("1000")]
    assert [*balances(), *appropriations(), *projects()] == []
    assert make.fresh_project(project).taskbooks.get().state == TaskBookState.SIGNING
    assert told("award_lapsed") >= {
        make.administrator(project.poster).pk,
        make.administrator(project.bidder).pk,
        make.reviewer(project.poster).pk,
        make.case_officer().pk,
    }


def test_the_last_signature_at_the_deadline_is_in_time(make, clock):
    taskbook, head = three_signatures(make, clock)
    clock.set(taskbook.due_at)

    sign_taskbook(taskbook.pk, party="bureau", by=head, now=clock.now())
    clock.forward(days=1)
    lapse_taskbooks()

    assert make.fresh_project(taskbook.project).state == ProjectState.UNDER_WAY


def test_nobody_signs_or_writes_once_the_award_is_given_up(make, clock):
    taskbook, head = three_signatures(make, clock)
    clock.set(taskbook.due_at + MICROSECOND)
    lapse_taskbooks()

    with pytest.raises(WrongState) as refusal:
        sign_taskbook(taskbook.pk, party="bureau", by=head, now=clock.now())

    assert refusal.value.code == "wrong_state"
    assert TaskBookSignature.objects.filter(taskbook=taskbook).count() == 3


def test_the_clock_does_not_end_an_award_before_its_time(make, clock):
    project = make.approved_project(clock)

    with pytest.raises(WrongState) as refusal:
        give_up_award(project.pk, now=due_at(project))

    assert (refusal.value.code, refusal.value.facts["due_at"]) == ("taskbook_still_due", due_at(project))


def test_the_poster_gives_up_with_a_reason_before_the_deadline(make, clock):
    project = make.approved_project(clock)
    admin = make.administrator(project.poster)

    with pytest.raises(Incomplete):
        give_up_award(project.pk, why=" ", by=admin, now=clock.now())
    for other in (make.administrator(project.bidder), make.case_officer(), make.editor(project.poster)):
        with pytest.raises(NotAllowed):
            give_up_award(project.pk, why="资金另有安排。", by=other, now=clock.now())
    give_up_award(project.pk, why="资金另有安排。", by=admin, now=clock.now())
    with pytest.raises(WrongState):
        give_up_award(project.pk, why="资金另有安排。", by=admin, now=clock.now())

    assert make.fresh_project(project).state == ProjectState.GIVEN_UP
    assert words_of(Event.objects.get(kind="project.given_up")) == "资金另有安排。"
    assert left_of(project.round.appropriation_id) == WAN("2000")
    assert admin.pk in told("award_given_up")


def test_a_draft_of_the_task_book_is_closed_too(make, clock):
    taskbook = make.taskbook(clock)
    project = taskbook.project
    give_up_award(project.pk, why="不再实施。", by=make.administrator(project.poster), now=clock.now())

    with pytest.raises(WrongState):
        save_taskbook(
            taskbook.pk, starts_on=taskbook.starts_on, ends_on=taskbook.ends_on, indicators={}, milestones=[],
            instalments=[], by=make.editor(project.poster), now=clock.now(),
        )  # fmt: skip
