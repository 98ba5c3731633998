"""Who acts for an organisation, who did, and who may take over."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate

from portal.clock import CHINA, PortalNow
from portal.models import MemberRole, Membership
from portal.queries.organisations import members_now
from portal.queries.people import today


def former_members(organisation_id: UUID) -> QuerySet[Membership]:
    """Memberships of an organisation that are over, the newest ending first."""
    day = TruncDate(PortalNow(), tzinfo=CHINA)
    rows = Membership.objects.filter(organisation_id=organisation_id, ends_on__lt=day).select_related("user")
    return rows.order_by("-ends_on", "-starts_on", "user__name", "pk")


def administrators_for_good(organisation_id: UUID) -> QuerySet[Membership]:
    """Administrators who can still sign in and have no last day: an organisation keeps at least one."""
    rows = Membership.objects.filter(today(), organisation_id=organisation_id, role=MemberRole.ADMINISTRATOR)
    return rows.filter(ends_on=None, user__is_active=True)


def own_membership(user, organisation_id: UUID) -> Membership | None:
    """The membership under which a person acts for an organisation today."""
    return Membership.objects.filter(today(), user_id=user.pk, organisation_id=organisation_id).first()


def colleagues_of(user_id: UUID, organisation_id: UUID) -> QuerySet[Membership]:
    """Who else acts for the organisation today and can sign in."""
    return members_now(organisation_id).filter(~Q(user_id=user_id), user__is_active=True)


def ended_lately(user, since) -> Membership | None:
    """The membership of a person that ended last, on or after a day, where nothing followed it."""
    ended = Membership.objects.filter(user_id=user.pk, ends_on__gte=since).exclude(today()).select_related("organisation")
    last = ended.order_by("-ends_on", "-starts_on").first()
    if last is None or own_membership(user, last.organisation_id):
        return None
    return last
