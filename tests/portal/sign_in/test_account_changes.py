"""One's own address, mobile number and password, changed in a session that has just proved itself."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from portal.mobile import full_number
from portal.models import Event, User
from tests.making.dispatches import last_code, promised

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def person(make) -> User:
    """Somebody with a password."""
    person = make.person()
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def entered(person) -> Client:
    """A browser in which this person has just signed in."""
    client = Client(headers={"accept-language": "en"})
    client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    return client


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13912345678", "+8613912345678"),
        ("139 1234-5678", "+8613912345678"),
        ("+86 139 1234 5678", "+8613912345678"),
        ("008613912345678", "+8613912345678"),
        ("１３９１２３４５６７８", "+8613912345678"),
        ("+44 7700 900123", "+447700900123"),
        ("12345678901", ""),
        ("0551-1234567", ""),
        ("+8612912345678", ""),
        ("", ""),
    ],
)
def test_a_number_is_read_as_people_write_it(typed, number):
    assert full_number(typed) == number


def test_a_number_counts_once_its_code_is_typed_in(person, entered):
    entered.post("/account/mobile/", {"phone": "139 1234 5678"})
    before = User.objects.get(pk=person.pk).phone_verified_at
    entered.post("/account/mobile/code/", {"code": last_code()})

    person.refresh_from_db()
    assert (before, person.phone, person.phone_verified_at is not None) == (None, "+8613912345678", True)
    assert Event.objects.filter(kind="user.phone_confirmed", subject_id=person.pk).count() == 1


def test_a_new_address_replaces_the_old_one_and_both_hear(person, entered):
    old = person.email

    entered.post("/account/address/", {"email": "new@example.org", "action_add": "1"})
    kept = User.objects.get(pk=person.pk).email
    entered.post("/sign-up/confirm/", {"code": last_code()})

    person.refresh_from_db()
    assert (kept, person.email) == (old, "new@example.org")
    assert list(EmailAddress.objects.filter(user=person).values_list("email", "verified", "primary")) == [("new@example.org", True, True)]
    assert [mail["to"] for mail in promised()] == ["new@example.org", old]
    assert Event.objects.filter(kind="user.email_changed", subject_id=person.pk).count() == 1


def test_the_address_of_another_account_cannot_be_taken(make, person, entered):
    other = make.person()

    answer = entered.post("/account/address/", {"email": other.email, "action_add": "1"})
    if promised() and promised()[-1]["to"] == other.email:
        entered.post("/sign-up/confirm/", {"code": last_code()})

    person.refresh_from_db()
    assert answer.status_code in (302, 422)
    assert person.email != other.email
    assert EmailAddress.objects.filter(email=other.email, verified=True).count() == 1


def test_a_password_changes_with_the_present_one_and_this_session_goes_on(person, entered):
    elsewhere = Client()
    elsewhere.force_login(person)

    wrong = entered.post("/account/password/", {"oldpassword": "no", "password1": "quantum-diamond-27"})
    weak = entered.post("/account/password/", {"oldpassword": PASSWORD, "password1": "password123"})
    entered.post("/account/password/", {"oldpassword": PASSWORD, "password1": "quantum-diamond-27"})

    person.refresh_from_db()
    assert (wrong.status_code, weak.status_code) == (422, 422)
    assert person.check_password("quantum-diamond-27")
    assert (entered.get("/account/").status_code, elsewhere.get("/account/").status_code) == (200, 302)
    assert [mail["to"] for mail in promised()] == [person.email]


def test_the_account_leads_to_all_of_it(entered):
    page = entered.get("/account/").content.decode()

    for path in ("address", "mobile", "password", "second-factor", "sessions", "tokens"):
        assert f'href="/account/{path}/"' in page
        assert entered.get(f"/account/{path}/").status_code == 200
