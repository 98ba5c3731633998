"""What forms take from profiles: the consortium by codes, the contact, who the parties are."""

import pytest
from django.urls import reverse

from challenges.actions.drafting import save_need, start_need
from challenges.queries.bidding import read_draft
from portal.actions.profiling import state_facts
from portal.clock import portal_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def editing(make, client):
    """A bid whose editor writes its consortium."""
    bid = make.bid(make.board(), empty=True)
    editor = make.editor(bid.lead)
    client.force_login(editor)
    client.cookies["django_language"] = "en"

    def post(**rows):
        sent = {"version": read_draft(bid, editor).version, "consortium-TOTAL_FORMS": "2", "consortium-INITIAL_FORMS": "0"}
        return client.post(f"/bids/{bid.pk}/draft/consortium/", {**sent, **{f"consortium-{key}": value for key, value in rows.items()}})

    return bid, post, lambda: read_draft(bid, editor).document["consortium"]


def test_a_partner_is_named_by_its_code_and_the_lead_joins_unasked(make, editing):
    bid, post, rows = editing
    partner = make.organisation("丁研究所")

    answer = post(**{"0-uscc": partner.uscc.lower(), "0-share_percent": "40", "0-task": "低温测试"})

    assert answer.status_code == 302
    assert rows() == [
        {"uscc": bid.lead.uscc, "name": bid.lead.name, "share_percent": "", "task": ""},
        {"uscc": partner.uscc, "name": "丁研究所", "share_percent": "40", "task": "低温测试"},
    ]


def test_a_typed_name_does_not_replace_the_registered_one_and_the_lead_stands_once(make, editing):
    bid, post, rows = editing
    partner = make.organisation("丁研究所")

    post(**{"0-uscc": partner.uscc, "0-name": "冒名公司", "0-share_percent": "40", "1-uscc": bid.lead.uscc, "1-share_percent": "60"})

    assert [(row["name"], row["share_percent"]) for row in rows()] == [("丁研究所", "40"), (bid.lead.name, "60")]


def test_only_an_unknown_code_needs_a_name_and_an_unverified_entry_gives_none(make, editing):
    _bid, post, rows = editing
    squatter = make.organisation("抢注公司", verified=False)

    refused = post(**{"0-uscc": squatter.uscc, "0-share_percent": "40"})
    named = post(**{"0-uscc": squatter.uscc, "0-name": "真名研究院", "0-share_percent": "40"})

    assert refused.status_code == 422
    assert "No verified organisation has this code. Write its name." in refused.content.decode()
    assert named.status_code == 302
    assert rows()[1]["name"] == "真名研究院"


def test_the_contact_of_a_need_comes_from_the_profile_or_from_the_last_need(make):
    call, poster = make.call(), make.organisation()
    by, code = make.administrator(poster), call.rules.classes.first().code

    def begin(title):
        return start_need(call.pk, poster.pk, class_code=code, title=title, by=by, now=portal_now())

    first = begin("甲")
    save_need(first.pk, fields={"contact": "研发部 0551-2"}, version=first.version, by=by, now=portal_now())
    second = begin("乙")
    state_facts(poster.pk, values={"contact_person": "林芳", "contact_phone": "0551-1"}, by=by, now=portal_now())
    third = begin("丙")

    assert (first.contact, second.contact, third.contact) == ("", "研发部 0551-2", "林芳 · 0551-1")


def test_the_agreement_shows_who_the_parties_are_with_the_source_and_asks_for_none_of_it(make, clock, client):
    agreement = make.agreement(clock)
    board, lead = agreement.bid.challenge, agreement.bid.lead
    state_facts(lead.pk, values={"contact_phone": "0551-9"}, by=make.administrator(lead), now=portal_now())
    client.force_login(make.editor(board.poster))
    client.cookies["django_language"] = "en"

    page = client.get(reverse("agreement-edit", args=[agreement.pk])).content.decode()

    for value in (board.poster.uscc, lead.uscc, lead.legal_representative, "verified by the bureau"):
        assert value in page
    assert "0551-9" not in page
