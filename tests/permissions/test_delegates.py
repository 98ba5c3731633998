"""Who acts for the officer gets what the officer gets, except where it is done in person or never shown to others."""

import pytest
from django.urls import reverse

from portal.delegable import DONE_ONESELF
from portal.models import Role
from tests.permissions.asking import ask, outcome, signed_in
from tests.permissions.reading import read_table
from tests.permissions.situations import SITUATIONS, Situation

BLOCKS = read_table()
OWN_ROUTES = ("account", "api-account", "tokens", "messages", "message", "my-", "delegation", "api-delegation", "acting-stop")
"""What concerns one's own account and inbox is one's own, whoever one acts for; it is walked in test_acting.py."""


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["submitted", "claimed"])
def test_a_delegate_gets_what_the_principal_gets(name, make, clock):
    situation = Situation(make, clock)
    SITUATIONS[name](situation)
    officer, deputy = situation.roles["officer"], make.official(Role.LEADER)
    for row in officer.delegations_given.all():
        row.state = "ended"
        row.save(update_fields=["state"])
    delegation = make.delegation(officer, deputy)
    client = signed_in(deputy)
    assert client.post(reverse("delegation-act", args=[delegation.pk])).status_code == 302

    wrong = []
    for block in BLOCKS:
        if name not in block.rows or block.route.startswith(OWN_ROUTES):
            continue
        got, expected = ask(block, situation, client), block.rows[name]["officer"]
        if outcome(got) != expected and not (got.status_code == 403 and _in_person(got)):
            wrong.append(f"{block.method} {block.route}: {outcome(got)} instead of {expected}")

    assert wrong == []


def _in_person(response) -> bool:
    """Whether an answer says that the act is done in person."""
    text = response.whole.decode("utf-8", "replace")
    return any(str(words) in text for words in DONE_ONESELF.values())
