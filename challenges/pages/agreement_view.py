"""An agreement as it is drawn: the paper, who signs in which order, and whether it adds up."""

from django.utils.translation import gettext as _

from challenges.models import Agreement, Side
from challenges.permissions.agreeing import (
    may_register_agreement,
    may_save_agreement,
    may_sign_agreement,
    may_void_agreement,
)
from challenges.queries.agreeing import Sums, sums_of, why_void
from challenges.queries.looks_after import looks_after_agreement
from challenges.queries.opening import Offered
from challenges.queries.stages import Standing, stages_of
from challenges.states import AgreementState
from portal.faces import Check, Signer
from portal.kernel.verdict import no
from portal.queries.doers import doer_of
from portal.show import listed, show_amount


def agreement_context(agreement: Agreement, user) -> dict:
    """What the page of an agreement shows."""
    board, checks = agreement.bid.challenge, sum_checks(sums_of(agreement))
    may_save = may_save_agreement(user, agreement)
    offers = agreement.bid.offers.select_related("indicator").order_by("indicator__position")
    return {
        "agreement": agreement,
        "board": board,
        "lead": agreement.bid.lead,
        "standing": standing_of(agreement),
        "stages": stages_of(board),
        "offers": [Offered(offer) for offer in offers],
        "chain": signers_of(agreement, user),
        "why": why_void(agreement) if agreement.state == AgreementState.VOID else "",
        "checks": checks,
        "may_save": may_save,
        "may_send": may_save if all(check.state == "met" for check in checks) else no("", "does_not_add_up"),
        "may_sign": may_sign_agreement(user, agreement),
        "may_register": may_register_agreement(user, agreement),
        "may_void": may_void_agreement(user, agreement),
        "looks_after": looks_after_agreement(agreement, user=user),
    }


def standing_of(agreement: Agreement) -> Standing:
    """The status line of an agreement: who acts now and what comes then."""
    board, stage = agreement.bid.challenge, agreement.get_state_display()
    signed = {signature.side for signature in agreement.signatures.all()}
    sides = {Side.POSTER: board.poster.name, Side.BIDDER: agreement.bid.lead.name}
    match agreement.state:
        case AgreementState.DRAFT:
            return Standing(stage, board.poster.name, "", _("Both sides sign"))
        case AgreementState.SIGNING:
            waiting = listed(name for side, name in sides.items() if side not in signed)
            return Standing(stage, waiting, "", _("Registration of the technology contract"))
        case AgreementState.SIGNED:
            return Standing(stage, _("The bureau's officer"), "", _("Registration of the technology contract"))
        case AgreementState.REGISTERED:
            return Standing(stage, board.poster.name, "", _("Application for city money"))
    return Standing(stage)


def signers_of(agreement: Agreement, user) -> list[Signer]:
    """Both sides, whether they have signed and who did."""
    signed = {signature.side: signature for signature in agreement.signatures.all()}
    sides = ((Side.POSTER, agreement.bid.challenge.poster), (Side.BIDDER, agreement.bid.lead))
    chain = []
    for side, organisation in sides:
        signature = signed.get(side)
        role = str(side.label)
        if signature:
            you = signature.by_id == user.pk
            chain.append(Signer(organisation.name, role, doer_of(signature.by, signature.at), signature.at, "done", you))
        else:
            waiting = "now" if agreement.state == AgreementState.SIGNING else "wait"
            chain.append(Signer(organisation.name, role, _("an administrator of the organisation"), None, waiting))
    return chain


def sum_checks(sums: Sums) -> list[Check]:
    """Whether payments and shares come to the amount, and by how much they miss it."""
    return [
        _sum_check(_("Payments add up to the amount"), sums.payments_fen, sums.payments_off_fen),
        _sum_check(_("Shares add up to the amount"), sums.shares_fen, sums.shares_off_fen),
    ]


def _sum_check(what: str, sum_fen: int, off_fen: int) -> Check:
    if not off_fen:
        return Check(what, "met", end=show_amount(sum_fen, unit=True))
    missing = _("%(amount)s are missing.") if off_fen < 0 else _("They are %(amount)s too much.")
    return Check(what, "missing", missing % {"amount": show_amount(abs(off_fen), unit=True)}, end=show_amount(sum_fen, unit=True))
