"""The auditor: reads all that is not sealed, sees nothing sealed, meets no button that works, and writes nothing."""

import logging
import re
from html.parser import HTMLParser

import pytest
from django.urls import NoReverseMatch, reverse

from tests.permissions.asking import ask, outcome, signed_in, views
from tests.permissions.reading import Block, read_table
from tests.permissions.situations import HIDDEN, SITUATIONS, Situation

BLOCKS = read_table()
WALKED = ("people", "submitted", "sealed", "scored", "noticed_project", "prepared")
"""A case in many states; the table says the same of the others."""

PAGES_TO_ACT = {
    "official-propose", "official-invite", "replacement-propose", "legal-text-write", "programme-new", "rules-new", "call-new",
    "need-notice", "need-publish", "round-open", "project-panel-convene", "awards-propose", "project-end", "decision-record",
    "taskbook-withdraw", "bid-ties", "person-find", "person-access", "organisation-new", "objection-file", "kin-enter",
    "erasure-decline",
}  # fmt: skip
"""Pages that are a form and nothing else: what they lead to is read elsewhere, and an auditor has no use for them."""

FOR_A_PURPOSE = {
    "personal-data-look", "erasures", "erasure", "api-erasures", "api-erasure-obstacles", "words", "words-of-event", "api-words",
    "expert-employments", "api-expert-employments",
}  # fmt: skip
"""Personal data, shown to those alone who decide about it; what they decided stands in the record, which an auditor reads."""

ONES_OWN = {
    "set-language", "messages-read", "account-merges", "api-account-merges", "mfa_login_webauthn", "account_logout", "sign-out",
    "usersessions_list", "data-export-ask", "api-data-exports", "correction-ask", "api-own-corrections", "own-erasure",
    "api-own-erasures", "acting-stop", "support-view-stop",
}  # fmt: skip
"""What concerns nobody but the person who signs in."""
READS_BY_POST = {"receipt-check", "api-receipt-check", "api-invitation-offer", "personal-data-look", "api-looks"}
"""Questions whose words should stand in no log of addresses, and looks that are written down; nothing changes."""
OWN_PATHS = re.compile(r"^(/account/|/messages/|/language|/sign-out|/sign-in/|/security/|/receipts/check|/personal-data/)")


def test_an_auditor_reads_what_anybody_of_the_bureau_reads():
    others = ("officer", "division_head", "discipline")

    unread = [
        f"{block.place} {block.route} [{name}]"
        for block in BLOCKS
        if block.method == "GET" and block.route not in PAGES_TO_ACT | FOR_A_PURPOSE
        for name, cells in block.rows.items()
        if cells["auditor"] != "yes" and any(cells[role] == "yes" for role in others)
    ]

    assert unread == []


def test_every_act_of_the_table_is_refused_to_an_auditor():
    writes = [
        f"{block.place} {block.method} {block.route} [{name}]"
        for block in BLOCKS
        if block.method != "GET" and block.route not in ONES_OWN | READS_BY_POST
        for name, cells in block.rows.items()
        if cells["auditor"] == "yes"
    ]

    assert writes == []


@pytest.fixture
def quiet():
    """Hundreds of requests need no lines in the log."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.django_db
@pytest.mark.parametrize("name", WALKED)
def test_an_auditor_walks_every_page(name, make, clock, quiet):
    situation = Situation(make, clock)
    SITUATIONS[name](situation)
    client = signed_in(situation.roles["auditor"])
    secrets = sealed_words(situation) if name in HIDDEN.situations else []
    wrong, walked = [], 0

    for block in [*rows_of(name), *lists()]:
        response = ask(block, situation, client)
        if outcome(response) != "yes" or response.status_code >= 300:
            continue
        walked += 1
        wrong += [f"{block.route}: names {word!r}, which is sealed" for word in secrets if word.encode() in response.whole]
        if response["Content-Type"].startswith("text/html"):
            forms = foreign_forms(response)
            wrong += [f"{block.route}: a button works: {form['action']}" for form in forms if form["enabled"]]
            wrong += [f"{block.route}: {taken} is not refused" for taken in posts(forms, situation, client)]

    assert walked > 20
    assert not wrong, "\n".join(["", *wrong])


def rows_of(name: str) -> list[Block]:
    """The pages and lists that the table has for a situation."""
    return [block for block in BLOCKS if block.method == "GET" and name in block.rows]


def lists() -> list[Block]:
    """Every address without arguments, whatever the situation: lists, counts, home pages."""
    found = []
    for name, _view in views():
        try:
            reverse(name)
        except NoReverseMatch:
            continue
        if name not in ("style", "readyz", "healthz"):
            found.append(Block("", "GET", name, {}))
    return found


def sealed_words(situation: Situation) -> list[str]:
    """What stands in sealed bids, and by what they could be told: ids, hashes, files."""
    things = situation.things
    words = [str(things[bid].pk) for bid in HIDDEN.names if bid in things]
    if "seal" in things:
        words += [str(things["seal"].pk), str(things["receipt"].pk), things["seal"].commitment, str(things["sealing"].pk)]
    return [str(word) for word in words]


class Forms(HTMLParser):
    """The forms of a page that post: where to, their fields, and whether one of their buttons can be pressed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[dict] = []
        self.inside = None
        self.feed(text)

    def handle_starttag(self, tag, attrs) -> None:
        given = dict(attrs)
        if tag == "form" and (given.get("method") or "").lower() == "post":
            self.inside = {"action": given.get("action") or "", "fields": {}, "enabled": False}
            self.found.append(self.inside)
        elif self.inside is not None and tag in ("input", "textarea", "select") and given.get("name"):
            self.inside["fields"][given["name"]] = given.get("value") or ""
        elif self.inside is not None and tag == "button" and given.get("type", "submit") == "submit":
            self.inside["enabled"] |= "disabled" not in given and given.get("aria-disabled") != "true"

    def handle_endtag(self, tag) -> None:
        if tag == "form":
            self.inside = None


def foreign_forms(response) -> list[dict]:
    """The forms of a page, but those of one's own account; one without an address posts to its own page."""
    forms = Forms(response.whole.decode()).found
    for form in forms:
        form["action"] = form["action"] or response.wsgi_request.path
    return [form for form in forms if not OWN_PATHS.match(form["action"])]


def posts(forms: list[dict], situation: Situation, client) -> list[str]:
    """Forms, pressed or not, whose address does not refuse what they hold."""
    taken = []
    for form in forms:
        answer = ask(Block("", "POST", "page", {}, sends=form["fields"]), situation, client, url=form["action"])
        if answer.status_code < 400:
            taken.append(form["action"])
    return taken
