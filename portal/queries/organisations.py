"""Organisations and their members, as far as a person may know of them."""

from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from portal.models import Membership, Organisation, OrganisationAlias
from portal.queries.people import READERS, powers_of, today
from portal.states import OrganisationState


def visible_to(user) -> QuerySet[Organisation]:
    """Organisations this person may know about; start every page and API read here.

    The bureau sees all, a district reviewer those of the district, everybody else their own.
    What waits for verification comes first, then by name.
    """
    organisations = Organisation.objects.select_related("district").order_by(_waiting_first(), "name", "pk")
    powers = powers_of(user)
    if powers.roles & READERS:
        return organisations
    return organisations.filter(Q(pk__in=powers.views) | Q(district_id__in=powers.districts))


def called(sought: str) -> Q:
    """Organisations with these words in their name, a former or a short name, or with this credit code."""
    aliased = OrganisationAlias.objects.filter(name__icontains=sought, removed_at__isnull=True)
    return Q(name__icontains=sought) | Q(uscc=sought.upper()) | Q(pk__in=aliased.values("organisation_id"))


def verified_name(uscc: str) -> str:
    """The name of the verified organisation that has this code; empty where there is none."""
    known = Organisation.objects.filter(uscc=uscc, state=OrganisationState.VERIFIED)
    return known.values_list("name", flat=True).first() or ""


def administered_by(user) -> QuerySet[Organisation]:
    """Organisations that this person administers."""
    return Organisation.objects.filter(pk__in=powers_of(user).administers).order_by("name", "pk")


def edited_by(user) -> QuerySet[Organisation]:
    """Verified organisations for which this person may write."""
    return Organisation.objects.filter(pk__in=powers_of(user).edits, state=OrganisationState.VERIFIED).order_by("name", "pk")


def members_now(organisation_id: UUID) -> QuerySet[Membership]:
    """Who acts for an organisation today: administrators first, then by name."""
    rank = Case(When(role="administrator", then=0), When(role="editor", then=1), default=2, output_field=IntegerField())
    memberships = Membership.objects.filter(today(), organisation_id=organisation_id).select_related("user")
    return memberships.order_by(rank, "user__name", "pk")


def _waiting_first() -> Case:
    return Case(
        When(state=OrganisationState.REGISTERED, then=Value(0)),
        When(state=OrganisationState.RETURNED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
