"""Pages of an expert: the invitation, the score sheet, and what stays hidden."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from challenges.models import Assignment, BidCandidate, Candidate, Panel, Sheet
from challenges.states import AssignmentState, SheetState
from portal.clock import portal_now
from tests.counting import counted


def signed_in(person, language: str = "en") -> Client:
    """A browser in which this person has signed in."""
    client = Client(headers={"Accept-Language": language})
    client.force_login(person)
    return client


def typed(panel, *, points: dict | None = None, comment: str = "", **more: str) -> dict[str, str]:
    """What the form of a sheet posts."""
    filled = {f"points_{key}": str(value) for key, value in (points or {}).items()}
    words = {f"words_{criterion.pk}": "" for criterion in panel.rubric.criteria.all()}
    return {**words, **filled, "comment": comment, **more}


def test_an_invitation_names_the_parties_but_shows_no_bid_before_the_declarations(make, clock):
    panel = make.named_panel(clock, count=1, files=1)
    seat, candidate = make.seats(panel)[0], panel.candidates.get()
    bid = make.bids_of(panel)[0]
    client = signed_in(seat.expert.user)
    url, desk = reverse("review", args=[seat.pk]), reverse("score", args=[seat.pk, candidate.pk])

    page = client.get(url).text
    assert bid.lead.name in page and bid.challenge.poster.name in page
    assert bid.document.summary not in page
    assert client.get(desk).status_code == 403
    assert client.post(url, {"no_conflict": "on"}).status_code == 422

    assert client.post(url, {"no_conflict": "on", "confidential": "on"}).status_code == 302
    assert Assignment.objects.get(pk=seat.pk).state == AssignmentState.ACCEPTED
    assert bid.document.summary in client.get(desk).text
    held = bid.files.get()
    kept = client.get(reverse("score-file", args=[seat.pk, candidate.pk, held.file_id]))
    assert kept.status_code == 200 and b"".join(kept).startswith(b"%PDF")


def test_the_sheet_keeps_a_draft_shows_its_sum_and_is_handed_in(make, clock):
    panel = make.seated_panel(clock, count=1)
    seat, candidate = make.seats(panel)[0], panel.candidates.get()
    client, url = signed_in(seat.expert.user), reverse("score", args=[seat.pk, candidate.pk])
    first = panel.rubric.criteria.order_by("position").first()

    assert client.post(url, typed(panel, points={first.pk: "22.5"}, step="save")).status_code == 302
    page = client.get(url).text
    assert 'value="22.5"' in page and "1 of 7 filled in" in page

    refused = client.post(url, typed(panel, points={first.pk: "23"}, comment="好", step="submit"))
    assert refused.status_code == 422
    assert "Points are missing for: Technical route and feasibility" in refused.text and 'value="23"' in refused.text
    refused = client.post(url, typed(panel, points=make.points(panel, 86), step="submit"))
    assert refused.status_code == 422 and "The overall comment is missing." in refused.text
    refused = client.post(url, typed(panel, points={first.pk: "26"}, step="save"))
    assert refused.status_code == 422 and 'value="26"' in refused.text

    done = client.post(url, typed(panel, points=make.points(panel, 86), comment="好", step="submit"))
    assert (done.status_code, done["Location"]) == (302, reverse("review", args=[seat.pk]))
    sheet = Sheet.objects.get()
    assert (sheet.state, sheet.total) == (SheetState.SUBMITTED, Decimal(86))
    assert sheet.digest[:4] in client.get(url).text
    assert client.post(url, typed(panel, comment="anders", step="save")).status_code == 409


def test_what_is_typed_is_kept_at_once_with_its_sum_and_bands(make, clock):
    panel = make.seated_panel(clock, count=1)
    seat, candidate = make.seats(panel)[0], panel.candidates.get()
    client, url = signed_in(seat.expert.user), reverse("score-save", args=[seat.pk, candidate.pk])
    first = panel.rubric.criteria.order_by("position").first()

    kept = client.post(url, typed(panel, points={first.pk: "24"}))
    assert kept.status_code == 200
    assert "Draft saved" in kept.text and '<span class="on">Excellent 23–25</span>' in kept.text and ">24<" in kept.text
    wrong = client.post(url, typed(panel, points={first.pk: "26"}))
    assert wrong.status_code == 422 and "Not saved yet" in wrong.text
    assert Sheet.objects.get().points.get().points == 24


def test_the_others_sheets_appear_once_ones_own_are_in(make, clock):
    panel = make.seated_panel(clock, count=1)
    mine, other = make.seats(panel)[:2]
    candidate = panel.candidates.get()
    make.hand_in(other, candidate, 73)
    client, url = signed_in(mine.expert.user), reverse("review", args=[mine.pk])
    assert "The other sheets" not in client.get(url).text

    make.hand_in(mine, candidate, 80)

    page = client.get(url).text
    assert "The other sheets" in page and ">73<" in page
    assert other.expert.user.name == mine.expert.user.name or other.expert.user.name not in page


@pytest.mark.parametrize("state", ["invited", "accepted"])
def test_leaving_a_seat_needs_a_reason(make, clock, state):
    panel = make.named_panel(clock, count=1)
    seat = make.seats(panel)[0]
    if state == "accepted":
        make.accept(seat)
    client, url = signed_in(seat.expert.user, "zh-hans"), reverse("review-leave", args=[seat.pk])

    assert client.get(url).status_code == 200
    assert client.post(url, {"why": " "}).status_code == 422
    assert client.post(url, {"why": "时间冲突"}).status_code == 302
    assert Assignment.objects.get(pk=seat.pk).state == ("declined" if state == "invited" else "recused")
    assert client.get(reverse("review", args=[seat.pk])).status_code == 200


def test_after_the_lock_the_bid_can_no_longer_be_read(make, clock):
    panel = make.locked_panel(clock, totals=[(80,) * 5], files=1)
    seat, candidate, bid = make.seats(panel)[0], panel.candidates.get(), make.bids_of(panel)[0]
    client = signed_in(seat.expert.user)

    page = client.get(reverse("score", args=[seat.pk, candidate.pk]))

    assert page.status_code == 200 and bid.document.summary not in page.text
    held = bid.files.get()
    assert client.get(reverse("score-file", args=[seat.pk, candidate.pk, held.file_id])).status_code == 404


def test_fifty_reviews_cost_the_list_no_more_queries_than_one(make, clock):
    panel = make.named_panel(clock, count=1)
    seat, bid = make.seats(panel)[0], make.bids_of(panel)[0]
    client = signed_in(seat.expert.user)
    client.get(reverse("reviews"))
    with counted() as one:
        assert client.get(reverse("reviews")).status_code == 200

    for _ in range(49):  # rows as they are after fifty calls; one bid stands in for all of them
        now = portal_now()
        more = Panel.objects.create(
            purpose=panel.purpose, rubric=panel.rubric, rules=panel.rules, size=5, due_at=now + timedelta(days=9),
            convened_by=panel.convened_by, convened_at=now,
        )  # fmt: skip
        BidCandidate.objects.create(candidate=Candidate.objects.create(panel=more, label="A", title="x"), bid=bid)
        Assignment.objects.create(
            panel=more, expert=seat.expert, seat=1, expert_class="technical", invited_at=now, answer_by=now
        )
    with counted() as fifty:
        assert client.get(reverse("reviews")).status_code == 200

    assert len(fifty) == len(one)
