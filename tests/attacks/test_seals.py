"""Before the opening nobody learns what is in a bid, that there is one, or how many."""

import io
import json
import logging
import os
import re
import secrets
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from challenges.actions import bidding, opening
from challenges.models import Bid, Box, Seal
from challenges.tasks import destroy_draft_key
from portal import delivery
from portal.clock import portal_now
from portal.models import Event, MemberRole, Message, OutboxJob, Role
from portal.record import sequence
from portal.settings.logs import Withheld
from tests.database import tables

pytestmark = pytest.mark.django_db(transaction=True)


def canary() -> str:
    """A word that stands nowhere else."""
    return f"canary{secrets.token_hex(12)}"


def everything_in_the_database() -> bytes:
    """Every row of every table as text, byte columns decoded as far as they go, read by the owner."""
    found = []
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner, owner.cursor() as cursor:
        for table in tables(cursor):
            for row in cursor.execute(f'SELECT * FROM "{table}"').fetchall():
                found += [cell if isinstance(cell, bytes) else str(cell).encode() for cell in row]
    return b"\n".join(found)


def everything_in_redis() -> bytes:
    """Every value of the cache's Redis."""
    client = cache._cache.get_client()
    found = []
    for key in client.scan_iter():
        kind = client.type(key)
        found += [key, client.get(key) or b""] if kind == b"string" else [key]
    return b"\n".join(found)


