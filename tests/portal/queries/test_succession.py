"""After a merge the people of the one that remains act for the merged one, except for bids before opening."""

from datetime import timedelta

import pytest

from challenges.actions.agreeing import sign_agreement
from challenges.actions.drafting import save_need
from challenges.messages.bids import team
from challenges.queries import bidding, cases, needs
from challenges.queries.bidding import read_draft
from challenges.states import AgreementState, ChallengeState
from portal.actions import membership
from portal.clock import china_date, portal_now
from portal.duties import Scope
from portal.kernel.errors import NotAllowed, NotFound
from portal.models import Event, MemberRole, User
from portal.permissions import acts_itself, is_administrator, is_editor, is_member
from portal.queries.duties import is_of_a_party
from portal.queries.people import acting_for, members_of

pytestmark = pytest.mark.django_db


def anew(user: User) -> User:
    """The same person, as the next request loads them."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def pair(make):
    """An organisation, the one it joins, and that one's people by role."""
    absorbed, into = make.organisation("甲厂"), make.organisation("乙集团")
    people = {
        "administrator": make.administrator(into), "editor": make.member(into, MemberRole.EDITOR),
        "viewer": make.member(into, MemberRole.VIEWER),
    }  # fmt: skip
    return absorbed, into, people


def test_each_acts_with_the_role_they_have_and_not_the_other_way_round(make, pair):
    absorbed, into, people = pair
    before = is_member(people["administrator"], absorbed.pk)
    make.merge(absorbed, into)
    people = {name: anew(person) for name, person in people.items()}
    old = make.administrator(absorbed)

    assert before is False
    assert is_administrator(people["administrator"], absorbed.pk)
    assert [is_editor(people[name], absorbed.pk) for name in ("administrator", "editor", "viewer")] == [True, True, False]
    assert is_member(people["viewer"], absorbed.pk)
    assert not acts_itself(people["administrator"], absorbed.pk)
    assert (is_member(old, absorbed.pk), is_member(old, into.pk)) == (True, False)


def test_powers_begin_on_the_day_and_end_when_the_merge_is_taken_back(make, clock, pair):
    absorbed, into, people = pair
    clock.china(2026, 3, 2)
    merge = make.merge(absorbed, into, from_on=china_date(portal_now()) + timedelta(days=3))
    on_day = {}
    for day in (4, 5):
        clock.china(2026, 3, day)
        on_day[day] = is_editor(anew(people["editor"]), absorbed.pk)
    make.unmerge(merge)

    assert on_day == {4: False, 5: True}
    assert not is_member(anew(people["editor"]), absorbed.pk)
    assert set(acting_for(absorbed.pk)) == set(members_of(absorbed.pk))


def test_they_write_a_need_that_was_begun_before_and_begin_none_for_it(make, pair):
    absorbed, into, people = pair
    need = make.need(ChallengeState.DRAFT, poster=absorbed)
    by = people["editor"]
    unknown = needs.visible_to(by).filter(pk=need.pk).exists()
    merge = make.merge(absorbed, into)
    by = anew(by)

    saved = save_need(need.pk, fields={"title": "续写的需求"}, version=need.version, by=by, now=portal_now())
    make.unmerge(merge)

    assert not unknown
    assert saved.title == "续写的需求"
    assert absorbed not in needs.posters_of(by)
    with pytest.raises(NotAllowed):
        save_need(need.pk, fields={"title": "再写"}, version=saved.version, by=anew(by), now=portal_now())


