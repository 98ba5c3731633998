"""Every page of city money, as each side sees it."""

import re
from decimal import Decimal
from django.core.files.uploadedfile import SimpleUploadedFile
import pytest
from django.test import Client
from django.urls import reverse

from funding.models import Payment
from tests.making.payments import SLIP

pytestmark = pytest.mark.django_db


def client(user):
    found = Client(headers={"Accept-Language": "en"}, raise_request_exception=True)
    found.force_login(user)
    return found


def get(user, name, *args, expected=200):
    answer = client(user).get(reverse(name, args=args))
    assert answer.status_code == expected, (name, answer.status_code, answer.content.decode()[:2000])
    return answer.content.decode()


def post(user, name, *args, sent=None, expected=302):
    answer = client(user).post(reverse(name, args=args), sent or {})
    assert answer.status_code == expected, (name, answer.status_code, re.sub(r"<[^>]+>", " ", answer.content.decode())[-3000:])
    return answer


def test_walk(make, clock):
    clock.china(2026, 7, 3)
    project = make.project_under_way(clock)
    clock.china(2026, 9, 10)
    admin, officer = make.administrator(project.poster), make.case_officer()
    first = make.instalment(project)
    for user in (admin, officer, make.preparer()):
        for name in ("instalments", "payments", "milestones"):
            get(user, name)
        get(user, "instalment", first.pk)
        get(user, "project-account", project.pk)
    get(admin, "bank-account", project.poster_id)
    post(admin, "bank-account", project.poster_id, sent={"holder": project.poster.name, "bank": "示例银行", "number": "3405 0000 1234 7718"})
    rec = make.reconciler()
    get(rec, "bank-accounts"); get(rec, "bank-account", project.poster_id)
    post(rec, "bank-account-confirm", project.poster.bank_accounts.get().pk)
    get(admin, "receipt-add", project.pk)
    get(admin, "instalment-claim", first.pk)
    slip = {"payer": project.poster.name, "payee": project.bidder.name, "amount_fen": "6,000,000.00", "paid_on": "2026-09-10", "bank_reference": "0910 2217", "file": SimpleUploadedFile("回单.pdf", SLIP)}
    post(admin, "receipt-add", project.pk, sent=slip)
    get(admin, "instalment-claim", first.pk)
    receipt = project.receipts.get()
    post(admin, "instalment-claim", first.pk, sent={"receipt": receipt.pk})
    page = get(officer, "instalment", first.pk)
    assert "Verify the claim" in page
    get(officer, "instalment-return", first.pk); get(officer, "instalment-hold", first.pk)
    get(officer, "receipt-file", receipt.pk)
    post(officer, "instalment-verify", first.pk)
    post(officer, "instalment-verify", first.pk, expected=409)
    assert "Prepare the payment" in get(make.preparer(), "instalment", first.pk)
    post(make.preparer(), "payment-prepare", first.pk)
    post(make.preparer(), "payment-prepare", first.pk, expected=409)
    payment = Payment.objects.get()
    for user in (make.preparer(), make.approver(1), officer, admin):
        page = get(user, "payment", payment.pk)
    get(make.approver(1), "payments")
    post(make.approver(1), "payment-approve", payment.pk, sent={"digest": payment.digest})
    post(make.approver(1), "payment-approve", payment.pk, sent={"digest": payment.digest}, expected=409)
    get(make.approver(2), "payment-void", payment.pk)
    post(make.approver(2), "payment-approve", payment.pk, sent={"digest": payment.digest})
    get(rec, "payment-lists")
    post(rec, "payment-send")
    get(rec, "payment-lists")
    sent = make.fresh_payment(payment)
    get(rec, "payment-list-file", sent.line.payment_list_id)
    content = make.answer_to(sent.line.payment_list)
    answer = post(rec, "payment-lists", sent={"file": SimpleUploadedFile("a.csv", content[:100])}, expected=422)
    assert "Nothing was taken over" in answer.content.decode()
    post(rec, "payment-lists", sent={"file": SimpleUploadedFile("a.csv", content)})
    assert make.fresh_payment(payment).state == "confirmed"
    get(rec, "payment", payment.pk); get(rec, "ledger"); get(rec, "ledger-entries"); get(rec, "appropriation-account", project.round.appropriation_id)
    page = get(admin, "project-account", project.pk)
    m = make.milestone(project)
    get(admin, "milestone", m.pk); get(admin, "milestone-report", m.pk)
    sent = {"text": "done", "files": [SimpleUploadedFile("a.pdf", SLIP + b"1"), SimpleUploadedFile("b.pdf", SLIP + b"2")]}
    if m.indicator: sent["measured"] = str(m.target)
    post(admin, "milestone-report", m.pk, sent={**sent, "files": []}, expected=422)
    post(admin, "milestone-report", m.pk, sent={**sent, "files": [SimpleUploadedFile("a.pdf", SLIP + b"1"), SimpleUploadedFile("b.pdf", SLIP + b"2")]})
    assert m.reports.get().evidence.count() == 2
    get(officer, "milestone", m.pk); get(officer, "milestone-return", m.pk)
    get(officer, "milestone-evidence", m.reports.get().evidence.first().pk)
    post(officer, "milestone-accept", m.pk)
    get(admin, "milestone", m.pk)
    post(officer, "milestone-accept", m.pk, expected=409)
    from portal.models import Message
    from portal.delivery import words
    for message in Message.objects.all():
        for lang in ("en", "zh-hans"):
            words(message, lang)
