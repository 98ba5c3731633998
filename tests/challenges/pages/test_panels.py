"""Pages of panels, as officer and draw clerk see them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from challenges.models import Assignment, BidCandidate, Candidate, Panel, Score
from challenges.states import ChallengeState
from portal.clock import portal_now
from tests.counting import counted

ONE = [(80,) * 5]


def signed_in(person, language: str = "en") -> Client:
    """A browser in which this person has signed in."""
    client = Client(headers={"Accept-Language": language})
    client.force_login(person)
    return client


def row_of(page: str, person) -> str:
    """The rest of a person's row in the table of the pool."""
    row = page[page.index(f'value="{person.pk}"') :]
    return row[: row.index("</tr>")]


def test_an_officer_convenes_a_panel_and_a_refused_form_keeps_what_was_typed(make, clock):
    bid = make.qualified_bids(clock, count=1)[0]
    client, url = signed_in(make.case_officer()), reverse("panel-convene", args=[bid.challenge_id])

    refused = client.post(url, {"size": "4", "due_at": "2099-01-01T12:00"})
    assert refused.status_code == 422
    assert 'value="4"' in refused.text and "A panel needs at least 5 experts; 4 is too few." in refused.text
    assert Panel.objects.count() == 0

    done = client.post(url, {"size": "7", "due_at": "2099-01-01T12:00"})
    panel = Panel.objects.get()
    assert (done.status_code, done["Location"]) == (302, reverse("panel", args=[panel.pk]))
    assert (panel.size, panel.due_at.isoformat()) == (7, "2099-01-01T04:00:00+00:00")
    assert "experts to be named" in client.get(done["Location"]).text.lower()


def test_the_clerk_sees_who_cannot_be_named_and_why_and_names_the_rest(make, clock):
    panel = make.panel(clock, count=1)
    free, conflicted = make.expert(), make.expert(employer=make.bids_of(panel)[0].lead)
    client, url = signed_in(make.draw_clerk()), reverse("panel-experts", args=[panel.pk])

    page = client.get(url).text
    assert "disabled" not in row_of(page, free)
    assert "disabled" in row_of(page, conflicted)
    assert "works for an organisation that takes part" in row_of(page, conflicted)

    refused = client.post(url, {"experts": [str(free.pk), str(conflicted.pk)]})
    assert refused.status_code == 422 and "has a conflict of interest here: works for an organisation that takes part" in refused.text
    assert "checked" in row_of(refused.text, free)
    assert client.post(url, {"csrfmiddlewaretoken": "x"}).status_code == 422
    assert Assignment.objects.count() == 0

    assert client.post(url, {"experts": [str(free.pk)]}).status_code == 302
    assert list(Assignment.objects.values_list("expert", "state")) == [(free.pk, "invited")]
    assert "already on this panel" in row_of(client.get(url).text, free)


def test_the_pool_is_filtered_by_class_field_and_name(make, clock):
    panel = make.panel(clock, count=1)
    technical, finance = make.expert(), make.expert(expert_class="finance")
    client, url = signed_in(make.draw_clerk()), reverse("panel-experts", args=[panel.pk])

    page = client.get(url, {"class": "finance"}).text
    assert str(finance.pk) in page and str(technical.pk) not in page
    assert "Nobody in the pool fits" in client.get(url, {"field": "energy"}).text
    assert str(technical.pk) in client.get(url, {"q": technical.expert.employer.name}).text


def test_progress_is_shown_and_scores_are_not_before_the_lock(make, clock):
    panel = make.seated_panel(clock, count=1)
    seat, candidate = make.seats(panel)[0], panel.candidates.get()
    make.hand_in(seat, candidate, 87)
    client = signed_in(make.case_officer())

    page = client.get(reverse("panel", args=[panel.pk])).text

    assert "of 5" in page and "aria-disabled" in page
    assert "87" not in page.replace(str(panel.pk), "")
    assert client.get(reverse("panel-result", args=[panel.pk])).status_code == 403
    assert client.post(reverse("panel-lock", args=[panel.pk])).status_code == 422
    assert Score.objects.count() == 0


def test_an_officer_learns_who_scores_with_the_scores_and_the_clerk_before(make, clock):
    panel = make.seated_panel(clock, count=1)
    expert, candidate = make.seats(panel)[0].expert, panel.candidates.get()
    expert.user.name = "Chen Yan"
    expert.user.save()
    officer, clerk, head = (signed_in(who()) for who in (make.case_officer, make.draw_clerk, make.division_head))
    pages = [reverse(name, args=[panel.pk]) for name in ("panel", "api-panel-seats", "panel-experts", "api-panel-pool")]

    for client in (clerk, head):
        assert all("Chen Yan" in client.get(page).text and str(expert.pk) in client.get(page).text for page in pages[1:])
    answers = [officer.get(page) for page in pages]
    assert [answer.status_code for answer in answers] == [200, 200, 404, 404]
    for told in ("Chen Yan", expert.employer.name, str(expert.pk)):
        assert not any(told in answer.text for answer in answers)
    assert "Who the experts are you see once the scores are locked." in answers[0].text
    assert [seat["expert_id"] for seat in answers[1].json()] == [None] * 5

    for seat in make.seats(panel):
        make.hand_in(seat, candidate, 87)
    officer.post(reverse("panel-lock", args=[panel.pk]))
    assert all("Chen Yan" in officer.get(page).text for page in pages)


def test_the_record_keeps_what_experts_did_from_the_officer_until_the_lock(make, clock):
    panel = make.seated_panel(clock, count=1)
    case, expert = make.bids_of(panel)[0].challenge_id, make.seats(panel)[0].expert.user
    expert.name = "Chen Yan"
    expert.save()
    record = reverse("case-record", args=[case])

    assert "Chen Yan" not in signed_in(make.case_officer()).get(record).text
    assert "Chen Yan" in signed_in(make.division_head()).get(record).text


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_lock_leads_to_the_result_with_every_sheet(make, clock, language):
    panel = make.scored_panel(clock, totals=[(91, 88, 90, 86, 93, 89, 84)])
    client = signed_in(make.case_officer(), language)

    locked = client.post(reverse("panel-lock", args=[panel.pk]), follow=True)

    assert locked.status_code == 200
    assert "88.80" in locked.text and "88.71" in locked.text
    assert "<del>93</del>" in locked.text and "<del>84</del>" in locked.text
    assert make.bids_of(panel)[0].challenge.state == ChallengeState.EVALUATED
    assert client.post(reverse("panel-lock", args=[panel.pk])).status_code == 409


def test_fifty_panels_cost_the_list_no_more_queries_than_one(make, clock):
    panel = make.panel(clock, count=1)
    bid = make.bids_of(panel)[0]
    client = signed_in(make.case_officer())
    client.get(reverse("panels"))
    with counted() as one:
        assert client.get(reverse("panels")).status_code == 200

    for _ in range(49):  # rows as they are after fifty calls; one bid stands in for all of them
        more = Panel.objects.create(
            purpose=panel.purpose, rubric=panel.rubric, rules=panel.rules, size=5, due_at=portal_now() + timedelta(days=9),
            convened_by=panel.convened_by, convened_at=portal_now(),
        )  # fmt: skip
        BidCandidate.objects.create(candidate=Candidate.objects.create(panel=more, label="A", title="x"), bid=bid)
    with counted() as fifty:
        page = client.get(reverse("panels")).text

    assert page.count(reverse("panels") + "?page=2") >= 1 or "page=2" in page
    assert len(fifty) == len(one)