def everything_in_the_store(folder) -> bytes:
    """Every stored file and its name."""
    return b"\n".join(str(path).encode() + path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def log():
    """What the portal logs while the test runs, through its own filter."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Withheld())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def outsiders(make, board, rival):
    """Everybody who is not of the bid's own organisation."""
    roles = [role for role in Role if role not in (Role.DISTRICT, Role.EXPERT)]
    return {
        "visitor": None,
        "poster": make.administrator(board.poster),
        "poster's viewer": make.member(board.poster, MemberRole.VIEWER),
        "rival": make.administrator(rival),
        "district": make.reviewer(board.poster),
        "expert": make.expert(),
        **{role.value: make.official(role) for role in roles},
    }


ABOUT_ONE_BID = (
    "bid", "bid-draft", "bid-seal", "bid-receipt", "bid-receipt-file", "bid-withdraw", "bid-qualification",
    "api-bid", "api-bid-draft", "api-bid-receipt", "api-bid-document",
)  # fmt: skip
ABOUT_A_BOARD = ("board", "board-bids", "api-board-bids")
LISTS = ("home", "boards", "notices", "bids", "messages", "api-bids", "api-boards")
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


def signed_in(user) -> Client:
    """A client of this person, or a visitor's."""
    client = Client()
    if user is not None:
        client.force_login(getattr(user, "user", user))
    return client


def responses(user, board) -> bytes:
    """Every list and page of the board that a person can be shown."""
    client = signed_in(user)
    urls = [reverse(name) for name in LISTS] + [reverse(name, args=[board.pk]) for name in ABOUT_A_BOARD]
    return b"\n".join(TOKEN.sub(b"", client.get(url).content) for url in urls)


def tells_apart(user, bid) -> list[str]:
    """The pages on which a hidden bid differs from one that does not exist."""
    client, absent = signed_in(user), uuid4()

    def seen(name, pk):
        answer = client.get(reverse(name, args=[pk]))
        return answer.status_code, TOKEN.sub(b"", answer.content).replace(str(pk).encode(), b""), answer.get("Location", "").replace(str(pk), "")

    return [name for name in ABOUT_ONE_BID if seen(name, bid.pk) != seen(name, absent)]


def test_words_of_a_sealed_bid_are_found_nowhere_before_the_opening(make, clock, storage, log):
    words = {name: canary() for name in ("summary", "route", "risks", "ip_terms", "team", "file", "content", "member")}
    clock.china(2026, 6, 1)
    board, lead, rival = make.board(), make.bidder("乙院"), make.bidder("丙大学")
    people = outsiders(make, board, rival)
    some = {name: people[name] for name in ("visitor", "poster", "rival", "officer")}
    document = {name: words[name] for name in ("summary", "route", "risks", "ip_terms")}
    document["team"] = [{"name": words["team"], "role": "负责人", "title": ""}]
    document["consortium"] = [
        {"uscc": lead.uscc, "name": lead.name, "share_percent": "60", "task": "总体"},
        {"uscc": make.code(999), "name": words["member"], "share_percent": "40", "task": "芯片"},
    ]
    bid = make.bid(board, lead=lead, price="1183.47", **document)
    content = b"%PDF-1.4\n" + words["content"].encode()
    bidding.add_file(bid.pk, name=f"{words['file']}.pdf", content=content, by=make.editor(lead), now=portal_now())
    while_drafting = leaks(words, some, board, bid, log)
    bidding.ask_sign_off(bid.pk, by=make.editor(lead), now=portal_now())
    team = Client()
    team.force_login(make.administrator(lead))
    assert team.post(reverse("bid-seal", args=[bid.pk]), {"agreed": "on"}).status_code == 302
    for job in OutboxJob.objects.filter(task=bidding.DESTROY_DRAFT_KEY):
        destroy_draft_key(*job.arguments)
    for message in Message.objects.all():
        delivery.deliver(message.event_id, message.kind)
    sequence()

    assert while_drafting == {}
    assert leaks(words, people, board, bid, log) == {}

    make.close(clock, board)
    assert leaks(words, some, board, bid, log) == {}
    opening.open_box(board.pk, now=portal_now())
    assert words["summary"].encode() in everything_in_the_database()  # the search would have found it


def leaks(words, people, board, bid, log) -> dict[str, list[str]]:
    """Where which of the words were found, and who was shown the bid's id or told it from an absent one."""
    shown = {name: responses(user, board) for name, user in people.items()}
    places = {
        "database": everything_in_the_database(),
        "redis": everything_in_redis(),
        "store": everything_in_the_store(settings.STORAGE_ROOT),
        "log": log.getvalue().encode(),
        "mail": "\n".join(f"{one.subject}\n{one.body}" for one in mail.outbox).encode(),
        **shown,
    }
    sought = {**words, "price": "118347000000", "price in yuan": "1,183.47"}
    found = {place: [name for name, word in sought.items() if word.encode() in text] for place, text in places.items()}
    for name, text in [*shown.items(), ("log", places["log"])]:
        found[name] += ["the bid's id"] if str(bid.pk).encode() in text else []
    for name, user in people.items():
        found[name] += tells_apart(user, bid)
    return {place: names for place, names in found.items() if names}


def test_pages_for_others_are_the_same_with_and_without_bids(make, clock):
    clock.china(2026, 6, 1)
    board, rival = make.board(), make.bidder("丙大学")
    people = outsiders(make, board, rival)

    def seen():
        return {name: responses(user, board) for name, user in people.items()}

    empty = seen()
    make.sealed_bid(board, lead=make.bidder("乙院"), files=1)
    make.bid(board, lead=make.bidder("丁公司"))
    assert {name for name, text in seen().items() if text != empty[name]} == set()


def test_messages_and_events_of_sealed_bids_are_marked_and_go_to_the_team_only(make):
    bid = make.sealed_bid()
    team = {make.administrator(bid.lead).pk, make.editor(bid.lead).pk}
    assert set(Message.objects.filter(event__subject_id=bid.pk).values_list("to_id", flat=True)) <= team
    assert not Message.objects.filter(event__subject_id=bid.pk, sealed=False).exists()
    assert not Event.objects.filter(subject_id=bid.pk, sealed=False).exists()


def test_seals_are_not_changed_removed_or_added_late_by_the_web_role(make, clock, attack):
    bid = make.sealed_bid()
    waiting = make.signed_off_bid(bid.challenge, lead=make.bidder("丙大学"))
    insert = (
        "INSERT INTO challenges_seal (id, bid_id, version, commitment, ciphertext, sealed_at, sealed_by_id) VALUES"
        " (gen_random_uuid(), %(bid)s, 1, repeat('a', 64), ''::bytea, %(at)s, %(by)s)"
    )
    late = {"bid": waiting.pk, "by": make.administrator(waiting.lead).pk}
    at = bid.challenge.closes_at
    assert attack("UPDATE challenges_seal SET ciphertext = ''::bytea") == "denied"
    assert attack("DELETE FROM challenges_seal") == "denied"
    assert attack("TRUNCATE challenges_seal CASCADE") == "denied"
    assert attack("UPDATE challenges_bid SET state = 'sealed' WHERE id = %(bid)s", **late) == "bid_sealed_with_a_seal"
    clock.set(at)
    assert attack(insert, at=at.replace(year=at.year + 1), **late) == "seal_in_time"
    clock.forward(microseconds=1)
    assert attack(insert, at=at, **late) == "seal_in_time"
    assert Seal.objects.count() == 1


def test_the_key_and_the_content_stay_away_until_the_box_is_closed(make, attack):
    bid = make.sealed_bid()
    box = Box.objects.get(challenge=bid.challenge)
    use = "INSERT INTO challenges_keyuse (id, box_id, purpose, at) VALUES (gen_random_uuid(), %(box)s, 'x', now())"
    document = (
        "INSERT INTO challenges_biddocument (bid_id, body, summary, price_fen, months, opened_at)"
        " VALUES (%(bid)s, '{}', '', 1, 1, now())"
    )
    assert attack(use, box=box.pk) == "key_only_after_closing"
    assert attack(document, bid=bid.pk) == "no_content_before_opening"
    assert attack("UPDATE challenges_box SET closed_at = now(), root = ''::bytea") == "box_closed_by_the_clock"
    assert attack("UPDATE challenges_box SET wrapped_identity = ''::bytea") == "box_frozen"
    assert attack("UPDATE challenges_challenge SET state = 'closed' WHERE id = %(id)s", id=bid.challenge_id) == "challenge_closed_by_the_clock"
    assert attack("UPDATE challenges_bid SET state = 'opened' WHERE id = %(bid)s", bid=bid.pk) == "bid_opened_with_its_document"


def test_an_idempotent_sealing_gives_one_receipt_and_another_body_is_refused(make):
    bid = make.signed_off_bid()
    client = Client(headers={"Idempotency-Key": "one"})
    client.force_login(make.administrator(bid.lead))
    url = reverse("api-bid-seal", args=[bid.pk])
    first, again = (client.post(url, {}, content_type="application/json") for _time in range(2))
    other = client.post(url, {"x": 1}, content_type="application/json")
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert json.loads(first.content) == json.loads(again.content)
    assert (Seal.objects.count(), Bid.objects.get(pk=bid.pk).state) == (1, "sealed")


