"""Account, password and tokens."""

from datetime import timedelta

import pytest

from portal.actions.account import change_password, save_account
from portal.actions.tokens import TOKENS_MOST, create_token, revoke_token
from portal.kernel.errors import NotFound, Refused, WrongState
from portal.models import ApiToken, Event, User
from portal.queries.tokens import valid_by

pytestmark = pytest.mark.django_db


def test_particulars_are_kept(make, clock):
    person = make.person()

    save_account(name=" 林芳 ", phone="13800000000", language="en", by=person, now=clock.now())

    assert User.objects.values_list("name", "phone", "language").get(pk=person.pk) == ("林芳", "13800000000", "en")


def test_a_password_changes_only_with_the_present_one(make, clock):
    person = make.person()
    person.set_password("old-enough-1234")
    person.save()

    with pytest.raises(Refused) as refusal:
        change_password(old="guess", new="quantum-diamond-27", by=person, now=clock.now())
    assert refusal.value.code == "wrong_password"

    change_password(old="old-enough-1234", new="quantum-diamond-27", by=person, now=clock.now())
    assert User.objects.get(pk=person.pk).check_password("quantum-diamond-27")


def test_the_secret_of_a_token_is_kept_nowhere(make, clock):
    token, secret = create_token(name="desk", days=30, by=make.person(), now=clock.now())

    row = ApiToken.objects.filter(pk=token.pk).values().get()
    assert secret.startswith("jb_")
    assert secret not in str(row)
    assert secret not in " ".join(Event.objects.values_list("body", flat=True))
    assert valid_by(secret).pk == token.pk
    assert token.expires_at == token.created_at + timedelta(days=30)


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_token_holds_for_a_year_at_most(make, clock, days):
    with pytest.raises(Refused) as refusal:
        create_token(name="desk", days=days, by=make.person(), now=clock.now())

    assert refusal.value.code == "token_days"


def test_there_are_not_too_many_tokens(make, clock):
    person = make.person()
    for number in range(TOKENS_MOST):
        create_token(name=str(number), days=1, by=person, now=clock.now())

    with pytest.raises(Refused) as refusal:
        create_token(name="more", days=1, by=person, now=clock.now())

    assert refusal.value.code == "too_many_tokens"


def test_a_token_is_revoked_once_and_by_its_person(make, clock):
    person = make.person()
    token, secret = create_token(name="desk", days=1, by=person, now=clock.now())

    with pytest.raises(NotFound):
        revoke_token(token.pk, by=make.person(), now=clock.now())
    revoke_token(token.pk, by=person, now=clock.now())
    assert valid_by(secret) is None
    with pytest.raises(WrongState):
        revoke_token(token.pk, by=person, now=clock.now())
