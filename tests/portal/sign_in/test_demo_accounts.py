"""The accounts of a demo can also be signed in to by hand: the password, then what the demo page shows."""

from datetime import datetime

import pytest
from django.test import Client

from portal import demo
from portal.clock import CHINA
from portal.demo.cast import EXPERTS, MEMBERS, OFFICIALS
from portal.demo.story import Story
from portal.models import User
from portal.second_factor import has_second_factor, needs_second_factor

pytestmark = pytest.mark.django_db(transaction=True)


def test_officials_and_experts_have_an_authenticator_that_the_demo_shows(clock, settings):
    story = Story(clock.owner)
    story.gather(datetime(2026, 3, 2, 9, tzinfo=CHINA))
    clock.release()
    officer = User.objects.get(email="fang.min@demo.example")
    client = Client()

    client.post("/sign-in/", {"login": officer.email, "password": demo.PASSWORD})
    answer = client.post("/sign-in/second-factor/", {"code": demo.code()})

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(officer.pk)
    people = {person.name: person for person in User.objects.all()}
    assert all(has_second_factor(people[line[0]]) for line in (*OFFICIALS, *EXPERTS) if line[0] in people)
    assert not any(needs_second_factor(people[line[0]]) and not has_second_factor(people[line[0]]) for line in MEMBERS)
