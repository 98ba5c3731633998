"""A verified organisation asks to change a verified item; the old value stands until the bureau confirms."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import messages_organisations as messages
from portal.actions.profiling import Upload, keep, write_entry
from portal.actions.registering import check_district, head_office
from portal.clock import china_date
from portal.kernel.errors import Clash, Refused
from portal.kernel.verdict import require
from portal.locks import lock_change, lock_organisation
from portal.models import (
    AliasKind,
    FactSource,
    Organisation,
    OrganisationAlias,
    OrganisationChange,
    OrganisationKind,
    User,
)
from portal.permissions_organisations import may_ask_change, may_decide_change, may_withdraw_change
from portal.profile_items import ITEMS, VERIFIED, column_of
from portal.queries.profiles import entry_value
from portal.record import record
from portal.states import OrganisationChangeState
from portal.tell import tell
from portal.transition import move

CHANGEABLE = tuple(code for code in VERIFIED if code != "uscc")
"""The code itself stays: who has another code is another legal person, and joins by a merge."""


@transaction.atomic
def ask_change(
    organisation_id: UUID,
    *,
    item: str,
    new: str,
    why: str,
    since: date | None = None,
    file: Upload | None = None,
    by: User,
    now: datetime,
) -> OrganisationChange:
    """Ask the bureau to change one verified item, with the reason and the new licence or notice.

    ``new`` is text; for the district its id, for the head office its credit code (empty for none).
    ``since`` is the day from which it holds. Raises NotAllowed, WrongState, Refused
    (``unknown_item``, ``nothing_changed``, ``reason_missing`` …), Clash ``change_waiting``.
    """
    organisation = lock_organisation(organisation_id)
    require(may_ask_change(by, organisation))
    old, value = _old_and_new(organisation, item, new)
    if not why.strip():
        raise Refused("reason_missing", _("Write why the item changes; the bureau reads it."), field="why")
    if organisation.changes.filter(item=item, state=OrganisationChangeState.WAITING).exists():
        waiting = _("A change of this item waits for the bureau already. Take it back first, or wait for the answer.")
        raise Clash("change_waiting", waiting, field="new")
    change = OrganisationChange.objects.create(
        organisation=organisation, item=item, old=old, new=value, since=since or china_date(now), why=why.strip()[:500],
        file=keep(file, by=by, now=now), asked_by=by, asked_at=now,
    )  # fmt: skip
    event = record("organisation.change_asked", change, by=by, facts={"organisation": str(organisation.pk), "item": item})
    tell(messages.ORGANISATION_CHANGE_ASKED, change, because=event)
    return change


@transaction.atomic
def confirm_change(change_id: UUID, *, by: User, now: datetime) -> OrganisationChange:
    """The bureau finds the change right: from here on the new value stands, and a former name is kept as such.

    Raises NotAllowed, and WrongState when it was decided.
    """
    change = lock_change(change_id)
    require(may_decide_change(by, change))
    organisation = lock_organisation(change.organisation_id)
    event = _decide(change, OrganisationChangeState.CONFIRMED, by=by, now=now)
    column = column_of(change.item)
    setattr(organisation, column, change.new or (None if change.item == "parent" else ""))
    organisation.save(update_fields=[column])
    write_entry(organisation, [change.item], source=FactSource.BUREAU, by=by, now=now)
    if change.item == "name":
        _keep_former_name(change, by=by, now=now)
    tell(messages.ORGANISATION_CHANGE_CONFIRMED, change, because=event)
    return change


@transaction.atomic
def refuse_change(change_id: UUID, *, why: str, by: User, now: datetime) -> OrganisationChange:
    """The bureau does not confirm a change; what was verified goes on standing.

    Raises NotAllowed, Refused ``reason_missing``, WrongState when it was decided.
    """
    change = lock_change(change_id)
    require(may_decide_change(by, change))
    if not why.strip():
        raise Refused("reason_missing", _("Write why the change is not confirmed; the organisation reads it."), field="why")
    event = _decide(change, OrganisationChangeState.REFUSED, by=by, now=now, why=why.strip())
    tell(messages.ORGANISATION_CHANGE_REFUSED, change, because=event)
    return change


@transaction.atomic
def withdraw_change(change_id: UUID, *, by: User, now: datetime) -> OrganisationChange:
    """The organisation takes its request back. Raises NotAllowed, and WrongState when it was decided."""
    change = lock_change(change_id)
    require(may_withdraw_change(by, change))
    _decide(change, OrganisationChangeState.WITHDRAWN, by=by, now=now)
    return change


def _decide(change: OrganisationChange, state: str, *, by: User, now: datetime, why: str = ""):
    change.decided_by, change.decided_at = by, now
    facts = {"organisation": str(change.organisation_id), "item": change.item}
    return move(change, to=state, by=by, also=["decided_by", "decided_at"], why=why, facts=facts)


def _old_and_new(organisation: Organisation, item: str, new: str) -> tuple[str, str]:
    if item not in CHANGEABLE:
        raise Refused("unknown_item", _("“%(item)s” is not changed by a request."), field="item", item=item)
    old, value = entry_value(organisation, item), new.strip()
    if item == "parent":
        value = str(getattr(head_office(value), "pk", ""))
    elif item == "district":
        check_district(UUID(value))
    elif item == "kind" and value not in OrganisationKind.values:
        raise Refused("unknown_item", _("Choose one of the list."), field="new")
    elif item != "address" and not value:
        raise Refused("nothing_changed", _("Write the new value."), field="new")
    if len(value) > ITEMS[item].most:
        long = _("This is longer than %(most)s characters.")
        raise Refused("too_long", long, field="new", most=ITEMS[item].most)
    if value == old:
        raise Refused("nothing_changed", _("This is what stands there already."), field="new")
    return old, value


def _keep_former_name(change: OrganisationChange, *, by: User, now: datetime) -> None:
    last = change.since - timedelta(days=1)
    OrganisationAlias.objects.get_or_create(
        organisation_id=change.organisation_id, name=change.old, kind=AliasKind.FORMER, removed_at=None,
        defaults={"ends_on": last, "entered_by": by, "entered_at": now},
    )  # fmt: skip
