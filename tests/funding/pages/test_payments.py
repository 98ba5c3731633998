"""The pages of city money: the whole way by clicking, what a second click gets, and what lists cost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from funding.actions import disbursing
from funding.models import Payment
from portal.clock import portal_now
from portal.delivery import words
from portal.models import Message, User
from tests.making.payments import SLIP

pytestmark = pytest.mark.django_db
FEW, MANY = 1, 50


def client(user: User) -> Client:
    """A browser in which this person has signed in, in English."""
    found = Client(headers={"Accept-Language": "en"})
    found.force_login(user)
    return found


def get(user: User, name: str, *args) -> str:
    """The page, which must be there."""
    answer = client(user).get(reverse(name, args=args))
    assert (name, answer.status_code) == (name, 200)
    return b"".join(answer).decode(errors="replace") if answer.streaming else answer.content.decode(errors="replace")


def post(user: User, name: str, *args, sent: dict | None = None, status: int = 302) -> str:
    """Post a form; a page that follows must be there."""
    answer = client(user).post(reverse(name, args=args), sent or {})
    assert (name, answer.status_code) == (name, status)
    return answer.content.decode()


def slip(project) -> dict:
    """A bank receipt as it is typed."""
    return {
        "payer": project.poster.name,
        "payee": project.bidder.name,
        "amount_fen": "6,000,000.00",
        "paid_on": "2026-09-10",
        "bank_reference": "0910 2217",
        "file": SimpleUploadedFile("回单.pdf", SLIP),
    }


def test_the_whole_way_by_clicking(make, clock):
    clock.china(2026, 7, 3)
    project = make.project_under_way(clock)
    clock.china(2026, 9, 10)
    poster, officer = make.administrator(project.poster), make.case_officer()
    preparer, reconciler, first = make.preparer(), make.reconciler(), make.instalment(project)

    account = {"bank": "示例银行", "number": "3405 0000 1234 7718"}
    post(poster, "bank-account", project.poster_id, sent={**account, "number": "12"}, status=422)
    post(poster, "bank-account", project.poster_id, sent={**account, "holder": "别人"})
    assert project.poster.bank_accounts.get().holder == project.poster.name
    assert "Waits" in get(reconciler, "bank-accounts")
    post(reconciler, "bank-account-confirm", project.poster.bank_accounts.get().pk)
    get(poster, "receipt-add", project.pk)
    post(poster, "receipt-add", project.pk, sent=slip(project))
    get(poster, "instalment-claim", first.pk)
    post(poster, "instalment-claim", first.pk, sent={"receipt": project.receipts.get().pk})
    assert "Verify the claim" in get(officer, "instalment", first.pk)
    post(officer, "instalment-verify", first.pk)
    post(officer, "instalment-verify", first.pk, status=409)
    post(preparer, "payment-prepare", first.pk)
    post(preparer, "payment-prepare", first.pk, status=409)
    payment = Payment.objects.get()
    seen = get(make.approver(1), "payment", payment.pk)
    for word in ("RMB 3,000,000.00", "叁佰万元整", project.poster.name, "**** 7718", officer.name, payment.digest):
        assert word in seen
    assert "3405000012347718" not in seen
    looked = {"purpose": "payment", "words": "复核收款账号"}
    assert "3405000012347718" in post(make.approver(1), "personal-data-look", "account", payment.account_id, sent=looked, status=200)
    assert seen.index("The payer is the poster") < seen.index("Approve RMB 3.00 million")
    for number in (1, 2):
        post(make.approver(number), "payment-approve", payment.pk, sent={"digest": payment.digest})
    post(make.approver(2), "payment-approve", payment.pk, sent={"digest": payment.digest}, status=409)
    post(reconciler, "payment-send")
    made = make.fresh_payment(payment).line.payment_list
    assert payment.reference in get(reconciler, "payment-list-file", made.pk)
    content = make.answer_to(made)
    half = {"file": SimpleUploadedFile("a.csv", content[:100])}
    assert "Nothing was taken over" in post(reconciler, "payment-lists", sent=half, status=422)
    post(reconciler, "payment-lists", sent={"file": SimpleUploadedFile("a.csv", content)})

    assert make.fresh_payment(payment).state == "confirmed"
    assert "Payment confirmed by the treasury" in get(poster, "project-account", project.pk)
    for name, args in {"ledger": (), "ledger-entries": (), "appropriation-account": (project.round.appropriation_id,)}.items():
        assert "3,000,000.00" in get(reconciler, name, *args)


def test_a_milestone_is_reported_returned_and_accepted_by_clicking(make, clock):
    milestone = make.milestone(make.project_under_way(clock))
    bidder, officer = make.editor(milestone.project.bidder), make.case_officer()

    def report(*files: str) -> dict:
        return {"text": "样机完成。", "files": [SimpleUploadedFile(name, SLIP + name.encode()) for name in files]}

    post(bidder, "milestone-report", milestone.pk, sent=report(), status=422)
    post(bidder, "milestone-report", milestone.pk, sent=report("a.pdf", "b.pdf"))
    post(officer, "milestone-return", milestone.pk, sent={"why": "请补充第三方报告。"})
    assert "请补充第三方报告。" in get(bidder, "milestone", milestone.pk)
    post(bidder, "milestone-report", milestone.pk, sent=report("c.pdf"))
    post(officer, "milestone-accept", milestone.pk)
    post(officer, "milestone-accept", milestone.pk, status=409)

    assert make.milestone(milestone.project).state == "accepted"
    assert milestone.reports.count() == 2
    for message in Message.objects.filter(kind__startswith="milestone_"):
        for language in ("en", "zh-hans"):
            assert all(words(message, language))


COPIES = {
    "milestones": """
        INSERT INTO funding_milestone (id, project_id, position, title, due_on, deliverable, state)
        SELECT gen_random_uuid(), project_id, 100 + n, title, due_on, deliverable, 'planned'
        FROM (SELECT * FROM funding_milestone LIMIT 1) m, generate_series(1, {count}) n
    """,
    "ledger-entries": """
        WITH made AS (
            INSERT INTO funding_ledgerentry (id, key, kind, reason, project_id, at)
            SELECT gen_random_uuid(), 'copy-' || n, 'claim_verified', '', (SELECT id FROM funding_project LIMIT 1), now()
            FROM generate_series(1, {count}) n RETURNING id
        )
        INSERT INTO funding_posting (entry_id, account_id, amount_fen)
        SELECT made.id, a.id, CASE a.kind WHEN 'appropriation' THEN -1 ELSE 1 END
        FROM made, funding_account a WHERE a.kind IN ('appropriation', 'committed')
    """,
}


def test_the_ledger_says_for_whom_somebody_booked_and_costs_the_same(make, clock):
    instalment = make.claimed_instalment(clock)
    officer, head = make.case_officer(), make.division_head()
    browser = client(make.reconciler())
    browser.get(reverse("ledger-entries"))
    with CaptureQueriesContext(connection) as before:
        browser.get(reverse("ledger-entries"))

    disbursing.verify_claim(instalment.pk, by=make.acting(head, make.delegation(officer, head)), now=portal_now())

    with CaptureQueriesContext(connection) as after:
        page = browser.get(reverse("ledger-entries")).content.decode()
    api = browser.get(reverse("api-project-entries", args=[instalment.project_id])).json()["results"]
    assert len(before) == len(after)
    assert f"{head.name} for {officer.name}" in page or f"{head.name}代{officer.name}" in page
    booked = [(row["by"], row["acting_for"]) for row in api if row["kind"] == "claim_verified"]
    assert set(booked) == {(head.name, officer.name)}


@pytest.mark.parametrize("name", COPIES)
def test_a_list_costs_the_same_with_one_and_with_fifty_rows(make, clock, name):
    project = make.project_under_way(clock)
    browser, costs = client(make.reconciler()), []

    for count in (FEW, MANY):
        with connection.cursor() as cursor:
            cursor.execute(COPIES[name].format(count=count).replace("'copy-'", f"'copy-{count}-'").replace("100 +", f"{count}00 +"))
        browser.get(reverse(name))
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(reverse(name))
        costs.append((answer.status_code, len(asked)))

    assert costs[0] == costs[1]
    assert project.state == "under_way"
