"""Who may set up a programme, adopt its rules and open a call."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.kernel.verdict import YES, Verdict, no
from portal.models import Role
from portal.permissions import holds, holds_everywhere, reads_cases

SET_UP = _("Only officers and division heads of the bureau may set up programmes, rules and calls.")


def may_create_programme(user) -> Verdict:
    """An officer or a division head of the bureau who is not limited to one programme."""
    if not holds(user, Role.OFFICER, Role.DIVISION_HEAD):
        return no(SET_UP)
    if not holds_everywhere(user, Role.OFFICER, Role.DIVISION_HEAD):
        return no(_("Your grant names a programme. Somebody whose grant holds in every programme sets up a new one."))
    return YES


def may_adopt_rules(user, programme_id: UUID) -> Verdict:
    """An officer or a division head of this programme."""
    return YES if holds(user, Role.OFFICER, Role.DIVISION_HEAD, programme_id=programme_id) else no(SET_UP)


def may_open_call(user, programme_id: UUID) -> Verdict:
    """An officer or a division head of this programme."""
    return YES if holds(user, Role.OFFICER, Role.DIVISION_HEAD, programme_id=programme_id) else no(SET_UP)


def may_read_programmes(user) -> Verdict:
    """People of the bureau who read cases; rules and calls themselves are public."""
    if not reads_cases(user):
        return no(_("The list of programmes is for the bureau. Rules and calls are open to everybody."))
    return YES
