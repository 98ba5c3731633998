"""Who a person is to the portal: roles and memberships as yes or no."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Role
from portal.queries.people import READERS, powers_of
from portal.states import OrganisationState

BUREAU = frozenset({Role.OFFICER, Role.DIVISION_HEAD, Role.LEADER, Role.DRAW_CLERK, Role.DISCIPLINE, Role.AUDITOR})


def holds(user, *roles: Role) -> bool:
    """Whether a person holds one of these roles today."""
    return not powers_of(user).roles.isdisjoint(roles)


def is_officer(user) -> bool:
    """An officer (经办) of the bureau."""
    return holds(user, Role.OFFICER)


def is_draw_clerk(user) -> bool:
    """The bureau's draw clerk."""
    return holds(user, Role.DRAW_CLERK)


def is_discipline(user) -> bool:
    """Discipline inspection (纪检)."""
    return holds(user, Role.DISCIPLINE)


def is_expert(user) -> bool:
    """An expert of the pool."""
    return holds(user, Role.EXPERT)


def reads_cases(user) -> bool:
    """People of the bureau who read cases: officers, heads, leaders, discipline and auditors."""
    return holds(user, *READERS)


def reviews_district(user, district_id: UUID) -> bool:
    """A reviewer of this district."""
    return holds(user, Role.DISTRICT) and district_id in powers_of(user).districts


def is_administrator(user, organisation_id: UUID) -> bool:
    """An administrator (单位管理员) of the organisation."""
    return organisation_id in powers_of(user).administers


def is_editor(user, organisation_id: UUID) -> bool:
    """Somebody who may write for the organisation: editor or administrator."""
    return organisation_id in powers_of(user).edits


def is_member(user, organisation_id: UUID) -> bool:
    """Anybody who acts for the organisation, its viewers too."""
    return organisation_id in powers_of(user).views


def acts_for_an_organisation(user) -> bool:
    """Anybody who acts for some organisation."""
    return bool(powers_of(user).views)


# Organisations ----------------------------------------------------------------


def may_register_organisation(user) -> Verdict:
    """Anybody with an account may enter the organisation they act for."""
    if not user.is_authenticated:
        return no(_("Sign in first; then you can register an organisation."), "not_signed_in")
    return YES


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
    if is_member(user, organisation.pk):
        return no(_("You act for this organisation yourself. Another officer verifies it."), "own_organisation")
    if organisation.state != OrganisationState.REGISTERED:
        return no(_("This entry does not wait for verification. Open the page again."), "wrong_state", WrongState)
    return YES


def may_manage_members(user, organisation) -> Verdict:
    """Its administrator adds colleagues and ends their memberships."""
    if not is_administrator(user, organisation.pk):
        return no(_("Only an administrator of the organisation says who acts for it."))
    return YES


def may_see_members(user, organisation) -> Verdict:
    """Its own members and the bureau."""
    if not (is_member(user, organisation.pk) or reads_cases(user)):
        return no(_("Only members of the organisation and the bureau see who acts for it."))
    return YES
