"""The powers of an account that becomes an alias: its memberships and roles end, and begin anew with the person."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from portal.actions.membership import begin, end, exchange
from portal.clock import china_date
from portal.kernel.errors import Refused
from portal.models import AccountMerge, Grant, MemberRole, Membership, MovedPower, User
from portal.queries.members import own_membership
from portal.queries.people import granted_today, today
from portal.record import record

RANK = [MemberRole.VIEWER, MemberRole.EDITOR, MemberRole.ADMINISTRATOR]


def move_powers(merge: AccountMerge, *, kept: User, alias: User, by: User, now: datetime) -> None:
    """End what the alias holds today and begin it with the person; where they hold more already, only end it."""
    for old in alias.memberships.filter(today()).select_related("organisation", "user"):
        last_day = old.ends_on
        end(old, by=by, now=now, facts={"merge": str(merge.pk)})
        new = _take(old, own_membership(kept, old.organisation_id), kept, ends_on=last_day, by=by, now=now)
        MovedPower.objects.create(merge=merge, old_membership=old, membership=new, last_day=last_day)
    for old in alias.grants.filter(granted_today()):
        _end_grant(old, by=by, now=now)
        MovedPower.objects.create(merge=merge, old_grant=old, grant=_grant_anew(old, kept, by=by, now=now))


def give_back(merge: AccountMerge, *, kept: User, alias: User, by: User, now: datetime) -> None:
    """End what the merge began, as far as it still holds, and begin it with the other account again."""
    for moved in merge.moved.select_related("old_membership__organisation", "membership__organisation", "membership__user"):
        if moved.old_membership:
            _return_membership(moved, kept=kept, alias=alias, by=by, now=now)
        elif moved.grant is None or _holds(moved.grant):
            if moved.grant:
                _end_grant(moved.grant, by=by, now=now)
            _grant_anew(moved.old_grant, alias, by=by, now=now)


def _take(
    old: Membership, present: Membership | None, kept: User, *, ends_on: date | None, by: User, now: datetime
) -> Membership | None:
    role = MemberRole(old.role)
    if present is None:
        return begin(old.organisation, kept, role, ends_on=ends_on, by=by, now=now)
    if RANK.index(role) <= RANK.index(MemberRole(present.role)):
        return None
    return exchange(present, role, by=by, now=now, ends_on=ends_on)


def _return_membership(moved: MovedPower, *, kept: User, alias: User, by: User, now: datetime) -> None:
    old, new = moved.old_membership, moved.membership
    if new is not None and not Membership.objects.filter(today(), pk=new.pk).exists():
        return
    ends_on = new.ends_on if new else moved.last_day
    if ends_on is not None and ends_on < china_date(now):
        return
    begin(old.organisation, alias, MemberRole(new.role if new else old.role), ends_on=ends_on, by=by, now=now)
    if new is None:
        return
    before = Membership.objects.filter(
        user=kept, organisation=old.organisation, ends_on=new.starts_on - timedelta(days=1)
    ).order_by("-starts_on").first()  # fmt: skip
    if before is not None:
        exchange(new, MemberRole(before.role), by=by, now=now, ends_on=None)
    else:
        end(new, by=by, now=now, facts={"merge": str(moved.merge_id)})


def _end_grant(grant: Grant, *, by: User, now: datetime) -> None:
    grant.ended_at = now
    grant.save(update_fields=["ended_at"])
    record("grant.ended", grant, by=by, facts={"user": str(grant.user_id), "role": str(grant.role)})


def _grant_anew(old: Grant, person: User, *, by: User, now: datetime) -> Grant | None:
    """The same role from today on, by the officials who granted it; None where the person holds it already."""
    where = {"role": old.role, "district_id": old.district_id, "programme_id": old.programme_id}
    if person.grants.filter(granted_today(), **where).exists():
        return None
    if person.pk in (old.granted_by_id, old.confirmed_by_id):
        own = _("One of these accounts granted the other its role. Ask the bureau.")
        raise Refused("merge_granted_by_self", own)
    new = Grant.objects.create(
        user=person, **where, starts_on=china_date(now), ends_on=old.ends_on,
        granted_by_id=old.granted_by_id, confirmed_by_id=old.confirmed_by_id,
    )  # fmt: skip
    record("grant.started", new, by=by, facts={"user": str(person.pk), "role": str(old.role), "instead_of": str(old.pk)})
    return new


def _holds(grant: Grant) -> bool:
    return Grant.objects.filter(granted_today(), pk=grant.pk).exists()
