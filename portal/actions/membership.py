"""Who acts for an organisation: colleagues are added, and leave."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import messages
from portal.clock import china_date
from portal.kernel.errors import Clash, NotFound, Refused
from portal.kernel.verdict import require
from portal.locks import lock_organisation
from portal.models import MemberRole, Membership, User
from portal.permissions import may_manage_members
from portal.queries.organisations import members_now
from portal.record import record
from portal.tell import tell


@transaction.atomic
def add_member(organisation_id: UUID, *, email: str, role: str, by: User, now: datetime) -> Membership:
    """Let a person with an account act for the organisation, from today on.

    Raises NotAllowed, Refused (``no_such_person``) when nobody has the address, Clash
    (``member_already``) when the person acts for the organisation already.
    """
    organisation = lock_organisation(organisation_id)
    require(may_manage_members(by, organisation))
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        unknown = _("Nobody with the address %(email)s has an account yet. Ask your colleague to sign up first.")
        raise Refused("no_such_person", unknown, field="email", email=email.strip())
    if members_now(organisation.pk).filter(user=person).exists():
        already = _("%(name)s acts for this organisation already. To change the role, end the membership and add it again.")
        raise Clash("member_already", already, field="email", name=person.name)
    membership = Membership.objects.create(
        user=person, organisation=organisation, role=MemberRole(role), starts_on=china_date(now)
    )
    facts = {"organisation": str(organisation.pk), "user": str(person.pk), "role": str(role)}
    event = record("membership.started", membership, by=by, facts=facts)
    tell(messages.MEMBER_ADDED, membership, because=event)
    return membership


@transaction.atomic
def end_membership(membership_id: UUID, *, by: User, now: datetime) -> Membership:
    """Let somebody act for the organisation no longer, from this moment on: yesterday was the last day.

    Raises NotAllowed, and Refused (``last_administrator``) for the only administrator.
    """
    found = Membership.objects.filter(pk=membership_id).first()
    if found is None:
        raise NotFound()
    organisation = lock_organisation(found.organisation_id)
    require(may_manage_members(by, organisation))
    membership = members_now(organisation.pk).filter(pk=membership_id).first()
    if membership is None:
        raise Clash("membership_over", _("This membership has ended already."))
    administrators = members_now(organisation.pk).filter(role=MemberRole.ADMINISTRATOR).exclude(pk=membership.pk)
    if membership.role == MemberRole.ADMINISTRATOR and not administrators.exists():
        last = _("%(name)s is the only administrator. Make somebody else an administrator first.")
        raise Refused("last_administrator", last, name=membership.user.name)
    membership.ends_on = china_date(now) - timedelta(days=1)
    membership.starts_on = min(membership.starts_on, membership.ends_on)  # one that began today ends today as well
    membership.save(update_fields=["starts_on", "ends_on"])
    record("membership.ended", membership, by=by, facts={"organisation": str(organisation.pk), "user": str(membership.user_id)})
    return membership
