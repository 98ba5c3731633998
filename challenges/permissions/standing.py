"""Whether credit and affiliations of a case leave a step open, and who decides on an affiliation."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.models import Bid, Rules
from challenges.queries.credit import Standing, sentences_of, standing_for
from challenges.queries.programming import programme_of
from challenges.queries.ties import ties_of
from portal.apart import apart
from portal.duties import Duty, Scope
from portal.kernel.errors import Refused
from portal.kernel.verdict import YES, Verdict, no
from portal.permissions import is_officer, reviews_district


def credit_in_order(gate: str, rules: Rules, organisation_ids: Iterable[UUID], *, on: date) -> Verdict:
    """Whether the credit of these organisations leaves a step open on a day, as the rules of the case ask.

    A no names each organisation, the sites, since when, and what to do; its code is that of the first fault.
    """
    return in_order(standing_for(gate, rules, organisation_ids, on), rules)


def in_order(standings: Iterable[Standing], rules: Rules) -> Verdict:
    """Whether the credit that was read leaves the step open."""
    wrong = [each for each in standings if each.faults]
    if not wrong:
        return YES
    words = [sentence for each in wrong for sentence in sentences_of(each, rules)]
    return no(" ".join(words), wrong[0].faults[0].code, Refused)


def affiliations_in_order(bid: Bid, *, on: date) -> Verdict:
    """Whether poster and bidder are tied in no way that the rules or a person exclude, and no flag waits for a decision."""
    for tied in ties_of(bid, on):
        named = {"poster": tied.poster.name, "party": tied.party.name, "ties": " / ".join(tied.words)}
        if tied.excludes:
            excluded = _("%(poster)s and %(party)s are affiliated, which excludes the bid: %(ties)s.")
            return no(excluded % named, "affiliation_excludes", Refused)
        if tied.is_open:
            waits = _("%(poster)s and %(party)s may be affiliated: %(ties)s. Decide first, with a reason, whether this excludes the bid.")
            return no(waits % named, "affiliation_undecided", Refused)
    return YES


def may_decide_affiliation(user, bid: Bid) -> Verdict:
    """An officer of the programme, or the reviewer of the poster's district in it, who acts for no side."""
    challenge, programme_id = bid.challenge, programme_of(bid.challenge)
    if not (verdict := apart(user, Duty.HANDLES_CASE, Scope.CASE.of(bid.challenge_id))):
        return verdict
    if not (is_officer(user, programme_id) or reviews_district(user, challenge.poster.district_id, programme_id)):
        return no(gettext_lazy("Only officers of the bureau and reviewers of the poster's district decide on affiliations."))
    return YES
