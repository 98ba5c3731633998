"""Vetting a need: the district recommends, the bureau pools; either may return or reject it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.locks import lock_challenge
from challenges.messages import needs as messages
from challenges.models import Challenge, Vetting, VettingOutcome, VettingStage
from challenges.permissions.standing import credit_in_order
from challenges.permissions.vetting import (
    DUTY_OF,
    STAGE_OF,
    may_pool_need,
    may_recommend_need,
    may_reject_need,
    may_return_need,
)
from challenges.states import ChallengeState
from portal.actions.duties import take_duty
from portal.clock import china_date
from portal.duties import Scope
from portal.kernel.errors import Incomplete
from portal.kernel.verdict import require
from portal.models import Event, User
from portal.tell import tell
from portal.transition import move

MOST_REASON = 4000


@transaction.atomic
def recommend_need(challenge_id: UUID, *, why: str = "", by: User, now: datetime) -> Challenge:
    """The district vouches for a need and hands it to the bureau.

    Raises NotAllowed (``own_need`` for one's own organisation), WrongState on a second click, Refused
    where the poster's credit is not in order (``credit_check_missing``, ``credit_check_expired``,
    ``credit_record_found``, ``dishonest``).
    """
    challenge = lock_challenge(challenge_id)
    require(may_recommend_need(by, challenge))
    require(credit_in_order("recommend_need", challenge.rules, [challenge.poster_id], on=china_date(now)))
    event = _decide(
        challenge, VettingStage.DISTRICT, VettingOutcome.PASSED, ChallengeState.RECOMMENDED, why=why, by=by, now=now
    )
    tell(messages.NEED_RECOMMENDED, challenge, because=event)
    return challenge


@transaction.atomic
def return_need(challenge_id: UUID, *, why: str, by: User, now: datetime) -> Challenge:
    """Give a need back to its poster to correct, with the reason.

    The reviewer of the district does so while the need waits for the district, an officer while it
    waits for the formal check. Raises NotAllowed, WrongState, Incomplete ``reason_missing``.
    """
    challenge = lock_challenge(challenge_id)
    require(may_return_need(by, challenge))
    stage = STAGE_OF[challenge.state]
    _require_reason(why)
    event = _decide(challenge, stage, VettingOutcome.RETURNED, ChallengeState.RETURNED, why=why, by=by, now=now)
    tell(messages.NEED_RETURNED, challenge, because=event)
    return challenge


@transaction.atomic
def reject_need(challenge_id: UUID, *, why: str, by: User, now: datetime) -> Challenge:
    """End a need that does not fit the call, with the reason; it cannot come back.

    Raises NotAllowed, WrongState, Incomplete ``reason_missing``.
    """
    challenge = lock_challenge(challenge_id)
    require(may_reject_need(by, challenge))
    stage = STAGE_OF[challenge.state]
    _require_reason(why)
    event = _decide(challenge, stage, VettingOutcome.REJECTED, ChallengeState.REJECTED, why=why, by=by, now=now)
    tell(messages.NEED_REJECTED, challenge, because=event)
    return challenge


@transaction.atomic
def pool_need(challenge_id: UUID, *, why: str = "", by: User, now: datetime) -> Challenge:
    """The formal check is passed: file the need into the pool, ready for its notice or its board.

    Raises NotAllowed, WrongState on a second click.
    """
    challenge = lock_challenge(challenge_id)
    require(may_pool_need(by, challenge))
    challenge.pooled_at = now
    event = _decide(
        challenge, VettingStage.FORMAL, VettingOutcome.PASSED, ChallengeState.POOLED,
        why=why, by=by, now=now, also=["pooled_at"],
    )  # fmt: skip
    tell(messages.NEED_POOLED, challenge, because=event)
    return challenge


def _decide(
    challenge: Challenge,
    stage: str,
    outcome: str,
    to: str,
    *,
    why: str,
    by: User,
    now: datetime,
    also: list[str] | None = None,
) -> Event:
    """Take the duty, write the decision and take the step it means."""
    take_duty(DUTY_OF[stage], Scope.CASE.of(challenge.pk), by=by, now=now)
    vetting = Vetting.objects.create(
        challenge=challenge, stage=stage, outcome=outcome, reason=why.strip(), by=by, at=now
    )
    facts = {"vetting": str(vetting.pk), "stage": str(stage), "outcome": str(outcome)}
    return move(challenge, to=to, by=by, also=also or [], why=why.strip(), facts=facts)


def _require_reason(why: str) -> None:
    if not why.strip():
        raise Incomplete(
            "reason_missing",
            _("A reason is missing. Write what is wrong and what the poster should do."),
            field="why",
            missing=["why"],
        )
    if len(why) > MOST_REASON:
        raise Incomplete("too_long", field="why", length=len(why), most=MOST_REASON)
