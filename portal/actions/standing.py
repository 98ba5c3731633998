"""What is known against an organisation is recorded: credit checks, dishonesty, its repair."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal import messages_on_standing as messages
from portal import vault
from portal.clock import CLOCK, china_date
from portal.kernel.errors import Clash, Incomplete, NotFound, Refused
from portal.kernel.verdict import require
from portal.locks import lock_organisation
from portal.models import (
    CreditCheck,
    CreditResult,
    CreditRuling,
    CreditSite,
    Dishonesty,
    DishonestyState,
    Event,
    StoredFile,
    User,
)
from portal.permissions_on_standing import (
    may_confirm_dishonesty,
    may_pass_record,
    may_record_credit,
    may_record_dishonesty,
    may_repair_dishonesty,
)
from portal.queries.doers import doer_of
from portal.record import record
from portal.tell import tell
from portal.transition import move

PICTURES = ("image/png", "image/jpeg", "application/pdf")
MOST_MIB = 20
LONGEST = 4000
File = tuple[str, bytes]
"""A file as its name and its bytes."""


def know_sites(rows: Iterable[Mapping[str, str]], *, days: int) -> None:
    """Take over the credit sites that adopted rules name, and how long a check of theirs counts."""
    for row in rows:
        CreditSite.objects.update_or_create(
            code=row["code"],
            defaults={"name": row["name"], "name_en": row["name_en"], "address": row["address"], "valid_days": days},
        )


@transaction.atomic
def record_credit_check(
    organisation_id: UUID,
    *,
    site: str,
    checked_on: date,
    result: str,
    found: str = "",
    screenshot: File | None = None,
    corrects: UUID | None = None,
    by: User,
    now: datetime,
) -> CreditCheck:
    """Record what one credit site showed of an organisation, with a picture; ``corrects`` replaces a wrong row.

    One site is looked up once a day: whoever comes second reads what the first has recorded. Raises
    NotAllowed, NotFound for an unknown site or row, Incomplete ``screenshot_missing`` or ``found_missing``,
    Refused ``checked_in_future``, Clash ``check_recorded`` or ``check_corrected_already``, and what
    the vault refuses of the file.
    """
    organisation = lock_organisation(organisation_id)
    require(may_record_credit(by, organisation))
    if not CreditSite.objects.filter(pk=site).exists():
        raise NotFound("unknown_site", _("The rules name no such credit site. Choose one from the list."))
    if checked_on > china_date(now):
        raise Refused("checked_in_future", _("The check cannot be of %(checked_on)s, which is not yet here."), field="checked_on",
                      checked_on=checked_on)  # fmt: skip
    if result == CreditResult.RECORD and not found.strip():
        raise Incomplete("found_missing", _("Write what the site shows: kind of record, number, day."), field="found")
    if result != CreditResult.UNREACHABLE and screenshot is None:
        raise Incomplete("screenshot_missing", _("Add the picture of what the site showed."), field="screenshot")
    wrong = _to_correct(organisation.pk, site, corrects)
    if wrong is None and result != CreditResult.UNREACHABLE:
        _refuse_twice(organisation.pk, site, checked_on)
    kept = _store(screenshot, by, now, PICTURES)
    check = CreditCheck.objects.create(
        organisation=organisation, site_id=site, checked_on=checked_on, result=result, found=found.strip()[:LONGEST],
        screenshot=kept, corrects=wrong, by=by, at=now,
    )  # fmt: skip
    facts = {
        "organisation": str(organisation.pk), "site": site, "checked_on": checked_on.isoformat(), "result": str(result),
        "screenshot": kept.sha256 if kept else None, "corrects": str(wrong.pk) if wrong else None,
    }  # fmt: skip
    event = record("credit_check.recorded", check, by=by, facts=facts, why=check.found)
    if result == CreditResult.RECORD:
        tell(messages.CREDIT_RECORD_FOUND, check, because=event)
    return check


@transaction.atomic
def let_record_pass(check_id: UUID, *, why: str, by: User, now: datetime) -> CreditRuling:
    """Decide that what a check found does not stand against the organisation, with the reason.

    Raises NotAllowed (``recorded_by_the_same``), WrongState, Incomplete ``reason_missing``.
    """
    check = _hold_check(check_id)
    require(may_pass_record(by, check))
    ruling = CreditRuling.objects.create(credit_check=check, reason=_reason(why), by=by, at=now)
    record("credit_check.let_pass", check, by=by, facts={"organisation": str(check.organisation_id)}, why=ruling.reason)
    return ruling


@transaction.atomic
def record_dishonesty(
    organisation_id: UUID,
    *,
    kind: str,
    source: str,
    document_number: str,
    from_on: date,
    words: str,
    credit_check_id: UUID | None = None,
    by: User,
    now: datetime,
) -> Dishonesty:
    """Enter that an organisation stands on a dishonesty list; it takes effect when a second person confirms it.

    Raises NotAllowed, Incomplete ``field_missing``, NotFound for a check of another organisation,
    Refused ``dishonesty_in_future``, Clash ``dishonesty_recorded``.
    """
    organisation = lock_organisation(organisation_id)
    require(may_record_dishonesty(by, organisation))
    written = {"source": source.strip(), "document_number": document_number.strip(), "words": words.strip()[:LONGEST]}
    for field, text in written.items():
        if not text:
            raise Incomplete("field_missing", field=field, missing=[field])
    if from_on > china_date(now):
        raise Refused("dishonesty_in_future", _("%(from_on)s is not yet here. Enter the day of the decision."), field="from_on", from_on=from_on)
    if credit_check_id and not organisation.credit_checks.filter(pk=credit_check_id).exists():
        raise NotFound()
    try:
        with transaction.atomic():
            dishonesty = Dishonesty.objects.create(
                organisation=organisation, kind=kind, from_on=from_on, credit_check_id=credit_check_id, recorded_by=by,
                recorded_at=now, **written,
            )  # fmt: skip
    except IntegrityError:
        raise Clash("dishonesty_recorded", _("This decision is entered already. Look at the list."), field="document_number") from None
    facts = {"organisation": str(organisation.pk), "kind": str(kind), "from_on": from_on.isoformat()}
    event = record("dishonesty.recorded", dishonesty, by=by, facts=facts, why=dishonesty.words)
    tell(messages.DISHONESTY_TO_CONFIRM, dishonesty, because=event)
    return dishonesty


@transaction.atomic
def confirm_dishonesty(dishonesty_id: UUID, *, by: User, now: datetime) -> Dishonesty:
    """A second person confirms dishonesty: from here on it excludes from what the rules name.

    Raises NotAllowed (``recorded_by_the_same``), WrongState.
    """
    dishonesty = _hold_dishonesty(dishonesty_id)
    require(may_confirm_dishonesty(by, dishonesty))
    dishonesty.confirmed_by, dishonesty.confirmed_at = by, now
    event = move(dishonesty, to=DishonestyState.CONFIRMED, by=by, also=["confirmed_by", "confirmed_at"])
    tell(messages.DISHONESTY_IN_FORCE, dishonesty, because=event)
    return dishonesty


@transaction.atomic
def drop_dishonesty(dishonesty_id: UUID, *, why: str, by: User, now: datetime) -> Dishonesty:
    """A second person finds that an entry is wrong; it never takes effect.

    Raises NotAllowed, WrongState, Incomplete ``reason_missing``.
    """
    dishonesty = _hold_dishonesty(dishonesty_id)
    require(may_confirm_dishonesty(by, dishonesty))
    event = move(dishonesty, to=DishonestyState.DROPPED, by=by, why=_reason(why))
    tell(messages.DISHONESTY_DROPPED, dishonesty, because=event)
    return dishonesty


@transaction.atomic
def repair_dishonesty(
    dishonesty_id: UUID, *, repaired_on: date, repair_number: str, document: File | None, by: User, now: datetime
) -> Dishonesty:
    """Enter that dishonesty is repaired (信用修复), with the decision and its day; it excludes no longer.

    Raises NotAllowed, WrongState, Incomplete ``repair_document_missing``, Refused ``repaired_in_future``.
    """
    dishonesty = _hold_dishonesty(dishonesty_id)
    require(may_repair_dishonesty(by, dishonesty))
    if not repair_number.strip() or document is None:
        missing = "repair_number" if not repair_number.strip() else "document"
        raise Incomplete("repair_document_missing", _("A repair needs the decision: its number and its document."), field=missing)
    if not dishonesty.from_on <= repaired_on <= china_date(now):
        wrong = _("The repair cannot be of %(repaired_on)s: it lies before the entry or is not yet here.")
        raise Refused("repaired_in_future", wrong, field="repaired_on", repaired_on=repaired_on)
    kept = _store(document, by, now, PICTURES)
    dishonesty.repaired_on, dishonesty.repair_number = repaired_on, repair_number.strip()
    dishonesty.repair_file, dishonesty.repaired_by = kept, by
    event = move(
        dishonesty, to=DishonestyState.REPAIRED, by=by, also=["repaired_on", "repair_number", "repair_file", "repaired_by"],
        facts={"repaired_on": repaired_on.isoformat(), "document": kept.sha256},
    )  # fmt: skip
    tell(messages.DISHONESTY_REPAIRED, dishonesty, because=event)
    return dishonesty


@transaction.atomic
def remind_of_checks(organisation_id: UUID, check_ids: Iterable[UUID], *, now: datetime) -> None:
    """Tell those who look an organisation up that checks of its credit run out; each check is told of once.

    One message names the organisation, however many of its checks run out together. Quiet where all were told of.
    """
    organisation = lock_organisation(organisation_id)
    told = Event.objects.filter(subject_id__in=list(check_ids), kind="credit_check.expiring").values("subject_id")
    events = [
        record("credit_check.expiring", check, by=CLOCK, facts={"organisation": str(organisation.pk), "site": check.site_id})
        for check in organisation.credit_checks.filter(pk__in=list(check_ids)).exclude(pk__in=told).order_by("site_id")
    ]
    if events:
        tell(messages.CREDIT_EXPIRING, organisation, because=events[0])


def _hold_check(check_id: UUID) -> CreditCheck:
    """A check, its organisation held: checks are append-only and cannot be locked themselves."""
    check = CreditCheck.objects.filter(pk=check_id).first()
    if check is None:
        raise NotFound()
    organisation = lock_organisation(check.organisation_id)
    check = CreditCheck.objects.select_related("ruling", "corrected_by").get(pk=check_id)
    check.organisation = organisation
    return check


def _hold_dishonesty(dishonesty_id: UUID) -> Dishonesty:
    found = Dishonesty.objects.filter(pk=dishonesty_id).values_list("organisation_id", flat=True).first()
    if found is None:
        raise NotFound()
    organisation = lock_organisation(found)
    dishonesty = Dishonesty.objects.select_for_update().get(pk=dishonesty_id)
    dishonesty.organisation = organisation
    return dishonesty


def _refuse_twice(organisation_id: UUID, site: str, on: date) -> None:
    """The organisation is held, so two people who look the same site up cannot both come through."""
    looked = CreditCheck.objects.filter(organisation_id=organisation_id, site_id=site, checked_on=on, corrects__isnull=True)
    first = looked.exclude(result=CreditResult.UNREACHABLE).select_related("by").first()
    if first is not None:
        said = _("%(name)s has recorded this site for %(checked_on)s already. Look at that check; if it is wrong, correct it.")
        raise Clash("check_recorded", said, field="checked_on", name=doer_of(first.by, first.at), checked_on=on)


def _to_correct(organisation_id: UUID, site: str, check_id: UUID | None) -> CreditCheck | None:
    if check_id is None:
        return None
    wrong = CreditCheck.objects.filter(pk=check_id, organisation_id=organisation_id, site_id=site).first()
    if wrong is None:
        raise NotFound()
    if CreditCheck.objects.filter(corrects=wrong).exists():
        raise Clash("check_corrected_already", _("This check was corrected already. Open the page again."))
    return wrong


def _store(file: File | None, by: User, now: datetime, kinds: tuple[str, ...]) -> StoredFile | None:
    if file is None:
        return None
    name, content = file
    kind = vault.kind_of(content, name=name, kinds=kinds, most_mib=MOST_MIB)
    return vault.store(content, name=name[-200:], kind=kind, by=by, now=now)


def _reason(why: str) -> str:
    if not why.strip():
        raise Incomplete("reason_missing", _("A reason is missing. Write what you found."), field="why", missing=["why"])
    return why.strip()[:LONGEST]
