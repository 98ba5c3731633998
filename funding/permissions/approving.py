"""Who records a decision made outside the portal, and who confirms it: two different people."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from funding.models import Decision, Project
from funding.permissions.deciding import stands_apart
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Role
from portal.permissions import holds, is_officer


def may_record_decision(user, projects: Iterable[Project] = ()) -> Verdict:
    """An officer of the bureau who acts for no party and scored nothing of it."""
    if not is_officer(user):
        return no(_("Only an officer of the bureau records decisions."))
    return stands_apart(user, projects) if projects else YES


def may_confirm_decision(user, decision: Decision) -> Verdict:
    """A division head who did not record it, once."""
    if not holds(user, Role.DIVISION_HEAD):
        return no(_("Only a division head confirms a decision."))
    if decision.recorded_by_id == user.pk:
        return no(_("You recorded this decision, so somebody else has to confirm it."), "recorded_by_the_same")
    if not (verdict := stands_apart(user, [item.project for item in decision.items.select_related("project")])):
        return verdict
    if decision.confirmed_at:
        return no(_("This decision is confirmed already. You need not do anything."), "wrong_state", WrongState)
    return YES
