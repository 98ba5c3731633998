"""Claims of instalments: the bank receipt, the claim, and the officer's check of what it rests on."""

import json
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.permissions.standing import credit_in_order
from funding.actions.bookkeeping import TREASURY_OWNER, post
from funding.locks import hold_instalment, lock_project
from funding.messages import instalments as messages
from funding.models import Claim, Instalment, Receipt, Trigger
from funding.permissions.disbursing import (
    may_add_receipt,
    may_claim_instalment,
    may_hold_instalment,
    may_release_instalment,
    may_return_claim,
    may_verify_claim,
)
from funding.queries.evidence import faults_of_claim, is_due, last_claim, payable_of
from funding.queries.places import cases, places_of_claim
from funding.states import InstalmentState
from portal import vault
from portal.actions.duties import take_duty
from portal.clock import china_date
from portal.duties import Duty
from portal.kernel.errors import Clash, Incomplete, NotFound, Refused
from portal.kernel.verdict import require
from portal.models import Event, User
from portal.record import record
from portal.tell import tell
from portal.transition import move

LONGEST = 20_000


@transaction.atomic
def add_receipt(
    project_id: UUID,
    *,
    payer: str,
    payee: str,
    amount_fen: int,
    paid_on: date,
    bank_reference: str,
    name: str,
    content: bytes,
    by: User,
    now: datetime,
) -> Receipt:
    """Add the bank's receipt of a payment from poster to bidder, as it stands on the slip.

    Raises NotAllowed, WrongState, Refused ``amount_not_positive``, Clash ``receipt_used``, or what
    the vault refuses of the file.
    """
    project = lock_project(project_id)
    require(may_add_receipt(by, project))
    take_duty(Duty.ACTS_FOR_A_PARTY, *cases([project]), by=by, now=now)
    if amount_fen <= 0:
        raise Refused("amount_not_positive", field="amount_fen")
    if Receipt.objects.filter(bank_reference=bank_reference.strip()).exists():
        raise Clash("receipt_used", field="bank_reference")
    kind = vault.kind_of(content, name=name, kinds=project.rules.file_kinds, most_mib=project.rules.file_most_mib)
    stored = vault.store(content, name=name[-200:], kind=kind, by=by, now=now)
    receipt = Receipt.objects.create(
        project=project,
        payer=payer.strip(),
        payee=payee.strip(),
        amount_fen=amount_fen,
        paid_on=paid_on,
        bank_reference=bank_reference.strip(),
        file=stored,
        by=by,
        at=now,
    )
    facts = {"receipt": str(receipt.pk), "amount_fen": amount_fen, "sha256": stored.sha256}
    record("project.receipt_added", project, by=by, facts=facts)
    return receipt


@transaction.atomic
def claim_instalment(instalment_id: UUID, *, receipt_id: UUID | None = None, by: User, now: datetime) -> Claim:
    """Claim an instalment; the first one with the receipt of the poster's payment. The amount is computed.

    Raises NotAllowed, WrongState, Refused ``instalment_not_due``, ``receipt_too_small``,
    Incomplete ``receipt_missing``, Clash ``receipt_of_another_claim``.
    """
    instalment = hold_instalment(instalment_id)
    require(may_claim_instalment(by, instalment))
    take_duty(Duty.ACTS_FOR_A_PARTY, *cases([instalment.project]), by=by, now=now)
    receipt = _receipt_for(instalment, receipt_id)
    if not is_due(instalment):
        raise Refused("instalment_not_due", trigger=instalment.get_trigger_display())
    claimed = payable_of(instalment, receipt)
    if claimed <= 0:
        raise Refused("receipt_too_small", field="receipt")
    claim = Claim.objects.create(
        instalment=instalment, receipt=receipt, claimed_fen=claimed, by=by, at=_after_the_last(instalment, now)
    )
    facts = {"claim": str(claim.pk), "claimed_fen": claimed}
    event = _step(instalment, InstalmentState.CLAIMED, by=by, facts=facts)
    tell(messages.INSTALMENT_CLAIMED, instalment, because=event)
    return claim


@transaction.atomic
def verify_claim(instalment_id: UUID, *, by: User, now: datetime) -> Instalment:
    """Confirm that a claim rests on what it must; the amount becomes payable in the ledger.

    The poster's own payment is entered in the memo accounts. Raises NotAllowed, WrongState,
    Refused with the first fault: ``receipt_payer_not_poster``, ``receipt_payee_not_bidder``,
    ``receipt_before_agreement``, ``receipt_in_future``, ``taskbook_not_signed``, ``objection_open``.
    """
    instalment = hold_instalment(instalment_id)
    require(may_verify_claim(by, instalment))
    project = instalment.project
    require(credit_in_order("verify_claim", project.rules, [project.poster_id, project.bidder_id], on=china_date(now)))
    take_duty(Duty.CHECKS_CLAIM, *places_of_claim(instalment), by=by, now=now)
    claim = last_claim(instalment)
    for code, facts in faults_of_claim(claim, instalment, now=now):
        raise Refused(code, **facts)
    instalment.payable_fen = payable_of(instalment, claim.receipt)
    facts = {"claim": str(claim.pk), "payable_fen": instalment.payable_fen}
    event = _step(instalment, InstalmentState.VERIFIED, by=by, also=["payable_fen"], facts=facts)
    _book(claim, instalment, sign=1, by=by, now=now, because=event)
    tell(messages.CLAIM_VERIFIED, instalment, because=event)
    return instalment


