"""Who gives and ends the powers of officials: two people, neither of them the one concerned."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Grant, GrantProposal, ProposalKind, Role
from portal.permissions import holds, holds_everywhere, reads_cases
from portal.queries.officials import GRANTERS
from portal.queries.people import accounts_of
from portal.states import ProposalState

DECIDED = _("This was decided already. Open the page again to see how.")


def may_read_officials(user) -> Verdict:
    """The bureau reads who holds which role; others who hold or held one read their own."""
    if not (reads_cases(user) or Grant.objects.filter(user_id=user.pk).exclude(role=Role.EXPERT).exists()):
        return no(_("Only the bureau, and whoever holds a role, reads who holds which."))
    return YES


def may_propose_role(user, programme_id: UUID | None = None, *, anywhere: bool = False) -> Verdict:
    """A division head or a leader, in the programmes of their own role; ``anywhere`` asks whether in any."""
    if getattr(user, "acting_for", None):
        return no(_("You act for somebody else at present. Whoever holds the office gives powers themselves."), "acting_for_another")
    if not holds(user, *GRANTERS):
        return no(_("Only a division head or a leader of the bureau gives and ends the roles of officials."))
    if not anywhere and not _decides_in(user, programme_id):
        return no(_("You decide in your own programmes only. Choose one of them, or ask a leader."), "other_programme")
    return YES


def may_propose_end(user, grant: Grant) -> Verdict:
    """The same people, about anybody's role but their own."""
    verdict = may_propose_role(user, grant.programme_id)
    if verdict and grant.user_id in accounts_of(user.pk):
        return no(_("This is your own role. Ask a colleague to propose that it ends."), "own_role")
    return verdict


def may_confirm_proposal(user, proposal: GrantProposal) -> Verdict:
    """A second division head or leader; who becomes one of them, a leader confirms."""
    verdict = may_decline_proposal(user, proposal)
    if not verdict:
        return verdict
    raises = proposal.kind == ProposalKind.GRANT and proposal.role in GRANTERS
    if raises and not _leads_in(user, proposal.programme_id):
        return no(_("A leader of the bureau confirms who becomes division head or leader."), "needs_leader")
    return YES


def may_decline_proposal(user, proposal: GrantProposal) -> Verdict:
    """A second division head or leader whom it does not concern, while it waits."""
    verdict = may_propose_role(user, proposal.programme_id)
    if not verdict:
        return verdict
    person = accounts_of(user.pk)
    if proposal.proposed_by_id in person:
        return no(_("You proposed this yourself. A second person decides."), "needs_second_person")
    if proposal.user_id in person:
        return no(_("This is about your own role, so others decide."), "own_role")
    if proposal.state != ProposalState.PROPOSED:
        return no(DECIDED, "wrong_state", WrongState)
    return YES


def may_withdraw_proposal(user, proposal: GrantProposal) -> Verdict:
    """Whoever proposed it, while it waits."""
    if proposal.proposed_by_id not in accounts_of(user.pk):
        return no(_("Only whoever proposed this takes it back."))
    if proposal.state != ProposalState.PROPOSED:
        return no(DECIDED, "wrong_state", WrongState)
    return YES


def _decides_in(user, programme_id: UUID | None) -> bool:
    if programme_id:
        return holds(user, *GRANTERS, programme_id=programme_id)
    return holds_everywhere(user, *GRANTERS)


def _leads_in(user, programme_id: UUID | None) -> bool:
    return holds(user, Role.LEADER, programme_id=programme_id) if programme_id else holds_everywhere(user, Role.LEADER)
