"""Who records a decision made outside the portal, and who confirms it: two different people."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from challenges.queries.programming import programme_of
from funding.models import Decision, Project
from funding.queries.places import cases
from portal.apart import apart
from portal.duties import Duty, Place, Scope
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Role
from portal.permissions import holds, is_officer


def may_record_decision(user, projects: Iterable[Project] = ()) -> Verdict:
    """An officer of the bureau who acts for no party and scored nothing of it."""
    if not is_officer(user) or not all(is_officer(user, programme_of(each)) for each in projects):
        return no(_("Only an officer of the bureau records decisions."))
    return apart(user, Duty.RECORDS_DECISION, *cases(projects))


def may_confirm_decision(user, decision: Decision) -> Verdict:
    """A division head who did not record it, once."""
    if not holds(user, Role.DIVISION_HEAD, programme_id=programme_of(decision.round)):
        return no(_("Only a division head confirms a decision."))
    if not (verdict := apart(user, Duty.CONFIRMS_DECISION, *places_of_decision(decision))):
        return verdict
    if decision.confirmed_at:
        return no(_("This decision is confirmed already. You need not do anything."), "wrong_state", WrongState)
    return YES


def places_of_decision(decision: Decision) -> list[Place]:
    """A decision and the cases it is about."""
    return [Scope.DECISION.of(decision.pk), *cases(item.project for item in decision.items.select_related("project"))]
