"""Who drafts, sends, signs, registers and voids the agreement."""

from django.utils.translation import gettext_lazy as _

from challenges.models import Agreement, Bid, Side
from challenges.queries.agreeing import carries_a_project
from challenges.queries.programming import programme_of
from challenges.states import AgreementState, BidState
from portal.apart import apart
from portal.delegable import done_oneself
from portal.duties import Duty, Scope
from portal.kernel.errors import Clash, WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.permissions import is_administrator, is_editor, is_officer

MOVED_ON = _("The agreement has moved on since you opened this page. Open it again to see where it stands.")
SIGNS_FOR = {Side.POSTER: Duty.SIGNS_AGREEMENT_FOR_POSTER, Side.BIDDER: Duty.SIGNS_AGREEMENT_FOR_BIDDER}
NOT_SELECTED = _("This bid is not selected any more, so there is nothing to agree on with it.")


def may_draft_agreement(user, bid: Bid) -> Verdict:
    """An editor of the poster, for the selected bid."""
    if not is_editor(user, bid.challenge.poster_id):
        return no(_("Only editors and administrators of the posting organisation may draft the agreement."))
    if bid.state != BidState.SELECTED:
        return no(NOT_SELECTED, "wrong_state", WrongState)
    return apart(user, Duty.ACTS_FOR_A_PARTY, Scope.CASE.of(bid.challenge_id))


def may_save_agreement(user, agreement: Agreement) -> Verdict:
    """An editor of the poster, while the agreement is a draft."""
    if not (verdict := may_draft_agreement(user, agreement.bid)):
        return verdict
    if agreement.state != AgreementState.DRAFT:
        return no(
            _("The agreement is being signed, so its text stands. To change it, declare it void and draft a new one."),
            "wrong_state",
            WrongState,
        )
    return YES


may_send_to_sign = may_save_agreement


def may_sign_agreement(user, agreement: Agreement) -> Verdict:
    """An administrator of either side, each side once, nobody for both."""
    signed = {signature.side for signature in agreement.signatures.all()}
    sides = sides_of(user, agreement)
    if not sides:
        return no(_("Only administrators of the poster and of the bidding lead organisation sign this agreement."))
    if not (in_person := done_oneself(user, "agreement.signature")):
        return in_person
    if agreement.state != AgreementState.SIGNING:
        return no(MOVED_ON, "wrong_state", WrongState)
    if agreement.bid.state != BidState.SELECTED:
        return no(NOT_SELECTED, "wrong_state", WrongState)
    if not set(sides) - signed:
        return no(_("Your side has signed already. The agreement waits for the other side."), "signed_already", Clash)
    side = next(side for side in sides if side not in signed)
    verdict = apart(user, SIGNS_FOR[side], Scope.AGREEMENT.of(agreement.pk))
    return verdict and apart(user, Duty.ACTS_FOR_A_PARTY, Scope.CASE.of(agreement.bid.challenge_id))


def sides_of(user, agreement: Agreement) -> list[Side]:
    """The sides of an agreement that a person may sign for."""
    sides = {Side.POSTER: agreement.bid.challenge.poster_id, Side.BIDDER: agreement.bid.lead_id}
    return [side for side, organisation_id in sides.items() if is_administrator(user, organisation_id)]


def may_register_agreement(user, agreement: Agreement) -> Verdict:
    """An officer, once both sides have signed."""
    if not is_officer(user, programme_of(agreement.bid.challenge)):
        return no(_("Only an officer of the bureau enters the number of the registered technology contract."))
    if not (verdict := apart(user, Duty.HANDLES_CASE, Scope.CASE.of(agreement.bid.challenge_id))):
        return verdict
    if agreement.state != AgreementState.SIGNED:
        return no(MOVED_ON, "wrong_state", WrongState)
    return YES


def may_void_agreement(user, agreement: Agreement) -> Verdict:
    """Before both have signed either side's administrator; afterwards an officer, who records what both decided."""
    signed = agreement.state in (AgreementState.SIGNED, AgreementState.REGISTERED)
    if agreement.state == AgreementState.VOID:
        return no(_("This agreement is void already."), "wrong_state", WrongState)
    if signed and not is_officer(user, programme_of(agreement.bid.challenge)):
        return no(_("A signed agreement is ended by an officer of the bureau, who records what both sides decided."))
    if signed and not (verdict := apart(user, Duty.HANDLES_CASE, Scope.CASE.of(agreement.bid.challenge_id))):
        return verdict
    if not signed and not sides_of(user, agreement):
        return no(_("Only administrators of the two sides may end an agreement that is not signed."))
    if carries_a_project(agreement):
        return no(
            _("An application for city money rests on this agreement. End that project first."),
            "agreement_carries_a_project",
            WrongState,
        )
    return YES
