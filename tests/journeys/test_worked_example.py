"""The worked example, from the call of 2 March 2026 to city money confirmed and a milestone accepted, through the pages.

Every step is a page that a person opens and fills in, under the movable clock; what the clock
does is done by the jobs that the timetable names. The figures are those of the example.
"""

import io

import pytest
from django.core.management import call_command

from portal.record import sequence
from tests.journeys import first_half, second_half
from tests.journeys.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_call_to_the_first_milestone(make, clock):
    cast = Cast(make)

    first_half.call(cast, clock)
    need = first_half.draft_and_submit(cast, clock)
    first_half.vet_and_publish(cast, clock, need)
    bids = first_half.bid_and_seal(cast, clock, need)
    first_half.open_and_qualify(cast, clock, need, bids)
    panel = first_half.convene_and_name(cast, clock, need)
    first_half.score_and_lock(cast, clock, need, panel)
    agreement = first_half.select_and_draft(cast, clock, need, bids)
    first_half.sign(cast, clock, need, agreement)
    first_half.everybody_was_told(cast)

    second_half.open_a_round(cast, clock, need)
    project = second_half.apply(cast, clock, agreement)
    second_half.vet_and_review(cast, clock, project, make)
    second_half.propose_and_give_notice(cast, clock, project)
    second_half.approve(cast, clock, project)
    second_half.sign_the_taskbook(cast, clock, project)
    second_half.pay_the_first_instalment(cast, clock, project)
    second_half.accept_the_first_milestone(cast, clock, project)

    while sequence():
        pass
    call_command("check_invariants", stdout=io.StringIO())
