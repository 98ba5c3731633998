"""To be forgotten: asked for, decided by another, and nothing that was done loses its proof."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import override

from portal.actions import membership
from portal.actions.erasing import ask_erasure, carry_out_erasure, decline_erasure, withdraw_erasure
from portal.actions.tokens import create_token
from portal.clock import portal_now
from portal.guards import FORGOTTEN
from portal.kernel import signing
from portal.kernel.errors import Clash, Incomplete, NotAllowed, Refused, WrongState
from portal.models import Dispatch, Erasure, Event, Message, Role, User
from portal.queries.erasing import obstacles, visible_to
from portal.queries.organisations import members_now
from portal.queries.proofs import proof_of
from portal.queries.tokens import valid_by
from portal.record import record, sequence, words_of
from portal.states import ErasureState
from portal.verifying import verify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def head(make):
    return make.official(Role.DIVISION_HEAD)


def test_a_person_is_forgotten_and_the_record_stays_valid(make, head):
    firm = make.organisation()
    person = make.enrolled(make.member(firm, "viewer"))
    person.name, person.phone, person.phone_verified_at = "周岚", "+8613812345678", portal_now()
    person.save()
    _token, secret = create_token(name="周岚的电脑", days=30, by=person, now=portal_now())
    done = record("organisation.noted", firm, by=person, why="我认为可以")
    while sequence():
        pass
    before = proof_of(done)
    assert list(verify()) == []

    erasure = ask_erasure(by=fresh(person), now=portal_now())
    assert list(Message.objects.filter(kind="erasure_asked").values_list("to", flat=True)) == [head.pk]
    carry_out_erasure(erasure.pk, by=head, now=portal_now())
    while sequence():
        pass

    gone = fresh(person)
    assert gone.name == f"已注销用户 {str(person.pk)[:4].upper()} (former user)"
    assert (gone.email, gone.phone, gone.is_active) == (f"{person.pk}@erased.invalid", "", False)
    assert not gone.has_usable_password()
    assert valid_by(secret) is None and gone.tokens.get().name == "–"
    assert not EmailAddress.objects.filter(user=gone).exists()
    assert not Authenticator.objects.filter(user=gone).exists()
    assert person.pk not in {each.user_id for each in members_now(firm.pk)}
    assert list(verify()) == []
    after = proof_of(done)
    assert (after["body"], after["leaf"], after["number"]) == (before["body"], before["leaf"], before["number"])
    assert signing.verify(before["checkpoint"], before["signature"], signing.public_key(settings.SIGNING_KEY))
    assert (done.by_id, words_of(done)) == (person.pk, "我认为可以")
    kinds = Event.objects.filter(by=head).order_by("at").values_list("kind", flat=True)
    assert list(kinds) == ["membership.ended", "user.erased", "erasure.done"]
    assert Dispatch.objects.filter(sealed__isnull=False).count() == 1


def test_ended_invitations_forget_the_address_too(make, head):
    firm = make.organisation()
    invitation = make.invitation(firm)
    person = User.objects.filter(email=invitation.email).first() or make.person(email=invitation.email)
    erasure = ask_erasure(by=person, now=portal_now())
    invitation.state = "withdrawn"
    invitation.save(update_fields=["state"])

    carry_out_erasure(erasure.pk, by=head, now=portal_now())

    invitation.refresh_from_db()
    assert invitation.email == FORGOTTEN


def test_what_is_open_is_listed_and_refuses(make, head, clock):
    firm = make.organisation()
    boss = make.administrator(firm)
    need = make.need("draft", poster=firm)
    expert = make.expert()

    found = {each.what for each in obstacles(boss, now=clock.now())}
    assert f"The only administrator of {firm.name}" in found
    assert [each.what for each in obstacles(expert, now=clock.now())] == ["Role: expert"]
    editor = User.objects.get(pk=need.created_by_id)
    assert [each.what for each in obstacles(editor, now=clock.now()) if need.title in each.what]
    erasure = ask_erasure(by=boss, now=clock.now())
    with pytest.raises(Refused) as refusal:
        carry_out_erasure(erasure.pk, by=head, now=clock.now())

    assert refusal.value.code == "erasure_obstacles"
    assert fresh(boss).erased_at is None
    assert Erasure.objects.get().state == ErasureState.ASKED


def test_a_sealed_bid_is_told_to_its_own_people_and_stops_no_official(make, head, clock):
    bid = make.sealed_bid()
    editor = User.objects.get(pk=bid.created_by_id)
    erasure = ask_erasure(by=editor, now=clock.now())

    own, of_others = (obstacles(editor, now=clock.now(), to=reader) for reader in (editor, head))
    carry_out_erasure(erasure.pk, by=head, now=clock.now())

    assert [bid.challenge.title in each.what for each in own] == [True]
    assert of_others == []
    assert fresh(editor).erased_at is not None


def test_after_the_handover_nothing_is_in_the_way(make, head):
    firm = make.organisation()
    boss, other = make.administrator(firm), make.member(firm, "editor")
    membership.hand_over_administration(firm.pk, to=firm.memberships.get(user=other).pk, by=boss, now=portal_now())

    erasure = ask_erasure(by=fresh(boss), now=portal_now())
    carry_out_erasure(erasure.pk, by=head, now=portal_now())

    assert fresh(boss).erased_at is not None


def test_a_seat_on_a_panel_is_in_the_way(make, clock):
    panel = make.seated_panel(clock)
    expert = panel.assignments.first().expert.user

    assert "A seat on a panel" in {each.what for each in obstacles(expert, now=clock.now())}


def test_nobody_decides_their_own_request_and_only_heads_decide(make, head):
    head_too = make.official(Role.LEADER)
    erasure = ask_erasure(by=head, now=portal_now())

    for other in (head, make.officer(), make.official(Role.AUDITOR)):
        with pytest.raises(NotAllowed):
            decline_erasure(erasure.pk, why="不行", by=other, now=portal_now())
    with pytest.raises(Incomplete):
        decline_erasure(erasure.pk, why=" ", by=head_too, now=portal_now())
    decline_erasure(erasure.pk, why="您仍是处长。", by=head_too, now=portal_now())

    assert Message.objects.filter(kind="erasure_declined").get().to_id == head.pk
    with pytest.raises(WrongState):
        carry_out_erasure(erasure.pk, by=head_too, now=portal_now())


def test_a_second_click_changes_nothing(make, head):
    person = make.person()
    erasure = ask_erasure(by=person, now=portal_now())
    with pytest.raises(Clash):
        ask_erasure(by=person, now=portal_now())
    carry_out_erasure(erasure.pk, by=head, now=portal_now())
    at = fresh(person).erased_at

    with pytest.raises(WrongState):
        carry_out_erasure(erasure.pk, by=head, now=portal_now())
    assert fresh(person).erased_at == at


def test_a_request_is_withdrawn_and_asked_again(make, head):
    person = make.person()
    erasure = ask_erasure(by=person, now=portal_now())
    with pytest.raises(NotAllowed):
        withdraw_erasure(erasure.pk, by=make.person(), now=portal_now())
    withdraw_erasure(erasure.pk, by=person, now=portal_now())
    with pytest.raises(WrongState):
        carry_out_erasure(erasure.pk, by=head, now=portal_now())

    again = ask_erasure(by=person, now=portal_now())

    assert set(visible_to(person)) == {again, erasure}
    assert list(visible_to(make.officer())) == []


def test_the_aliases_of_a_person_are_forgotten_with_them(make, head):
    kept, alias = make.person("周岚"), make.person("周岚旧")
    make.merged(kept, alias)

    erasure = ask_erasure(by=fresh(kept), now=portal_now())
    carry_out_erasure(erasure.pk, by=head, now=portal_now())

    assert fresh(alias).email == f"{alias.pk}@erased.invalid"
