"""Sessions: listed, ended one by one, all at once, or by a division head; sealed in their rows."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from portal.actions.regaining import sign_out_person
from portal.kernel.errors import NotAllowed, Refused
from portal.models import Event, Message, Role, SecurityEvent, User
from portal.sign_in.devices import device_of
from tests.making.dispatches import last_code

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile MicroMessenger/8.0"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"


@pytest.fixture
def person(make) -> User:
    """Somebody with a password."""
    person = make.person()
    person.set_password(PASSWORD)
    person.save()
    return person


def entered(person: User, agent: str = DESK) -> Client:
    """A browser in which this person signs in."""
    client = Client(headers={"accept-language": "en", "user-agent": agent})
    client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    """Whether somebody is signed in there."""
    return client.get("/account/").status_code == 200


def test_every_session_is_listed_with_its_device_and_address(person):
    desk = entered(person)
    entered(person, PHONE)

    page = desk.get("/account/sessions/").content.decode()

    assert "Edge · Windows" in page
    assert "WeChat · iPhone" in page
    assert "127.0.0.1" in page
    assert page.count("This one") == 1


def test_one_session_is_ended_and_the_others_go_on(person):
    desk, phone = entered(person), entered(person, PHONE)
    session = UserSession.objects.get(user_agent=PHONE)

    desk.post(f"/account/sessions/{session.pk}/end")

    assert (is_in(desk), is_in(phone)) == (True, False)
    assert SecurityEvent.objects.filter(kind="session_ended").count() == 1


def test_all_others_are_ended_at_once(person):
    desk, phone, tablet = entered(person), entered(person, PHONE), entered(person, "iPad")

    desk.post("/account/sessions/")

    assert [is_in(each) for each in (desk, phone, tablet)] == [True, False, False]


def test_nobody_ends_a_session_of_somebody_else(make, person):
    entered(person)
    stranger = Client()
    stranger.force_login(make.person())

    answer = stranger.post(f"/account/sessions/{UserSession.objects.get(user=person).pk}/end")

    assert answer.status_code == 404
    assert UserSession.objects.filter(user=person).exists()


def test_a_division_head_signs_somebody_out_everywhere(make, person, clock):
    head, listed, unlisted = make.official(Role.DIVISION_HEAD), entered(person), Client()
    unlisted.force_login(person)

    sign_out_person(person.pk, why="离职", by=head, now=clock.now())

    assert [is_in(each) for each in (listed, unlisted)] == [False, False]
    assert is_in(entered(person))
    assert set(Message.objects.values_list("kind", "to")) == {("signed_out_by_official", person.pk)}
    assert Event.objects.filter(kind="user.signed_out", by=head, subject_id=person.pk).exists()


def test_only_a_division_head_does_and_with_a_reason(make, person, clock):
    head = make.official(Role.DIVISION_HEAD)

    for by, whom in ((make.officer(), person), (head, head)):
        with pytest.raises(NotAllowed):
            sign_out_person(whom.pk, why="离职", by=by, now=clock.now())
    with pytest.raises(Refused) as refusal:
        sign_out_person(person.pk, why=" ", by=head, now=clock.now())

    assert refusal.value.code == "reason_missing"


def test_the_last_use_is_noted_now_and_then(person, settings):
    client = entered(person)
    settings.SEEN_EVERY_SECONDS = 60
    UserSession.objects.update(last_seen_at="2020-01-01T00:00Z", ip="192.0.2.9")

    client.get("/account/")
    UserSession.objects.update(ip="192.0.2.9")
    client.get("/account/")

    seen = UserSession.objects.get()
    assert (seen.last_seen_at.year > 2020, seen.ip) == (True, "192.0.2.9")


def test_a_code_that_is_waited_for_stands_in_no_row(person, client):
    client.post("/sign-in/code/", {"email": person.email})
    code = last_code()

    assert Session.objects.exists()
    with connection.cursor() as cursor:
        for table in ("django_session", "portal_dispatch", "portal_outboxjob"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            assert code not in (cursor.fetchone()[0] or "")


def test_a_device_is_named_by_what_its_browser_says():
    assert device_of("curl/8") == "未知设备" or device_of("curl/8") == "unknown device"
    assert device_of("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko Firefox/140.0") == "Firefox · Linux"
