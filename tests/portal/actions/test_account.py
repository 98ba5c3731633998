"""Account, password and tokens."""

from datetime import timedelta

import pytest

from portal.actions.account import confirm_phone, save_account, set_password
from portal.actions.tokens import TOKENS_MOST, create_token, revoke_token
from portal.kernel.errors import Clash, NotAllowed, NotFound, Refused, WrongState
from portal.models import ApiToken, Event, User
from portal.queries.tokens import valid_by

pytestmark = pytest.mark.django_db


def test_particulars_are_kept(make, clock):
    person = make.person()

    save_account(name=" 林芳 ", language="en", by=person, now=clock.now())

    assert User.objects.values_list("name", "language").get(pk=person.pk) == ("林芳", "en")


def test_a_new_password_stands_in_the_record(make, clock):
    person = make.person()

    set_password(person, "quantum-diamond-27", by=person, now=clock.now())

    assert User.objects.get(pk=person.pk).check_password("quantum-diamond-27")
    assert list(Event.objects.values_list("kind", "subject_id")) == [("user.password_changed", person.pk)]


def test_a_confirmed_number_belongs_to_one_account(make, clock):
    first, second = make.person(), make.person()
    confirm_phone(first, "+8613800000000", by=first, now=clock.now())
    confirm_phone(first, "+8613800000000", by=first, now=clock.now())

    with pytest.raises(Clash) as refusal:
        confirm_phone(second, "+8613800000000", by=second, now=clock.now())

    assert refusal.value.code == "phone_taken"
    assert list(User.objects.filter(phone_verified_at__isnull=False)) == [first]
    assert Event.objects.filter(kind="user.phone_confirmed").count() == 1


def test_an_official_makes_a_token_only_where_the_second_factor_was_shown(make, clock):
    officer = make.officer()

    with pytest.raises(NotAllowed) as refusal:
        create_token(name="desk", days=1, by=officer, now=clock.now())
    create_token(name="desk", days=1, by=officer, now=clock.now(), proved_twice=True)

    assert refusal.value.code == "second_factor_missing"
    assert ApiToken.objects.count() == 1


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
