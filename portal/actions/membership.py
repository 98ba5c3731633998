"""Who acts for an organisation: roles change, memberships end, people leave, administrators hand over."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import messages_members as messages
from portal.clock import china_date
from portal.kernel.errors import Clash, NotFound, Refused
from portal.kernel.verdict import require
from portal.locks import lock_organisation
from portal.models import Event, MemberRole, Membership, Organisation, User
from portal.permissions import may_leave_organisation, may_manage_members
from portal.queries.members import administrators_for_good, colleagues_of, own_membership
from portal.queries.organisations import members_now
from portal.queries.people import read_anew
from portal.record import record
from portal.tell import tell

LAST = _("%(name)s is the only administrator without a last day. Make somebody else an administrator first.")


@transaction.atomic
def change_role(membership_id: UUID, *, role: str, by: User, now: datetime) -> Membership:
    """Give a colleague another role from today on: one membership ends, another begins, with no day between.

    Raises NotAllowed, Clash (``membership_over``, ``role_same``), Refused (``last_administrator``).
    """
    organisation, membership = hold(membership_id, by=by)
    require(may_manage_members(by, organisation))
    require_present(membership)
    if membership.role == role:
        raise Clash("role_same", _("%(name)s has this role already."), field="role", name=membership.user.name)
    check_administrator_stays(membership)
    new = exchange(membership, MemberRole(role), by=by, now=now)
    tell(messages.ROLE_CHANGED, new, because=record("membership.role_changed", new, by=by, facts=facts_of(new)))
    return new


@transaction.atomic
def set_last_day(membership_id: UUID, *, ends_on: date | None, by: User, now: datetime) -> Membership:
    """Say until when a colleague acts for the organisation; None means without a last day.

    Raises NotAllowed, Clash (``membership_over``), Refused (``last_day_past``, ``last_administrator``).
    """
    organisation, membership = hold(membership_id, by=by)
    require(may_manage_members(by, organisation))
    require_present(membership)
    if ends_on is not None and ends_on < china_date(now):
        past = _("The last day lies in the past. To end the membership now, choose “End the membership”.")
        raise Refused("last_day_past", past, field="ends_on")
    if ends_on is not None:
        check_administrator_stays(membership)
    membership.ends_on = ends_on
    membership.save(update_fields=["ends_on"])
    facts = facts_of(membership) | {"ends_on": ends_on.isoformat() if ends_on else None}
    tell(messages.LAST_DAY_SET, membership, because=record("membership.last_day_set", membership, by=by, facts=facts))
    return membership


@transaction.atomic
def end_membership(membership_id: UUID, *, by: User, now: datetime) -> Membership:
    """Let somebody act for the organisation no longer, from this moment on: yesterday was the last day.

    Raises NotAllowed, Clash (``membership_over``), Refused (``last_administrator``).
    """
    organisation, membership = hold(membership_id, by=by)
    require(may_manage_members(by, organisation))
    require_present(membership)
    check_administrator_stays(membership)
    event = end(membership, by=by, now=now)
    tell(messages.MEMBERSHIP_ENDED, membership, because=event)
    return membership


@transaction.atomic
def leave_organisation(organisation_id: UUID, *, by: User, now: datetime) -> Membership:
    """Act for an organisation no longer, by one's own wish; its administrators hear of it.

    Raises NotAllowed, Refused (``last_administrator``).
    """
    organisation = lock_organisation(organisation_id)
    read_anew(by)
    require(may_leave_organisation(by, organisation))
    membership = own_membership(by, organisation.pk)
    check_administrator_stays(membership)
    event = end(membership, by=by, now=now, facts={"left": True})
    read_anew(by)
    tell(messages.MEMBER_LEFT, membership, because=event)
    return membership


@transaction.atomic
def hand_over_administration(
    organisation_id: UUID, *, to: UUID, stay_as: str = "", by: User, now: datetime
) -> Membership:
    """Make a colleague administrator in one's own place; ``stay_as`` is the role one keeps, nothing means to leave.

    ``to`` is the colleague's membership. Raises NotAllowed, NotFound when it is not a present
    colleague's, Refused (``stay_as``) for the role of administrator.
    """
    organisation = lock_organisation(organisation_id)
    read_anew(by)
    require(may_manage_members(by, organisation))
    require(may_leave_organisation(by, organisation))
    colleague = colleagues_of(by.pk, organisation.pk).filter(pk=to).first()
    if colleague is None:
        raise NotFound()
    if stay_as == MemberRole.ADMINISTRATOR:
        raise Refused("stay_as", _("Choose the role you keep after handing over, or leave the organisation."), field="stay_as")
    if colleague.role != MemberRole.ADMINISTRATOR or colleague.ends_on is not None:
        colleague = exchange(colleague, MemberRole.ADMINISTRATOR, by=by, now=now, ends_on=None)
    own = own_membership(by, organisation.pk)
    if stay_as:
        exchange(own, MemberRole(stay_as), by=by, now=now)
    else:
        end(own, by=by, now=now, facts={"left": True})
    read_anew(by)
    event = record("membership.administration_handed_over", colleague, by=by, facts=facts_of(colleague))
    tell(messages.ADMINISTRATION_HANDED_OVER, colleague, because=event)
    return colleague


def begin(
    organisation: Organisation,
    person: User,
    role: MemberRole,
    *,
    by: User | None,
    now: datetime,
    ends_on: date | None = None,
    facts: Mapping[str, object] | None = None,
) -> Membership:
    """Write a membership that begins today; the organisation is held, who may do it was asked before."""
    membership = Membership.objects.create(
        user=person, organisation=organisation, role=role, starts_on=china_date(now), ends_on=ends_on
    )
    read_anew(person)
    record("membership.started", membership, by=by, facts={**facts_of(membership), **(facts or {})})
    return membership


def end(membership: Membership, *, by: User | None, now: datetime, facts: Mapping[str, object] | None = None) -> Event:
    """End a membership now; one that began today is over before its first day. The organisation is held."""
    membership.ends_on = china_date(now) - timedelta(days=1)
    membership.save(update_fields=["ends_on"])
    return record("membership.ended", membership, by=by, facts={**facts_of(membership), **(facts or {})})


def exchange(membership: Membership, role: MemberRole, *, by: User | None, now: datetime, **changed: object) -> Membership:
    """End a membership and begin another with a role, on the same day and with the same last day unless told otherwise."""
    ends_on = changed.get("ends_on", membership.ends_on)
    end(membership, by=by, now=now)
    return begin(membership.organisation, membership.user, role, ends_on=ends_on, by=by, now=now)


def hold(membership_id: UUID, *, by: User) -> tuple[Organisation, Membership]:
    """Hold the organisation of a membership, and read the membership and the powers of ``by`` after that."""
    found = Membership.objects.filter(pk=membership_id).only("organisation_id").first()
    if found is None:
        raise NotFound()
    organisation = lock_organisation(found.organisation_id)
    read_anew(by)
    return organisation, Membership.objects.select_related("user", "organisation").get(pk=membership_id)


def require_present(membership: Membership) -> None:
    """The membership holds today; Clash when it is over."""
    if not members_now(membership.organisation_id).filter(pk=membership.pk).exists():
        raise Clash("membership_over", _("This membership has ended already."))


def check_administrator_stays(membership: Membership) -> None:
    """Somebody else administers the organisation for good. The database holds the same at the end of the transaction."""
    if membership.role != MemberRole.ADMINISTRATOR:
        return
    if not administrators_for_good(membership.organisation_id).exclude(pk=membership.pk).exists():
        raise Refused("last_administrator", LAST, name=membership.user.name)


def facts_of(membership: Membership) -> dict[str, object]:
    """What the record keeps of a membership."""
    return {
        "organisation": str(membership.organisation_id),
        "user": str(membership.user_id),
        "role": str(membership.role),
    }
