"""Who sets the city's settings, publishes its legal texts, and decides on requests about personal data."""

from django.utils.translation import gettext_lazy as _

from portal.delegable import done_oneself
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Role
from portal.permissions import holds_everywhere, reads_cases
from portal.queries.people import accounts_of
from portal.states import DestructionState, ErasureState

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
    return done_oneself(user, "setting.") if holds_everywhere(user, *HEADS) else no(HEADS_ONLY)


def may_decide_setting(user, setting) -> Verdict:
    """A division head or a leader who did not propose it, once."""
    return _second_of_two(user, setting, setting.set_by_id)


def may_write_legal_text(user) -> Verdict:
    """A division head or a leader."""
    return done_oneself(user, "legal_text.") if holds_everywhere(user, *HEADS) else no(HEADS_ONLY)


def may_publish_legal_text(user, text) -> Verdict:
    """A division head or a leader who did not write it, once."""
    return _second_of_two(user, text, text.written_by_id)


def may_ask_erasure(user) -> Verdict:
    """Anybody with an account, for themselves."""
    if not user.is_authenticated:
        return no(_("Sign in first."), "not_signed_in")
    if user.acting_for:
        return no(_("You act for somebody else at present. Each person asks for themselves."), "acting_for_another")
    return YES


def may_withdraw_erasure(user, erasure) -> Verdict:
    """The person who asked, as long as nobody has decided."""
    if erasure.person_id != user.pk:
        return no(_("Only the person who asked withdraws the request."))
    if erasure.state != ErasureState.ASKED:
        return no(DECIDED, "wrong_state", WrongState)
    return may_ask_erasure(user)


def may_read_erasures(user) -> Verdict:
    """Division heads and leaders, who decide."""
    return YES if holds_everywhere(user, *HEADS) else no(HEADS_ONLY)


def may_decide_erasure(user, erasure) -> Verdict:
    """A division head or a leader who is not the person, once."""
    if not holds_everywhere(user, *HEADS):
        return no(HEADS_ONLY)
    if user.pk in accounts_of(erasure.person_id):
        return no(_("This is your own request. Somebody else decides it."), "own_account")
    if erasure.state != ErasureState.ASKED:
        return no(DECIDED, "wrong_state", WrongState)
    return YES


def may_read_words(user) -> Verdict:
    """Division heads, leaders and discipline inspection: who may ask that words be destroyed, or confirm it."""
    if not holds_everywhere(user, *DESTROYERS):
        return no(_("Only a division head, a leader or discipline inspection destroys words."))
    return YES


def may_confirm_destruction(user, destruction) -> Verdict:
    """Another of them than the one who asked, once."""
    if not (verdict := may_read_words(user)):
        return verdict
    if destruction.asked_by_id in accounts_of(user.pk):
        return no(_("You have asked for it yourself. A second person decides."), "needs_second_person")
    if destruction.state != DestructionState.ASKED:
        return no(DECIDED, "wrong_state", WrongState)
    return YES


def _second_of_two(user, proposed, first) -> Verdict:
    if not holds_everywhere(user, *HEADS):
        return no(HEADS_ONLY)
    if user.pk == first:
        return no(_("You proposed this yourself. A second person decides."), "needs_second_person")
    if getattr(proposed, "decision", None) is not None:
        return no(DECIDED, "wrong_state", WrongState)
    return YES