def test_a_bid_before_opening_stays_with_its_own_people_and_opens_to_them_with_the_box(make, clock, client, pair):
    absorbed, into, people = pair
    board = make.board()
    bid = make.sealed_bid(board, lead=absorbed)
    draft = make.bid(make.board(), lead=absorbed)
    make.merge(absorbed, into)
    by = anew(people["administrator"])
    client.force_login(by)
    addresses = [
        "/", "/bids/", "/needs/", "/messages/", "/organisations/", f"/organisations/{absorbed.pk}/", f"/boards/{board.pk}/",
        f"/organisations/{absorbed.pk}/work/", f"/organisations/{absorbed.pk}/members/", f"/bids/{bid.pk}/",
        f"/api/v1/organisations/{absorbed.pk}/work/", "/api/v1/bids/", f"/api/v1/bids/{bid.pk}/", f"/api/v1/cases/{board.pk}/events/",
        f"/bids/{draft.pk}/", f"/bids/{draft.pk}/draft/", f"/api/v1/bids/{draft.pk}/draft/",
    ]  # fmt: skip
    said = {url: client.get(url) for url in addresses}
    told = set(team(bid))
    recorded = set(cases.events_of(board, by).values_list("subject_id", flat=True))
    make.open(clock, board)

    for url, answer in said.items():
        text = answer.content.decode().replace(url, "")
        assert str(bid.pk) not in text, url
        assert str(draft.pk) not in text, url
    assert said[f"/bids/{bid.pk}/"].status_code == said[f"/bids/{draft.pk}/draft/"].status_code == 404
    assert told == set(members_of(absorbed.pk))
    assert bid.pk not in recorded
    with pytest.raises(NotFound):
        read_draft(draft, by)
    assert list(bidding.own(by).values_list("pk", flat=True)) == [bid.pk]
    assert client.get(f"/bids/{bid.pk}/").status_code == 200


def test_they_sign_the_agreement_of_the_merged_bidder(make, clock):
    agreement = make.agreement_to_sign(clock)
    lead, into = agreement.bid.lead, make.organisation("乙集团")
    by = make.administrator(into)
    refused = None
    try:
        sign_agreement(agreement.pk, by=by, now=portal_now())
    except (NotAllowed, NotFound) as error:
        refused = error
    make.merge(lead, into)

    signed = sign_agreement(agreement.pk, by=anew(by), now=portal_now())
    done = sign_agreement(agreement.pk, by=make.administrator(agreement.bid.challenge.poster), now=portal_now())

    assert refused is not None
    assert signed.pk == agreement.pk
    assert done.state == AgreementState.SIGNED


def test_members_and_open_work_stay_with_its_own_administrators(make, client, pair):
    absorbed, into, people = pair
    make.merge(absorbed, into)
    by = anew(people["administrator"])
    old = absorbed.memberships.get(role=MemberRole.ADMINISTRATOR)
    client.force_login(by)

    with pytest.raises(NotAllowed) as ending:
        membership.end_membership(old.pk, by=by, now=portal_now())
    with pytest.raises(NotAllowed) as leaving:
        membership.leave_organisation(absorbed.pk, by=by, now=portal_now())

    assert {ending.value.code, leaving.value.code} == {"merged_into_yours"}
    assert client.get(f"/organisations/{absorbed.pk}/members/").status_code == 200
    assert client.get(f"/organisations/{absorbed.pk}/work/").status_code == 403


def test_who_acts_for_a_party_by_a_merge_holds_no_office_on_its_case(make, pair):
    absorbed, into, people = pair
    need = make.need(ChallengeState.DRAFT, poster=absorbed)
    make.merge(absorbed, into)

    assert is_of_a_party([Scope.CASE.of(need.pk)], anew(people["viewer"]))
    assert not is_of_a_party([Scope.CASE.of(need.pk)], make.officer())


def test_what_they_do_is_recorded_under_their_own_name(make, pair):
    absorbed, into, people = pair
    need = make.need(ChallengeState.DRAFT, poster=absorbed)
    make.merge(absorbed, into)

    save_need(need.pk, fields={"title": "续写"}, version=need.version, by=anew(people["editor"]), now=portal_now())

    assert Event.objects.filter(kind="challenge.saved", subject_id=need.pk).latest("at").by == people["editor"]
