"""Who sets the city's settings, publishes its legal texts, and decides on requests about personal data."""

from django.utils.translation import gettext_lazy as _

from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Role
from portal.permissions import holds_everywhere, reads_cases

HEADS = (Role.DIVISION_HEAD, Role.LEADER)
DESTROYERS = (Role.DIVISION_HEAD, Role.LEADER, Role.DISCIPLINE)
READ_ACCESS_LOG = (Role.DISCIPLINE, Role.AUDITOR)

DECIDED = _("This was decided already. Open the page again to see how.")
HEADS_ONLY = _("Only a division head or a leader of the bureau does this.")


def may_read_settings(user) -> Verdict:
    """People of the bureau."""
    return YES if reads_cases(user) else no(_("Only the bureau reads the settings."))


def may_propose_setting(user) -> Verdict:
    """A division head or a leader."""
    return YES if holds_everywhere(user, *HEADS) else no(HEADS_ONLY)


def may_decide_setting(user, setting) -> Verdict:
    """A division head or a leader who did not propose it, once."""
    return _second_of_two(user, setting, setting.set_by_id)


def may_write_legal_text(user) -> Verdict:
    """A division head or a leader."""
    return YES if holds_everywhere(user, *HEADS) else no(HEADS_ONLY)


def may_publish_legal_text(user, text) -> Verdict:
    """A division head or a leader who did not write it, once."""
    return _second_of_two(user, text, text.written_by_id)


def _second_of_two(user, proposed, first) -> Verdict:
    if not holds_everywhere(user, *HEADS):
        return no(HEADS_ONLY)
    if user.pk == first:
        return no(_("You proposed this yourself. A second person decides."), "needs_second_person")
    if getattr(proposed, "decision", None) is not None:
        return no(DECIDED, "wrong_state", WrongState)
    return YES
