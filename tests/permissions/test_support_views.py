"""Who looks for support sees no more than the person, nothing of a bid before opening, and changes nothing."""

import pytest
from django.urls import reverse

from tests.permissions.asking import ask, outcome, readable, signed_in
from tests.permissions.reading import read_table
from tests.permissions.situations import SITUATIONS, Situation

BLOCKS = read_table()
ONES_OWN = ("sign-out", "account_logout", "set-language", "demo", "demo-sign-in", "healthz", "readyz", "acting-stop", "support-view-stop")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["people", "sealed"])
def test_a_look_shows_no_more_than_the_person_sees_and_takes_nothing(name, make, clock):
    situation = Situation(make, clock)
    SITUATIONS[name](situation)
    supporter = situation.roles["support"]
    client = signed_in(supporter)
    assert client.post(reverse("support-view-begin", args=[situation.things["agreed_view"].pk])).status_code == 302
    hidden = [str(situation.things[thing].pk) for thing in ("bid", "seal") if thing in situation.things]

    wrong = []
    for block in BLOCKS:
        if name not in block.rows or block.route in ONES_OWN:
            continue
        answer, expected = ask(block, situation, client), block.rows[name]["lead_admin"]
        if block.method != "GET" and answer.status_code != 403:
            wrong.append(f"{block.method} {block.route} was not refused: {answer.status_code}")
        if block.method == "GET" and outcome(answer) not in (expected, "no", "refused"):
            wrong.append(f"GET {block.route}: {outcome(answer)} instead of {expected}")
        if block.method == "GET" and block.arguments.get("pk") not in ("bid", "seal"):
            wrong += [f"GET {block.route} tells of a bid" for each in hidden if each in readable(answer)]

    assert wrong == []
