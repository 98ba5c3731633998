"""Pages of the decision: ranks for the poster, its choice, and a bidder's own score."""

import pytest
from django.test import Client
from django.urls import reverse

from challenges.models import Selection
from challenges.states import BidState


def signed_in(person, language: str = "en") -> Client:
    """A browser in which this person has signed in."""
    client = Client(headers={"Accept-Language": language})
    client.force_login(person)
    return client


@pytest.fixture
def ranked(make, clock):
    """Two ranked bids, the first with 88.80."""
    bids = make.qualified_bids(clock, count=2)
    make.locked_panel(clock, bids, totals=[(91, 88, 90, 86, 93, 89, 84), (85, 87, 82, 90, 84, 86, 88)])
    return bids


def test_the_poster_sees_total_and_rank_but_not_who_scored_what(make, ranked):
    admin = make.administrator(ranked[0].challenge.poster)

    page = signed_in(admin).get(reverse("results", args=[ranked[0].challenge_id])).text

    assert "88.80" in page and "86.00" in page and "Select this bid" in page
    assert "88.71" not in page and "<del>" not in page and "Every sheet" not in page
    officer = signed_in(make.case_officer()).get(reverse("results", args=[ranked[0].challenge_id])).text
    assert "Select this bid" not in officer and "Every sheet" in officer


def test_selecting_the_second_needs_a_reason_on_the_page_too(make, ranked):
    client, second = signed_in(make.administrator(ranked[0].challenge.poster)), ranked[1]
    url = reverse("bid-select", args=[second.pk])

    assert client.post(url, {"why": ""}).status_code == 422
    assert Selection.objects.count() == 0
    done = client.post(url, {"why": "交付更快"}, follow=True)

    assert done.status_code == 200 and "交付更快" in done.text and "Draft the agreement" in done.text
    assert [make.fresh_bid(bid).state for bid in ranked] == [BidState.RESERVE, BidState.SELECTED]
    again = client.post(reverse("bid-select", args=[ranked[0].pk]), {"why": "x"})
    assert again.status_code == 409 and "is selected already" in again.text


def test_a_bidder_sees_its_own_score_after_the_decision_only(make, ranked):
    first, second = ranked
    client = signed_in(make.administrator(second.lead), "zh-hans")
    url = reverse("bid-score", args=[second.pk])
    assert client.get(url).status_code == 409

    signed_in(make.administrator(first.challenge.poster)).post(reverse("bid-select", args=[first.pk]), {"why": ""})

    page = client.get(url)
    assert page.status_code == 200 and "86.00" in page.text and "88.80" not in page.text
    assert client.get(reverse("bid-score", args=[first.pk])).status_code == 404
    assert client.get(reverse("results", args=[first.challenge_id])).status_code == 404
