"""Whether a duty would meet another one of the same person: the table of duties, asked before an act."""

from portal.delegable import DONE_ONESELF
from portal.duties import COUNTED, Duty, Place, rivals
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.queries.duties import duties_at, is_of_a_party

IN_PERSON = {
    Duty.SCORES: "sheet.",
    Duty.CONFIRMS_DECISION: "decision.confirmed",
    Duty.ENTERS_ACCOUNT: "bankaccount.",
    Duty.CONFIRMS_ACCOUNT: "bankaccount.",
    Duty.APPROVES_PAYMENT: "payment.approval",
    Duty.OPENS_BOX: "box.",
}
"""Duties that nobody takes for somebody else, with the line of the table that says why."""


def apart(user, duty: Duty, *places: Place) -> Verdict:
    """Yes, or the first pair of the table that keeps a person from this duty at one of these places.

    Who acts under a delegation counts as both people, and today's members of the organisations
    whose case it is act for a party without having done anything yet. The clock is nobody.
    """
    if user is None or not user.is_authenticated:
        return YES
    if user.acting_for and duty in IN_PERSON:
        return Verdict(False, DONE_ONESELF[IN_PERSON[duty]], "done_oneself", apart=True)
    held = set(duties_at(places, user).values_list("duty", "scope"))
    for other, scope, pair in rivals(duty):
        here = [place for place in places if place[0] == scope]
        if not here:
            continue
        if (other, scope) in held or (other == Duty.ACTS_FOR_A_PARTY and is_of_a_party(here, user)):
            return Verdict(False, pair.sentence, pair.code, apart=True)
    if (duty, COUNTED.get(duty)) in held:
        return no("", "approved_already", WrongState)
    return YES
