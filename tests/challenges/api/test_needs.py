"""Needs, boards and notices through the API: the same steps, the same refusals."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from challenges.models import Challenge
from challenges.states import ChallengeState
from tests.making.needs import FIELDS


def asking(person):
    """A program signed in as this person: ``ask(method, route, pk, **body)`` gives status and body."""
    client = Client(headers={"Accept-Language": "en"})
    if person is not None:
        client.force_login(person)

    def ask(method, route, pk=None, **body):
        url = reverse(route, args=[pk] if pk else [])
        sent = json.dumps(body) if method != "GET" else ""
        response = client.generic(method, url, sent, content_type="application/json")
        return response.status_code, response.json() if response.content else None

    return ask


INDICATOR = {"name": "量程", "comparator": ">=", "value": "1000", "unit": "A", "test_method": "直流，双向"}


@pytest.mark.django_db
def test_a_need_goes_from_draft_to_board_by_programs(make):
    call, poster = make.call(), make.organisation()
    editor, administrator = asking(make.editor(poster)), asking(make.administrator(poster))
    district, officer = asking(make.reviewer(poster)), asking(make.case_officer())

    _status, need = editor("POST", "api-needs", call_id=str(call.pk), poster_id=str(poster.pk), class_code="major", title="传感器")
    pk = need["id"]
    steps = [
        editor("PUT", "api-need", pk, version=need["version"], indicators=[INDICATOR], **FIELDS),
        administrator("POST", "api-need-submit", pk),
        district("POST", "api-need-recommend", pk),
        officer("POST", "api-need-pool", pk, why="材料齐全"),
        officer("POST", "api-need-publish", pk),
    ]
    board = asking(None)("GET", "api-board", pk)[1]

    assert [status for status, _body in steps] == [200, 200, 200, 200, 201]
    assert Challenge.objects.get(pk=pk).state == ChallengeState.PUBLISHED
    assert (board["total_fen"], board["board_fen"]) == (2_600_000_000, 1_200_000_000)
    assert board["recipient"].startswith("age1")
    assert board["indicators"][0]["value"] == "1000.000000"
    assert "wrapped_identity" not in json.dumps(board)


@pytest.mark.django_db
def test_refusals_have_code_sentence_and_field(make):
    need = make.need("draft")
    ask = asking(make.editor(need.poster))

    clash = ask("PUT", "api-need", need.pk, version=1, title="旧版本")
    negative = ask("PUT", "api-need", need.pk, version=need.version, total_fen=-1)
    fraction = ask("PUT", "api-need", need.pk, version=need.version, total_fen=0.5)
    unknown = ask("PUT", "api-need", need.pk, version=need.version, field="alchemy")
    sent_by_editor = ask("POST", "api-need-submit", need.pk)

    assert (clash[0], clash[1]["code"]) == (409, "version_clash")
    assert (negative[0], list(negative[1]["fields"])) == (400, ["total_fen"])
    assert fraction[0] == 400
    assert (unknown[0], unknown[1]["code"], list(unknown[1]["fields"])) == (422, "unknown_technology", ["field"])
    assert (sent_by_editor[0], sent_by_editor[1]["code"]) == (403, "not_allowed")


@pytest.mark.django_db
def test_money_that_breaks_a_rule_names_the_most(make):
    need = make.need("draft", total_fen=2_400_000_000, own_fen=1_400_000_000)

    status, body = asking(make.administrator(need.poster))("POST", "api-need-submit", need.pk)

    assert (status, body["code"]) == (422, "own_share_too_small")
    assert "RMB 9.60 million" in body["message"]


@pytest.mark.django_db
def test_lists_are_paged_and_filtered(make):
    poster = make.organisation()
    for number in range(26):
        make.need("submitted", poster=poster, title=f"需求 {number}")
    ask = asking(make.case_officer())

    status, found = ask("GET", "api-needs")

    assert (status, found["count"], len(found["results"])) == (200, 26, 25)
    assert asking(None)("GET", "api-boards")[1]["count"] == 0


@pytest.mark.django_db
def test_a_notice_is_given_and_read(make):
    need = make.need("pooled")
    today = make.need("in_notice")
    starts_on = make.notice_of(today).starts_on.isoformat()

    status, given = asking(make.case_officer())("POST", "api-need-notice", need.pk, starts_on=starts_on)
    public = asking(None)("GET", "api-notice", given["id"])[1]

    assert status == 201
    assert (public["starts_on"], public["working_days"], public["ended_at"]) == (starts_on, 5, None)
