"""Who may set up a programme, adopt its rules and open a call."""

from django.utils.translation import gettext_lazy as _

from portal.kernel.verdict import YES, Verdict, no
from portal.models import Role
from portal.permissions import holds, reads_cases


def may_program(user) -> Verdict:
    """An officer or a division head of the bureau."""
    if not holds(user, Role.OFFICER, Role.DIVISION_HEAD):
        return no(_("Only officers and division heads of the bureau may set up programmes, rules and calls."))
    return YES


may_create_programme = may_adopt_rules = may_open_call = may_program


def may_read_programmes(user) -> Verdict:
    """People of the bureau who read cases; rules and calls themselves are public."""
    if not reads_cases(user):
        return no(_("The list of programmes is for the bureau. Rules and calls are open to everybody."))
    return YES
