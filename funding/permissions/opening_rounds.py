"""Who records appropriations, and who opens a round."""

from django.utils.translation import gettext_lazy as _

from challenges.models import Rules
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Role
from portal.permissions import holds, is_officer


def may_record_appropriation(user) -> Verdict:
    """A preparer of the finance side."""
    if not holds(user, Role.PREPARER):
        return no(_("Only a preparer of the finance bureau records appropriations."))
    return YES


def may_open_round(user, rules: Rules | None = None) -> Verdict:
    """An officer of the bureau, in the programme of the rules that the round binds."""
    if not is_officer(user, rules.programme_id if rules else None):
        return no(_("Only an officer of the bureau opens a round of applications."))
    return YES
