"""Who claims, verifies, prepares, approves, sends and confirms city money; no two of the last by one person."""

from django.utils.translation import gettext_lazy as _

from funding.models import Instalment, Payment, Project
from funding.permissions.vetting_projects import OWN_CASE, acts_for_a_party
from funding.queries.evidence import verification_of
from funding.queries.payments import live_payment
from funding.states import InstalmentState, PaymentState, ProjectState
from portal.kernel.errors import Clash, WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Role
from portal.permissions import holds, is_administrator, is_editor, is_officer

MOVED_ON = _("The instalment has moved on since you opened this page. Open it again to see where it stands.")
PAYMENT_MOVED_ON = _("The payment has moved on since you opened this page. Open it again to see where it stands.")
CLAIMABLE = (InstalmentState.PLANNED, InstalmentState.RETURNED)
RUNNING = (ProjectState.UNDER_WAY, ProjectState.ACCEPTED, ProjectState.FOLLOWED_UP)


def may_add_receipt(user, project: Project) -> Verdict:
    """An editor of the poster, once the project is under way."""
    if not is_editor(user, project.poster_id):
        return no(_("Only editors and administrators of the poster add its bank receipts."))
    return _running(project)


def may_claim_instalment(user, instalment: Instalment) -> Verdict:
    """An administrator of the poster, for an instalment that is planned or was returned."""
    if not is_administrator(user, instalment.project.poster_id):
        return no(_("Only an administrator of the poster claims an instalment."))
    if instalment.state not in CLAIMABLE:
        return no(MOVED_ON, "wrong_state", WrongState)
    return _running(instalment.project)


def may_verify_claim(user, instalment: Instalment) -> Verdict:
    """An officer, while the claim waits."""
    if not is_officer(user):
        return no(_("Only an officer of the bureau checks claims."))
    if acts_for_a_party(user, instalment.project):
        return no(OWN_CASE, "own_case")
    if instalment.state != InstalmentState.CLAIMED:
        return no(MOVED_ON, "wrong_state", WrongState)
    return _running(instalment.project)


def may_return_claim(user, instalment: Instalment) -> Verdict:
    """An officer, while the claim waits or is verified and no payment is under way."""
    if not is_officer(user):
        return no(_("Only an officer of the bureau returns claims."))
    if acts_for_a_party(user, instalment.project):
        return no(OWN_CASE, "own_case")
    if instalment.state not in (InstalmentState.CLAIMED, InstalmentState.VERIFIED):
        return no(MOVED_ON, "wrong_state", WrongState)
    return _no_payment(instalment)


def may_hold_instalment(user, instalment: Instalment) -> Verdict:
    """An officer, before a payment is under way."""
    if not is_officer(user):
        return no(_("Only an officer of the bureau holds an instalment."))
    if acts_for_a_party(user, instalment.project):
        return no(OWN_CASE, "own_case")
    if instalment.state not in (InstalmentState.PLANNED, InstalmentState.CLAIMED, InstalmentState.VERIFIED):
        return no(MOVED_ON, "wrong_state", WrongState)
    return _no_payment(instalment)


def may_release_instalment(user, instalment: Instalment) -> Verdict:
    """An officer, while it is held."""
    if not is_officer(user):
        return no(_("Only an officer of the bureau releases an instalment."))
    if acts_for_a_party(user, instalment.project):
        return no(OWN_CASE, "own_case")
    if instalment.state != InstalmentState.HELD:
        return no(MOVED_ON, "wrong_state", WrongState)
    return YES


def may_prepare_payment(user, instalment: Instalment) -> Verdict:
    """A preparer of the finance bureau, for a verified instalment without a payment."""
    if not holds(user, Role.PREPARER):
        return no(_("Only a preparer of the finance bureau prepares payments."))
    if acts_for_a_party(user, instalment.project):
        return no(OWN_CASE, "own_case")
    if verdict := live_payment(instalment):
        return no(_("A payment of this instalment is prepared already: %(reference)s.") % {"reference": verdict.reference},
                  "payment_exists", WrongState)  # fmt: skip
    if instalment.state != InstalmentState.VERIFIED:
        return no(MOVED_ON, "wrong_state", WrongState)
    return _running(instalment.project)


def may_approve_payment(user, payment: Payment) -> Verdict:
    """An approver who neither prepared nor verified it nor handled its account, once each."""
    if not holds(user, Role.APPROVER):
        return no(_("Only approvers of the finance bureau approve payments."))
    if acts_for_a_party(user, payment.instalment.project):
        return no(OWN_CASE, "own_case")
    if user.pk == payment.prepared_by_id:
        return no(_("You prepared this payment, so you cannot approve it, in whichever role."), "prepares_and_approves")
    if user.pk in (payment.account.entered_by_id, payment.account.confirmed_by_id):
        return no(_("You entered or confirmed the payee's account, so you cannot approve this payment."), "edits_account")
    if verified := verification_of(payment.instalment):
        if user.pk == verified.by_id:
            return no(_("You checked this claim, so you cannot approve its payment."), "checks_and_approves")
    if any(approval.by_id == user.pk for approval in payment.approvals.all()):
        return no(_("You have approved this payment. It waits for somebody else."), "approved_already", WrongState)
    if payment.state != PaymentState.PREPARED:
        return no(PAYMENT_MOVED_ON, "wrong_state", WrongState)
    return YES


def may_void_payment(user, payment: Payment) -> Verdict:
    """A preparer or an approver, before it is sent."""
    if not holds(user, Role.PREPARER, Role.APPROVER):
        return no(_("Only preparers and approvers of the finance bureau declare a payment void."))
    if payment.state not in (PaymentState.PREPARED, PaymentState.APPROVED):
        return no(PAYMENT_MOVED_ON, "wrong_state", WrongState)
    return YES


def may_send_payments(user) -> Verdict:
    """The clock, or a reconciler of the finance bureau."""
    if user is not None and not holds(user, Role.RECONCILER):
        return no(_("Only a reconciler of the finance bureau sends the payment list."))
    return YES


def may_import_confirmations(user) -> Verdict:
    """The clock, or a reconciler of the finance bureau."""
    if user is not None and not holds(user, Role.RECONCILER):
        return no(_("Only a reconciler of the finance bureau takes over confirmations of the treasury."))
    return YES


def _no_payment(instalment: Instalment) -> Verdict:
    if live_payment(instalment):
        return no(
            _("A payment of this instalment is under way. Declare it void first, or wait for the treasury."),
            "payment_under_way",
            Clash,
        )
    return YES


def _running(project: Project) -> Verdict:
    if project.state not in RUNNING:
        return no(_("The project is not under way, so no city money moves now."), "project_not_under_way", WrongState)
    return YES
