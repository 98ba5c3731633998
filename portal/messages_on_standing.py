"""Who hears what about credit and dishonesty."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from portal.models import MemberRole, Organisation, Role
from portal.queries.people import holders_of, members_of
from portal.tell import Kind


def recorders_of(organisation: Organisation) -> Iterable[UUID]:
    """Who looks up an organisation's credit: the reviewers of its district; officers where it has none."""
    reviewers = list(holders_of(Role.DISTRICT, organisation.district_id))
    return reviewers or list(holders_of(Role.OFFICER))


def _credit(organisation_id: UUID) -> str:
    return reverse("organisation-credit", args=[organisation_id])


CREDIT_RECORD_FOUND = Kind(
    "credit_record_found",
    to=lambda check: holders_of(Role.OFFICER),
    link=lambda check: _credit(check.organisation_id),
    facts=lambda check: {"name": check.organisation.name, "site": check.site.name, "site_en": check.site.name_en},
)
CREDIT_EXPIRING = Kind(
    "credit_expiring",
    to=recorders_of,
    link=lambda organisation: _credit(organisation.pk),
    facts=lambda organisation: {"name": organisation.name},
)
DISHONESTY_TO_CONFIRM = Kind(
    "dishonesty_to_confirm",
    to=lambda dishonesty: set(holders_of(Role.DIVISION_HEAD)) | set(holders_of(Role.OFFICER)) - {dishonesty.recorded_by_id},
    link=lambda dishonesty: _credit(dishonesty.organisation_id),
    facts=lambda dishonesty: {"name": dishonesty.organisation.name},
)
DISHONESTY_IN_FORCE = Kind(
    "dishonesty_in_force",
    to=lambda dishonesty: members_of(dishonesty.organisation_id, MemberRole.ADMINISTRATOR),
    link=lambda dishonesty: _credit(dishonesty.organisation_id),
    facts=lambda dishonesty: {"name": dishonesty.organisation.name},
)
DISHONESTY_DROPPED = Kind(
    "dishonesty_dropped",
    to=lambda dishonesty: [dishonesty.recorded_by_id],
    link=lambda dishonesty: _credit(dishonesty.organisation_id),
    facts=lambda dishonesty: {"name": dishonesty.organisation.name},
)
DISHONESTY_REPAIRED = Kind(
    "dishonesty_repaired",
    to=lambda dishonesty: members_of(dishonesty.organisation_id, MemberRole.ADMINISTRATOR),
    link=lambda dishonesty: _credit(dishonesty.organisation_id),
    facts=lambda dishonesty: {"name": dishonesty.organisation.name},
)
