"""Payments of verified instalments: prepared by one person, approved by others, each seeing what they sign."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.locks import next_number
from challenges.permissions.standing import credit_in_order
from funding.locks import hold_instalment, hold_payment
from funding.messages import payments as messages
from funding.models import Approval, BankAccount, Payment
from funding.permissions.disbursing import may_approve_payment, may_prepare_payment, may_void_payment
from funding.policy.paying import PAYMENT_NUMBER
from funding.queries.evidence import holder_of, open_objections
from funding.queries.payments import digest_of, needed_for, newest_account
from funding.queries.places import cases, places_of_payment
from funding.states import PaymentState
from portal.actions.duties import take_duty
from portal.clock import china_date
from portal.duties import Duty
from portal.kernel.errors import Clash, Incomplete, Refused
from portal.kernel.naming import Naming
from portal.kernel.verdict import require
from portal.locks import lock_organisation
from portal.models import Event, Organisation, User
from portal.record import record
from portal.tell import tell
from portal.transition import move

LONGEST = 20_000


@transaction.atomic
def prepare_payment(instalment_id: UUID, *, by: User, now: datetime) -> Payment:
    """Prepare the payment of a verified instalment: its payable amount to the poster's confirmed account.

    Raises NotAllowed (``edits_account``), WrongState (``payment_exists`` on a second click),
    Refused ``account_missing``, ``account_not_confirmed``, ``account_frozen`` (fact ``usable_on``),
    ``account_of_another_name``, ``objection_open``.
    """
    instalment = hold_instalment(instalment_id)
    require(may_prepare_payment(by, instalment))
    project = instalment.project
    account = _usable_account(lock_organisation(instalment.project.poster_id), now=now)
    paid = {project.poster_id, project.bidder_id, UUID(_holder(account, now=now).of)}
    require(credit_in_order("prepare_payment", project.rules, paid, on=china_date(now)))
    if open_objections(instalment.project):
        raise Refused("objection_open")
    year = china_date(now).year
    payment = Payment(
        instalment=instalment,
        reference=PAYMENT_NUMBER.format(year=year, number=next_number(f"ZF-{year}-")),
        amount_fen=instalment.payable_fen,
        account=account,
        prepared_by=by,
        prepared_at=now,
    )
    take_duty(Duty.PREPARES_PAYMENT, *places_of_payment(payment), by=by, now=now)
    payment.digest = digest_of(payment)
    payment.save(force_insert=True)
    facts = {"amount_fen": payment.amount_fen, "digest": payment.digest, "account": str(account.pk)}
    event = record("payment.prepared", payment, by=by, facts=facts, case_id=instalment.project.challenge_id)
    tell(messages.PAYMENT_TO_APPROVE, payment, because=event)
    return payment


@transaction.atomic
def approve_payment(payment_id: UUID, *, digest: str, by: User, now: datetime) -> Payment:
    """Approve exactly what ``digest`` names: amount, payee, account and evidence as the approver saw them.

    The last approval that the amount asks for lets the payment go out. Raises NotAllowed
    (``prepares_and_approves``, ``edits_account``, ``checks_and_approves``), WrongState
    (``approved_already``), Clash ``approved_something_else``, ``account_changed``, ``payment_changed``,
    Refused ``account_of_another_name``.
    """
    payment = hold_payment(payment_id)
    require(may_approve_payment(by, payment))
    if digest != payment.digest:
        raise Clash("approved_something_else")
    if newest_account(payment.instalment.project.poster_id).pk != payment.account_id:
        raise Clash("account_changed")
    if digest_of(payment) != payment.digest:
        raise Clash("payment_changed")
    _holder(payment.account, now=now)
    take_duty(Duty.APPROVES_PAYMENT, *places_of_payment(payment), by=by, now=now)
    Approval.objects.create(payment=payment, digest=payment.digest, by=by, at=now)
    facts = {"digest": payment.digest}
    event = record("payment.approval", payment, by=by, facts=facts, case_id=payment.instalment.project.challenge_id)
    if Approval.objects.filter(payment=payment).count() < needed_for(payment):
        tell(messages.PAYMENT_NEEDS_ANOTHER, payment, because=event)
        return payment
    event = _step(payment, PaymentState.APPROVED, by=by)
    tell(messages.PAYMENT_APPROVED, payment, because=event)
    return payment


@transaction.atomic
def void_payment(payment_id: UUID, *, why: str, by: User, now: datetime) -> Payment:
    """Declare a payment void before it is sent, with the reason; a new one may be prepared.

    Raises NotAllowed, WrongState, Incomplete ``reason_missing``.
    """
    payment = hold_payment(payment_id)
    require(may_void_payment(by, payment))
    take_duty(Duty.HANDLES_CASE, *cases([payment.instalment.project]), by=by, now=now)
    if not why.strip():
        words = _("A reason is missing. Write why the payment is void.")
        raise Incomplete("reason_missing", words, field="why", missing=["why"])
    if len(why) > LONGEST:
        raise Incomplete("too_long", length=len(why), most=LONGEST, field="why")
    end_payment(payment, reason="void", by=by, why=why.strip())
    return payment


def end_payment(payment: Payment, *, reason: str, by: User | None, why: str = "") -> None:
    """Make a held payment void and tell finance and poster; the approvals given so far count for nothing."""
    event = _step(payment, PaymentState.VOID, by=by, why=why, facts={"reason": reason})
    tell(messages.PAYMENT_VOID_ACCOUNT if reason == "account_changed" else messages.PAYMENT_VOID, payment, because=event)


def _usable_account(organisation: Organisation, *, now: datetime) -> BankAccount:
    """The newest account, confirmed and past its rest."""
    account = newest_account(organisation.pk)
    if account is None:
        raise Refused("account_missing")
    if account.confirmed_by_id is None:
        raise Refused("account_not_confirmed")
    if account.usable_from > china_date(now):
        raise Refused("account_frozen", usable_on=account.usable_from)
    return account


def _holder(account: BankAccount, *, now: datetime) -> Naming:
    """By which of its names the payee holds the account: the present one, one it had lately, or its successor's."""
    held_as = holder_of(account, china_date(now))
    if held_as is None:
        raise Refused("account_of_another_name", holder=account.holder, organisation=account.organisation.name)
    return held_as


def _step(payment: Payment, to: str, **options) -> Event:
    return move(payment, to=to, case_id=payment.instalment.project.challenge_id, **options)
