"""Operations on an organisation's profile, corrections and changes of verified items, and its branches."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from portal.actions import changing_entries, naming_organisations, profiling
from portal.api.organisation_shapes import (
    AlikeAsked,
    AlikeOut,
    EntryChangeIn,
    EntryChangeOut,
    FactOut,
    FactsIn,
    JoinRequestOut,
    OrganisationLine,
    RemarkOut,
    VouchIn,
)
from portal.api.shapes import WhyIn
from portal.api.views import Asked, acts, reads
from portal.kernel.errors import NotFound
from portal.models import JoinRequest, Organisation, OrganisationChange, OrganisationRemark
from portal.profile_items import ITEMS
from portal.queries import organisations
from portal.queries.likeness import Alike, alike
from portal.queries.profiles import Known, history_of, profile_of
from portal.web import find


@reads(AlikeOut, many=True, asks=AlikeAsked)
def find_alike(asked: Asked) -> list[Alike]:
    """Organisations that may be the one about to be entered, so that nobody enters it twice."""
    return alike(**asked.given)


@reads(FactOut, many=True)
def list_facts(asked: Asked, pk: UUID) -> list[Known]:
    """What is known of an organisation, each value with who vouches for it and since when."""
    profile = profile_of(seen(asked, pk))
    return [*profile.entry, *profile.about, *profile.contact, *(row for year in profile.years for row in year.rows if row.known)]


@reads(FactOut, many=True)
def list_fact_history(asked: Asked, pk: UUID, item: str) -> list[Known]:
    """Every value that an item of the profile had, the newest first."""
    if item not in ITEMS:
        raise NotFound()
    organisation = seen(asked, pk)
    years = organisation.facts.filter(item=item).values_list("year", flat=True).distinct().order_by("-year")
    return [known for year in years for known in history_of(organisation, item, year)]


@acts(FactsIn, gives=FactOut, many=True)
def state_facts(asked: Asked, pk: UUID) -> list[Known]:
    """Write the profile; what does not differ keeps its source and day. Answers the values that changed."""
    organisation = seen(asked, pk)
    written = profiling.state_facts(organisation.pk, **with_file(asked.given), by=asked.by, now=asked.now)
    known = profile_of(organisation).facts
    return [known[fact.item, fact.year] for fact in written]


@acts(VouchIn, gives=FactOut)
def vouch_fact(asked: Asked, pk: UUID) -> Known:
    """Find a stated value right: the bureau, a register or a document vouches for it from here on."""
    organisation = seen(asked, pk)
    fact = profiling.vouch_fact(organisation.pk, **with_file(asked.given), by=asked.by, now=asked.now)
    return profile_of(organisation).facts[fact.item, fact.year]


@reads(RemarkOut, many=True)
def list_remarks(asked: Asked, pk: UUID) -> QuerySet[OrganisationRemark]:
    """What the bureau marked on the entry, the newest first; unanswered where ``answered_at`` is empty."""
    return seen(asked, pk).remarks.order_by("-made_at", "item")


@reads(EntryChangeOut, many=True)
def list_changes(asked: Asked, pk: UUID) -> QuerySet[OrganisationChange]:
    """The changes of verified items that were asked for, the newest first."""
    return seen(asked, pk).changes.order_by("-asked_at", "pk")


@acts(EntryChangeIn, gives=EntryChangeOut, status=201)
def ask_change(asked: Asked, pk: UUID) -> OrganisationChange:
    """Ask the bureau to change one verified item; until it confirms, the old value stands."""
    return changing_entries.ask_change(seen(asked, pk).pk, **with_file(asked.given), by=asked.by, now=asked.now)


@acts(gives=EntryChangeOut)
def confirm_change(asked: Asked, pk: UUID, change: UUID) -> OrganisationChange:
    """Find a change right: the new value stands."""
    return changing_entries.confirm_change(find(seen(asked, pk).changes, pk=change).pk, by=asked.by, now=asked.now)


@acts(WhyIn, gives=EntryChangeOut)
def refuse_change(asked: Asked, pk: UUID, change: UUID) -> OrganisationChange:
    """Do not confirm a change; what was verified goes on standing."""
    found = find(seen(asked, pk).changes, pk=change)
    return changing_entries.refuse_change(found.pk, **asked.given, by=asked.by, now=asked.now)


@acts(gives=EntryChangeOut)
def withdraw_change(asked: Asked, pk: UUID, change: UUID) -> OrganisationChange:
    """Take one's request back before it is decided."""
    return changing_entries.withdraw_change(find(seen(asked, pk).changes, pk=change).pk, by=asked.by, now=asked.now)


@reads(OrganisationLine, many=True)
def list_branches(asked: Asked, pk: UUID) -> QuerySet[Organisation]:
    """The branches of an organisation, by name."""
    return seen(asked, pk).branches.order_by("name", "pk")


@acts(gives=JoinRequestOut, status=201)
def ask_to_join(asked: Asked, pk: UUID) -> JoinRequest:
    """Ask an organisation to be let in; its administrators get your name and address, you not theirs."""
    return naming_organisations.ask_to_join(pk, by=asked.by, now=asked.now)


def seen(asked: Asked, pk: UUID) -> Organisation:
    """An organisation that this person may know."""
    return find(organisations.visible_to(asked.by), pk=pk)


def with_file(given: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, its file as actions take it: a name and bytes, or nothing."""
    file = given.get("file")
    return {**given, "file": (file["name"], file["content"]) if file else None}
