"""Bank accounts in full: for finance, for audits, and for the organisation's own administrators."""

from django.utils.translation import gettext_lazy as _

from funding.locks import lock_bank_account
from funding.models import BankAccount
from funding.permissions.accounts import is_finance
from funding.queries import accounts
from portal.kernel.masking import mask_account
from portal.kernel.verdict import YES, Verdict, no
from portal.masked import Masked, Whose
from portal.models import Purpose, Role
from portal.permissions import holds, holds_everywhere, is_administrator

INSPECTORS = (Role.DISCIPLINE, Role.AUDITOR)


def may_look_at_account(user, account: BankAccount) -> Verdict:
    """Finance; discipline and auditors, where a payment they may read goes there."""
    if is_finance(user) or holds(user, *INSPECTORS) and accounts.paid_as_seen_by(user).filter(pk=account.pk).exists():
        return YES
    return no(_("Only the finance bureau and those who audit it look at an account in full."))


def may_take_payment_list(user) -> Verdict:
    """Finance and those who audit it, of every programme: the file carries whole account numbers."""
    if not (is_finance(user) or holds_everywhere(user, *INSPECTORS)):
        return no(_("The file carries whole account numbers. Only the finance bureau and those who audit it take it."))
    return YES


def purpose_of_taking(user) -> Purpose:
    """For what somebody takes a payment list: finance to pay, others to audit."""
    return Purpose.PAYMENT if is_finance(user) else Purpose.AUDIT


ACCOUNT = Masked(
    code="account",
    word=_("Bank account"),
    known_to=accounts.known_to,
    hold=lock_bank_account,
    may=may_look_at_account,
    owns=lambda reader, account: bool(is_administrator(reader, account.organisation_id)),
    whose=lambda account: Whose(organisation=account.organisation),
    value=lambda account: account.number,
    mask=mask_account,
    purposes=(Purpose.PAYMENT, Purpose.CHECK, Purpose.COMPLAINT, Purpose.AUDIT),
)
