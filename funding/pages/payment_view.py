"""A payment as approvers see it: how the amount comes about, what it rests on, what the ledger will say, who signs."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from challenges.queries.programming import programme_of
from funding.models import Payment, Trigger
from funding.pages.instalment_view import checks_of
from funding.pages.naming_words import holder_words
from funding.permissions.disbursing import may_approve_payment, may_void_payment
from funding.permissions.looking import may_look_at_account, may_take_payment_list
from funding.queries.evidence import accepted_report, last_claim, verification_of
from funding.queries.ledger import purses_of_projects
from funding.queries.payments import FINANCE, needed_for, newest_account
from funding.states import PaymentState
from portal.clock import china_date
from portal.faces import Signer
from portal.kernel.money import share_floor
from portal.models import Event
from portal.permissions import holds, is_member
from portal.queries.doers import doer_of
from portal.record import words_of


@dataclass(frozen=True)
class Reason:
    """One line of how an amount comes about (fen)."""

    word: str
    amount_fen: int


def payment_context(payment: Payment, user, now: datetime) -> dict:
    """What the page of a payment shows."""
    instalment = payment.instalment
    is_finance = holds(user, *FINANCE, programme_id=programme_of(instalment.project))
    may_look = may_look_at_account(user, payment.account)
    claim, versions = last_claim(instalment), newest_account(instalment.project.poster_id)
    return {
        "now": now,
        "payment": payment,
        "instalment": instalment,
        "project": instalment.project,
        "appropriation": instalment.project.round.appropriation,
        "count": instalment.project.instalments.count(),
        "reasons": reasons_of(payment, claim),
        "claim": claim,
        "report": accepted_report(instalment),
        "checks": checks_of(instalment, claim, now) if claim else [],
        "verified": verification_of(instalment),
        "changed": versions.pk != payment.account_id,
        "holder_note": holder_words(payment.account, china_date(now)),
        "needed": needed_for(payment),
        "chain": signers_of(payment, user),
        "sees_account": bool(may_look) or is_finance or is_member(user, instalment.project.poster_id),
        "may_look": bool(may_look),
        "may_take": may_take_payment_list(user),
        "void_why": _void_why(payment),
        "may_approve": may_approve_payment(user, payment),
        "may_void": may_void_payment(user, payment),
        "is_finance": is_finance,
    }


def reasons_of(payment: Payment, claim) -> list[Reason]:
    """How the amount comes about: what the poster paid, the rule, the plan, and what is left of the award."""
    instalment = payment.instalment
    project = instalment.project
    lines = []
    if instalment.trigger == Trigger.FIRST_PAYMENT and claim and claim.receipt:
        percent, paid = project.rules.funding.first_paid_percent, claim.receipt.amount_fen
        lines.append(Reason(_("Paid by the poster to the bidder (bank receipt)"), paid))
        word = _("The first instalment is at most %(percent)s %% of it") % {"percent": f"{percent.normalize():f}"}
        lines.append(Reason(word, share_floor(paid, percent)))
    lines.append(Reason(_("Planned in the task book, instalment %(position)s") % {"position": instalment.position},
                        instalment.planned_fen))  # fmt: skip
    paid_out = purses_of_projects([project.pk])[project.pk].paid_fen
    if payment.state != PaymentState.CONFIRMED:
        lines.append(Reason(_("Award that is not paid out yet"), project.award_fen - paid_out))
    return lines


def signers_of(payment: Payment, user) -> list[Signer]:
    """The preparer, who has approved, and how many are still asked."""
    by = payment.prepared_by
    chain = [Signer(doer_of(by, payment.prepared_at), _("prepared"), "", payment.prepared_at, "done", by.pk == user.pk)]
    approvals = list(payment.approvals.all())
    for number, approval in enumerate(approvals, start=1):
        role = _("approver %(number)s") % {"number": number}
        chain.append(Signer(approval.by.name, role, "", approval.at, "done", approval.by_id == user.pk))
    for number in range(len(approvals) + 1, needed_for(payment) + 1):
        state = "now" if payment.state == PaymentState.PREPARED and number == len(approvals) + 1 else "wait"
        role = _("approver %(number)s") % {"number": number}
        chain.append(Signer(_("An approver of the finance bureau"), role, "", None, state))
    return chain


def _void_why(payment: Payment) -> str:
    if payment.state != PaymentState.VOID:
        return ""
    event = Event.objects.filter(subject_id=payment.pk, kind="payment.void").first()
    return words_of(event) if event else ""