@transaction.atomic
def return_claim(instalment_id: UUID, *, why: str, by: User, now: datetime) -> Instalment:
    """Send a claim back with the reason; what was payable goes back to committed.

    Raises NotAllowed, WrongState, Clash ``payment_under_way``, Incomplete ``reason_missing``.
    """
    instalment = hold_instalment(instalment_id)
    require(may_return_claim(by, instalment))
    take_duty(Duty.CHECKS_CLAIM, *places_of_claim(instalment), by=by, now=now)
    _reason(why)
    verified = instalment.state == InstalmentState.VERIFIED
    event = _step(instalment, InstalmentState.RETURNED, by=by, why=why.strip())
    if verified:
        _book(last_claim(instalment), instalment, sign=-1, by=by, now=now, because=event)
    tell(messages.CLAIM_RETURNED, instalment, because=event)
    return instalment


@transaction.atomic
def hold_back_instalment(instalment_id: UUID, *, why: str, by: User, now: datetime) -> Instalment:
    """Hold an instalment with the reason, until it is released.

    Raises NotAllowed, WrongState, Clash ``payment_under_way``, Incomplete ``reason_missing``.
    """
    instalment = hold_instalment(instalment_id)
    require(may_hold_instalment(by, instalment))
    take_duty(Duty.HANDLES_CASE, *cases([instalment.project]), by=by, now=now)
    _reason(why)
    event = _step(instalment, InstalmentState.HELD, by=by, why=why.strip())
    tell(messages.INSTALMENT_HELD, instalment, because=event)
    return instalment


@transaction.atomic
def release_instalment(instalment_id: UUID, *, by: User, now: datetime) -> Instalment:
    """Release a held instalment to where it stood before.

    Raises NotAllowed, WrongState.
    """
    instalment = hold_instalment(instalment_id)
    require(may_release_instalment(by, instalment))
    take_duty(Duty.HANDLES_CASE, *cases([instalment.project]), by=by, now=now)
    held = Event.objects.filter(subject_id=instalment.pk, kind="instalment.held").order_by("-at", "-pk").first()
    event = _step(instalment, json.loads(held.body)["facts"]["from"], by=by)
    tell(messages.INSTALMENT_RELEASED, instalment, because=event)
    return instalment


def _after_the_last(instalment: Instalment, now: datetime) -> datetime:
    """Now, but later than the last claim also by a clock that stands still: the newest claim counts."""
    last = instalment.claims.order_by("-at").values_list("at", flat=True).first()
    return max(now, last + timedelta(microseconds=1)) if last else now


def _receipt_for(instalment: Instalment, receipt_id: UUID | None) -> Receipt | None:
    if instalment.trigger != Trigger.FIRST_PAYMENT:
        return None
    if receipt_id is None:
        raise Incomplete("receipt_missing", field="receipt", missing=["receipt"])
    receipt = Receipt.objects.filter(pk=receipt_id, project_id=instalment.project_id).first()
    if receipt is None:
        raise NotFound()
    if receipt.claims.exclude(instalment=instalment).exists():
        raise Clash("receipt_of_another_claim", field="receipt")
    return receipt


def _step(instalment: Instalment, to: str, **options) -> Event:
    return move(instalment, to=to, case_id=instalment.project.challenge_id, **options)


def _book(claim: Claim, instalment: Instalment, *, sign: int, by: User, now: datetime, because: Event) -> None:
    """Committed to payable when a claim is verified (``sign`` 1), and back when it is returned (−1)."""
    project, word = instalment.project, "verified" if sign > 0 else "unverified"
    amount = sign * instalment.payable_fen
    lines = {("committed", project.pk): -amount, ("payable", instalment.pk): amount}
    post(f"claim-{word}:{claim.pk}", kind=f"claim_{word}", lines=lines, by=by, now=now, project=project, because=because)
    if claim.receipt is None:
        return
    own = sign * claim.receipt.amount_fen
    memo = {("poster_source", TREASURY_OWNER): -own, ("poster_paid", project.pk): own}
    kind = f"poster_payment_{word}"
    post(f"poster-payment-{word}:{claim.pk}", kind=kind, lines=memo, by=by, now=now, project=project, because=because)


def _reason(why: str) -> None:
    if not why.strip():
        words = _("A reason is missing. Write what the other side should know or correct.")
        raise Incomplete("reason_missing", words, field="why", missing=["why"])
    if len(why) > LONGEST:
        raise Incomplete("too_long", length=len(why), most=LONGEST, field="why")
