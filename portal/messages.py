"""Who hears what about the registration of organisations."""

from django.urls import reverse

from portal.models import MemberRole, Role
from portal.queries.people import holders_of, members_of
from portal.tell import Kind

ORGANISATION_REGISTERED = Kind(
    "organisation_registered",
    to=lambda organisation: holders_of(Role.OFFICER),
    link=lambda organisation: reverse("organisation", args=[organisation.pk]),
    facts=lambda organisation: {"name": organisation.name},
)
ORGANISATION_RETURNED = Kind(
    "organisation_returned",
    to=lambda organisation: members_of(organisation.pk, MemberRole.ADMINISTRATOR),
    link=lambda organisation: reverse("organisation-correct", args=[organisation.pk]),
    facts=lambda organisation: {"name": organisation.name},
)
ORGANISATION_VERIFIED = Kind(
    "organisation_verified",
    to=lambda organisation: members_of(organisation.pk),
    link=lambda organisation: reverse("organisation", args=[organisation.pk]),
    facts=lambda organisation: {"name": organisation.name},
)
