"""The record of a case: which events each person may read, and the words for them."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges import states
from challenges.models import Agreement, Assignment, Bid, Challenge
from challenges.queries import bidding, needs
from challenges.queries.drawing import experts_known_to
from challenges.queries.programming import programme_of
from challenges.states import AssignmentState, BidState, ChallengeState
from portal.models import Event
from portal.permissions import is_member, reads_cases, reviews_district
from portal.queries.people import powers_of
from portal.queries.proofs import with_places

PUBLIC = [f"challenge.{state}" for state in (*ChallengeState.public(), ChallengeState.IN_NOTICE)]

NOUNS = {
    "challenge": (gettext_lazy("Case"), ChallengeState),
    "bid": (gettext_lazy("Bid"), BidState),
    "assignment": (gettext_lazy("Seat on the panel"), AssignmentState),
    "sheet": (gettext_lazy("Score sheet"), states.SheetState),
    "agreement": (gettext_lazy("Agreement"), states.AgreementState),
}

WORDS = {
    "challenge.draft": gettext_lazy("Need begun"),
    "challenge.saved": gettext_lazy("Need saved"),
    "challenge.file_added": gettext_lazy("File added to the need"),
    "challenge.file_removed": gettext_lazy("File removed from the need"),
    "challenge.submitted": gettext_lazy("Need submitted"),
    "challenge.recommended": gettext_lazy("Recommended by the district"),
    "challenge.in_notice": gettext_lazy("Public notice given"),
    "challenge.published": gettext_lazy("Board published"),
    "challenge.closed": gettext_lazy("Bidding closed by the clock"),
    "challenge.matched": gettext_lazy("Matched: both sides have signed"),
    "publicnotice.ended": gettext_lazy("Public notice ended"),
    "box.closed": gettext_lazy("Box closed, its root fixed"),
    "key.used": gettext_lazy("Key of the box used for the opening"),
    "bid.draft": gettext_lazy("Bid begun"),
    "bid.signing_off": gettext_lazy("Bid handed to the administrator for sign-off"),
    "bid.sealed": gettext_lazy("Bid sealed"),
    "panel.convened": gettext_lazy("Panel convened"),
    "panel.locked": gettext_lazy("Scores locked, ranks made"),
    "agreement.drafted": gettext_lazy("Agreement drafted"),
    "agreement.saved": gettext_lazy("Agreement saved"),
    "agreement.signature": gettext_lazy("Agreement signed by one side"),
}


def visible_to(user) -> QuerySet[Challenge]:
    """Cases whose record this person may read at all: those of their needs, their bids, and the bureau's."""
    known = needs.visible_to(user).values("pk")
    own_bids = Bid.objects.filter(bidding.of_the_lead(user), challenge=OuterRef("pk"))
    return Challenge.objects.filter(Q(pk__in=known) | Exists(own_bids)).select_related("poster__district", "call")


def events_of(challenge: Challenge, user) -> QuerySet[Event]:
    """The events of a case that this person may read, the newest first, with number and words at hand.

    Of a bid that did not come out of an opened box its own people alone read. Who sits on a panel
    is read by whoever may know its experts, who scored when by the bureau once the scores are locked;
    a district reads about the need.
    """
    events = with_places(Event.objects.filter(case_id=challenge.pk)).select_related("by", "on_behalf_of", "text").order_by("-at", "-entry__number", "-pk")
    return events.filter(_readable(challenge, user))


def _readable(challenge: Challenge, user) -> Q:
    powers = powers_of(user)
    own = Q(subject_id__in=Bid.objects.filter(bidding.of_the_lead(user), challenge=challenge).values("pk"))
    own |= Q(subject_id__in=_agreements(challenge).filter(bid__lead__in=powers.views).exclude(digest="").values("pk"))
    programme_id = programme_of(challenge)
    reader, poster = reads_cases(user, programme_id), challenge.poster_id in powers.views
    if not (reader or poster or reviews_district(user, challenge.poster.district_id, programme_id)):
        return own | Q(kind__in=PUBLIC)
    need = Q(subject_type__in=["challenges.challenge", "challenges.publicnotice"])
    if not (reader or poster):
        return own | need
    opened = Bid.objects.filter(bidding.OPEN, challenge=challenge).values("pk")
    shown = need | own | (Q(subject_type="challenges.bid") & Q(subject_id__in=opened))
    shown |= Q(subject_type="challenges.panel")
    if challenge.opened_at is not None:  # an opening that fails half-way must not tell that there is something to open
        shown |= Q(subject_type__in=["challenges.box", "challenges.keyuse"])
    agreements = _agreements(challenge) if poster else _agreements(challenge).exclude(digest="")
    shown |= Q(subject_id__in=agreements.values("pk"))
    if reader:
        known = experts_known_to(user).filter(candidates__of_bid__bid__challenge=challenge)
        shown |= Q(subject_id__in=Assignment.objects.filter(panel__in=known).values("pk"))
    if reader and challenge.evaluated_at is not None:
        shown |= Q(subject_type="challenges.sheet")
    return shown


def words_for(kind: str) -> str:
    """What an event says, in the reader's language."""
    if kind in WORDS:
        return str(WORDS[kind])
    thing, _dot, state = kind.partition(".")
    noun, of = NOUNS.get(thing, ("", None))
    if of is not None and state in of.values:
        return _("%(thing)s: %(state)s") % {"thing": noun, "state": of(state).label}
    return kind


def may_read_words(event: Event, challenge: Challenge, user) -> bool:
    """Whether the person's words on an event are shown here: to the bureau, and of a need to its poster."""
    return reads_cases(user, programme_of(challenge)) or (
        is_member(user, challenge.poster_id) and event.subject_type == "challenges.challenge"
    )


def _agreements(challenge: Challenge) -> QuerySet[Agreement]:
    return Agreement.objects.filter(bid__challenge=challenge)
