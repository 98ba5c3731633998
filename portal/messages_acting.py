"""Who hears of delegations and of looks for support."""

from django.urls import reverse

from portal.models import Delegation, SupportView
from portal.tell import Kind


def _delegations(_row: Delegation) -> str:
    return reverse("delegations")


def _of_delegation(row: Delegation) -> dict:
    return {
        "principal": row.principal.name,
        "delegate": row.delegate.name,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
    }


def _other_side(row: Delegation) -> list:
    return [each for each in (row.principal_id, row.delegate_id) if each != row.ended_by_id]


DELEGATION_OFFERED = Kind(
    "delegation_offered", to=lambda row: [row.delegate_id], link=_delegations, facts=_of_delegation
)
DELEGATION_ACCEPTED = Kind(
    "delegation_accepted", to=lambda row: [row.principal_id], link=_delegations, facts=_of_delegation
)
DELEGATION_DECLINED = Kind(
    "delegation_declined", to=lambda row: [row.principal_id], link=_delegations, facts=_of_delegation
)
DELEGATION_ENDED = Kind("delegation_ended", to=_other_side, link=_delegations, facts=_of_delegation)


def _looks(_view: SupportView) -> str:
    return reverse("support-views")


def _support(_view: SupportView) -> str:
    return reverse("support")


def _of_view(view: SupportView) -> dict:
    """Who and when; the reason stands on the page, as messages carry no words of people."""
    return {
        "supporter": view.supporter.name,
        "person": view.person.name,
        "started_at": view.started_at.isoformat() if view.started_at else None,
        "ended_at": view.ended_at.isoformat() if view.ended_at else None,
    }


VIEW_ASKED = Kind("support_view_asked", to=lambda view: [view.person_id], link=_looks, facts=_of_view)
VIEW_AGREED = Kind("support_view_agreed", to=lambda view: [view.supporter_id], link=_support, facts=_of_view)
VIEW_REFUSED = Kind("support_view_refused", to=lambda view: [view.supporter_id], link=_support, facts=_of_view)
VIEW_BEGUN = Kind("support_view_begun", to=lambda view: [view.person_id], link=_looks, facts=_of_view)
VIEW_OVER = Kind("support_view_over", to=lambda view: [view.person_id], link=_looks, facts=_of_view)
