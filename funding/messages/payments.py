"""Who hears of payments: approvers while they are asked, poster, bidder and bureau when money arrives."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from django.urls import reverse

from challenges.queries.programming import programme_of
from funding.messages.instalments import WRITERS, named
from funding.models import Payment
from portal.models import Role
from portal.queries.people import acting_for, holders_of
from portal.tell import Kind


@dataclass(frozen=True)
class RefusedFile:
    """A confirmation file that was refused: its name, and why, in both languages."""

    name: str
    reason_zh: str
    reason_en: str


def approvers(payment: Payment) -> Iterable[UUID]:
    """Approvers who may still approve: not the preparer, not who has approved."""
    gone = {payment.prepared_by_id, *payment.approvals.values_list("by_id", flat=True)}
    return set(holding(payment, Role.APPROVER)) - gone


def finance(payment: Payment) -> Iterable[UUID]:
    """Everybody who handles the payments of its programme."""
    return {person for role in (Role.PREPARER, Role.APPROVER, Role.RECONCILER) for person in holding(payment, role)}


def holding(payment: Payment, role: Role) -> Iterable[UUID]:
    """Everybody who holds a role in the payment's programme."""
    return holders_of(role, programme_id=programme_of(payment.instalment.project))


def finance_and_poster(payment: Payment) -> Iterable[UUID]:
    """Finance, and the poster's people."""
    return {*finance(payment), *acting_for(payment.instalment.project.poster_id, *WRITERS)}


def everybody(payment: Payment) -> Iterable[UUID]:
    """Poster, bidder, the officers and finance: city money has moved."""
    project = payment.instalment.project
    return {
        *finance(payment), *acting_for(project.poster_id), *acting_for(project.bidder_id), *holding(payment, Role.OFFICER)
    }  # fmt: skip


def payment_page(payment: Payment) -> str:
    """The page of the payment."""
    return reverse("payment", args=[payment.pk])


def of_payment(payment: Payment) -> Mapping[str, object]:
    """The project, the reference and the amount."""
    return {
        **named(payment.instalment.project),
        "position": payment.instalment.position,
        "reference": payment.reference,
        "amount_fen": payment.amount_fen,
    }


def money_page(payment: Payment) -> str:
    """The account of the project: what everybody concerned may read."""
    return reverse("project-account", args=[payment.instalment.project_id])


PAYMENT_TO_APPROVE = Kind("payment_to_approve", to=approvers, link=payment_page, facts=of_payment)
PAYMENT_NEEDS_ANOTHER = Kind("payment_needs_another", to=approvers, link=payment_page, facts=of_payment)
PAYMENT_APPROVED = Kind(
    "payment_approved", to=lambda payment: holding(payment, Role.RECONCILER), link=payment_page, facts=of_payment
)
PAYMENT_VOID = Kind("payment_void", to=finance, link=payment_page, facts=of_payment)
PAYMENT_VOID_ACCOUNT = Kind("payment_void_account", to=finance_and_poster, link=payment_page, facts=of_payment)
PAYMENT_SENT = Kind("payment_sent", to=finance_and_poster, link=payment_page, facts=of_payment)
PAYMENT_CONFIRMED = Kind("payment_confirmed", to=everybody, link=money_page, facts=of_payment)
PAYMENT_FAILED = Kind("payment_failed", to=finance_and_poster, link=payment_page, facts=of_payment)
PAYMENT_UNANSWERED = Kind(
    "payment_unanswered", to=lambda payment: holding(payment, Role.RECONCILER), link=payment_page, facts=of_payment
)
CONFIRMATIONS_REFUSED = Kind(
    "confirmations_refused",
    to=lambda _refused: holders_of(Role.RECONCILER),
    link=lambda _refused: reverse("payment-lists"),
    facts=asdict,
)
