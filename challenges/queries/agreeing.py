"""Agreements: whose they are, what they say in one fixed spelling, and whether they add up."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Case, Prefetch, Q, QuerySet, When

from challenges.models import Agreement, AgreementShare, Bid, Signature
from challenges.states import AgreementState
from portal.kernel.canonical import canonical
from portal.models import Event
from portal.permissions import reads_cases
from portal.queries.people import READERS, in_programmes, powers_of
from portal.record import words_of


@dataclass(frozen=True)
class Sums:
    """What payments and shares come to, beside the amount (fen)."""

    amount_fen: int
    payments_fen: int
    shares_fen: int

    @property
    def payments_off_fen(self) -> int:
        """How far the payments are from the amount; negative when they are short."""
        return self.payments_fen - self.amount_fen

    @property
    def shares_off_fen(self) -> int:
        """How far the shares are from the amount; negative when they are short."""
        return self.shares_fen - self.amount_fen


CARRIED: list[Callable[[Agreement], bool]] = []
"""What may rest on an agreement and keep it from ending; later stages add theirs with :func:`carry`."""


def carry(rests: Callable[[Agreement], bool]) -> None:
    """Register a test whether something rests on an agreement."""
    CARRIED.append(rests)


def carries_a_project(agreement: Agreement) -> bool:
    """Whether something rests on the agreement that has to end first."""
    return any(rests(agreement) for rests in CARRIED)


def visible_to(user) -> QuerySet[Agreement]:
    """Agreements this person may know about: both sides, the members of the consortium, and the bureau.

    The bidder's side sees an agreement once it is sent to be signed, the bureau too.
    """
    agreements = Agreement.objects.select_related("bid__challenge__poster", "bid__lead", "bid__document", "created_by")
    organisations = powers_of(user).views
    own = Q(bid__challenge__poster__in=organisations)
    if user.is_authenticated and user.seen_by:
        own &= ~Q(digest="")
    sent = ~Q(digest="") & (Q(bid__lead__in=organisations) | Q(bid__parties__organisation__in=organisations))
    if reads_cases(user):
        sent |= ~Q(digest="") & in_programmes(user, *READERS, path="bid__challenge__rules__programme")
    return agreements.filter(own | sent).distinct()


def listed(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Agreements for a list: what still waits for somebody first, then the latest."""
    waits = Case(When(state__in=[AgreementState.DRAFT, AgreementState.SIGNING, AgreementState.SIGNED], then=0), default=1)
    return agreements.annotate(waits=waits).order_by("waits", "-created_at", "pk")


def written_out(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Agreements with payments, shares and signatures at hand."""
    return agreements.prefetch_related(
        "payments",
        Prefetch("shares", AgreementShare.objects.select_related("party").order_by("-party__lead", "-amount_fen", "party__name", "pk")),
        Prefetch("signatures", Signature.objects.select_related("by").order_by("at")),
    )


def live_agreement(bid: Bid) -> Agreement | None:
    """The agreement with a bid that is not void."""
    return bid.agreements.exclude(state=AgreementState.VOID).first()


def why_void(agreement: Agreement) -> str:
    """The reason for which an agreement was ended."""
    event = Event.objects.filter(subject_id=agreement.pk, kind="agreement.void").first()
    return words_of(event) if event else ""


def sums_of(agreement: Agreement) -> Sums:
    """What the payments and the shares of an agreement come to."""
    return Sums(
        agreement.amount_fen,
        sum(payment.amount_fen for payment in agreement.payments.all()),
        sum(share.amount_fen for share in agreement.shares.all()),
    )


def text_of(agreement: Agreement) -> bytes:
    """The canonical text that both sides sign: parties by credit code, money, terms, indicators and offers."""
    bid, challenge = agreement.bid, agreement.bid.challenge
    offers = {offer.indicator_id: offer for offer in bid.offers.all()}
    return canonical(
        {
            "v": 1,
            "agreement": str(agreement.pk),
            "kind": "technology development",
            "board": {"id": str(challenge.pk), "number": challenge.number, "title": challenge.title},
            "poster": {"uscc": challenge.poster.uscc},
            "bidder": {"bid": str(bid.pk), "uscc": bid.lead.uscc},
            "amount_fen": agreement.amount_fen,
            "months": agreement.months,
            "ip_terms": agreement.ip_terms,
            "payments": [
                {"position": payment.position, "due_for": payment.due_for, "amount_fen": payment.amount_fen}
                for payment in agreement.payments.all()
            ],
            "shares": [
                {"uscc": share.party.uscc, "name": share.party.name, "amount_fen": share.amount_fen}
                for share in sorted(agreement.shares.all(), key=lambda share: share.party.uscc)
            ],
            "indicators": [
                {
                    "name": indicator.name,
                    "comparator": indicator.comparator,
                    "value": f"{indicator.value:f}",
                    "unit": indicator.unit,
                    "test_method": indicator.test_method,
                    "offer": f"{offers[indicator.pk].value:f}" if indicator.pk in offers else None,
                    "note": offers[indicator.pk].note if indicator.pk in offers else None,
                }
                for indicator in challenge.indicators.all()
            ],
        }
    )
