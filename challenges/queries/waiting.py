"""What a person waits for: cases, bids, panels and agreements that are in other hands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.models import Agreement, Bid, Challenge, PublicNotice
from challenges.queries.bidding import of_the_lead
from challenges.queries.needs import of_bureau
from challenges.queries.todo import open_panels
from challenges.states import AgreementState, BidState, ChallengeState
from portal.models import Organisation, Role
from portal.queries.people import READERS, in_programmes, powers_of
from portal.show import listed
from portal.states import OrganisationState

C = ChallengeState
MOST = 20


@dataclass(frozen=True)
class Waiting:
    """One thing in somebody else's hands: what, with whom, since when, and by when it is due."""

    what: str
    url: str
    stage: str
    who: str
    since: datetime | None = None
    due_at: datetime | None = None


def waiting_of(user, now: datetime) -> list[Waiting]:
    """What this person's own work waits for, what is due first on top."""
    found = [item for kind in (_entries, _cases, _bids, _panels, _agreements) for item in kind(user)]
    return sorted(found, key=lambda item: (item.due_at is None, item.due_at or item.since or now))[:MOST]


def _entries(user) -> Iterator[Waiting]:
    """Own organisations that the bureau has not verified yet."""
    own = powers_of(user).administers
    if not own:
        return
    for organisation in Organisation.objects.filter(pk__in=own, state=OrganisationState.REGISTERED).order_by("pk")[:MOST]:
        url = reverse("organisation", args=[organisation.pk])
        yield Waiting(organisation.name, url, _("Verification"), _("The bureau's officer"), organisation.created_at)


def _cases(user) -> Iterator[Waiting]:
    """Own needs and boards on their way; for the bureau those that others have in hand."""
    powers = powers_of(user)
    own = Q(poster__in=powers.views, state__in=[C.SUBMITTED, C.RECOMMENDED, C.POOLED, C.IN_NOTICE, C.PUBLISHED, C.CLOSED, C.OPENED])
    if powers.roles & READERS:
        own |= Q(state__in=[C.SUBMITTED, C.IN_NOTICE, C.PUBLISHED, C.EVALUATED]) & of_bureau(user)
    elif not powers.views:
        return
    running = PublicNotice.objects.filter(challenge=OuterRef("pk"), ended_at__isnull=True).values("ends_at")[:1]
    chosen = Bid.objects.filter(challenge=OuterRef("pk"), state=BidState.SELECTED)
    cases = Challenge.objects.filter(own).exclude(Q(state=C.EVALUATED) & Exists(chosen)).select_related("poster__district")
    for case in cases.annotate(notice_ends_at=Subquery(running)).order_by("submitted_at", "pk")[:MOST]:
        who, since, due = _hands(case)
        route = "board" if case.state in C.public() else "need"
        yield Waiting(case.title, reverse(route, args=[case.pk]), str(case.get_state_display()), who, since, due)


def _hands(case: Challenge) -> tuple[str, datetime | None, datetime | None]:
    """In whose hands a case is, since when, and until when where that is fixed."""
    officer = _("The bureau's officer")
    match case.state:
        case C.SUBMITTED:
            return _("Science department of %(district)s") % {"district": case.poster.district}, case.submitted_at, None
        case C.RECOMMENDED:
            return officer, case.submitted_at, None
        case C.POOLED:
            return officer, case.pooled_at, None
        case C.IN_NOTICE:
            return _("Everybody may object"), None, case.notice_ends_at
        case C.PUBLISHED:
            return _("Research teams"), case.published_at, case.closes_at
        case C.CLOSED:
            return _("The portal's clock"), case.closed_at, None
        case C.EVALUATED:
            return case.poster.name, case.evaluated_at, None
    return officer, case.opened_at, None


def _bids(user) -> Iterator[Waiting]:
    """Own bids that wait for their administrator, for the opening or for a result."""
    if not powers_of(user).views:
        return
    states = [BidState.SIGNING_OFF, BidState.SEALED, BidState.OPENED, BidState.QUALIFIED, BidState.RANKED, BidState.RESERVE]
    bids = Bid.objects.filter(of_the_lead(user), state__in=states).exclude(lead__in=powers_of(user).administers, state=BidState.SIGNING_OFF)
    for bid in bids.select_related("challenge__poster", "lead").order_by("challenge__closes_at", "pk")[:MOST]:
        board = bid.challenge
        who, due = {
            BidState.SIGNING_OFF: (_("An administrator of %(name)s") % {"name": bid.lead.name}, board.closes_at),
            BidState.SEALED: (_("The portal's clock"), board.closes_at),
            BidState.OPENED: (_("The bureau's officer"), None),
            BidState.QUALIFIED: (_("The panel"), None),
        }.get(BidState(bid.state), (board.poster.name, None))
        yield Waiting(board.title, reverse("bid", args=[bid.pk]), str(bid.get_state_display()), who, None, due)


def _panels(user) -> Iterator[Waiting]:
    """For the bureau: panels whose experts are not named or whose sheets are not all in."""
    if not powers_of(user).roles & (READERS | {Role.DRAW_CLERK}):
        return
    known = in_programmes(user, *READERS, Role.DRAW_CLERK, path="rules__programme")
    for panel in open_panels().filter(known, complete=False).order_by("due_at")[:MOST]:
        if panel.named_at is None:
            stage, who = _("Experts to be named"), _("The draw clerk")
        else:
            stage = _("%(done)s of %(all)s sheets handed in") % {"done": panel.sheets_in, "all": panel.sheets_all}
            who = _("The panel")
        yield Waiting(panel.title, reverse("panel", args=[panel.pk]), stage, who, panel.convened_at, panel.due_at)


def _agreements(user) -> Iterator[Waiting]:
    """Agreements that the other side has to sign, or the bureau to register."""
    powers = powers_of(user)
    own = Q(bid__challenge__poster__in=powers.views) | Q(bid__lead__in=powers.views)
    waits = own & Q(state__in=[AgreementState.SIGNING, AgreementState.SIGNED])
    if powers.roles & READERS:
        waits |= Q(state=AgreementState.SIGNING) & of_bureau(user, path="bid__challenge__")
    elif not powers.views:
        return
    agreements = Agreement.objects.filter(waits).select_related("bid__challenge__poster", "bid__lead").prefetch_related("signatures")
    for agreement in agreements.order_by("created_at")[:MOST]:
        signed = {signature.side for signature in agreement.signatures.all()}
        sides = {"poster": agreement.bid.challenge.poster, "bidder": agreement.bid.lead}
        missing = [side.name for name, side in sides.items() if name not in signed]
        administers = {side.pk for name, side in sides.items() if name not in signed} & powers.administers
        if agreement.state == AgreementState.SIGNING and administers and len(missing) == 1:
            continue
        who = listed(missing) if agreement.state == AgreementState.SIGNING else _("The bureau's officer")
        url = reverse("agreement", args=[agreement.pk])
        yield Waiting(agreement.bid.challenge.title, url, str(agreement.get_state_display()), who, agreement.signed_at or agreement.created_at)
