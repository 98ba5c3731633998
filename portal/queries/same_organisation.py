"""Who counts as one and the same organisation on a day: branches with their head office, the merged with who took them in."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate

from portal.clock import CHINA, PortalNow
from portal.models import Organisation, OrganisationMerge
from portal.states import OrganisationMergeState

COUNTED = [OrganisationMergeState.CONFIRMED, OrganisationMergeState.ENDED]
WHOLE = """
SELECT DISTINCT whole FROM unnest(%s::uuid[]) AS one(id),
LATERAL portal_whole_of(one.id, COALESCE(%s, (portal_now() AT TIME ZONE 'Asia/Shanghai')::date)) AS whole
"""


def whole_of(organisation_id: UUID, *, on: date | None = None) -> frozenset[UUID]:
    """The ids of everything that counts as this organisation on a day, today by default; itself always.

    Its head office and all branches, what was merged into it, what it was merged into, and theirs.
    Used wherever a rule says "one organisation": conflicts of interest, one bid for each, no bid
    on the own board. The database asks the same of ``portal_whole_of``.
    """
    return whole_of_all([organisation_id], on=on)


def whole_of_all(organisation_ids: Iterable[UUID], *, on: date | None = None) -> frozenset[UUID]:
    """What counts as any of these organisations on a day, in one read."""
    ids = list(organisation_ids)
    if not ids:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(WHOLE, [ids, on])
        return frozenset(row[0] for row in cursor.fetchall())


def codes_of_whole(organisation_id: UUID) -> frozenset[str]:
    """The credit codes of everything that counts as this organisation today."""
    rows = Organisation.objects.filter(pk__in=whole_of(organisation_id))
    return frozenset(rows.values_list("uscc", flat=True))


def merges_in_force() -> QuerySet[OrganisationMerge]:
    """Merges that hold on the portal's present day."""
    day = TruncDate(PortalNow(), tzinfo=CHINA)
    begun = OrganisationMerge.objects.filter(state__in=COUNTED, from_on__lte=day)
    return begun.filter(Q(until_on__isnull=True) | Q(until_on__gt=day))


def absorbed_by(organisation: Organisation) -> OrganisationMerge | None:
    """The merge by which an organisation counts as another today, with that other; None when it stands alone."""
    return merges_in_force().filter(absorbed=organisation.pk).select_related("into").first()


def merges_of(organisation: Organisation) -> QuerySet[OrganisationMerge]:
    """Every merge in which an organisation takes part, the newest first; those that were refused too."""
    rows = OrganisationMerge.objects.filter(Q(absorbed=organisation.pk) | Q(into=organisation.pk))
    return rows.select_related("absorbed", "into", "file", "proposed_by", "decided_by", "ended_by").order_by("-from_on", "-proposed_at")


def live_merge(organisation_id: UUID) -> OrganisationMerge | None:
    """A merge that is proposed or in force and takes this organisation away."""
    live = [OrganisationMergeState.PROPOSED, OrganisationMergeState.CONFIRMED]
    return OrganisationMerge.objects.filter(absorbed=organisation_id, state__in=live).select_related("into").first()


def live_merge_into(organisation_id: UUID) -> bool:
    """Whether a merge that is proposed or in force takes somebody into this organisation."""
    live = [OrganisationMergeState.PROPOSED, OrganisationMergeState.CONFIRMED]
    return OrganisationMerge.objects.filter(into=organisation_id, state__in=live).exists()
