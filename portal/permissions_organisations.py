"""Who may do what with an organisation's profile, names, verified items and merges."""

from django.utils.translation import gettext_lazy as _

from portal.kernel.errors import Clash, WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Organisation, OrganisationChange, OrganisationMerge, Role
from portal.permissions import (
    AUDITS,
    has_stake,
    holds,
    is_administrator,
    is_editor,
    is_member,
    is_officer,
    only_reads,
    reads_cases,
)
from portal.queries.same_organisation import absorbed_by
from portal.states import OrganisationChangeState, OrganisationMergeState, OrganisationState


def may_state_facts(user, organisation: Organisation) -> Verdict:
    """Its editors and administrators state its profile."""
    if not is_editor(user, organisation.pk):
        return no(_("Only editors and administrators of the organisation write its profile."))
    return YES


def may_vouch_facts(user, organisation: Organisation) -> Verdict:
    """An officer who does not act for it says what registers and documents show."""
    if not is_officer(user):
        return no(_("Only an officer of the bureau vouches for what is in a profile."))
    if has_stake(user, organisation.pk):
        return no(_("You act for this organisation yourself. Another officer looks at its profile."), "own_organisation")
    return YES


def may_ask_change(user, organisation: Organisation) -> Verdict:
    """Its administrator asks to change a verified item."""
    if not is_administrator(user, organisation.pk):
        return no(_("Only an administrator of the organisation asks to change a verified item."))
    if organisation.state != OrganisationState.VERIFIED:
        return no(
            _("The entry is not verified yet. Until then it is corrected when the bureau returns it."),
            "wrong_state",
            WrongState,
        )
    return YES


def may_decide_change(user, change: OrganisationChange) -> Verdict:
    """An officer who neither asked for the change nor acts for the organisation."""
    if not is_officer(user):
        return no(_("Only an officer of the bureau confirms a change of a verified item."))
    if has_stake(user, change.organisation_id) or change.asked_by_id == user.pk:
        return no(_("You act for this organisation yourself. Another officer decides on the change."), "own_organisation")
    if change.state != OrganisationChangeState.WAITING:
        return no(_("This change has been decided. Open the page again."), "wrong_state", WrongState)
    return YES


def may_withdraw_change(user, change: OrganisationChange) -> Verdict:
    """An administrator of the organisation, while the bureau has not decided."""
    if not is_administrator(user, change.organisation_id):
        return no(_("Only an administrator of the organisation takes its request back."))
    if change.state != OrganisationChangeState.WAITING:
        return no(_("This change has been decided. Open the page again."), "wrong_state", WrongState)
    return YES


def may_name(user, organisation: Organisation) -> Verdict:
    """Its administrator, or an officer, enters and removes former and short names."""
    if not (is_administrator(user, organisation.pk) or is_officer(user)):
        return no(_("Only an administrator of the organisation or an officer enters its other names."))
    return YES


def may_ask_to_join(user, organisation: Organisation) -> Verdict:
    """Anybody with an account who does not act for the organisation yet."""
    if is_member(user, organisation.pk):
        return no(_("You act for this organisation already."), "already_member", Clash)
    return no(AUDITS, "auditor_only_reads") if only_reads(user) else YES


def may_see_merges(user, organisation: Organisation) -> Verdict:
    """Its own members and the bureau."""
    if not (is_member(user, organisation.pk) or reads_cases(user)):
        return no(_("Only members of the organisation and the bureau see its merges."))
    return YES


def may_propose_merge(user, organisation: Organisation) -> Verdict:
    """An officer who does not act for the organisation."""
    if not is_officer(user):
        return no(_("Only an officer of the bureau proposes a merge."))
    if has_stake(user, organisation.pk):
        return no(_("You act for this organisation yourself. Another officer proposes the merge."), "own_organisation")
    return YES


def may_decide_merge(user, merge: OrganisationMerge) -> Verdict:
    """A second officer or a division head, not who proposed it, and acting for neither side."""
    if not holds(user, Role.OFFICER, Role.DIVISION_HEAD):
        return no(_("Only an officer or a division head of the bureau confirms a merge."))
    if merge.proposed_by_id == user.pk:
        return no(_("You proposed this merge. Another person confirms it."), "own_proposal")
    if has_stake(user, merge.absorbed_id) or has_stake(user, merge.into_id):
        return no(_("You act for one of the two organisations yourself."), "own_organisation")
    if merge.state != OrganisationMergeState.PROPOSED:
        return no(_("This merge has been decided. Open the page again."), "wrong_state", WrongState)
    return YES


def may_end_merge(user, merge: OrganisationMerge) -> Verdict:
    """An officer or division head takes a merge in force back."""
    if not holds(user, Role.OFFICER, Role.DIVISION_HEAD):
        return no(_("Only an officer or a division head of the bureau takes a merge back."))
    if has_stake(user, merge.absorbed_id) or has_stake(user, merge.into_id):
        return no(_("You act for one of the two organisations yourself."), "own_organisation")
    if merge.state != OrganisationMergeState.CONFIRMED:
        return no(_("This merge is not in force. Open the page again."), "wrong_state", WrongState)
    return YES


def may_begin_for(organisation: Organisation) -> Verdict:
    """Whether something new can begin in an organisation's name today: not once it counts as another."""
    merge = absorbed_by(organisation)
    if merge is None:
        return YES
    return no(
        _("%(absorbed)s was merged into %(name)s. Begin this for %(name)s; what was begun before goes on.")
        % {"absorbed": organisation.name, "name": merge.into.name},
        "organisation_absorbed",
        from_on=merge.from_on,
    )
