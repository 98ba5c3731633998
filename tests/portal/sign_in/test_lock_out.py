"""Too many tries: an account is locked whoever guesses and from wherever, and one is told until when."""

import pytest
from django.core.cache import cache
from django.test import Client

from portal.actions.account import confirm_phone
from portal.models import SecurityEvent, User
from portal.queries.settings import forget_lately
from portal.settings import sign_in as served
from tests.making.dispatches import last_code

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def limited(settings) -> None:
    """The limits of a served portal."""
    cache.clear()
    forget_lately()
    settings.ACCOUNT_RATE_LIMITS = served.ACCOUNT_RATE_LIMITS
    settings.MFA_RATE_LIMITS = served.MFA_RATE_LIMITS
    yield
    cache.clear()
    forget_lately()


@pytest.fixture
def person(make) -> User:
    """Somebody with a password."""
    person = make.person()
    person.set_password(PASSWORD)
    person.save()
    return person


def guess(login: str, password: str = "wrong", address: str = "192.0.2.1"):
    """Somebody's try, from an address of the network."""
    client = Client(REMOTE_ADDR=address, headers={"accept-language": "en"})
    answer = client.post("/sign-in/", {"login": login, "password": password})
    return answer, client.session.get("_auth_user_id")


def test_an_account_is_locked_against_guesses_from_everywhere(make, person):
    for number in range(5):
        guess(person.email, address=f"192.0.2.{number}")

    answer, who = guess(person.email, PASSWORD, address="198.51.100.7")

    assert (answer.status_code, who) == (422, None)
    assert "Try again in 5 minutes." in answer.content.decode()
    assert SecurityEvent.objects.filter(kind="locked_out").count() == 1


def test_address_and_number_of_one_account_are_counted_together(person, clock):
    confirm_phone(person, "+8613912345678", by=person, now=clock.now())
    for number, login in enumerate([person.email, "13912345678", "+86 13912345678", person.email.upper(), "13912345678"]):
        guess(login, address=f"192.0.2.{number}")

    assert guess(person.email, PASSWORD)[1] is None


def test_others_get_in_meanwhile_and_the_locked_person_by_a_code(make, person):
    other = make.person()
    other.set_password(PASSWORD)
    other.save()
    for number in range(6):
        guess(person.email, address=f"192.0.2.{number}")

    client = Client()
    client.post("/sign-in/code/", {"email": person.email})
    client.post("/sign-in/code/confirm/", {"code": last_code()})

    assert guess(other.email, PASSWORD, address="203.0.113.5")[1] == str(other.pk)
    assert client.session.get("_auth_user_id") == str(person.pk)


def test_an_account_that_does_not_exist_is_locked_in_the_same_words(person):
    for login in (person.email, "nobody@example.org"):
        for number in range(5):
            guess(login, address=f"192.0.2.{number}")

    first, second = (guess(login, address="198.51.100.9")[0] for login in (person.email, "nobody@example.org"))

    assert first.status_code == second.status_code == 422
    assert "Try again in 5 minutes." in second.content.decode()


def test_one_address_cannot_try_many_accounts():
    for number in range(20):
        guess(f"somebody{number}@example.org")

    answer, _who = guess("another@example.org")

    assert "Try again in 1 minute." in answer.content.decode()


def test_guessing_the_second_factor_locks_it(make, client):
    officer = make.officer()
    officer.set_password(PASSWORD)
    officer.save()
    client.post("/sign-in/", {"login": officer.email, "password": PASSWORD})
    for _ in range(5):
        client.post("/sign-in/second-factor/", {"code": "000000"})

    answer = client.post("/sign-in/second-factor/", {"code": "000000"}, headers={"accept-language": "en"})

    assert "Try again in 5 minutes." in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "typed", "most"),
    [
        ("/sign-up/", {"name": "", "email": "", "password1": ""}, 10),
        ("/sign-in/forgotten/", {"email": "nobody@example.org"}, 2),
    ],
)
def test_signing_up_and_asking_for_codes_have_a_limit_too(client, path, typed, most):
    for _ in range(most):
        assert client.post(path, typed).status_code < 429

    answer = client.post(path, typed, headers={"accept-language": "en"})

    assert answer.status_code == 429
    assert "Try again in 1 minute." in answer.content.decode()
    assert 0 < int(answer["Retry-After"]) <= 60


def test_codes_to_one_number_have_a_limit(client):
    for _ in range(2):
        Client().post("/sign-in/code/", {"phone": "13912345678"})

    answer = client.post("/sign-in/code/", {"phone": "13912345678"}, headers={"accept-language": "en"})

    assert answer.status_code == 422
    assert "Try again in 1 minute." in answer.content.decode()
