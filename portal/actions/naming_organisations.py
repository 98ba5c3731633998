"""Former and short names of an organisation, and asking to be let in."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal import messages_organisations as messages
from portal.clock import china_date
from portal.kernel.errors import Clash, NotFound, Refused, WrongState
from portal.kernel.verdict import require
from portal.locks import lock_organisation
from portal.models import AliasKind, JoinRequest, OrganisationAlias, User
from portal.permissions_organisations import may_ask_to_join, may_name
from portal.record import record
from portal.tell import tell

LONGEST = 120


@transaction.atomic
def add_alias(
    organisation_id: UUID,
    *,
    name: str,
    kind: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
    by: User,
    now: datetime,
) -> OrganisationAlias:
    """Enter another name: a former one with its last day, or a short one; searches find it.

    Raises NotAllowed, Refused (``name_missing``, ``last_day_missing``, ``ends_before_it_begins``), Clash ``alias_there``.
    """
    organisation = lock_organisation(organisation_id)
    require(may_name(by, organisation))
    plain = name.strip()
    if not plain or len(plain) > LONGEST or kind not in AliasKind.values:
        raise Refused("name_missing", _("Write a name of at most %(most)s characters."), field="name", most=LONGEST)
    if kind == AliasKind.FORMER and ends_on is None:
        raise Refused("last_day_missing", _("A former name has a last day. Enter it."), field="ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused("ends_before_it_begins", _("The last day lies before the first."), field="ends_on")
    if organisation.aliases.filter(name=plain, kind=kind, removed_at__isnull=True).exists():
        raise Clash("alias_there", _("This name is entered already."), field="name")
    alias = OrganisationAlias.objects.create(
        organisation=organisation, name=plain, kind=kind, starts_on=starts_on, ends_on=ends_on, entered_by=by, entered_at=now
    )
    record("organisation.named", organisation, by=by, facts={"alias": str(alias.pk), "kind": kind})
    return alias


@transaction.atomic
def remove_alias(alias_id: UUID, *, by: User, now: datetime) -> OrganisationAlias:
    """Take a name out that was entered by mistake; it is no longer found. Raises WrongState on the second click."""
    found = OrganisationAlias.objects.filter(pk=alias_id).first()
    if found is None:
        raise NotFound()
    organisation = lock_organisation(found.organisation_id)
    require(may_name(by, organisation))
    alias = OrganisationAlias.objects.get(pk=alias_id)
    if alias.removed_at is not None:
        raise WrongState("alias_removed", _("This name was removed before."))
    alias.removed_at = now
    alias.save(update_fields=["removed_at"])
    record("organisation.unnamed", organisation, by=by, facts={"alias": str(alias.pk)})
    return alias


@transaction.atomic
def ask_to_join(organisation_id: UUID, *, by: User, now: datetime) -> JoinRequest:
    """Ask an organisation's administrators to be let in; they get the person's name and address, the person not theirs.

    Raises NotAllowed, NotFound, and Clash (``asked_today``, ``already_member``).
    """
    organisation = lock_organisation(organisation_id)
    require(may_ask_to_join(by, organisation))
    try:
        with transaction.atomic():
            request = JoinRequest.objects.create(
                organisation=organisation, person=by, asked_on=china_date(now), asked_at=now
            )
    except IntegrityError:
        asked = _("You asked this organisation today. Its administrators have your message; wait for their invitation.")
        raise Clash("asked_today", asked) from None
    event = record("organisation.join_asked", request, by=by, facts={"organisation": str(organisation.pk)})
    tell(messages.JOIN_ASKED, request, because=event)
    return request
