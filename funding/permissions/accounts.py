"""Who enters a bank account, and who confirms it."""

from django.utils.translation import gettext_lazy as _

from funding.models import BankAccount
from portal.apart import apart
from portal.delegable import done_oneself
from portal.duties import Duty, Scope
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Organisation, Role
from portal.permissions import holds, is_administrator

FINANCE = (Role.PREPARER, Role.APPROVER, Role.RECONCILER)


def is_finance(user) -> bool:
    """Somebody of the finance bureau who handles payments."""
    return holds(user, *FINANCE)


def may_enter_bank_account(user, organisation: Organisation) -> Verdict:
    """An administrator of the organisation."""
    if not is_administrator(user, organisation.pk):
        return no(_("Only an administrator of the organisation enters its bank account."))
    return done_oneself(user, "bankaccount.")


def may_confirm_bank_account(user, account: BankAccount) -> Verdict:
    """A reconciler who entered nothing, acts for nobody here, and neither prepares nor approves payments."""
    if not holds(user, Role.RECONCILER):
        return no(_("Only a reconciler of the finance bureau confirms bank accounts."))
    if holds(user, Role.PREPARER, Role.APPROVER):
        return no(
            _("You also prepare or approve payments. Somebody who does neither confirms bank accounts."), "confirms_and_pays"
        )
    if not (verdict := apart(user, Duty.CONFIRMS_ACCOUNT, Scope.ACCOUNT.of(account.pk))):
        return verdict
    if account.confirmed_by_id:
        return no(_("This account is confirmed already."), "wrong_state", WrongState)
    return YES
