"""City money by program: the same actions, money once per Idempotency-Key, refusals in one shape."""

import base64
import json

import pytest
from django.test import Client
from django.urls import reverse

from funding.models import Payment
from tests.making.payments import SLIP

pytestmark = pytest.mark.django_db


def send(user, name, *args, key="", **body):
    """POST JSON as this person; status and answer."""
    client = Client(headers={"Accept-Language": "en", **({"Idempotency-Key": key} if key else {})})
    client.force_login(user)
    answer = client.post(reverse(name, args=args), json.dumps(body), content_type="application/json")
    return answer.status_code, answer.json() if answer.content else None


def test_from_the_receipt_to_the_confirmation_by_program(make, clock):
    clock.china(2026, 7, 3)
    project = make.project_under_way(clock)
    poster, first = make.administrator(project.poster), make.instalment(project)
    make.bank_account(project.poster)
    receipt = {
        "payer": project.poster.name, "payee": project.bidder.name, "amount_fen": 600_000_000, "paid_on": "2026-09-10",
        "bank_reference": "0703 1", "file": {"name": "slip.pdf", "content": base64.b64encode(SLIP).decode()},
    }  # fmt: skip

    clock.china(2026, 9, 10)
    status, added = send(poster, "api-receipts", project.pk, **receipt)
    assert (status, added["amount_fen"]) == (201, 600_000_000)
    assert send(poster, "api-receipts", project.pk, **receipt)[1]["code"] == "receipt_used"
    assert send(poster, "api-instalment-claim", first.pk, receipt_id=added["id"])[1]["claimed_fen"] == 300_000_000
    assert send(make.case_officer(), "api-instalment-verify", first.pk)[1]["payable_fen"] == 300_000_000

    once = send(make.preparer(), "api-payment-prepare", first.pk, key="one")
    again = send(make.preparer(), "api-payment-prepare", first.pk, key="one")
    other = send(make.preparer(), "api-payment-prepare", first.pk, key="two")
    assert (once[0], again, other[0], other[1]["code"]) == (201, once, 409, "payment_exists")
    payment = Payment.objects.get()
    for number in (1, 2):
        status, _body = send(make.approver(number), "api-payment-approve", payment.pk, digest=once[1]["digest"])
        assert status == 200
    status, sent = send(make.reconciler(), "api-payment-lists")
    assert (status, len(sent["lists"])) == (201, 1)
    content = make.answer_to(make.fresh_payment(payment).line.payment_list)
    cut = base64.b64encode(content[:60]).decode()
    whole = base64.b64encode(content).decode()
    status, refused = send(make.reconciler(), "api-payment-confirmations", content=cut)
    assert (status, set(refused)) == (422, {"code", "message"})
    assert send(make.reconciler(), "api-payment-confirmations", content=whole)[1]["lines"] == 1
    assert make.fresh_payment(payment).state == "confirmed"


def test_bytes_that_are_no_base64_are_a_wrong_field(make, clock):
    status, refused = send(make.reconciler(), "api-payment-confirmations", content="§")

    assert (status, refused["code"], list(refused["fields"])) == (400, "invalid", ["content"])
