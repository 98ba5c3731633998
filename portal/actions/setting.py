"""Settings of the city: one person proposes a value from a day on, another confirms or declines it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal import messages_personal as messages
from portal.clock import china_date
from portal.kernel.canonical import digest
from portal.kernel.errors import Clash, Incomplete, NotFound, Refused
from portal.kernel.verdict import require
from portal.known_settings import KNOWN
from portal.models import Setting, SettingDecision, User
from portal.queries.frame import forget_frame
from portal.queries.settings import forget_lately
from portal.record import record
from portal.rights import may_decide_setting, may_propose_setting
from portal.tell import tell


@transaction.atomic
def propose_setting(name: str, *, value: Any, starts_on: date, why: str, by: User, now: datetime) -> Setting:
    """Propose a value for a known setting, from today or a later day on; nothing changes before a second person confirms.

    Raises NotFound, NotAllowed, Refused (``setting_…`` for a bad value, ``starts_in_the_past``),
    Incomplete ``field_missing``, Clash ``setting_waits`` while another proposal waits.
    """
    known = KNOWN.get(name)
    if known is None:
        raise NotFound()
    require(may_propose_setting(by))
    value = known.check(value)
    check_first_day(starts_on, now)
    if not why.strip():
        raise Incomplete("field_missing", field="why", missing=["why"])
    if Setting.objects.filter(name=name, decision__isnull=True).exists():
        waits = _("Another value is proposed for this setting and waits. Confirm or decline it first.")
        raise Clash("setting_waits", waits, field="value")
    setting = Setting.objects.create(name=name, value=value, starts_on=starts_on, set_by=by, set_at=now, why=why.strip()[:300])
    facts = {"name": name, "value": digest(value), "starts_on": starts_on.isoformat()}
    event = record("setting.proposed", setting, by=by, facts=facts, why=why.strip())
    tell(messages.SETTING_PROPOSED, setting, because=event)
    return setting


def confirm_setting(setting_id: UUID, *, by: User, now: datetime) -> Setting:
    """Let a proposed value be in force from its first day on.

    Raises NotAllowed (``needs_second_person``), WrongState, Refused ``starts_in_the_past`` when the
    first day went by while it waited.
    """
    return _decide(setting_id, confirmed=True, by=by, now=now)


def decline_setting(setting_id: UUID, *, by: User, now: datetime) -> Setting:
    """Let a proposed value never be in force. Raises NotAllowed (``needs_second_person``), WrongState."""
    return _decide(setting_id, confirmed=False, by=by, now=now)


@transaction.atomic
def _decide(setting_id: UUID, *, confirmed: bool, by: User, now: datetime) -> Setting:
    setting = Setting.objects.select_related("decision").filter(pk=setting_id).first()
    if setting is None:
        raise NotFound()
    require(may_decide_setting(by, setting))
    if confirmed:
        check_first_day(setting.starts_on, now)
    try:
        with transaction.atomic():
            SettingDecision.objects.create(setting=setting, confirmed=confirmed, by=by, at=now)
    except IntegrityError:
        raise Clash("decided_already", _("Somebody else decided on this just now. Open the page again.")) from None
    forget_frame()
    forget_lately()
    facts = {"name": setting.name, "value": digest(setting.value), "starts_on": setting.starts_on.isoformat()}
    event = record("setting.confirmed" if confirmed else "setting.declined", setting, by=by, facts=facts)
    tell(messages.SETTING_CONFIRMED if confirmed else messages.SETTING_DECLINED, setting, because=event)
    return setting


def check_first_day(starts_on: date, now: datetime) -> None:
    """Nothing begins before today."""
    if starts_on < china_date(now):
        past = _("The first day, %(day_on)s, is over. Choose today or a later day.")
        raise Refused("starts_in_the_past", past, field="starts_on", day_on=starts_on)
