"""Who hears what about the roles of officials: proposed, granted, ending, ended."""

from django.urls import reverse

from portal.models import Grant, GrantProposal, ProposalKind
from portal.queries.officials import GRANTERS
from portal.queries.people import accounts_of, holders_of
from portal.tell import Kind


def deciders(row: Grant | GrantProposal, *without) -> set:
    """Division heads and leaders of the programme whom the row does not concern, but those named."""
    people = {person for role in GRANTERS for person in holders_of(role, programme_id=row.programme_id)}
    return people - accounts_of(row.user_id) - set(without)


def _page(proposal: GrantProposal) -> str:
    return reverse("official-proposal", args=[proposal.pk])


def _officials(row: Grant | GrantProposal) -> str:
    return reverse("officials")


def _facts(row: Grant | GrantProposal) -> dict[str, object]:
    ends_on = row.ends_on.isoformat() if row.ends_on else None
    at_once = bool(getattr(row, "ended_at", None))
    return {
        "name": row.user.name, "role": row.role, "starts_on": row.starts_on.isoformat(), "ends_on": ends_on, "at_once": at_once,
    }  # fmt: skip


def _what(proposal: GrantProposal) -> dict[str, object]:
    return {**_facts(proposal), "ends": proposal.kind == ProposalKind.END}


ROLE_PROPOSED = Kind(
    "role_proposed", to=lambda row: deciders(row, *accounts_of(row.proposed_by_id)), link=_page, facts=_what
)
ROLE_CONFIRMED = Kind("role_confirmed", to=lambda row: [row.proposed_by_id], link=_page, facts=_what)
ROLE_REFUSED = Kind("role_refused", to=lambda row: [row.proposed_by_id], link=_page, facts=_what)
ROLE_GRANTED = Kind("role_granted", to=lambda grant: [grant.user_id], link=_officials, facts=_facts)
ROLE_ENDED = Kind("role_ended", to=lambda grant: [grant.user_id], link=_officials, facts=_facts)
ROLE_OVER = Kind("role_over", to=lambda grant: [grant.user_id], link=_officials, facts=_facts)
ROLE_ENDS = Kind("role_ends", to=lambda grant: [grant.user_id], link=_officials, facts=_facts)
ROLE_ENDS_SOON = Kind(
    "role_ends_soon", to=deciders, link=lambda grant: reverse("official", args=[grant.pk]), facts=_facts
)
