"""The ledger's one pen: every movement of money is written here, once, and never edited."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from funding.locks import accounts_of
from funding.models import LedgerEntry, Posting, Project
from portal.kernel.errors import Refused
from portal.models import Event, User

Line = tuple[str, UUID]
"""An account: its kind and its owner's id."""

TREASURY_OWNER = UUID(int=0)
"""The owner of the source accounts: money comes from outside the ledger."""


def post(
    key: str,
    *,
    kind: str,
    lines: Mapping[Line, int],
    by: User | None,
    now: datetime,
    project: Project | None = None,
    reason: str = "",
    because: Event | None = None,
) -> LedgerEntry | None:
    """Write one entry: amounts in fen by account, which sum to zero. None when ``key`` was written before.

    Called inside the action's transaction. The database moves the balances and refuses to overdraw:
    Refused ``account_overdrawn`` with the entry's ``key`` then.
    """
    if LedgerEntry.objects.filter(key=key).exists():
        return None
    accounts = {(account.kind, account.owner): account for account in accounts_of(lines)}
    try:
        with transaction.atomic():
            entry = LedgerEntry.objects.create(
                key=key, kind=kind, project=project, reason=reason, by=by, at=now, event=because
            )
            Posting.objects.bulk_create(
                Posting(entry=entry, account=account, amount_fen=lines[account.kind, account.owner])
                for account in sorted(accounts.values(), key=lambda account: account.pk)
            )
    except IntegrityError as error:
        if "account_never_overdrawn" in str(error):
            raise Refused(
                "account_overdrawn",
                _("There is not enough money left for this. Nothing was booked; look at the ledger, then decide anew."),
                key=key,
            ) from None
        if "funding_ledgerentry_key" in str(error):
            return None
        raise
    return entry
