"""Who hears what about an organisation's changes, merges, and people who want to be let in."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from portal.kernel.masking import mask_mail
from portal.models import JoinRequest, MemberRole, OrganisationChange, OrganisationMerge, Role
from portal.queries.people import holders_of, members_of
from portal.tell import Kind


def who_lets_in(request: JoinRequest) -> Iterable[UUID]:
    """The organisation's administrators; the officers where it has none left."""
    return list(members_of(request.organisation_id, MemberRole.ADMINISTRATOR)) or holders_of(Role.OFFICER)


def both_sides(merge: OrganisationMerge) -> list[UUID]:
    """Everybody who acts for one of the two."""
    return [*members_of(merge.absorbed_id), *members_of(merge.into_id)]


def confirmers(merge: OrganisationMerge) -> list[UUID]:
    """Officers and division heads other than the one who proposed it."""
    people = {*holders_of(Role.OFFICER), *holders_of(Role.DIVISION_HEAD)}
    return [person for person in people if person != merge.proposed_by_id]


JOIN_ASKED = Kind(
    "join_asked",
    to=who_lets_in,
    link=lambda request: reverse("personal-data-look", args=["mail", request.person_id]),
    facts=lambda request: {
        "name": request.organisation.name, "person": request.person.name, "email": mask_mail(request.person.email),
    },
)  # fmt: skip
ORGANISATION_CHANGE_ASKED = Kind(
    "organisation_change_asked",
    to=lambda change: holders_of(Role.OFFICER),
    link=lambda change: reverse("organisation", args=[change.organisation_id]),
    facts=lambda change: {"name": change.organisation.name},
)


def _to_administrators(change: OrganisationChange) -> Iterable[UUID]:
    return members_of(change.organisation_id, MemberRole.ADMINISTRATOR)


ORGANISATION_CHANGE_CONFIRMED = Kind(
    "organisation_change_confirmed",
    to=_to_administrators,
    link=lambda change: reverse("organisation", args=[change.organisation_id]),
    facts=lambda change: {"name": change.organisation.name},
)
ORGANISATION_CHANGE_REFUSED = Kind(
    "organisation_change_refused",
    to=_to_administrators,
    link=lambda change: reverse("organisation", args=[change.organisation_id]),
    facts=lambda change: {"name": change.organisation.name},
)


def _of_merge(merge: OrganisationMerge) -> dict[str, str]:
    return {"absorbed": merge.absorbed.name, "into": merge.into.name}


ORGANISATION_MERGE_PROPOSED = Kind(
    "organisation_merge_proposed",
    to=confirmers,
    link=lambda merge: reverse("organisation-names", args=[merge.absorbed_id]),
    facts=_of_merge,
)
ORGANISATION_MERGED = Kind(
    "organisation_merged",
    to=both_sides,
    link=lambda merge: reverse("organisation-names", args=[merge.into_id]),
    facts=lambda merge: {**_of_merge(merge), "from_on": merge.from_on.isoformat()},
)
ORGANISATION_MERGE_ENDED = Kind(
    "organisation_merge_ended",
    to=both_sides,
    link=lambda merge: reverse("organisation-names", args=[merge.absorbed_id]),
    facts=lambda merge: {**_of_merge(merge), "until_on": merge.until_on.isoformat()},
)
