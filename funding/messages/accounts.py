"""Who hears of a bank account: reconcilers when one waits, the organisation when it is confirmed."""

from collections.abc import Mapping

from django.urls import reverse

from funding.models import BankAccount
from portal.models import MemberRole, Role
from portal.queries.people import acting_for, holders_of
from portal.tell import Kind


def account_page(account: BankAccount) -> str:
    """The page of the organisation's account."""
    return reverse("bank-account", args=[account.organisation_id])


def of_account(account: BankAccount) -> Mapping[str, object]:
    """Whose account, and from which day it may be used; never its number."""
    usable = account.usable_from.isoformat() if account.usable_from else None
    return {"organisation": account.organisation.name, "usable_on": usable, "version": account.version}


ACCOUNT_ENTERED = Kind(
    "account_entered",
    to=lambda account: {
        *holders_of(Role.RECONCILER), *acting_for(account.organisation_id, MemberRole.ADMINISTRATOR)
    },
    link=account_page,
    facts=of_account,
)  # fmt: skip
ACCOUNT_CONFIRMED = Kind(
    "account_confirmed",
    to=lambda account: {*acting_for(account.organisation_id, MemberRole.ADMINISTRATOR), *holders_of(Role.PREPARER)},
    link=account_page,
    facts=of_account,
)
