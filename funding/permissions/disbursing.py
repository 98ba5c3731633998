"""Who claims, verifies, prepares, approves, sends and confirms city money; no two of the last by one person."""

from django.utils.translation import gettext_lazy as _

from challenges.queries.programming import programme_of
from funding.models import Instalment, Payment, Project
from funding.queries.payments import live_payment
from funding.queries.places import cases, places_of_claim, places_of_payment, places_to_pay
from funding.states import InstalmentState, PaymentState, ProjectState
from portal.apart import apart
from portal.duties import Duty
from portal.kernel.errors import Clash, WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Role
from portal.permissions import holds, holds_everywhere, is_administrator, is_editor, is_officer

MOVED_ON = _("The instalment has moved on since you opened this page. Open it again to see where it stands.")
PAYMENT_MOVED_ON = _("The payment has moved on since you opened this page. Open it again to see where it stands.")
CLAIMABLE = (InstalmentState.PLANNED, InstalmentState.RETURNED)
RUNNING = (ProjectState.UNDER_WAY, ProjectState.ACCEPTED, ProjectState.FOLLOWED_UP)


def may_add_receipt(user, project: Project) -> Verdict:
    """An editor of the poster, once the project is under way."""
    if not is_editor(user, project.poster_id):
        return no(_("Only editors and administrators of the poster add its bank receipts."))
    return _running(project) and apart(user, Duty.ACTS_FOR_A_PARTY, *cases([project]))


def may_claim_instalment(user, instalment: Instalment) -> Verdict:
    """An administrator of the poster, for an instalment that is planned or was returned."""
    if not is_administrator(user, instalment.project.poster_id):
        return no(_("Only an administrator of the poster claims an instalment."))
    if instalment.state not in CLAIMABLE:
        return no(MOVED_ON, "wrong_state", WrongState)
    return _running(instalment.project) and apart(user, Duty.ACTS_FOR_A_PARTY, *cases([instalment.project]))


def may_verify_claim(user, instalment: Instalment) -> Verdict:
    """An officer, while the claim waits."""
    if not is_officer(user, programme_of(instalment.project)):
        return no(_("Only an officer of the bureau checks claims."))
    if not (verdict := apart(user, Duty.CHECKS_CLAIM, *places_of_claim(instalment))):
        return verdict
    if instalment.state != InstalmentState.CLAIMED:
        return no(MOVED_ON, "wrong_state", WrongState)
    return _running(instalment.project)


def may_return_claim(user, instalment: Instalment) -> Verdict:
    """An officer, while the claim waits or is verified and no payment is under way."""
    if not is_officer(user, programme_of(instalment.project)):
        return no(_("Only an officer of the bureau returns claims."))
    if not (verdict := apart(user, Duty.CHECKS_CLAIM, *places_of_claim(instalment))):
        return verdict
    if instalment.state not in (InstalmentState.CLAIMED, InstalmentState.VERIFIED):
        return no(MOVED_ON, "wrong_state", WrongState)
    return _no_payment(instalment)


def may_hold_instalment(user, instalment: Instalment) -> Verdict:
    """An officer, before a payment is under way."""
    if not is_officer(user, programme_of(instalment.project)):
        return no(_("Only an officer of the bureau holds an instalment."))
    if not (verdict := apart(user, Duty.HANDLES_CASE, *cases([instalment.project]))):
        return verdict
    if instalment.state not in (InstalmentState.PLANNED, InstalmentState.CLAIMED, InstalmentState.VERIFIED):
        return no(MOVED_ON, "wrong_state", WrongState)
    return _no_payment(instalment)


def may_release_instalment(user, instalment: Instalment) -> Verdict:
    """An officer, while it is held."""
    if not is_officer(user, programme_of(instalment.project)):
        return no(_("Only an officer of the bureau releases an instalment."))
    if not (verdict := apart(user, Duty.HANDLES_CASE, *cases([instalment.project]))):
        return verdict
    if instalment.state != InstalmentState.HELD:
        return no(MOVED_ON, "wrong_state", WrongState)
    return YES


def may_prepare_payment(user, instalment: Instalment) -> Verdict:
    """A preparer of the finance bureau, for a verified instalment without a payment."""
    if not holds(user, Role.PREPARER, programme_id=programme_of(instalment.project)):
        return no(_("Only a preparer of the finance bureau prepares payments."))
    if not (verdict := apart(user, Duty.PREPARES_PAYMENT, *places_to_pay(instalment))):
        return verdict
    if payment := live_payment(instalment):
        return no(_("A payment of this instalment is prepared already: %(reference)s.") % {"reference": payment.reference},
                  "payment_exists", WrongState)  # fmt: skip
    if instalment.state != InstalmentState.VERIFIED:
        return no(MOVED_ON, "wrong_state", WrongState)
    return _running(instalment.project)


def may_approve_payment(user, payment: Payment) -> Verdict:
    """An approver who neither prepared nor verified it nor handled its account, once each."""
    if not holds(user, Role.APPROVER, programme_id=programme_of(payment.instalment.project)):
        return no(_("Only approvers of the finance bureau approve payments."))
    if not (verdict := apart(user, Duty.APPROVES_PAYMENT, *places_of_payment(payment))):
        return verdict
    if payment.state != PaymentState.PREPARED:
        return no(PAYMENT_MOVED_ON, "wrong_state", WrongState)
    return YES


def may_void_payment(user, payment: Payment) -> Verdict:
    """A preparer or an approver, before it is sent."""
    if not holds(user, Role.PREPARER, Role.APPROVER, programme_id=programme_of(payment.instalment.project)):
        return no(_("Only preparers and approvers of the finance bureau declare a payment void."))
    if not (verdict := apart(user, Duty.HANDLES_CASE, *cases([payment.instalment.project]))):
        return verdict
    if payment.state not in (PaymentState.PREPARED, PaymentState.APPROVED):
        return no(PAYMENT_MOVED_ON, "wrong_state", WrongState)
    return YES


def may_send_payments(user) -> Verdict:
    """The clock, or a reconciler of the finance bureau."""
    if user is not None and not holds(user, Role.RECONCILER):
        return no(_("Only a reconciler of the finance bureau sends the payment list."))
    return _of_every_programme(user)


def may_import_confirmations(user) -> Verdict:
    """The clock, or a reconciler of the finance bureau."""
    if user is not None and not holds(user, Role.RECONCILER):
        return no(_("Only a reconciler of the finance bureau takes over confirmations of the treasury."))
    return _of_every_programme(user)


def _of_every_programme(user) -> Verdict:
    """A list of the treasury holds the payments of every programme."""
    if user is not None and not holds_everywhere(user, Role.RECONCILER):
        return no(_("The treasury's lists hold the payments of every programme, and your grant names one."), "one_programme_only")
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
