"""Operations on other names and merges of organisations."""

from uuid import UUID

from django.db.models import QuerySet

from portal.actions import merging_organisations, naming_organisations
from portal.api.organisation_shapes import (
    OrganisationMergeIn,
    OrganisationMergeOut,
    OtherNameIn,
    OtherNameOut,
    TakeBackIn,
)
from portal.api.organisations import seen, with_file
from portal.api.shapes import WhyIn
from portal.api.views import Asked, acts, reads
from portal.kernel.verdict import require
from portal.models import OrganisationAlias, OrganisationMerge
from portal.permissions_organisations import may_propose_merge, may_see_merges
from portal.queries import organisations
from portal.queries.same_organisation import merges_of
from portal.web import find


@reads(OtherNameOut, many=True)
def list_other_names(asked: Asked, pk: UUID) -> QuerySet[OrganisationAlias]:
    """The former and short names of an organisation."""
    return seen(asked, pk).aliases.filter(removed_at__isnull=True).order_by("-ends_on", "name")


@acts(OtherNameIn, gives=OtherNameOut, status=201)
def add_other_name(asked: Asked, pk: UUID) -> OrganisationAlias:
    """Enter a former or short name; searches find it."""
    return naming_organisations.add_alias(seen(asked, pk).pk, **asked.given, by=asked.by, now=asked.now)


@acts(gives=OtherNameOut)
def remove_other_name(asked: Asked, pk: UUID, alias: UUID) -> OrganisationAlias:
    """Take a name out that was entered by mistake."""
    return naming_organisations.remove_alias(find(seen(asked, pk).aliases, pk=alias).pk, by=asked.by, now=asked.now)


@reads(OrganisationMergeOut, many=True)
def list_merges(asked: Asked, pk: UUID) -> QuerySet[OrganisationMerge]:
    """The merges in which an organisation takes part, the newest first."""
    return known(asked, pk)


@acts(OrganisationMergeIn, gives=OrganisationMergeOut, status=201)
def propose_merge(asked: Asked, pk: UUID) -> OrganisationMerge:
    """Propose that from a day on this organisation counts as another; a second person confirms."""
    organisation = seen(asked, pk)
    require(may_propose_merge(asked.by, organisation))
    given = with_file(asked.given)
    into = find(organisations.visible_to(asked.by), uscc=given.pop("into").strip().upper())
    return merging_organisations.propose_merge(organisation.pk, into.pk, **given, by=asked.by, now=asked.now)


@acts(gives=OrganisationMergeOut)
def confirm_merge(asked: Asked, pk: UUID, merge: UUID) -> OrganisationMerge:
    """Confirm a merge as a second person."""
    return merging_organisations.confirm_merge(find(known(asked, pk), pk=merge).pk, by=asked.by, now=asked.now)


@acts(WhyIn, gives=OrganisationMergeOut)
def refuse_merge(asked: Asked, pk: UUID, merge: UUID) -> OrganisationMerge:
    """Do not confirm a merge."""
    found = find(known(asked, pk), pk=merge)
    return merging_organisations.refuse_merge(found.pk, **asked.given, by=asked.by, now=asked.now)


@acts(TakeBackIn, gives=OrganisationMergeOut)
def end_merge(asked: Asked, pk: UUID, merge: UUID) -> OrganisationMerge:
    """Take a merge back; it goes on being true of the days before."""
    found = find(known(asked, pk), pk=merge)
    return merging_organisations.end_merge(found.pk, **asked.given, by=asked.by, now=asked.now)


def known(asked: Asked, pk: UUID) -> QuerySet[OrganisationMerge]:
    """The merges of an organisation, for its members and the bureau."""
    organisation = seen(asked, pk)
    require(may_see_merges(asked.by, organisation))
    return merges_of(organisation)
