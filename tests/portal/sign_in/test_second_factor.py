"""Second factors: who must have one, how one is added, lost, and given anew by two officials."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from portal.actions.regaining import ask_second_factor_reset, reset_second_factor
from portal.actions.tokens import create_token
from portal.clock import portal_now
from portal.kernel.errors import Clash, NotAllowed, WrongState
from portal.models import Event, Grant, Message, Role, SecondFactorReset, User
from portal.permissions_sign_in import may_ask_reset
from portal.second_factor import needs_second_factor
from tests.making.dispatches import promised
from tests.making.people import LONG_AGO, SECRET, code_of

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


def with_password(person: User) -> User:
    """The same person, with PASSWORD."""
    person.set_password(PASSWORD)
    person.save()
    return person


def fresh_official(make, role: Role = Role.OFFICER) -> User:
    """An official who has no second factor yet."""
    person = with_password(make.person())
    Grant.objects.create(user=person, role=role, starts_on=LONG_AGO, **make.two_officials())
    return person


def entered(person: User) -> Client:
    """A browser in which this person signs in with the password."""
    client = Client(headers={"accept-language": "en"})
    client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    return client


def enrol(client: Client) -> None:
    """Add the authenticator app that the page offers."""
    page = client.get("/account/second-factor/app/").content.decode()
    secret = re.search(r'class="jb-token">([A-Z2-7]+)<', page).group(1)
    with_other_secret = code_of(secret=secret)
    answer = client.post("/account/second-factor/app/", {"code": with_other_secret})
    assert answer["Location"] == "/account/second-factor/codes/"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DISTRICT])
def test_everybody_with_a_role_needs_one_and_nobody_else(make, role):
    assert needs_second_factor(fresh_official(make, role))
    assert not needs_second_factor(make.administrator(make.organisation()))


def test_without_one_an_official_gets_no_further_than_adding_it(make):
    client = entered(fresh_official(make))

    assert client.get("/organisations/")["Location"] == "/account/second-factor/"
    assert client.post("/account/tokens/", {"name": "x", "days": "30"})["Location"] == "/account/second-factor/"
    assert client.get("/api/v1/organisations/").json()["code"] == "second_factor_missing"
    assert client.post("/language/", {"language": "en", "next": "/"})["Location"] == "/"
    enrol(client)
    assert client.get("/organisations/").status_code == 200
    assert client.post("/sign-out/")["Location"] == "/"


def test_the_first_one_ends_what_was_begun_without_it(make):
    person = with_password(make.person())
    elsewhere, here = entered(person), entered(person)
    token, _secret = create_token(name="x", days=30, by=person, now=portal_now())
    enrol(here)

    assert elsewhere.get("/account/")["Location"].startswith("/sign-in/")
    assert here.get("/account/").status_code == 200
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_a_token_from_before_the_role_gives_no_power_without_a_second_factor(make):
    person = make.person()
    _token, secret = create_token(name="x", days=30, by=person, now=portal_now())
    program = Client(headers={"Authorization": f"Token {secret}"})
    assert program.get("/api/v1/organisations/").status_code == 200
    Grant.objects.create(user=person, role=Role.OFFICER, starts_on=LONG_AGO, **make.two_officials())

    refused = program.get("/api/v1/organisations/")
    assert (refused.status_code, refused.json()["code"]) == (403, "second_factor_missing")


def test_the_texts_to_accept_come_first_and_the_second_factor_after_them(make):
    make.published_text()
    client = entered(fresh_official(make))

    asked = client.get("/organisations/")
    page = client.get(asked["Location"])

    assert asked["Location"].startswith("/please-read/")
    assert page.status_code == 200


def test_adding_it_shows_recovery_codes_once_and_tells_the_person(make, django_capture_on_commit_callbacks):
    person = fresh_official(make)
    client = entered(person)
    with django_capture_on_commit_callbacks(execute=True):
        enrol(client)

    first = client.get("/account/second-factor/codes/").content.decode()
    second = client.get("/account/second-factor/codes/").content.decode()

    codes = re.findall(r"<code>(\d{8})</code>", first)
    assert len(codes) == 10
    assert not re.search(r"<code>\d{8}</code>", second)
    assert [mail["to"] for mail in promised()] == [person.email]
    assert Event.objects.filter(kind="user.second_factor_added", subject_id=person.pk).count() == 1
    assert codes[0] not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_the_secret_lies_sealed_in_its_row(make):
    officer = make.officer()

    assert SECRET not in str(Authenticator.objects.get(user=officer).data)


def test_a_recovery_code_stands_in_once(make):
    person = fresh_official(make)
    client = entered(person)
    enrol(client)
    code = re.findall(r"<code>(\d{8})</code>", client.get("/account/second-factor/codes/").content.decode())[0]

    signed_in = []
    for _ in range(2):
        client = entered(person)
        client.post("/sign-in/second-factor/", {"code": code})
        signed_in.append("_auth_user_id" in client.session)

    assert signed_in == [True, False]


def test_the_last_one_of_an_official_stays(make):
    officer = with_password(make.officer())
    client = entered(officer)
    client.post("/sign-in/second-factor/", {"code": code_of()})

    page = client.post("/account/second-factor/app/remove/")

    assert "Your role needs a second factor." in page.content.decode()
    assert Authenticator.objects.filter(user=officer, type="totp").exists()


def test_who_needs_none_may_remove_it(make):
    person = make.enrolled(with_password(make.person()))
    client = entered(person)
    client.post("/sign-in/second-factor/", {"code": code_of()})

    client.post("/account/second-factor/app/remove/")

    assert not Authenticator.objects.filter(user=person).exists()


@pytest.mark.parametrize(
    "path",
    ["/account/second-factor/app/", "/account/second-factor/keys/add/", "/account/second-factor/codes/new/"],
)
def test_what_is_sensitive_asks_again_in_an_old_session(make, path):
    person = make.enrolled(with_password(make.person()))
    client = Client()
    client.force_login(person)

    assert client.get(path)["Location"].startswith("/account/again/")


def test_a_token_asks_again_and_then_goes_on(make):
    person = with_password(make.person())
    client = Client()
    client.force_login(person)

    asked = client.post("/account/tokens/", {"name": "desk", "days": "30"})
    wrong = client.post(asked["Location"], {"password": "no", "next": "/account/tokens/"})
    made = client.post(asked["Location"], {"password": PASSWORD, "next": "/account/tokens/"})

    assert asked["Location"].startswith("/account/again/")
    assert wrong.status_code == 422
    assert re.search(r"jb_[\w-]{40,}", made.content.decode())


def test_two_officials_give_a_new_start(make, clock):
    lost = with_password(make.officer())
    asks, head = make.official(Role.DIVISION_HEAD), make.official(Role.DIVISION_HEAD)
    open_session = Client()
    open_session.force_login(lost)

    reset = ask_second_factor_reset(lost.pk, why="手机遗失", by=asks, now=clock.now())
    reset_second_factor(reset.pk, by=head, now=clock.now())

    assert not Authenticator.objects.filter(user=lost).exists()
    assert open_session.get("/account/").status_code == 302
    assert entered(lost).get("/organisations/")["Location"] == "/account/second-factor/"
    kinds = set(Message.objects.values_list("kind", "to"))
    assert kinds == {("second_factor_reset_asked", head.pk), ("second_factor_reset", lost.pk)}
    with pytest.raises(WrongState):
        reset_second_factor(reset.pk, by=make.official(Role.DIVISION_HEAD), now=clock.now())


def test_a_new_start_takes_two_and_neither_is_the_person(make, clock):
    lost = make.official(Role.DIVISION_HEAD)
    head, other = make.official(Role.DIVISION_HEAD), make.official(Role.DIVISION_HEAD)

    with pytest.raises(NotAllowed):
        ask_second_factor_reset(lost.pk, why="遗失", by=lost, now=clock.now())
    with pytest.raises(NotAllowed):
        ask_second_factor_reset(lost.pk, why="遗失", by=make.official(Role.AUDITOR), now=clock.now())
    reset = ask_second_factor_reset(lost.pk, why="遗失", by=head, now=clock.now())
    for by in (head, lost, make.officer()):
        with pytest.raises(NotAllowed):
            reset_second_factor(reset.pk, by=by, now=clock.now())
    with pytest.raises(Clash):
        ask_second_factor_reset(lost.pk, why="遗失", by=other, now=clock.now())
    clock.forward(days=8)
    with pytest.raises(WrongState):
        reset_second_factor(reset.pk, by=other, now=clock.now())
    assert SecondFactorReset.objects.get().confirmed_at is None


def test_officers_ask_for_people_without_an_office_and_heads_for_the_officials_of_their_programmes(make, clock):
    one, other = make.programme(), make.programme(notice_before_publishing=False)
    member, expert, officer = make.editor(make.organisation()), make.expert(), make.official(Role.OFFICER, programme=one)
    here, everywhere = make.official(Role.PREPARER, programme=one), make.official(Role.AUDITOR)
    both = make.official(Role.OFFICER, programme=one)
    Grant.objects.create(user=both, role=Role.DRAW_CLERK, programme=other, starts_on=LONG_AGO, **make.two_officials())
    head_here, head = make.official(Role.DIVISION_HEAD, programme=one), make.official(Role.DIVISION_HEAD)
    people = [member, expert, here, everywhere, both]

    found = {
        by: [bool(may_ask_reset(by, person)) for person in people] for by in (officer, head_here, head)
    }

    assert found == {
        officer: [True, True, False, False, False],
        head_here: [True, True, True, False, False],
        head: [True, True, True, True, True],
    }
    assert may_ask_reset(officer, here).code == "holds_an_office"
    with pytest.raises(NotAllowed):
        ask_second_factor_reset(here.pk, why="遗失", by=officer, now=clock.now())
    assert SecondFactorReset.objects.count() == 0


def test_an_office_that_ended_is_none(make, clock):
    former = make.person()
    two = make.two_officials()
    Grant.objects.create(user=former, role=Role.OFFICER, starts_on=LONG_AGO, ends_on=LONG_AGO, **two)

    assert may_ask_reset(make.officer(), former)


def test_the_pages_of_a_new_start(make):
    lost, officer, head = make.enrolled(make.person()), make.officer(), make.official(Role.DIVISION_HEAD)
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer)
    found = client.post("/accounts/", {"email": lost.email})
    client.post(f"{found['Location']}new-start", {"ask-why": "Phone lost, came in person."})
    waiting = client.get(found["Location"]).content.decode()
    client.force_login(head)
    seen = client.get(found["Location"]).content.decode()
    reset = SecondFactorReset.objects.get()
    client.post(f"/accounts/new-start/{reset.pk}/confirm")

    assert "You have asked for it." not in seen
    assert "Only a division head confirms a new start." in waiting
    assert "Phone lost, came in person." in seen
    assert not Authenticator.objects.filter(user=lost).exists()
