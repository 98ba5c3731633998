"""Who a person is to the portal: roles and memberships as yes or no."""

from uuid import UUID

from portal.models import Role
from portal.queries.people import powers_of

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


def is_expert(user) -> bool:
    """An expert of the pool."""
    return holds(user, Role.EXPERT)


def reads_cases(user) -> bool:
    """People of the bureau who read cases: officers, heads, leaders, discipline and auditors."""
    return holds(user, Role.OFFICER, Role.DIVISION_HEAD, Role.LEADER, Role.DISCIPLINE, Role.AUDITOR)


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
