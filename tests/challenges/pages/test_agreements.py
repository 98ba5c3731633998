"""Pages of agreements: terms that add up, the paper, signing and the end."""

import pytest
from django.test import Client
from django.urls import reverse

from challenges.actions.agreeing import draft_agreement, void_agreement
from challenges.models import Agreement
from challenges.states import AgreementState, BidState, ChallengeState
from portal.clock import portal_now
from tests.counting import counted

ONE = [(80,) * 5]


def signed_in(person, language: str = "en") -> Client:
    """A browser in which this person has signed in."""
    client = Client(headers={"Accept-Language": language})
    client.force_login(person)
    return client


def typed(agreement: Agreement, *payments: str, amount: str = "1200", **more: str) -> dict[str, str]:
    """What the form of the terms posts; amounts in 万元."""
    rows = {}
    for place, amount_of in enumerate(payments):
        rows |= {f"payments-{place}-due_for": f"第{place + 1}期", f"payments-{place}-amount_fen": amount_of}
    management = {"TOTAL_FORMS": len(payments), "INITIAL_FORMS": 3, "MIN_NUM_FORMS": 1, "MAX_NUM_FORMS": 50}
    shares = {f"share_{party.pk}": amount for party in agreement.bid.parties.all()}
    return {
        "amount_fen": amount, "months": "36", "ip_terms": "共有", **rows, **shares, **more,
        **{f"payments-{name}": str(value) for name, value in management.items()},
    }  # fmt: skip


def test_the_poster_drafts_and_what_does_not_add_up_keeps_everything_typed(make, clock):
    bid = make.selected_bid(clock, totals=ONE)
    client = signed_in(make.editor(bid.challenge.poster))
    client.post(reverse("agreement-draft", args=[bid.pk]))
    agreement = Agreement.objects.get()
    url = reverse("agreement-edit", args=[agreement.pk])
    assert client.get(url).status_code == 200

    refused = client.post(url, typed(agreement, "600", "360", "200", step="send"))
    assert refused.status_code == 422
    assert "they differ by RMB 0.40 million" in refused.text and 'value="200"' in refused.text
    assert Agreement.objects.get().state == AgreementState.DRAFT

    assert client.post(url, typed(agreement, "600", "360", "240", step="send")).status_code == 302
    agreement = Agreement.objects.get()
    assert agreement.state == AgreementState.SIGNING
    assert client.get(url).status_code == 409


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_both_sides_sign_the_paper_and_the_officer_registers_it(make, clock, language):
    agreement = make.agreement_to_sign(clock, totals=ONE)
    lead, poster = make.administrator(agreement.bid.lead), make.administrator(agreement.bid.challenge.poster)
    page, sign = reverse("agreement", args=[agreement.pk]), reverse("agreement-sign", args=[agreement.pk])
    paper = signed_in(lead, language).get(page).text
    assert "壹仟贰佰万元整" in paper and agreement.digest[:4] in paper

    assert signed_in(lead, language).post(sign).status_code == 302
    assert signed_in(lead, language).post(sign).status_code == 409
    assert signed_in(make.editor(agreement.bid.lead), language).post(sign).status_code == 403
    assert signed_in(poster, language).post(sign).status_code == 302

    officer = signed_in(make.case_officer(), language)
    register = reverse("agreement-register", args=[agreement.pk])
    assert officer.post(register, {"number": ""}).status_code == 422
    assert officer.post(register, {"number": "2026340100000123"}).status_code == 302
    assert "2026340100000123" in officer.get(page).text
    assert make.fresh_bid(agreement.bid).challenge.state == ChallengeState.MATCHED


def test_the_text_behind_the_digest_can_be_had(make, clock):
    from hashlib import sha256

    agreement = make.agreement_to_sign(clock, totals=ONE)

    text = signed_in(make.administrator(agreement.bid.lead)).get(reverse("agreement-text", args=[agreement.pk]))

    assert sha256(text.content).hexdigest() == agreement.digest


def test_an_agreement_ends_with_its_reason_on_the_page(make, clock):
    agreement = make.signed_agreement(clock, totals=ONE)
    officer, url = signed_in(make.case_officer()), reverse("agreement-void", args=[agreement.pk])

    assert officer.post(url, {"why": "", "what": "reserve"}).status_code == 422
    done = officer.post(url, {"why": "双方协商解除", "what": "reserve"}, follow=True)

    assert "双方协商解除" in done.text
    assert make.fresh_bid(agreement.bid).state == BidState.WITHDRAWN
    assert officer.post(url, {"why": "x", "what": "reserve"}).status_code == 409


def test_fifty_agreements_cost_the_list_no_more_queries_than_one(make, clock):
    agreement = make.agreement(clock, totals=ONE)
    bid, poster = agreement.bid, agreement.bid.challenge.poster
    client, editor, admin = signed_in(make.administrator(poster)), make.editor(poster), make.administrator(poster)
    client.get(reverse("agreements"))
    with counted() as one:
        assert client.get(reverse("agreements")).status_code == 200

    for _ in range(49):
        void_agreement(agreement.pk, why="重拟", ends_selection=False, by=admin, now=portal_now())
        agreement = draft_agreement(bid.pk, by=editor, now=portal_now())
    with counted() as fifty:
        assert client.get(reverse("agreements")).status_code == 200

    assert len(fifty) == len(one)
