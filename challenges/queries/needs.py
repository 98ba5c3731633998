"""Needs: which of them a person may know of, and the lists people work from."""

from django.db.models import Q, QuerySet

from challenges.models import Challenge
from portal.models import Role
from portal.permissions import holds, reads_cases
from portal.queries.people import powers_of


def visible_to(user) -> QuerySet[Challenge]:
    """Needs this person may know of: their organisations' own, and submitted ones by district or bureau.

    A reviewer sees the district's needs from submission on, the bureau's readers every submitted one.
    """
    powers = powers_of(user)
    seen = Q(poster_id__in=powers.views)
    if reads_cases(user):
        seen |= Q(submitted_at__isnull=False)
    elif holds(user, Role.DISTRICT):
        seen |= Q(submitted_at__isnull=False, poster__district_id__in=powers.districts)
    return Challenge.objects.filter(seen)


def filled_in(challenge: Challenge) -> dict[str, object]:
    """What a need holds, by the names that completeness asks for."""
    return {
        **{name: getattr(challenge, name) for name in FIELDS},
        "indicators": list(challenge.indicators.all()),
    }


FIELDS = (
    "title",
    "class_code",
    "field",
    "background",
    "content",
    "scenario",
    "bidder_conditions",
    "ip_choice",
    "ip_terms",
    "contact",
    "months",
    "total_fen",
    "own_fen",
    "city_fen",
    "other_fen",
    "board_fen",
    "declared_unclassified",
    "declared_commitment",
)
"""What the poster writes into a need."""
