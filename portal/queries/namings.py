"""By which names organisations are known: changes of name that the bureau confirmed, and merges that hold.

Names that an organisation enters about itself are for searching; they prove nothing here.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from portal.kernel.naming import Known, Naming
from portal.models import Organisation, OrganisationChange, OrganisationMerge
from portal.queries.same_organisation import COUNTED
from portal.states import OrganisationChangeState


def namings_of(organisation_ids: Iterable[UUID]) -> dict[UUID, tuple[Naming, ...]]:
    """Every name by which these organisations are or were known, and those of who took them in; three reads for all."""
    asked = set(organisation_ids)
    merges = list(OrganisationMerge.objects.filter(absorbed__in=asked, state__in=COUNTED))
    everybody = asked | {merge.into_id for merge in merges}
    own = _own_names(everybody)
    found = {pk: list(own[pk]) for pk in asked}
    for merge in merges:
        found[merge.absorbed_id] += _names_of_successor(merge, own[merge.into_id])
    return {pk: tuple(names) for pk, names in found.items()}


def _own_names(organisation_ids: set[UUID]) -> dict[UUID, list[Naming]]:
    names = Organisation.objects.filter(pk__in=organisation_ids).values_list("pk", "name")
    found = {pk: [Naming(name, str(pk))] for pk, name in names}
    confirmed = OrganisationChange.objects.filter(
        organisation__in=organisation_ids, item="name", state=OrganisationChangeState.CONFIRMED
    )
    for pk, old, since in confirmed.values_list("organisation", "old", "since").order_by("since", "decided_at"):
        found[pk].append(Naming(old, str(pk), Known.FORMER, until_on=since, changed_on=since))
    return found


def _names_of_successor(merge: OrganisationMerge, names: Iterable[Naming]) -> list[Naming]:
    return [
        Naming(
            each.name, each.of, Known.SUCCESSOR, from_on=merge.from_on, until_on=_earliest(each.until_on, merge.until_on),
            changed_on=merge.from_on, document=merge.document_number,
        )
        for each in names
    ]  # fmt: skip


def _earliest(one: date | None, other: date | None) -> date | None:
    days = [day for day in (one, other) if day]
    return min(days, default=None)
