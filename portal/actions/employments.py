"""Where experts work and worked is entered, ended, corrected, withdrawn, and declared complete once a year."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.actions.proving import File, check_days, check_source, keep_document
from portal.clock import china_date
from portal.kernel.errors import Clash, Incomplete, NotFound, Refused
from portal.kernel.verdict import require
from portal.locks import lock_person
from portal.models import Employment, EmploymentDeclaration, Organisation, Source, User
from portal.permissions_on_standing import may_change_employment, may_enter_employment
from portal.record import record


@transaction.atomic
def enter_employment(
    user_id: UUID,
    *,
    organisation_id: UUID | None = None,
    employer: str = "",
    from_on: date,
    until_on: date | None = None,
    source: str = Source.HUMAN,
    source_on: date | None = None,
    source_note: str = "",
    document: File | None = None,
    corrects: UUID | None = None,
    by: User,
    now: datetime,
) -> Employment:
    """Enter where an expert works or worked; an employer of the portal counts as a conflict with its cases.

    What experts enter themselves is declared on the day; officials name the source. ``corrects``
    withdraws a wrong row in the same step. Raises NotAllowed, NotFound, Incomplete
    ``employer_missing`` or ``document_missing``, Refused ``ends_before_it_begins`` or ``source_in_future``.
    """
    person = lock_person(user_id)
    require(may_enter_employment(by, person))
    if organisation_id is None and not employer.strip():
        raise Incomplete("employer_missing", _("Name the employer: choose it from the list, or write its name."), field="employer")
    if organisation_id and not Organisation.objects.filter(pk=organisation_id).exists():
        raise NotFound()
    if from_on > china_date(now):
        raise Refused("source_in_future", _("%(day)s is not yet here. Enter the day on which it began."), field="from_on", day=from_on)
    check_days(from_on, until_on)
    if by.pk == person.pk:
        source, source_on = Source.DECLARED, china_date(now)
    source_on = source_on or china_date(now)
    check_source(source, source_on, document, now)
    wrong = person.employments.filter(pk=corrects).first() if corrects else None
    if corrects and wrong is None:
        raise NotFound()
    if wrong:
        _withdraw_employment(wrong, by=by, now=now)
    kept = keep_document(document, by=by, now=now)
    employment = Employment.objects.create(
        user=person, organisation_id=organisation_id, employer="" if organisation_id else employer.strip()[:120],
        from_on=from_on, until_on=until_on, source=source, source_on=source_on, source_note=source_note.strip()[:200],
        document=kept, corrects=wrong, entered_by=by, entered_at=now,
    )  # fmt: skip
    facts = {
        "organisation": str(organisation_id) if organisation_id else None, "from_on": from_on.isoformat(), "source": str(source),
        "document": kept.sha256 if kept else None, "corrects": str(wrong.pk) if wrong else None,
    }  # fmt: skip
    record("employment.entered", employment, by=by, facts=facts)
    return employment


@transaction.atomic
def end_employment(employment_id: UUID, *, until_on: date, by: User, now: datetime) -> Employment:
    """Enter the last day of an employment; it is set once. Raises NotAllowed, WrongState, Refused ``ends_before_it_begins``."""
    employment = _hold_employment(employment_id)
    require(may_change_employment(by, employment))
    if employment.until_on:
        raise Clash("employment_ended_already", _("This employment has its last day already. Withdraw it where it is wrong."))
    check_days(employment.from_on, until_on)
    employment.until_on = until_on
    employment.save(update_fields=["until_on"])
    record("employment.ended", employment, by=by, facts={"until_on": until_on.isoformat()})
    return employment


@transaction.atomic
def withdraw_employment(employment_id: UUID, *, by: User, now: datetime) -> Employment:
    """Take back an employment that was entered wrongly. Raises NotAllowed, WrongState."""
    return _withdraw_employment(_hold_employment(employment_id), by=by, now=now)


@transaction.atomic
def declare_employments(*, by: User, now: datetime) -> EmploymentDeclaration:
    """An expert declares for this year that the employments entered are all there are.

    Raises NotAllowed, Clash ``declared_already``.
    """
    require(may_enter_employment(by, by))
    year = china_date(now).year
    try:
        with transaction.atomic():
            declaration = EmploymentDeclaration.objects.create(user=by, year=year, at=now)
    except IntegrityError:
        raise Clash("declared_already", _("You have declared this for the year already.")) from None
    record("employments.declared", declaration, by=by, facts={"year": year})
    return declaration


def _withdraw_employment(employment: Employment, *, by: User, now: datetime) -> Employment:
    """The person is held, and with them their employments."""
    require(may_change_employment(by, employment))
    employment.withdrawn_by, employment.withdrawn_at = by, now
    employment.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record("employment.withdrawn", employment, by=by)
    return employment


def _hold_employment(employment_id: UUID) -> Employment:
    employment = Employment.objects.select_for_update(of=("self",)).select_related("user").filter(pk=employment_id).first()
    if employment is None:
        raise NotFound()
    return employment
