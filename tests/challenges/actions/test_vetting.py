"""District and bureau vet a need: each its own, with reasons, and only once."""

import pytest

from challenges.actions.vetting import pool_need, recommend_need, reject_need, return_need
from challenges.models import Challenge
from challenges.states import ChallengeState
from portal.kernel.errors import Incomplete, NotAllowed, WrongState
from portal.models import District, MemberRole, Membership, Message, Role
from tests.making.people import LONG_AGO


def told(kind: str) -> set:
    """Who was told."""
    return set(Message.objects.filter(kind=kind).values_list("to", flat=True))


@pytest.mark.django_db
def test_a_need_goes_by_its_district_to_the_pool(make, clock):
    need = make.need("submitted")
    officer = make.case_officer()

    recommend_need(need.pk, why="属实。", by=make.reviewer(need.poster), now=clock.now())
    pool_need(need.pk, by=officer, now=clock.now())

    need = Challenge.objects.get(pk=need.pk)
    assert need.state == ChallengeState.POOLED
    assert list(need.vettings.order_by("at", "stage").values_list("stage", "outcome", "reason")) == [
        ("district", "passed", "属实。"), ("formal", "passed", ""),
    ]  # fmt: skip
    assert told("need_recommended") >= {officer.pk}
    assert told("need_pooled") == {make.administrator(need.poster).pk, make.editor(need.poster).pk}


@pytest.mark.django_db
@pytest.mark.parametrize(("act", "state"), [(return_need, ChallengeState.RETURNED), (reject_need, ChallengeState.REJECTED)])
@pytest.mark.parametrize("before", ["submitted", "recommended"])
def test_a_need_is_returned_or_rejected_with_a_reason_that_no_message_carries(make, clock, act, state, before):
    need = make.need(before)
    by = make.reviewer(need.poster) if before == "submitted" else make.case_officer()

    with pytest.raises(Incomplete):
        act(need.pk, why="  ", by=by, now=clock.now())
    act(need.pk, why="指标不可检测", by=by, now=clock.now())

    assert Challenge.objects.get(pk=need.pk).state == state
    assert need.vettings.order_by("-at").first().reason == "指标不可检测"
    assert told(f"need_{state}") == {make.administrator(need.poster).pk, make.editor(need.poster).pk}
    assert "指标不可检测" not in str(list(Message.objects.values_list("facts", "link")))


@pytest.mark.django_db
def test_each_stage_is_decided_by_its_own_people(make, clock):
    submitted, recommended = make.need("submitted"), make.need("recommended")
    elsewhere = make.official(Role.DISTRICT, District.objects.create(code="340111", name="包河区", name_en="Baohe"))
    tries = [
        (recommend_need, submitted, elsewhere),
        (recommend_need, submitted, make.case_officer()),
        (recommend_need, submitted, make.administrator(submitted.poster)),
        (return_need, submitted, make.case_officer()),
        (pool_need, recommended, make.reviewer(recommended.poster)),
        (return_need, recommended, make.reviewer(recommended.poster)),
        (reject_need, recommended, make.administrator(recommended.poster)),
    ]

    for act, need, by in tries:
        with pytest.raises(NotAllowed):
            act(need.pk, why="因为", by=by, now=clock.now())

    assert Challenge.objects.get(pk=submitted.pk).state == ChallengeState.SUBMITTED
    assert Challenge.objects.get(pk=recommended.pk).state == ChallengeState.RECOMMENDED


@pytest.mark.django_db
def test_nobody_vets_the_need_of_their_own_organisation(make, clock):
    need = make.need("submitted")
    reviewer = make.reviewer(need.poster)
    Membership.objects.create(user=reviewer, organisation=need.poster, role=MemberRole.VIEWER, starts_on=LONG_AGO)
    reviewer.__dict__.pop("_powers", None)

    with pytest.raises(NotAllowed) as refusal:
        recommend_need(need.pk, by=reviewer, now=clock.now())

    assert refusal.value.code == "own_need"


@pytest.mark.django_db
def test_a_second_click_ends_in_wrong_state(make, clock):
    need = make.need("recommended")

    with pytest.raises(WrongState):
        recommend_need(need.pk, by=make.reviewer(need.poster), now=clock.now())
    pool_need(need.pk, by=make.case_officer(), now=clock.now())
    for act in (pool_need, return_need, reject_need):
        with pytest.raises(WrongState):
            act(need.pk, why="因为", by=make.case_officer(), now=clock.now())

    assert need.vettings.count() == 2
