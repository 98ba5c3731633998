"""Locking a panel: official scores, ranks, and what becomes of each bid."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from challenges import locks
from challenges.messages import results as messages
from challenges.models import Bid, BidCandidate, BidDocument, Challenge, Panel, Score
from challenges.permissions.ranking import may_lock_panel
from challenges.policy.marking import Outcome, outcome
from challenges.policy.ranking import Ranking, TieKey, lower_money, rank, split_by_pass_mark, technical_first
from challenges.queries.drawing import challenge_id_of, seats_in_conflict, waiting_ties_of
from challenges.queries.ranking import marks_of, progress_of
from challenges.states import BidState, ChallengeState
from portal.actions.duties import take_duty
from portal.clock import china_date
from portal.duties import Duty, Scope
from portal.kernel.canonical import digest
from portal.kernel.errors import Refused
from portal.kernel.verdict import require
from portal.models import User
from portal.record import record
from portal.tell import tell
from portal.transition import move


@transaction.atomic
def lock_panel(panel_id: UUID, *, by: User, now: datetime) -> Panel:
    """End the scoring and make the official scores and ranks, once and for ever.

    Every seat taken must have handed in every sheet, and at least as many experts as the rules ask
    for. Bids that reach the pass mark are ranked, the others are out; where none reaches it, the
    board has failed. Raises NotAllowed, WrongState on a second click, Refused ``sheets_missing``,
    ``too_few_experts``, ``too_few_sheets``, ``ties_waiting_at_lock``, ``seats_in_conflict``.
    """
    challenge = locks.lock_challenge(challenge_id_of(panel_id))
    bids = {bid.pk: bid for bid in locks.lock_bids(challenge.pk, BidState.QUALIFIED)}
    panel = locks.lock_panel(panel_id)
    require(may_lock_panel(by, panel))
    take_duty(Duty.LOCKS_SCORES, Scope.CASE.of(challenge.pk), by=by, now=now)
    links = BidCandidate.objects.filter(candidate__panel=panel, bid__in=bids)
    standing = {str(link.candidate_id): bids[link.bid_id] for link in links}
    outcomes = outcomes_of(panel, experts_least=panel.rules.panel_least, on=china_date(now)) if standing else {}
    ranking = rank({key: outcomes[key].official for key in standing}, _tie_chain(panel, outcomes, standing))
    passed, _below, _none = split_by_pass_mark(
        {key: outcomes[key].official for key in standing}, panel.rules.pass_mark
    )
    scores = write_scores(outcomes, ranking, passed)
    panel.locked_at = now
    panel.save(update_fields=["locked_at"])
    facts = {"candidates": len(scores), "result": result_digest(scores)}
    record("panel.locked", panel, by=by, facts=facts, case_id=challenge.pk)
    _place(challenge, standing, passed, by)
    _evaluate(challenge, panel, any_passed=bool(passed), by=by, now=now)
    return panel


def outcomes_of(panel: Panel, *, experts_least: int, on: date) -> dict[str, Outcome]:
    """The figures of every candidate, or the refusal that says what is missing; the same for every kind of review.

    No sheet counts while a declared tie of the organisations behind the candidates waits, or its expert is in conflict.
    """
    if count := waiting_ties_of(panel):
        raise Refused("ties_waiting_at_lock", count=count)
    if seats_in_conflict(panel, on=on):
        raise Refused("seats_in_conflict")
    progress, rules = progress_of(panel), panel.rules
    if progress.sheets_in < progress.sheets_due or progress.invited:
        raise Refused(
            "sheets_missing", sheets_in=progress.sheets_in, sheets_due=progress.sheets_due, invited=progress.invited
        )
    if progress.accepted < experts_least:
        raise Refused("too_few_experts", accepted=progress.accepted, least=experts_least)
    found = {
        str(candidate): outcome(marks, least=rules.sheets_least, trim_from=rules.trim_from)
        for candidate, marks in marks_of(panel).items()
    }
    if any(each.official is None for each in found.values()):
        raise Refused("too_few_sheets", least=rules.sheets_least)
    return found


def _tie_chain(panel: Panel, outcomes: Mapping[str, Outcome], standing: Mapping[str, Bid]) -> list[TieKey]:
    """The links that part equal scores, in the order the rules set before opening."""
    prices = dict(BidDocument.objects.filter(bid__in=standing.values()).values_list("bid_id", "price_fen"))
    links = {
        "technical": lambda: technical_first({key: outcomes[key].technical for key in standing}),
        "price": lambda: lower_money({key: prices[bid.pk] for key, bid in standing.items() if bid.pk in prices}),
    }
    return [links[name]() for name in panel.rules.tie_chain if name in links]


def write_scores(outcomes: Mapping[str, Outcome], ranking: Ranking, passed: frozenset[str]) -> list[Score]:
    """Write the official score and rank of every candidate that was ranked."""
    tied = {candidate for group in ranking.ties for candidate in group}
    sheets = {key: found for key, found in outcomes.items() if key in ranking.places}
    return Score.objects.bulk_create(
        Score(
            candidate_id=UUID(key),
            official=found.official,
            plain_mean=found.plain_mean,
            technical=found.technical,
            sheets=found.sheets,
            dropped=[UUID(sheet) for sheet in found.dropped],
            rank=ranking.places[key],
            passed=key in passed,
            tied=key in tied,
        )
        for key, found in sorted(sheets.items())
    )


def result_digest(scores: Sequence[Score]) -> str:
    """The SHA-256 of a panel's result in one fixed spelling."""
    return digest([_canonical(score) for score in scores])


def _canonical(score: Score) -> dict[str, object]:
    figures: Sequence[Decimal] = (score.official, score.plain_mean, score.technical)
    official, plain_mean, technical = (f"{figure:f}" for figure in figures)
    return {
        "candidate": str(score.candidate_id),
        "official": official,
        "plain_mean": plain_mean,
        "technical": technical,
        "sheets": score.sheets,
        "dropped": [str(sheet) for sheet in score.dropped],
        "rank": score.rank,
        "passed": score.passed,
        "tied": score.tied,
    }


def _place(challenge: Challenge, standing: Mapping[str, Bid], passed: frozenset[str], by: User) -> None:
    """Take each bid its step, ranked or below the pass mark and out, and tell its team."""
    for candidate, bid in sorted(standing.items(), key=lambda pair: pair[1].pk):
        bid.challenge = challenge
        above = candidate in passed
        to = BidState.RANKED if above else BidState.NOT_SELECTED
        event = move(bid, to=to, by=by, facts={"candidate": candidate})
        tell(messages.BID_RANKED if above else messages.BID_BELOW_PASS_MARK, bid, because=event)


def _evaluate(challenge: Challenge, panel: Panel, *, any_passed: bool, by: User, now: datetime) -> None:
    """The board is evaluated, or has failed where no bid passed; tell poster and bureau."""
    facts = {"panel": str(panel.pk)}
    if any_passed:
        challenge.evaluated_at = now
        event = move(challenge, to=ChallengeState.EVALUATED, by=by, also=["evaluated_at"], facts=facts)
        tell(messages.BIDS_RANKED, challenge, because=event)
    else:
        event = move(challenge, to=ChallengeState.FAILED, by=by, facts=facts)
        tell(messages.NO_BID_PASSED, challenge, because=event)
