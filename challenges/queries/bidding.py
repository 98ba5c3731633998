"""Bids as each person may know of them, and the draft as its team reads it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast, JSONObject

from challenges.models import Bid, BidDraft, Challenge, DraftFile, Indicator
from challenges.policy.completeness import check_bid_document
from challenges.policy.consortium import check_consortium
from challenges.policy.shape import Problem
from challenges.states import BidState, ChallengeState
from portal import vault
from portal.kernel.errors import NotFound
from portal.models import Organisation
from portal.permissions import acts_itself, reads_cases
from portal.queries.doers import named
from portal.queries.people import READERS, in_programmes, powers_of
from portal.queries.same_organisation import codes_of_whole
from portal.states import OrganisationState

OPEN = Q(document__isnull=False) | Q(state=BidState.UNREADABLE)
"""Bids that came out of an opened box: only these exist for anybody but the lead's own people."""


@dataclass(frozen=True)
class Draft:
    """The document as its team last saved it, how often it was saved, and who changed which field when."""

    document: Mapping[str, object]
    version: int
    saved_at: datetime
    saved_by: str
    touched: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


def visible_to(user) -> QuerySet[Bid]:
    """Bids this person may know about: the own ones; after opening the poster's and the bureau's."""
    powers = powers_of(user)
    if not powers.views and not reads_cases(user):
        return Bid.objects.none()
    known = of_the_lead(user) | (OPEN & Q(challenge__poster__in=powers.views))
    if reads_cases(user):
        known |= OPEN & in_programmes(user, *READERS, path="challenge__rules__programme")
    return Bid.objects.filter(known)


def of_the_lead(user) -> Q:
    """The bids of the organisations a person acts for; of one that was merged into theirs the opened bids only.

    Two officials make a merge: they must not be able to open a bid with it. A view of support shows opened bids alone.
    """
    powers = powers_of(user)
    if user.is_authenticated and user.seen_by:
        return OPEN & Q(lead__in=powers.views)
    return Q(lead__in=powers.views - powers.inherited) | (OPEN & Q(lead__in=powers.inherited))


def own(user) -> QuerySet[Bid]:
    """The bids of the organisations a person acts for, whatever their state, newest first."""
    bids = Bid.objects.filter(of_the_lead(user))
    return bids.select_related("challenge", "lead").order_by("-created_at", "pk")


def with_everything(bid_id: UUID) -> Bid:
    """One bid with its board, box, rules, draft, the board's indicators and the files received, in one read.

    ``asked`` are the indicators ({id, name, comparator, value, unit}), ``received`` the files ({id, size, sha256}).
    """
    asked = Indicator.objects.filter(challenge=OuterRef("challenge")).order_by("position")
    received = DraftFile.objects.filter(bid=OuterRef("pk")).order_by("file__created_at", "pk")
    bids = Bid.objects.select_related("lead", "challenge__box", "challenge__rules", "challenge__poster", "draft__saved_by")
    return bids.annotate(
        asked=ArraySubquery(
            asked.values_list(
                JSONObject(id="pk", name="name", comparator="comparator", value=Cast("value", TextField()), unit="unit")
            )
        ),
        received=ArraySubquery(
            received.values_list(JSONObject(id="file_id", size="file__size_bytes", sha256="file__sha256"))
        ),
    ).get(pk=bid_id)


def read_draft(bid: Bid, by) -> Draft:
    """The draft of a bid for somebody of its lead; NotFound for everybody else, and once it is sealed."""
    if not acts_itself(by, bid.lead_id):
        raise NotFound()
    draft = BidDraft.objects.select_related("saved_by").filter(bid_id=bid.pk).first()
    if draft is None:
        raise NotFound()
    return opened(draft)


def opened(draft: BidDraft) -> Draft:
    """What a draft's ciphertext holds."""
    content = json.loads(vault.decrypt_draft(draft.pk, draft.ciphertext))
    saved_by = named(draft.saved_by.name, content.get("saved_for", ""))
    return Draft(content["document"], draft.version, draft.saved_at, saved_by, content["touched"])


def problems_of(document: Mapping[str, object], bid: Bid) -> list[Problem]:
    """Everything that keeps a document from being sealed; ``bid`` comes from :func:`with_everything`."""
    board = bid.challenge
    problems = check_bid_document(
        document,
        {row["id"]: row["name"] for row in bid.asked},
        most_price_fen=board.board_fen,
        most_months=board.months or None,
    )
    if document.get("consortium"):
        problems += check_consortium(document, lead=bid.lead.uscc, poster=codes_of_whole(board.poster_id))
    listed = {row["id"] for row in document.get("files") or []}
    if listed != {row["id"] for row in bid.received}:
        problems.append(Problem("files", "files_differ"))
    return problems


def boards_to_bid_on() -> QuerySet[Challenge]:
    """Boards that are public; whether one may bid now is decided by the clock."""
    return Challenge.objects.filter(state__in=ChallengeState.public()).select_related("poster", "rules")


def any_bid_may_be_sealed() -> bool:
    """Whether a board takes bids or waits for its opening; everybody may know that."""
    return Challenge.objects.filter(state__in=[ChallengeState.PUBLISHED, ChallengeState.CLOSED]).exists()


def leads_for(user) -> QuerySet[Organisation]:
    """The verified organisations for which a person may begin a bid."""
    powers = powers_of(user)
    return Organisation.objects.filter(pk__in=powers.edits - powers.inherited, state=OrganisationState.VERIFIED).order_by("name")
