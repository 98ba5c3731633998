"""Bank accounts: entered by the poster, confirmed by finance; a change lets payments rest and voids what is under way."""

import re
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from funding.actions.disbursing.paying import end_payment
from funding.locks import hold_payments, lock_bank_account
from funding.messages import accounts as messages
from funding.models import BankAccount, FundingRules, Payment
from funding.permissions.accounts import may_confirm_bank_account, may_enter_bank_account
from funding.policy.defaults import FUNDING
from funding.queries.payments import newest_account
from funding.states import PaymentState
from portal.actions.duties import name_parties, take_duty
from portal.clock import china_date
from portal.duties import Duty, Scope
from portal.kernel.calendar import period_end
from portal.kernel.errors import Clash, Refused
from portal.kernel.naming import Known, Naming, naming_for
from portal.kernel.verdict import require
from portal.locks import lock_organisation
from portal.models import Organisation, User
from portal.queries.namings import namings_of
from portal.record import record
from portal.tell import tell

DIGITS = re.compile(r"[0-9]{8,34}")
UNSENT = (PaymentState.PREPARED, PaymentState.APPROVED)


@transaction.atomic
def enter_bank_account(
    organisation_id: UUID, *, holder: str, bank: str, number: str, by: User, now: datetime
) -> BankAccount:
    """Enter an organisation's account, or a new version of it; payments that are not sent yet become void.

    It is in the organisation's present name, or of who took it in by a merge that holds today. Raises NotAllowed, Refused ``account_holder_differs``, ``account_number_digits``, ``account_unchanged``.
    """
    under_way = Payment.objects.filter(instalment__project__poster=organisation_id, state__in=UNSENT)
    payments = hold_payments(under_way)
    organisation = lock_organisation(organisation_id)
    require(may_enter_bank_account(by, organisation))
    holder, bank, number = holder.strip(), bank.strip(), "".join(number.split())
    held_as = _holder(holder, organisation, china_date(now))
    if not DIGITS.fullmatch(number):
        raise Refused("account_number_digits", field="number")
    last = newest_account(organisation.pk)
    if last and (last.holder, last.bank, last.number) == (holder, bank, number):
        raise Refused("account_unchanged", field="number")
    account = BankAccount.objects.create(
        organisation=organisation,
        version=last.version + 1 if last else 1,
        holder=holder,
        bank=bank,
        number=number,
        entered_by=by,
        entered_at=now,
    )
    name_parties(Scope.ACCOUNT.of(account.pk), [organisation.pk, UUID(held_as.of)])
    take_duty(Duty.ENTERS_ACCOUNT, Scope.ACCOUNT.of(account.pk), by=by, now=now)
    event = record("bankaccount.entered", account, by=by, facts={"version": account.version})
    tell(messages.ACCOUNT_ENTERED, account, because=event)
    for payment in payments:
        if payment.state in UNSENT:
            end_payment(payment, reason="account_changed", by=by)
    return account


@transaction.atomic
def confirm_bank_account(account_id: UUID, *, by: User, now: datetime) -> BankAccount:
    """Confirm an account after comparing it with the organisation's papers.

    The first one may be used at once; after a change payments rest for the working days of the
    rules, counted from the day after. Raises NotAllowed (``confirms_own_account``,
    ``confirms_and_pays``), WrongState, Clash ``account_replaced``, UnknownYear.
    """
    account = lock_bank_account(account_id)
    require(may_confirm_bank_account(by, account))
    take_duty(Duty.CONFIRMS_ACCOUNT, Scope.ACCOUNT.of(account.pk), by=by, now=now)
    if newest_account(account.organisation_id).pk != account.pk:
        raise Clash("account_replaced")
    earlier = BankAccount.objects.filter(organisation=account.organisation, confirmed_by__isnull=False)
    account.usable_from = rest_after(china_date(now)) if earlier.exists() else china_date(now)
    account.confirmed_by, account.confirmed_at = by, now
    account.save(update_fields=["confirmed_by", "confirmed_at", "usable_from"])
    facts = {"version": account.version, "usable_from": account.usable_from.isoformat()}
    event = record("bankaccount.confirmed", account, by=by, facts=facts)
    tell(messages.ACCOUNT_CONFIRMED, account, because=event)
    return account


def _holder(holder: str, organisation: Organisation, on: date) -> Naming:
    held_as = naming_for(holder, namings_of([organisation.pk])[organisation.pk], on)
    if held_as is None or held_as.known == Known.FORMER:
        raise Refused("account_holder_differs", holder=holder, organisation=organisation.name, field="holder")
    return held_as


def rest_after(confirmed_on: date) -> date:
    """The first day on which payments may go to an account whose change was confirmed on a day."""
    longest = FundingRules.objects.aggregate(days=Max("account_freeze_working_days"))["days"]
    days = FUNDING["account_freeze_working_days"] if longest is None else longest
    if not days:
        return confirmed_on
    return period_end(confirmed_on + timedelta(days=1), days) + timedelta(days=1)
