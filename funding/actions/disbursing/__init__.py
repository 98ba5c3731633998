"""From the claim of an instalment to the treasury's confirmation: every step of city money, in order."""

from funding.actions.disbursing.claiming import (
    add_receipt,
    claim_instalment,
    hold_back_instalment,
    release_instalment,
    return_claim,
    verify_claim,
)
from funding.actions.disbursing.paying import approve_payment, prepare_payment, void_payment
from funding.actions.disbursing.refusing import refuse_confirmations
from funding.actions.disbursing.settling import import_confirmations, send_payments
from funding.actions.disbursing.taking import take_payment_list

__all__ = [
    "add_receipt",
    "approve_payment",
    "claim_instalment",
    "hold_back_instalment",
    "import_confirmations",
    "prepare_payment",
    "refuse_confirmations",
    "release_instalment",
    "return_claim",
    "send_payments",
    "take_payment_list",
    "verify_claim",
    "void_payment",
]
