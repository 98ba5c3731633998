"""What an organisation has not finished on boards: needs, bids, agreements, each with who began it."""

from collections.abc import Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.models import Agreement, Bid, Challenge
from challenges.states import AgreementState, BidState, ChallengeState
from portal.queries.work import Work

ENDED_NEEDS = [ChallengeState.MATCHED, ChallengeState.REJECTED, ChallengeState.WITHDRAWN]
UNOPENED_BIDS = [BidState.DRAFT, BidState.SIGNING_OFF, BidState.SEALED]
OPEN_BIDS = [*UNOPENED_BIDS, BidState.OPENED, BidState.QUALIFIED, BidState.RANKED, BidState.RESERVE, BidState.SELECTED]
OPEN_AGREEMENTS = [AgreementState.DRAFT, AgreementState.SIGNING, AgreementState.SIGNED]


def open_needs(organisation_id: UUID) -> Iterator[Work]:
    """Needs and boards that an organisation posts."""
    for need in Challenge.objects.filter(poster_id=organisation_id).exclude(state__in=ENDED_NEEDS).order_by("pk"):
        yield _work(need, _("need"), need.title, "need", need.pk)


def open_bids(organisation_id: UUID) -> Iterator[Work]:
    """Bids that an organisation leads; those before opening are sealed."""
    bids = Bid.objects.filter(lead_id=organisation_id, state__in=OPEN_BIDS).select_related("challenge")
    for bid in bids.order_by("pk"):
        yield _work(bid, _("bid"), bid.challenge.title, "bid", bid.challenge_id, sealed=bid.state in UNOPENED_BIDS)


def open_agreements(organisation_id: UUID) -> Iterator[Work]:
    """Agreements that a poster has drafted and that are not registered yet."""
    rows = Agreement.objects.filter(bid__challenge__poster_id=organisation_id, state__in=OPEN_AGREEMENTS)
    for agreement in rows.select_related("bid__challenge").order_by("pk"):
        challenge = agreement.bid.challenge
        yield _work(agreement, _("agreement"), challenge.title, "agreement", challenge.pk)


def _work(row, kind: object, title: str, route: str, case_id: UUID, *, sealed: bool = False) -> Work:
    return Work(
        work_type=row._meta.label_lower, work_id=row.pk, kind=kind, title=title, url=reverse(route, args=[row.pk]),
        state=row.get_state_display(), begun_by=row.created_by_id, case_id=case_id, sealed=sealed,
    )  # fmt: skip
