"""The record of a case: what each person reads, and the proofs they take away."""

import json
from hashlib import sha256

import pytest

from challenges.actions.ranking import lock_panel
from challenges.queries import cases
from portal.kernel import merkle, signing
from portal.models import Event, MemberRole, Role, User
from portal.record import sequence
from tests.counting import queries_of

pytestmark = pytest.mark.django_db


def kinds(case, user) -> set[str]:
    """The kinds of events that somebody reads of a case."""
    return set(cases.events_of(case, User.objects.get(pk=user.pk)).values_list("kind", flat=True))


def test_before_opening_nobody_reads_of_anothers_bid(make):
    board = make.board()
    bid, rival = make.sealed_bid(board), make.sealed_bid(board)
    lead = make.administrator(bid.lead)

    own = kinds(board, lead)
    subjects = set(cases.events_of(board, lead).values_list("subject_id", flat=True))

    assert {"bid.draft", "bid.sealed"} <= own
    assert rival.pk not in subjects
    for other in (make.administrator(board.poster), make.case_officer(), make.official(Role.AUDITOR), make.reviewer(board.poster)):
        assert not [kind for kind in kinds(board, other) if kind.startswith(("bid", "seal", "box"))]


def test_after_opening_poster_and_bureau_read_of_opened_bids_and_never_of_drafts(make, clock):
    board = make.board()
    draft = make.bid(board)
    (bid,) = make.opened_bids(clock, board, count=1)
    board.refresh_from_db()

    for reader in (make.administrator(board.poster), make.case_officer()):
        events = cases.events_of(board, User.objects.get(pk=reader.pk))
        assert {"bid.sealed", "bid.opened", "box.closed", "challenge.opened"} <= set(events.values_list("kind", flat=True))
        assert draft.pk not in set(events.values_list("subject_id", flat=True))
        assert bid.pk in set(events.values_list("subject_id", flat=True))
    assert "bid.opened" not in kinds(board, make.reviewer(board.poster))


def test_who_sits_on_the_panel_is_read_by_heads_and_by_officers_with_the_sheets_after_the_lock(make, clock):
    panel = make.scored_panel(clock)
    board = make.bids_of(panel)[0].challenge
    officer, head, poster = make.case_officer(), make.division_head(), make.administrator(board.poster)

    assert "assignment.accepted" in kinds(board, head)
    assert not [kind for kind in kinds(board, officer) if kind.startswith(("assignment", "sheet"))]
    assert "sheet.submitted" not in kinds(board, head)
    assert not [kind for kind in kinds(board, poster) if kind.startswith(("assignment", "sheet"))]

    lock_panel(panel.pk, by=officer, now=clock.now())
    board.refresh_from_db()
    assert {"assignment.accepted", "sheet.submitted"} <= set(kinds(board, officer))
    assert not [kind for kind in kinds(board, poster) if kind.startswith(("assignment", "sheet"))]


def test_the_page_names_deeds_people_and_numbers(make, client):
    need = make.need("returned")
    sequence()
    client.force_login(make.administrator(need.poster))
    client.cookies["django_language"] = "en"

    page = client.get(f"/cases/{need.pk}/record/").content.decode()

    assert "Need submitted" in page
    assert "指标缺少测试条件。" in page
    assert Event.objects.get(kind="challenge.submitted").entry.number is not None


def test_a_viewer_of_another_organisation_finds_no_record(make, client):
    need = make.need("submitted")
    client.force_login(make.member(make.organisation(), MemberRole.VIEWER))

    assert client.get(f"/cases/{need.pk}/record/").status_code == 404


def test_a_proof_can_be_checked_with_nothing_of_ours(make, client, settings):
    need = make.need("submitted")
    sequence()
    event = Event.objects.get(kind="challenge.submitted")
    client.force_login(make.administrator(need.poster))

    proof = json.loads(client.get(f"/cases/{need.pk}/record/{event.pk}/proof.json").content)

    leaf = sha256(b"\x00" + proof["body"].encode()).digest()
    path, root = [bytes.fromhex(step) for step in proof["proof"]], bytes.fromhex(proof["checkpoint"]["root"])
    assert merkle.verify_inclusion(leaf, proof["number"], proof["checkpoint"]["size"], path, root)
    assert signing.verify(proof["checkpoint"], proof["signature"], signing.public_key(settings.SIGNING_KEY))
    assert json.loads(proof["body"])["kind"] == "challenge.submitted"


def test_a_proof_waits_for_the_number(make, client):
    need = make.need("submitted")
    event = Event.objects.get(kind="challenge.submitted")
    client.force_login(make.administrator(need.poster))

    assert client.get(f"/cases/{need.pk}/record/{event.pk}/proof.json").status_code == 409


def test_the_record_costs_the_same_for_few_and_for_many_events(make, clock, client):
    bids = make.opened_bids(clock, count=1)
    few, client_of = bids[0].challenge, make.case_officer()
    client.force_login(client_of)
    sequence()
    one = queries_of(client, f"/cases/{few.pk}/record/")
    panel = make.locked_panel(clock)
    sequence()
    many = make.bids_of(panel)[0].challenge

    assert Event.objects.filter(case_id=many.pk).count() > 25
    assert queries_of(client, f"/cases/{many.pk}/record/") == one
