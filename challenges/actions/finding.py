"""A person decides what an affiliation of poster and bidder means; excluded before the panel, the bid is disqualified."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from challenges.actions.qualifying import disqualify_bid
from challenges.locks import hold_bid
from challenges.models import AffiliationFinding, FindingDecision, FindingStage
from challenges.permissions.standing import may_decide_affiliation
from challenges.queries.ties import ties_of, written
from challenges.states import BidState
from portal.actions.duties import take_duty
from portal.clock import china_date
from portal.duties import Duty, Scope
from portal.kernel.errors import Incomplete, NotFound, Refused, WrongState
from portal.kernel.verdict import require
from portal.models import User
from portal.record import record


@transaction.atomic
def decide_affiliation(
    bid_id: UUID, party_id: UUID, *, digest: str, decision: str, why: str, by: User, now: datetime
) -> AffiliationFinding:
    """Decide whether poster and one organisation behind a bid may stand on one case, on exactly the ties shown.

    ``digest`` names the ties the person saw. ``blocked`` on an opened bid disqualifies it with the sentence.
    Raises NotAllowed, NotFound without such ties, WrongState ``ties_changed``, Incomplete
    ``reason_missing``, Refused ``affiliation_excludes`` for allowing what the rules exclude.
    """
    bid = hold_bid(bid_id)
    require(may_decide_affiliation(by, bid))
    take_duty(Duty.HANDLES_CASE, Scope.CASE.of(bid.challenge_id), by=by, now=now)
    tied = next((each for each in ties_of(bid, china_date(now)) if each.party.pk == party_id), None)
    if tied is None:
        raise NotFound()
    if tied.digest != digest:
        raise WrongState("ties_changed", _("Other affiliations are known by now. Open the page again and look at them."))
    if not why.strip():
        raise Incomplete("reason_missing", _("A reason is missing. Write why."), field="why", missing=["why"])
    if decision == FindingDecision.ALLOWED and tied.weight == "block":
        raise Refused("affiliation_excludes", _("The rules exclude this affiliation by themselves, so it cannot be allowed."))
    stage = FindingStage.QUALIFYING if bid.state in (BidState.OPENED, BidState.QUALIFIED) else FindingStage.TASKBOOK
    finding = AffiliationFinding.objects.create(
        challenge=bid.challenge, bid=bid, stage=stage, poster=tied.poster, party=tied.party, path=written(tied.paths),
        digest=tied.digest, decision=decision, reason=why.strip(), by=by, at=now,
    )  # fmt: skip
    facts = {"party": str(party_id), "digest": tied.digest, "decision": str(decision), "stage": str(stage)}
    record("affiliation.decided", finding, by=by, facts=facts, why=finding.reason, case_id=bid.challenge_id)
    if decision == FindingDecision.BLOCKED and bid.state == BidState.OPENED:
        disqualify_bid(bid.pk, why=f"{' / '.join(tied.words)}. {finding.reason}", by=by, now=now)
    return finding
