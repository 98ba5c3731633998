"""City money under attack: the rules of payments, approvals, instalments and confirmations by raw SQL."""

import pytest

from funding.actions import disbursing
from portal.clock import portal_now

pytestmark = pytest.mark.django_db(transaction=True)

APPROVAL = (
    "INSERT INTO funding_approval (id, payment_id, digest, by_id, at) "
    "VALUES (gen_random_uuid(), %(payment)s, %(digest)s, %(by)s, now())"
)
PAYMENT = """
INSERT INTO funding_payment (id, instalment_id, reference, amount_fen, account_id, digest, state, prepared_by_id, prepared_at)
SELECT gen_random_uuid(), instalment_id, 'ZF-again', amount_fen + %(more)s, account_id, digest, %(state)s, %(by)s, now()
FROM funding_payment WHERE id = %(payment)s
"""


def test_payments_and_approvals_keep_their_rules(attack, make, clock):
    clock.china(2026, 7, 3)
    payment = make.prepared_payment(clock)
    account, preparer = payment.account, make.preparer()
    ids = {"payment": payment.pk, "digest": payment.digest, "by": make.approver(1).pk}

    # 4: one live payment per instalment, of the payable amount of a verified instalment
    assert attack(PAYMENT, payment=payment.pk, more=0, state="prepared", by=preparer.pk) == "payment_one_live_per_instalment"
    assert attack(PAYMENT, payment=payment.pk, more=1, state="prepared", by=preparer.pk) == "payment_of_a_verified_instalment"
    # 7: born in its first state, only legal steps
    assert attack(PAYMENT, payment=payment.pk, more=0, state="sent", by=preparer.pk) == "payment_flow"
    assert attack("UPDATE funding_payment SET state = 'confirmed' WHERE id = %(payment)s", **ids) == "payment_flow"
    # 5: who edits accounts prepares nothing; maker is not checker; the digest is what is approved
    assert attack(PAYMENT, payment=payment.pk, more=0, state="prepared", by=account.entered_by_id) == (
        "payment_not_by_who_edits_accounts"
    )
    for by in (payment.prepared_by_id, account.entered_by_id, account.confirmed_by_id):
        assert attack(APPROVAL, **{**ids, "by": by}) == "approval_by_another"
    assert attack(APPROVAL, **{**ids, "digest": "0" * 64}) == "approval_of_what_is_prepared"
    assert attack("UPDATE funding_payment SET state = 'approved' WHERE id = %(payment)s", **ids) == "payment_approved_by_enough"
    assert attack(APPROVAL, APPROVAL, **ids) == "approval_once_per_person"
    assert attack(APPROVAL, "UPDATE funding_payment SET state = 'approved' WHERE id = %(payment)s", **ids) == (
        "payment_approved_by_enough"
    )
    # what was prepared does not change
    for change in ("amount_fen = amount_fen + 1", "digest = 'x'", "reference = 'x'"):
        assert attack(f"UPDATE funding_payment SET {change} WHERE id = %(payment)s", **ids) == "payment_frozen"
    assert attack("UPDATE funding_bankaccount SET number = '11112222' WHERE id = %(id)s", id=account.pk) == "bank_account_frozen"
    assert make.fresh_payment(payment).state == "prepared"


def test_an_account_changed_after_approval_stops_the_list(attack, make, clock):
    clock.china(2026, 7, 3)
    payment = make.approved_payment(clock)
    change = """
        INSERT INTO funding_bankaccount (id, organisation_id, version, holder, bank, number, entered_by_id, entered_at)
        SELECT gen_random_uuid(), organisation_id, version + 1, holder, bank, '99998888', entered_by_id, now()
        FROM funding_bankaccount WHERE id = %(account)s
    """
    send = "UPDATE funding_payment SET state = 'sent' WHERE id = %(payment)s"

    assert attack(change, send, account=payment.account_id, payment=payment.pk) == "payment_to_the_present_account"

    assert attack(change, account=payment.account_id) == ""
    assert disbursing.send_payments(by=make.reconciler(), now=portal_now()) == []
    assert make.fresh_payment(payment).state == "void"


def test_instalments_keep_their_sum_their_limit_and_their_payment(attack, make, clock):
    clock.china(2026, 7, 3)
    instalment = make.verified_instalment(clock)
    one = {"id": instalment.pk}

    assert attack("UPDATE funding_instalment SET planned_fen = planned_fen + 1 WHERE id = %(id)s", **one) == "instalment_frozen"
    assert attack("UPDATE funding_instalment SET payable_fen = planned_fen + 1 WHERE id = %(id)s", **one) == (
        "instalment_payable_within_planned"
    )
    assert attack("UPDATE funding_instalment SET state = 'paid' WHERE id = %(id)s", **one) == (
        "instalment_paid_by_a_confirmed_payment"
    )
    more = """
        INSERT INTO funding_instalment (id, project_id, position, trigger, planned_fen, state)
        SELECT gen_random_uuid(), project_id, 9, 'acceptance', 1, 'planned' FROM funding_instalment WHERE id = %(id)s
    """
    assert attack(more, **one) == "instalments_add_up"
    assert attack("UPDATE funding_project SET award_fen = award_fen + 1 WHERE id = %(id)s", id=instalment.project_id) == (
        "project_award_frozen"
    )


def test_what_was_written_about_money_stays(attack, make, clock):
    clock.china(2026, 7, 3)
    payment = make.confirmed_payment(clock)
    wrong = """
        INSERT INTO funding_confirmation (id, payment_id, source_id, outcome, amount_fen, voucher_number, value_on)
        SELECT gen_random_uuid(), payment_id, source_id, 'returned', amount_fen + 1, 'x', value_on FROM funding_confirmation
    """

    assert attack(wrong) == "confirmation_of_the_amount"
    for table in (
        "receipt", "claim", "approval", "paymentlist", "paymentlistline", "confirmationfile", "confirmation",
        "ledgerentry", "posting", "milestonereport",
    ):  # fmt: skip
        assert attack(f"DELETE FROM funding_{table}") == "denied"
        assert attack(f"TRUNCATE funding_{table} CASCADE") == "denied"
    for change in ("approval SET digest = 'x'", "posting SET amount_fen = 1", "confirmation SET amount_fen = 1", "claim SET claimed_fen = 1"):
        assert attack(f"UPDATE funding_{change}") == "denied"
    assert make.fresh_payment(payment).state == "confirmed"
