"""Boards: what everybody may read once a need is published."""

from django.db.models import Q, QuerySet

from challenges.models import Challenge
from challenges.states import ChallengeState


def visible_to(user) -> QuerySet[Challenge]:
    """Published boards, for everybody; one that was withdrawn after its publication stays to be read."""
    withdrawn = Q(state=ChallengeState.WITHDRAWN, published_at__isnull=False)
    return Challenge.objects.filter(Q(state__in=ChallengeState.public(), published_at__isnull=False) | withdrawn)
