"""Who a person is to the portal: roles and memberships as yes or no."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.clock import china_date
from portal.delegable import done_oneself
from portal.kernel.errors import Refused, WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Role
from portal.queries.people import READERS, accounts_of, powers_of
from portal.states import MergeState, OrganisationState, ReplacementState

BUREAU = frozenset({Role.OFFICER, Role.DIVISION_HEAD, Role.LEADER, Role.DRAW_CLERK, Role.DISCIPLINE, Role.AUDITOR})

AUDITS = _("An auditor reads and changes nothing, and acts for nobody. Ask the bureau to end that role first.")


def holds(user, *roles: Role, programme_id: UUID | None = None) -> bool:
    """Whether a person holds one of these roles today: in this programme, or in any where none is named."""
    return powers_of(user).hold(*roles, programme_id=programme_id)


def holds_everywhere(user, *roles: Role) -> bool:
    """Whether a person holds one of these roles today in every programme."""
    powers = powers_of(user)
    return powers.hold(*roles) and powers.programmes_of(*roles) is None


def is_officer(user, programme_id: UUID | None = None) -> bool:
    """An officer (经办) of the bureau."""
    return holds(user, Role.OFFICER, programme_id=programme_id)


def is_draw_clerk(user, programme_id: UUID | None = None) -> bool:
    """The bureau's draw clerk."""
    return holds(user, Role.DRAW_CLERK, programme_id=programme_id)


def is_discipline(user, programme_id: UUID | None = None) -> bool:
    """Discipline inspection (纪检)."""
    return holds(user, Role.DISCIPLINE, programme_id=programme_id)


def is_expert(user) -> bool:
    """An expert of the pool."""
    return holds(user, Role.EXPERT)


def reads_cases(user, programme_id: UUID | None = None) -> bool:
    """People of the bureau who read cases: officers, heads, leaders, discipline and auditors."""
    return holds(user, *READERS, programme_id=programme_id)


def reviews_district(user, district_id: UUID, programme_id: UUID | None = None) -> bool:
    """A reviewer of this district, in this programme where one is named."""
    return any(
        scope.role == Role.DISTRICT
        and scope.district_id == district_id
        and (programme_id is None or scope.programme_id in (None, programme_id))
        for scope in powers_of(user).scopes
    )


def is_administrator(user, organisation_id: UUID) -> bool:
    """An administrator (单位管理员) of the organisation."""
    return organisation_id in powers_of(user).administers


def is_editor(user, organisation_id: UUID) -> bool:
    """Somebody who may write for the organisation: editor or administrator."""
    return organisation_id in powers_of(user).edits


def is_member(user, organisation_id: UUID) -> bool:
    """Anybody who acts for the organisation, its viewers too."""
    return organisation_id in powers_of(user).views


def only_reads(user) -> bool:
    """An auditor, who reads all that is not sealed and changes nothing, for nobody."""
    return holds(user, Role.AUDITOR)


def has_stake(user, organisation_id: UUID) -> bool:
    """Somebody who acts for the organisation, or is acting for a person who does: they do not decide about it."""
    return organisation_id in powers_of(user).stakes


def acts_itself(user, organisation_id: UUID) -> bool:
    """Somebody who acts for the organisation by a membership of its own, not because it was merged into theirs."""
    powers = powers_of(user)
    return organisation_id in powers.views and organisation_id not in powers.inherited


def acts_for_an_organisation(user) -> bool:
    """Anybody who acts for some organisation."""
    return bool(powers_of(user).views)


# Organisations ----------------------------------------------------------------


def may_register_organisation(user) -> Verdict:
    """Anybody with an account may enter the organisation they act for."""
    if not user.is_authenticated:
        return no(_("Sign in first; then you can register an organisation."), "not_signed_in")
    if only_reads(user):
        return no(AUDITS, "auditor_only_reads")
    return done_oneself(user, "organisation.registered")


def may_correct_organisation(user, organisation) -> Verdict:
    """Its administrator, once the bureau has returned the entry."""
    if not is_administrator(user, organisation.pk):
        return no(_("Only an administrator of the organisation corrects its entry."))
    if organisation.state != OrganisationState.RETURNED:
        return no(_("The entry was not returned, so there is nothing to correct."), "wrong_state", WrongState)
    return YES


def may_verify_organisation(user, organisation) -> Verdict:
    """An officer of the bureau who does not act for the organisation; the same for returning it."""
    if not is_officer(user):
        return no(_("Only an officer of the bureau verifies organisations."))
    if has_stake(user, organisation.pk):
        return no(_("You act for this organisation yourself. Another officer verifies it."), "own_organisation")
    if organisation.state != OrganisationState.REGISTERED:
        return no(_("This entry does not wait for verification. Open the page again."), "wrong_state", WrongState)
    return YES


