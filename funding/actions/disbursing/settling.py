"""Payment lists out, confirmations in: the treasury pays, the ledger follows, and a repeated file changes nothing."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from challenges.locks import next_number
from funding.actions.bookkeeping import TREASURY_OWNER, post
from funding.actions.disbursing.paying import end_payment
from funding.gateways.treasury import Answer, payment_list, read_confirmations
from funding.locks import hold_payments
from funding.messages import payments as messages
from funding.models import Confirmation, ConfirmationFile, Outcome, Payment, PaymentList, PaymentListLine
from funding.permissions.disbursing import may_import_confirmations, may_send_payments
from funding.policy.paying import LIST_NUMBER
from funding.queries.payments import approved_payments, confirmation_columns, newest_account, order_of
from funding.queries.places import places_of_payment
from funding.states import InstalmentState, PaymentState
from portal import vault
from portal.actions.duties import take_duty
from portal.clock import china_date
from portal.duties import Duty
from portal.kernel.errors import Refused
from portal.kernel.verdict import require
from portal.models import Event, User
from portal.record import record
from portal.tell import tell
from portal.transition import move

CSV = "text/csv"
SETTLED = {Outcome.PAID: PaymentState.CONFIRMED, Outcome.FAILED: PaymentState.FAILED}


@transaction.atomic
def send_payments(*, by: User | None, now: datetime) -> list[PaymentList]:
    """Put every approved payment into a payment list, one list for each version of the rules, by reference.

    A payment whose payee changed its account meanwhile becomes void instead. Safe to run twice:
    without approved payments there is no list. Raises NotAllowed.
    """
    require(may_send_payments(by))
    payments = [payment for payment in hold_payments(approved_payments()) if payment.state == PaymentState.APPROVED]
    ready = []
    for payment in payments:
        if newest_account(payment.instalment.project.poster_id).pk != payment.account_id:
            end_payment(payment, reason="account_changed", by=by)
        else:
            ready.append(payment)
    by_rules = sorted(ready, key=lambda each: (str(each.instalment.project.rules_id), each.reference))
    groups = groupby(by_rules, key=lambda each: each.instalment.project.rules_id)
    return [_send(list(group), by=by, now=now) for _rules, group in groups]


@transaction.atomic
def import_confirmations(content: bytes, *, by: User | None, now: datetime) -> ConfirmationFile:
    """Take over what the treasury says became of sent payments: all lines, or none.

    The same file again changes nothing and gives the first import back; a line that repeats what
    is known changes nothing either. Raises NotAllowed, and Refused with the line:
    ``confirmation_unreadable``, ``confirmation_header``, ``confirmation_cut``, ``confirmation_line``,
    ``confirmation_unknown_reference``, ``confirmation_amount``, ``confirmation_twice``,
    ``confirmation_contradicts``, ``confirmation_empty``.
    """
    require(may_import_confirmations(by))
    fingerprint = sha256(content).hexdigest()
    if known := _imported(fingerprint):
        return known
    answers = read_confirmations(content, confirmation_columns())
    if not answers:
        raise Refused("confirmation_empty")
    named = Payment.objects.filter(reference__in=[answer.reference for answer in answers])
    payments = {payment.reference: payment for payment in hold_payments(named)}
    if known := _imported(fingerprint):
        return known
    for answer in answers:
        _check(answer, payments.get(answer.reference))
    stored = vault.store(content, name=f"{china_date(now):%Y%m%d}-{fingerprint[:8]}.csv", kind=CSV, by=by, now=now)
    source = ConfirmationFile.objects.create(file=stored, sha256=fingerprint, imported_at=now, imported_by=by)
    record("confirmationfile.imported", source, by=by, facts={"sha256": fingerprint, "lines": len(answers)})
    for answer in answers:
        if payments[answer.reference].state == PaymentState.SENT:
            _settle(payments[answer.reference], answer, source, by=by, now=now)
    return source


def _send(payments: Sequence[Payment], *, by: User | None, now: datetime) -> PaymentList:
    year = china_date(now).year
    number = LIST_NUMBER.format(year=year, number=next_number(f"ZFQD-{year}-"))
    columns = payments[0].instalment.project.rules.funding.payment_columns
    content = payment_list([order_of(payment) for payment in payments], columns)
    pk = uuid5(NAMESPACE_URL, "payment-list:" + ",".join(payment.reference for payment in payments))
    stored = vault.store(content, name=f"{number}.csv", kind=CSV, by=by, now=now, pk=pk)
    made = PaymentList.objects.create(id=pk, number=number, file=stored, made_at=now, made_by=by)
    record("paymentlist.made", made, by=by, facts={"sha256": stored.sha256, "payments": len(payments)})
    for payment in payments:
        PaymentListLine.objects.create(payment=payment, payment_list=made)
        take_duty(Duty.SENDS_PAYMENT, *places_of_payment(payment), by=by, now=now)
        payment.sent_at = now
        event = _step(payment, PaymentState.SENT, by=by, also=["sent_at"], facts={"list": str(made.pk)})
        _book("payment-sent", payment, "payable", "clearing", by=by, now=now, because=event)
        tell(messages.PAYMENT_SENT, payment, because=event)
    return made


def _check(answer: Answer, payment: Payment | None) -> None:
    """Refuse a line that does not fit what was sent, before anything is written."""
    facts = {"line": answer.line, "reference": answer.reference}
    if payment is None or payment.state not in (PaymentState.SENT, PaymentState.CONFIRMED, PaymentState.FAILED):
        raise Refused("confirmation_unknown_reference", **facts)
    if answer.amount_fen != payment.amount_fen:
        amounts = {"sent_fen": payment.amount_fen, "confirmed_fen": answer.amount_fen}
        raise Refused("confirmation_amount", **facts, **amounts)
    if payment.state not in (PaymentState.SENT, SETTLED[answer.outcome]):
        raise Refused("confirmation_contradicts", **facts)


def _settle(payment: Payment, answer: Answer, source: ConfirmationFile, *, by: User | None, now: datetime) -> None:
    """Write one confirmation: paid in the ledger, or back to payable."""
    take_duty(Duty.RECONCILES_PAYMENT, *places_of_payment(payment), by=by, now=now)
    Confirmation.objects.create(
        payment=payment,
        source=source,
        outcome=answer.outcome,
        amount_fen=answer.amount_fen,
        voucher_number=answer.voucher,
        value_on=answer.value_on,
    )
    payment.settled_at = now
    facts = {"voucher": answer.voucher, "value_on": answer.value_on.isoformat()}
    event = _step(payment, SETTLED[answer.outcome], by=by, also=["settled_at"], facts=facts)
    if answer.outcome == Outcome.FAILED:
        _book("payment-failed", payment, "clearing", "payable", by=by, now=now, because=event)
        tell(messages.PAYMENT_FAILED, payment, because=event)
        return
    _book("payment-confirmed", payment, "clearing", "paid", by=by, now=now, because=event)
    instalment = payment.instalment
    facts = {"payment": str(payment.pk)}
    move(instalment, to=InstalmentState.PAID, by=by, facts=facts, case_id=instalment.project.challenge_id)
    tell(messages.PAYMENT_CONFIRMED, payment, because=event)


def _book(word: str, payment: Payment, source: str, target: str, *, by, now: datetime, because: Event) -> None:
    owners = {
        "payable": payment.instalment_id,
        "clearing": TREASURY_OWNER,
        "paid": payment.instalment.project_id,
    }
    lines = {(source, owners[source]): -payment.amount_fen, (target, owners[target]): payment.amount_fen}
    post(
        f"{word}:{payment.pk}",
        kind=word.replace("-", "_"),
        lines=lines,
        by=by,
        now=now,
        project=payment.instalment.project,
        because=because,
    )


def _step(payment: Payment, to: str, **options) -> Event:
    return move(payment, to=to, case_id=payment.instalment.project.challenge_id, **options)


def _imported(fingerprint: str) -> ConfirmationFile | None:
    return ConfirmationFile.objects.filter(sha256=fingerprint).first()
