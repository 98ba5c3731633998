"""The technology development agreement: drafted from the bid, signed by both sides, registered or void."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.locks import lock_agreement, lock_case
from challenges.messages import agreements as messages
from challenges.models import Agreement, AgreementPayment, AgreementShare, Signature
from challenges.permissions.agreeing import (
    SIGNS_FOR,
    may_draft_agreement,
    may_register_agreement,
    may_save_agreement,
    may_send_to_sign,
    may_sign_agreement,
    may_void_agreement,
    sides_of,
)
from challenges.policy.terms import balanced, shares_by_percent
from challenges.queries.agreeing import live_agreement, sums_of, text_of, written_out
from challenges.states import AgreementState, BidState, ChallengeState
from portal.actions.duties import take_duty
from portal.duties import Duty, Scope
from portal.kernel.errors import Clash, Incomplete, NotFound, Refused
from portal.kernel.verdict import require
from portal.models import User
from portal.record import record
from portal.tell import tell
from portal.transition import move

LONGEST = 20_000
MOST_PAYMENTS = 50
SIGNED = (AgreementState.SIGNED, AgreementState.REGISTERED)


@transaction.atomic
def draft_agreement(bid_id: UUID, *, by: User, now: datetime) -> Agreement:
    """Draft the agreement from the selected bid: its price, months, terms, milestones and shares.

    Raises NotAllowed, WrongState, Clash ``agreement_exists``, Refused ``nothing_to_pay``.
    """
    bid = lock_case(bid_id)
    require(may_draft_agreement(by, bid))
    take_duty(Duty.ACTS_FOR_A_PARTY, Scope.CASE.of(bid.challenge_id), by=by, now=now)
    if live_agreement(bid):
        raise Clash("agreement_exists", _("There is an agreement with this bid already. Open it and go on there."))
    document = bid.document
    if document.price_fen <= 0:
        raise Refused("nothing_to_pay")
    agreement = Agreement.objects.create(
        bid=bid,
        amount_fen=document.price_fen,
        months=document.months,
        ip_terms=document.body.get("ip_terms") or bid.challenge.ip_terms,
        created_at=now,
        created_by=by,
    )
    milestones = [milestone for milestone in bid.milestones.order_by("position") if milestone.amount_fen > 0]
    _write_payments(agreement, [{"due_for": each.title, "amount_fen": each.amount_fen} for each in milestones])
    parties = list(bid.parties.order_by("-lead", "pk"))
    parts = shares_by_percent(document.price_fen, [party.share_percent for party in parties])
    _write_shares(agreement, [{"party": party.pk, "amount_fen": part} for party, part in zip(parties, parts, strict=True)])
    record("agreement.drafted", agreement, by=by, facts={"bid": str(bid.pk)}, case_id=bid.challenge_id)
    return agreement


@transaction.atomic
def save_agreement(
    agreement_id: UUID,
    *,
    amount_fen: int,
    months: int,
    ip_terms: str,
    payments: Sequence[Mapping[str, object]],
    shares: Sequence[Mapping[str, object]],
    by: User,
    now: datetime,
) -> Agreement:
    """Write the draft anew: amount (fen), months, terms, payments (``due_for``, ``amount_fen``) and shares (``party``, ``amount_fen``).

    Payments and shares need not add up yet; they must when it is sent to be signed. Raises
    NotAllowed, WrongState, Incomplete, Refused.
    """
    agreement = _hold(agreement_id)
    require(may_save_agreement(by, agreement))
    take_duty(Duty.ACTS_FOR_A_PARTY, Scope.CASE.of(agreement.bid.challenge_id), by=by, now=now)
    _check_terms(agreement, amount_fen, months, ip_terms, payments, shares)
    agreement.amount_fen, agreement.months, agreement.ip_terms = amount_fen, months, ip_terms.strip()
    agreement.save(update_fields=["amount_fen", "months", "ip_terms"])
    agreement.payments.all().delete()
    agreement.shares.all().delete()
    _write_payments(agreement, payments)
    _write_shares(agreement, shares)
    record("agreement.saved", agreement, by=by, case_id=agreement.bid.challenge_id)
    return agreement


@transaction.atomic
def send_to_sign(agreement_id: UUID, *, by: User, now: datetime) -> Agreement:
    """Freeze the agreement under the SHA-256 of its canonical text and ask both sides to sign.

    Raises NotAllowed, WrongState, Incomplete, Refused ``payments_not_the_amount`` or
    ``shares_not_the_amount`` (facts name the sums and the difference).
    """
    agreement = _hold(agreement_id)
    require(may_send_to_sign(by, agreement))
    take_duty(Duty.ACTS_FOR_A_PARTY, Scope.CASE.of(agreement.bid.challenge_id), by=by, now=now)
    if not agreement.ip_terms.strip():
        raise Incomplete("terms_missing", field="ip_terms", missing=["ip_terms"])
    sums = sums_of(agreement)
    balanced("payments_not_the_amount", sums.amount_fen, sums.payments_fen)
    balanced("shares_not_the_amount", sums.amount_fen, sums.shares_fen)
    agreement.digest = sha256(text_of(agreement)).hexdigest()
    event = move(
        agreement,
        to=AgreementState.SIGNING,
        by=by,
        also=["digest"],
        facts={"digest": agreement.digest},
        case_id=agreement.bid.challenge_id,
    )
    tell(messages.AGREEMENT_TO_SIGN, agreement, because=event)
    return agreement


@transaction.atomic
def sign_agreement(agreement_id: UUID, *, by: User, now: datetime) -> Agreement:
    """Sign for one's side; with the second signature the agreement is signed and the board matched.

    Raises NotAllowed (``signs_for_both``), WrongState, Clash ``signed_already``.
    """
    agreement = _hold(agreement_id)
    require(may_sign_agreement(by, agreement))
    challenge, signed = agreement.bid.challenge, {signature.side for signature in agreement.signatures.all()}
    side = next(side for side in sides_of(by, agreement) if side not in signed)
    take_duty(Duty.ACTS_FOR_A_PARTY, Scope.CASE.of(challenge.pk), by=by, now=now)
    take_duty(SIGNS_FOR[side], Scope.AGREEMENT.of(agreement.pk), by=by, now=now)
    signature = Signature.objects.create(agreement=agreement, side=side, digest=agreement.digest, by=by, at=now)
    facts = {"side": str(side), "digest": agreement.digest, "signature": str(signature.pk)}
    event = record("agreement.signature", agreement, by=by, facts=facts, case_id=challenge.pk)
    if not signed:
        tell(messages.AGREEMENT_HALF_SIGNED, agreement, because=event)
        return agreement
    agreement.signed_at = challenge.matched_at = now
    event = move(agreement, to=AgreementState.SIGNED, by=by, also=["signed_at"], case_id=challenge.pk)
    move(challenge, to=ChallengeState.MATCHED, by=by, also=["matched_at"], facts={"agreement": str(agreement.pk)})
    tell(messages.AGREEMENT_SIGNED, agreement, because=event)
    return agreement


@transaction.atomic
def register_agreement(agreement_id: UUID, *, number: str, by: User, now: datetime) -> Agreement:
    """Enter the number under which the technology contract was registered (技术合同认定登记).

    Raises NotAllowed, WrongState, Incomplete ``registration_number_missing``.
    """
    agreement = _hold(agreement_id)
    require(may_register_agreement(by, agreement))
    take_duty(Duty.HANDLES_CASE, Scope.CASE.of(agreement.bid.challenge_id), by=by, now=now)
    if not number.strip():
        raise Incomplete("registration_number_missing", field="number", missing=["number"])
    most = Agreement._meta.get_field("registration_number").max_length
    if len(number.strip()) > most:
        raise Incomplete("too_long", length=len(number.strip()), most=most, field="number")
    agreement.registration_number = number.strip()
    event = move(
        agreement,
        to=AgreementState.REGISTERED,
        by=by,
        also=["registration_number"],
        case_id=agreement.bid.challenge_id,
    )
    tell(messages.AGREEMENT_REGISTERED, agreement, because=event)
    return agreement


@transaction.atomic
def void_agreement(agreement_id: UUID, *, why: str, by: User, now: datetime, ends_selection: bool = True) -> Agreement:
    """End an agreement with the reason; the bid leaves and the first in reserve may be selected.

    Without ``ends_selection`` the bid stays selected and a new text is drafted, which is possible
    only until both have signed. A matched board goes back to evaluated. Raises NotAllowed,
    WrongState, Incomplete ``reason_missing``, Refused ``signed_agreement_ends_selection``.
    """
    agreement = _hold(agreement_id)
    require(may_void_agreement(by, agreement))
    duty = Duty.HANDLES_CASE if agreement.state in SIGNED else Duty.ACTS_FOR_A_PARTY
    take_duty(duty, Scope.CASE.of(agreement.bid.challenge_id), by=by, now=now)
    if not why.strip():
        raise Incomplete(
            "reason_missing", _("A reason is missing. Write why the agreement ends."), field="why", missing=["why"]
        )
    if len(why) > LONGEST:
        raise Incomplete("too_long", length=len(why), most=LONGEST, field="why")
    signed = agreement.state in SIGNED
    if signed and not ends_selection:
        raise Refused("signed_agreement_ends_selection", field="ends_selection")
    bid, challenge = agreement.bid, agreement.bid.challenge
    event = move(agreement, to=AgreementState.VOID, by=by, why=why.strip(), case_id=challenge.pk)
    if ends_selection and bid.state == BidState.SELECTED:
        move(bid, to=BidState.WITHDRAWN, by=by, facts={"agreement": str(agreement.pk)})
    if signed:
        challenge.matched_at = None
        move(challenge, to=ChallengeState.EVALUATED, by=by, also=["matched_at"], facts={"agreement": str(agreement.pk)})
    tell(messages.AGREEMENT_VOID, agreement, because=event)
    if ends_selection:
        tell(messages.RESERVE_MAY_BE_SELECTED, agreement, because=event)
    return agreement


def _hold(agreement_id: UUID) -> Agreement:
    """Hold an agreement and, before it, its bid and challenge; payments, shares and signatures at hand."""
    bid_id = Agreement.objects.filter(pk=agreement_id).values_list("bid_id", flat=True).first()
    if bid_id is None:
        raise NotFound()
    bid = lock_case(bid_id)
    lock_agreement(agreement_id)
    agreement = written_out(Agreement.objects.filter(pk=agreement_id)).get()
    agreement.bid = bid
    return agreement


def _check_terms(
    agreement: Agreement,
    amount_fen: int,
    months: int,
    ip_terms: str,
    payments: Sequence[Mapping[str, object]],
    shares: Sequence[Mapping[str, object]],
) -> None:
    """What no draft may break: positive amounts, a period, known parties each once, texts that fit."""
    if amount_fen <= 0 or any(payment["amount_fen"] <= 0 for payment in payments):
        raise Refused("amount_not_positive", field="amount_fen")
    if any(share["amount_fen"] < 0 for share in shares):
        raise Refused("negative_amount", field="shares")
    if months < 1:
        raise Refused("period_too_short", field="months")
    longest = agreement.bid.challenge.months or months
    if months > longest:
        raise Refused("period_too_long", months=months, most_months=longest, field="months")
    if any(not str(payment["due_for"]).strip() for payment in payments):
        raise Incomplete("payment_without_purpose", field="payments", missing=["due_for"])
    if len(payments) > MOST_PAYMENTS:
        raise Refused("too_many_rows", count=len(payments), most=MOST_PAYMENTS, field="payments")
    if len(ip_terms) > LONGEST:
        raise Incomplete("too_long", length=len(ip_terms), most=LONGEST, field="ip_terms")
    parties = {str(party) for party in agreement.bid.parties.values_list("pk", flat=True)}
    named = [str(share["party"]) for share in shares]
    if set(named) - parties or len(named) != len(set(named)):
        raise Refused("share_of_a_stranger", field="shares")


def _write_payments(agreement: Agreement, payments: Sequence[Mapping[str, object]]) -> None:
    AgreementPayment.objects.bulk_create(
        AgreementPayment(
            agreement=agreement, position=position, due_for=str(payment["due_for"]).strip(), amount_fen=payment["amount_fen"]
        )
        for position, payment in enumerate(payments, start=1)
    )


def _write_shares(agreement: Agreement, shares: Sequence[Mapping[str, object]]) -> None:
    AgreementShare.objects.bulk_create(
        AgreementShare(agreement=agreement, party_id=share["party"], amount_fen=share["amount_fen"]) for share in shares
    )
