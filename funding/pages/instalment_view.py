"""An instalment as it is drawn: how its amount comes about, what the evidence shows, and who may do what."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.pages.credit import CreditBefore
from challenges.queries.programming import programme_of
from funding.models import Claim, Instalment, Project, Trigger
from funding.pages.credit import credit_of_sides
from funding.pages.naming_words import is_late, naming_words
from funding.permissions.disbursing import (
    may_add_receipt,
    may_claim_instalment,
    may_hold_instalment,
    may_prepare_payment,
    may_release_instalment,
    may_return_claim,
    may_verify_claim,
)
from funding.policy.evidence import faults_of_slip
from funding.queries.evidence import (
    accepted_report,
    faults_of_claim,
    is_due,
    last_claim,
    open_objections,
    payable_of,
    slip_of,
    taskbook_signed_at,
    verification_of,
)
from funding.queries.instalments import receipts_visible_to
from funding.queries.payments import FINANCE, live_payment
from funding.states import InstalmentState
from portal.faces import Check
from portal.kernel.errors import PortalError
from portal.kernel.naming import Naming
from portal.models import Event
from portal.permissions import holds, is_member
from portal.queries.people import READERS
from portal.record import words_of
from portal.show import show_day
from portal.words import sentence

S = InstalmentState
WAITS = {
    S.PLANNED: _("the poster"),
    S.RETURNED: _("the poster"),
    S.CLAIMED: _("an officer of the bureau"),
    S.VERIFIED: _("the finance bureau"),
    S.HELD: _("an officer of the bureau"),
}


def instalment_head(instalment: Instalment, now: datetime) -> dict:
    """What every page of an instalment shows at its top."""
    return {
        "now": now,
        "instalment": instalment,
        "project": instalment.project,
        "count": instalment.project.instalments.count(),
        "waits_for": WAITS.get(instalment.state, ""),
    }


def instalment_context(instalment: Instalment, user, now: datetime) -> dict:
    """What the page of an instalment shows."""
    claim, payment = last_claim(instalment), live_payment(instalment)
    receipt = claim.receipt if claim and receipts_visible_to(user).filter(pk=claim.receipt_id).exists() else None
    return {
        **instalment_head(instalment, now),
        "claim": claim,
        "receipt": receipt,
        "report": accepted_report(instalment),
        "payment": payment,
        "needs_receipt": instalment.trigger == Trigger.FIRST_PAYMENT,
        "first_most_fen": payable_of(instalment, claim.receipt) if claim else None,
        "percent": instalment.project.rules.funding.first_paid_percent.normalize(),
        "checks": checks_of(instalment, claim, now) if claim else [],
        "faults": faults_of_claim(claim, instalment, now=now) if claim else [],
        "due": is_due(instalment),
        "verified": verification_of(instalment),
        "returned_why": _last_words(instalment, S.RETURNED),
        "held_why": _last_words(instalment, S.HELD),
        "is_poster": is_member(user, instalment.project.poster_id),
        "credit": credit_before_step(instalment, user, now),
        "may_add_receipt": may_add_receipt(user, instalment.project),
        "may_claim": may_claim_instalment(user, instalment),
        "may_verify": may_verify_claim(user, instalment),
        "may_return": may_return_claim(user, instalment),
        "may_hold": may_hold_instalment(user, instalment),
        "may_release": may_release_instalment(user, instalment),
        "may_prepare": may_prepare_payment(user, instalment),
    }


def credit_before_step(instalment: Instalment, user, now: datetime) -> CreditBefore:
    """The credit of both sides before the step that comes next: the check of the claim, or the payment."""
    gate = {S.CLAIMED: "verify_claim", S.VERIFIED: "prepare_payment"}.get(instalment.state)
    if gate is None or live_payment(instalment):
        return CreditBefore()
    programme = programme_of(instalment.project)
    takes_step = holds(user, *READERS, *FINANCE, programme_id=programme)
    return credit_of_sides(gate, instalment.project, user, now, takes_step=takes_step)


def checks_of(instalment: Instalment, claim: Claim, now: datetime) -> list[Check]:
    """The conditions of a claim, each met or with what is wrong."""
    project = instalment.project
    checks = slip_checks(claim, project, now) if claim.receipt else []
    if instalment.milestone:
        reached = is_due(instalment)
        what = _("Milestone “%(title)s” is accepted") % {"title": instalment.milestone.title}
        checks.append(Check(what, "met" if reached else "missing", url=reverse("milestone", args=[instalment.milestone_id])))
    signed = taskbook_signed_at(project)
    checks.append(
        Check(_("The task book is signed by all four parties"), "met" if signed else "missing",
              end=show_day(signed.date()) if signed else "")
    )  # fmt: skip
    waiting = open_objections(project)
    checks.append(Check(_("No objection to the project is open"), "missing" if waiting else "met"))
    return checks


def slip_checks(claim: Claim, project: Project, now: datetime) -> list[Check]:
    """What the bank's slip shows beside what it should show."""
    slip = slip_of(claim.receipt, project, now=now)
    faults = dict(faults_of_slip(slip))

    def check(what: str, *codes: str, naming: Naming | None = None, names: tuple[Naming, ...] = ()) -> Check:
        found = next((code for code in codes if code in faults), None)
        if found is None:
            state = "warn" if is_late(naming, slip.paid_on) else "met"
            return Check(what, state, naming_words(naming, names, slip.paid_on))
        return Check(what, "missing", sentence(PortalError(found, **faults[found])))

    payer = {"naming": slip.payer_as, "names": slip.poster_names}
    payee = {"naming": slip.payee_as, "names": slip.bidder_names}
    return [
        check(_("The payer is the poster"), "receipt_payer_not_poster", "receipt_payer_former_name", **payer),
        check(_("The payee is the bidder of the agreement"), "receipt_payee_not_bidder", "receipt_payee_former_name", **payee),
        check(_("Paid after the agreement was signed"), "receipt_before_agreement", "receipt_in_future"),
        Check(_("The bank reference was used nowhere else"), "met"),
    ]


def _last_words(instalment: Instalment, state: str) -> str:
    """The reason of the last step into a state, while the instalment stands there."""
    if instalment.state != state:
        return ""
    event = Event.objects.filter(subject_id=instalment.pk, kind=f"instalment.{state}").order_by("-at").first()
    return words_of(event) if event else ""