def may_manage_members(user, organisation) -> Verdict:
    """Its administrator invites colleagues, changes their roles and ends their memberships."""
    if not is_administrator(user, organisation.pk):
        return no(_("Only an administrator of the organisation says who acts for it."))
    return done_oneself(user, "membership.") if acts_itself(user, organisation.pk) else _merged_into_yours()


def may_see_members(user, organisation) -> Verdict:
    """Its own members and the bureau."""
    if not (is_member(user, organisation.pk) or reads_cases(user)):
        return no(_("Only members of the organisation and the bureau see who acts for it."))
    return YES


def may_leave_organisation(user, organisation) -> Verdict:
    """Anybody who acts for it themselves, not for somebody else."""
    if user.is_authenticated and user.acting_for:
        return no(_("You act for somebody else at present. Each person leaves an organisation themselves."), "acting_for_another")
    if not is_member(user, organisation.pk):
        return no(_("You do not act for this organisation, so there is nothing to leave."))
    return YES if acts_itself(user, organisation.pk) else _merged_into_yours()


def may_see_work(user, organisation) -> Verdict:
    """Its editors and administrators alone: bids before opening are among it."""
    if user.is_authenticated and user.seen_by:
        return no(_("Open work is not shown in a look for support: drafts and bids before opening are among it."), "looking_only")
    if not is_editor(user, organisation.pk):
        return no(_("Only those who write for the organisation see its open work."))
    return YES if acts_itself(user, organisation.pk) else _merged_into_yours()


def may_hand_over_work(user, organisation, keepers: Collection[UUID]) -> Verdict:
    """Its administrator; an editor hands over what they look after themselves."""
    if is_editor(user, organisation.pk) and not acts_itself(user, organisation.pk):
        return _merged_into_yours()
    if is_administrator(user, organisation.pk):
        return YES
    if is_editor(user, organisation.pk) and set(keepers) <= {user.pk}:
        return YES
    return no(_("An administrator hands over anybody's work, an editor only their own."))


def may_answer_invitation(user) -> Verdict:
    """A person with an account, for themselves."""
    if not user.is_authenticated:
        return no(_("Sign in first, or open an account; then you can accept the invitation."), "not_signed_in")
    if user.acting_for:
        return no(_("You act for somebody else at present. Each person accepts an invitation themselves."), "acting_for_another")
    return no(AUDITS, "auditor_only_reads") if only_reads(user) else YES


def may_replace_administrators(user, organisation) -> Verdict:
    """An officer of the bureau who does not act for the organisation: proposes a new administrator, or decides on it."""
    if not is_officer(user):
        return no(_("Only an officer of the bureau appoints an administrator on an organisation's letter."))
    if has_stake(user, organisation.pk):
        return no(_("You act for this organisation yourself. Another officer appoints its administrator."), "own_organisation")
    return YES


def may_decide_replacement(user, replacement) -> Verdict:
    """Another officer than the one who proposed, while it waits."""
    verdict = may_replace_administrators(user, replacement.organisation)
    if not verdict:
        return verdict
    if replacement.proposed_by_id in _one_person(user):
        return no(_("You proposed this yourself. Another officer compares the letter and decides."), "proposed_by_the_same")
    if replacement.state != ReplacementState.PROPOSED:
        return no(_("This was decided already."), "wrong_state", WrongState)
    return YES


def may_merge_accounts(user) -> Verdict:
    """A person for their own account."""
    if not user.is_authenticated:
        return no(_("Sign in first."), "not_signed_in")
    if user.acting_for:
        return no(_("You act for somebody else at present. End that first; then merge your own accounts."), "acting_for_another")
    return YES


def may_undo_merge(user, merge, *, now: datetime) -> Verdict:
    """An officer of the bureau who is not the person concerned, within the time that the rules give."""
    if not is_officer(user):
        return no(_("Only an officer of the bureau takes a merge of accounts back."))
    if user.pk in (merge.kept_id, merge.alias_id):
        return no(_("These are your own accounts. Another officer takes the merge back."), "own_account")
    if merge.state != MergeState.MERGED:
        return no(_("These accounts are not merged."), "wrong_state", WrongState)
    if china_date(now) > merge.undo_until_on:
        return no(_("The merge could be taken back until %(until_on)s."), "too_late", Refused, until_on=merge.undo_until_on)
    return YES


def _merged_into_yours() -> Verdict:
    return no(
        _("This organisation was merged into yours. You act for it in its cases; its members and open work stay its own people's."),
        "merged_into_yours",
    )


def _one_person(user) -> set[UUID]:
    return accounts_of(user.pk) | ({user.acting_for.pk} if user.acting_for else set())
