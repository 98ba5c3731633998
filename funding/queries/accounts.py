"""Bank accounts: whose they are, and who may know of them."""

from datetime import date

from django.db.models import Case, F, Max, Q, QuerySet, When

from funding.models import BankAccount
from funding.queries import payments
from funding.queries.payments import FINANCE
from portal.kernel.naming import Known
from portal.models import Organisation, Role
from portal.permissions import holds
from portal.queries.namings import namings_of
from portal.queries.people import powers_of


def visible_to(user) -> QuerySet[BankAccount]:
    """Bank accounts this person may know about: the organisation's own people, and finance."""
    accounts = BankAccount.objects.select_related("organisation", "entered_by", "confirmed_by")
    if user.is_authenticated and user.seen_by:
        return accounts.none()
    if holds(user, *FINANCE):
        return accounts
    return accounts.filter(organisation__in=powers_of(user).views)


def holders_visible_to(user) -> QuerySet[Organisation]:
    """Organisations whose bank account this person may see; none in a look for support."""
    if user.is_authenticated and user.seen_by:
        return Organisation.objects.none()
    if holds(user, *FINANCE):
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in=powers_of(user).views)


def holders_on(organisation: Organisation, on: date) -> list[str]:
    """In whose name an organisation may enter an account on a day: its own, and that of who took it in."""
    names = namings_of([organisation.pk])[organisation.pk]
    return [each.name for each in names if each.known != Known.FORMER and each.until_on is None and each.holds_on(on)]


def paid_as_seen_by(user) -> QuerySet[BankAccount]:
    """The accounts to which a payment goes that this person may know about."""
    accounts = BankAccount.objects.select_related("organisation", "entered_by", "confirmed_by")
    return accounts.filter(pk__in=payments.visible_to(user).values("account_id"))


def known_to(user) -> QuerySet[BankAccount]:
    """Bank accounts that this person meets at least masked: also those of payments that they audit."""
    return paid_as_seen_by(user) if holds(user, Role.DISCIPLINE, Role.AUDITOR) else visible_to(user)


def newest_of_each(accounts: QuerySet[BankAccount]) -> QuerySet[BankAccount]:
    """The newest version of each organisation's account; those that wait for confirmation first."""
    newest = accounts.annotate(newest=Max("organisation__bank_accounts__version")).filter(version=F("newest"))
    waits = Case(When(Q(confirmed_by__isnull=True), then=0), default=1)
    return newest.annotate(waits=waits).order_by("waits", "-entered_at", "pk")
