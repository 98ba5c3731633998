"""An organisation's profile: its values are stated by it, or vouched for by the bureau; nothing is rewritten."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import vault
from portal.clock import china_date
from portal.kernel.errors import NotFound, Refused
from portal.kernel.money import MOST_FEN
from portal.kernel.verdict import require
from portal.locks import lock_organisation
from portal.models import FactSource, Organisation, OrganisationFact, StoredFile, User
from portal.permissions_organisations import may_state_facts, may_vouch_facts
from portal.profile_items import ITEMS, NATURES, Item, in_group
from portal.queries.profiles import entry_value, newest_facts
from portal.record import record

FIRST_YEAR, MOST_COUNT, MOST_MIB = 1990, 10_000_000, 20
KINDS = ("application/pdf", "image/png", "image/jpeg")
OWN = (FactSource.ORGANISATION, FactSource.DOCUMENT)
ADDRESS = re.compile(r"https?://[^\s]+", re.IGNORECASE)
Upload = tuple[str, bytes]
"""A file as it arrives: its name and its bytes."""


@transaction.atomic
def state_facts(
    organisation_id: UUID,
    *,
    values: Mapping[str, object],
    year: int | None = None,
    file: Upload | None = None,
    by: User,
    now: datetime,
) -> list[OrganisationFact]:
    """Write what the organisation says of itself; only what differs from what is known becomes a new value.

    ``values`` by item (money in fen, days as ISO text, None where nothing is to stand); yearly items
    need ``year``, one year at a time. With a ``file`` the source of each new value is the document,
    else the organisation. Items of the entry are not written here: they are corrected or changed.
    Raises NotAllowed, Refused ``fact_malformed`` (fact ``field``), or what the vault refuses.
    """
    organisation = lock_organisation(organisation_id)
    require(may_state_facts(by, organisation))
    check_values(values, year=year, now=now)
    changed = differing(organisation, values, year=year)
    if not changed:
        return []
    kept = keep(file, by=by, now=now)
    source = FactSource.DOCUMENT if kept else FactSource.ORGANISATION
    facts = write_facts(organisation, changed, year=year, source=source, file=kept, by=by, now=now)
    record("organisation.profiled", organisation, by=by, facts=told(facts))
    return facts


@transaction.atomic
def vouch_fact(
    organisation_id: UUID,
    *,
    item: str,
    year: int | None = None,
    source: str = FactSource.BUREAU,
    source_note: str = "",
    file: Upload | None = None,
    by: User,
    now: datetime,
) -> OrganisationFact:
    """An officer finds a stated value right: the same value, from here on with the bureau, register or document as source.

    A register is named in ``source_note``; a document comes with its ``file``. Raises NotAllowed,
    NotFound where there is no value, Refused ``source_missing``.
    """
    organisation = lock_organisation(organisation_id)
    require(may_vouch_facts(by, organisation))
    newest = newest_facts(organisation.pk).get((item, year))
    if newest is None or newest.value in (None, ""):
        raise NotFound()
    if source == FactSource.REGISTER and not source_note.strip():
        raise Refused("source_missing", _("Name the register in which you found the value."), field="source_note")
    if source == FactSource.DOCUMENT and file is None:
        raise Refused("source_missing", _("Add the document in which you found the value."), field="file")
    if source not in FactSource.values or source == FactSource.ORGANISATION:
        raise Refused("source_missing", _("Say what vouches for the value: the bureau, a register or a document."), field="source")
    facts = write_facts(
        organisation, {item: newest.value}, year=year, source=source, note=source_note.strip(),
        file=keep(file, by=by, now=now), by=by, now=now,
    )  # fmt: skip
    record("organisation.vouched", organisation, by=by, facts=told(facts))
    return facts[0]


def write_entry(organisation: Organisation, codes: Iterable[str], *, source: str, by: User, now: datetime) -> None:
    """Keep the present values of items of the entry as facts; within the caller's transaction, under its lock."""
    values = {code: entry_value(organisation, code) for code in codes}
    write_facts(organisation, values, source=source, by=by, now=now)


