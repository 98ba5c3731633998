"""What on panels keeps two accounts from becoming one person."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from challenges.models import Assignment, CandidateParty, Expert
from challenges.states import AssignmentState
from portal.models import Membership, User
from portal.queries.people import accounts_of, today


def expert_profile_stays(kept: User, alias: User) -> Iterator[object]:
    """Seats and sheets belong to an expert's account for good, so that account is the one to keep."""
    if Expert.objects.filter(user=alias).exists():
        yield _("The other account is an expert's. Sign in with that one and merge this one into it.")


def seat_on_own_case(kept: User, alias: User) -> Iterator[object]:
    """A live seat of one account on a panel about an organisation for which the other acts."""
    for one, other in ((kept, alias), (alias, kept)):
        panels = Assignment.objects.filter(expert__user__in=accounts_of(one.pk), state__in=AssignmentState.live()).values("panel")
        theirs = Membership.objects.filter(today(), user__in=accounts_of(other.pk)).values("organisation")
        if CandidateParty.objects.filter(candidate__panel__in=panels, organisation__in=theirs).exists():
            yield _("One of them has a seat on a panel about an organisation for which the other acts. Leave the seat first.")