def write_facts(
    organisation: Organisation,
    values: Mapping[str, object],
    *,
    year: int | None = None,
    source: str,
    note: str = "",
    file: StoredFile | None = None,
    by: User,
    now: datetime,
) -> list[OrganisationFact]:
    """Add the next value of each item; the caller holds the organisation."""
    newest = newest_facts(organisation.pk)
    facts = [
        OrganisationFact(
            organisation=organisation,
            item=code,
            year=year,
            value=value,
            unit=ITEMS[code].unit,
            as_of=china_date(now),
            source=source,
            source_note=note,
            file=file,
            entered_by=by,
            entered_at=now,
            version=newest[code, year].version + 1 if (code, year) in newest else 1,
        )
        for code, value in values.items()
    ]
    return OrganisationFact.objects.bulk_create(facts)


def differing(organisation: Organisation, values: Mapping[str, object], *, year: int | None) -> dict[str, object]:
    """What differs from the present values; nothing and empty are the same."""
    newest = newest_facts(organisation.pk)
    plain = {code: value.strip() if isinstance(value, str) else value for code, value in values.items()}
    known = {code: newest[code, year].value if (code, year) in newest else None for code in plain}
    return {code: value for code, value in plain.items() if (value or None) != (known[code] or None) or (value == 0) != (known[code] == 0)}


def keep(file: Upload | None, *, by: User, now: datetime) -> StoredFile | None:
    """Store a document that comes with a value: PDF, PNG or JPEG."""
    if file is None:
        return None
    name, content = file
    kind = vault.kind_of(content, name=name, kinds=KINDS, most_mib=MOST_MIB)
    return vault.store(content, name=name[-200:], kind=kind, by=by, now=now)


def told(facts: Iterable[OrganisationFact]) -> dict[str, object]:
    """What the record says of new values: which rows of which items, never the values."""
    return {"facts": [{"id": str(fact.pk), "item": fact.item, "year": fact.year} for fact in facts]}


def check_values(values: Mapping[str, object], *, year: int | None, now: datetime) -> None:
    """Every value is one that its item can have; yearly items come with a year that is not to come."""
    known = {item.code: item for item in in_group("about", "contact", "figures")}
    for code, value in values.items():
        item = known.get(code)
        if item is None or item.yearly != (year is not None):
            raise _malformed(code, _("%(item)s is not written here.") % {"item": ITEMS[code].word if code in ITEMS else code})
        if year is not None and not FIRST_YEAR <= year <= china_date(now).year:
            raise _malformed("year", _("Give a year between %(first)s and this one.") % {"first": FIRST_YEAR})
        if value not in (None, ""):
            _check(item, value, now)
    staff, rd_staff = values.get("staff"), values.get("rd_staff")
    if isinstance(staff, int) and isinstance(rd_staff, int) and rd_staff > staff:
        raise _malformed("rd_staff", _("There are more R&D staff than staff. Correct one of the two."))


def _check(item: Item, value: object, now: datetime) -> None:
    words = {"item": item.word, "most": item.most}
    if item.kind in ("money", "count"):
        most = MOST_FEN if item.kind == "money" else MOST_COUNT
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            raise _malformed(item.code, _("%(item)s must be a whole number from nothing up.") % words)
    elif item.kind == "day":
        if not _is_past_day(value, now):
            raise _malformed(item.code, _("%(item)s must be a day that is not to come.") % words)
    elif item.kind == "choice" and value not in NATURES:
        raise _malformed(item.code, _("%(item)s: choose one of the list.") % words)
    elif item.kind == "url" and not ADDRESS.fullmatch(str(value)):
        raise _malformed(item.code, _("%(item)s must begin with https:// or http://.") % words)
    elif not isinstance(value, str) or len(value) > item.most:
        raise _malformed(item.code, _("%(item)s is longer than %(most)s characters.") % words)


def _is_past_day(value: object, now: datetime) -> bool:
    try:
        return date.fromisoformat(str(value)) <= china_date(now)
    except ValueError:
        return False


def _malformed(field: str, message: object) -> Refused:
    return Refused("fact_malformed", message, field=field)
