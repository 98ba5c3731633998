"""What must hold on the challenge road, derived again from raw rows: money, boxes, seals, scores, agreements."""

from collections.abc import Iterator

from django.db.models import F, Q, Sum

from challenges.models import Agreement, Bid, BidMilestone, Box, Challenge, Panel, Rubric, Score, Seal, Signature
from challenges.policy.marking import outcome
from challenges.queries.ranking import marks_of
from challenges.states import AgreementState, BidState, ChallengeState
from portal.kernel import merkle
from portal.models import Event

LOOSE = [ChallengeState.DRAFT, ChallengeState.RETURNED, ChallengeState.WITHDRAWN]


def money_of_needs() -> Iterator[str]:
    """Sources add up; the poster's share and the city's keep to the class of their rules."""
    for need in Challenge.objects.exclude(state__in=LOOSE).iterator():
        if need.own_fen + need.city_fen + need.other_fen != need.total_fen:
            yield f"The sources of {need.pk} do not add up to its total."
        if need.own_fen * 100 < need.total_fen * need.least_percent:
            yield f"The poster of {need.pk} carries less than {need.least_percent} %."
        if need.city_fen * 100 > need.total_fen * need.most_percent or need.city_fen > need.cap_fen:
            yield f"The city would give {need.pk} more than its class allows."


def terms_of_needs() -> Iterator[str]:
    """Cap and shares of every need are those of its class in its rules."""
    terms = Challenge.objects.filter(rules__classes__code=F("class_code")).exclude(
        rules__classes__cap_fen=F("cap_fen"),
        rules__classes__most_percent=F("most_percent"),
        rules__classes__least_percent=F("least_percent"),
    )
    yield from (f"The terms of {pk} are not those of its class." for pk in terms.values_list("pk", flat=True))


def rubrics() -> Iterator[str]:
    """The weights of every rubric sum to 100."""
    for rubric in Rubric.objects.annotate(sum=Sum("criteria__weight_percent")).exclude(sum=100):
        yield f"The weights of rubric {rubric.pk} come to {rubric.sum}."


def seals() -> Iterator[str]:
    """Every seal was made in the bidding window of its board, and before its box was closed."""
    late = Q(sealed_at__gt=F("bid__challenge__closes_at")) | Q(sealed_at__lt=F("bid__challenge__opens_at"))
    late |= Q(sealed_at__gt=F("bid__challenge__box__closed_at"))
    yield from (f"Seal {pk} lies outside its window." for pk in Seal.objects.filter(late).values_list("pk", flat=True))
    unsealed = Bid.objects.filter(state__in=[BidState.SEALED, *BidState.after_opening()], seals__isnull=True)
    yield from (f"Bid {pk} has no seal." for pk in unsealed.values_list("pk", flat=True))


def boxes() -> Iterator[str]:
    """The root of every closed box is that of its live seals; no key was used before the closing."""
    for box in Box.objects.filter(closed_at__isnull=False).iterator():
        root = merkle.root(sorted(bytes.fromhex(commitment) for commitment in _commitments(box)))
        if bytes(box.root) != root:
            yield f"The root of box {box.pk} is not that of its seals."
    early = Box.objects.filter(Q(key_uses__at__lt=F("closed_at")) | Q(closed_at__isnull=True, key_uses__isnull=False))
    yield from (f"The key of box {pk} was used before it was closed." for pk in early.values_list("pk", flat=True))


def _commitments(box: Box) -> list[str]:
    """The commitments that lay in a box when it closed: the last seal of each bid not withdrawn before."""
    live: dict[object, str] = {}
    seals = Seal.objects.filter(bid__challenge=box.challenge_id, sealed_at__lte=box.closed_at).order_by("version")
    for seal in seals.select_related("bid"):
        live[seal.bid_id] = seal.commitment
    before = Event.objects.filter(kind="bid.withdrawn", subject_id__in=live, at__lte=box.closed_at)
    withdrawn = set(before.values_list("subject_id", flat=True))
    return [commitment for bid, commitment in live.items() if bid not in withdrawn]


def opened_bids() -> Iterator[str]:
    """An opened bid's milestones add up to its price, and no bid is open whose box is not."""
    early = Bid.objects.filter(document__isnull=False, challenge__opened_at__isnull=True)
    yield from (f"Bid {pk} is readable, but its box is not open." for pk in early.values_list("pk", flat=True))
    sums = BidMilestone.objects.values("bid", price=F("bid__document__price_fen")).annotate(sum=Sum("amount_fen"))
    yield from (f"The milestones of bid {each['bid']} do not add up to its price." for each in sums if each["sum"] != each["price"])


def scores() -> Iterator[str]:
    """Official scores, plain means and technical parts of every locked panel, from its sheets."""
    for panel in Panel.objects.filter(locked_at__isnull=False).select_related("rules", "rubric"):
        stored = {score.candidate_id: score for score in Score.objects.filter(candidate__panel=panel)}
        for candidate, marks in marks_of(panel).items():
            score = stored.get(candidate)
            found = outcome(marks, least=panel.rules.sheets_least, trim_from=panel.rules.trim_from)
            if score and (score.official, score.plain_mean, score.technical) != (found.official, found.plain_mean, found.technical):
                yield f"The scores of candidate {candidate} are not what its sheets make."
        yield from _ranks(panel, sorted(stored.values(), key=lambda score: score.rank))


def _ranks(panel: Panel, in_order: list[Score]) -> Iterator[str]:
    """Ranks follow the official scores, and the pass mark decides who passed."""
    for better, worse in zip(in_order, in_order[1:], strict=False):
        if better.official < worse.official:
            yield f"Candidate {worse.candidate_id} has more points than the one ranked before it."
    for score in in_order:
        if score.passed != (score.official >= panel.rules.pass_mark):
            yield f"Candidate {score.candidate_id} stands on the wrong side of the pass mark."


def selections() -> Iterator[str]:
    """A matched board has one selected bid with a signed agreement."""
    for board in Challenge.objects.filter(state=ChallengeState.MATCHED):
        signed = Agreement.objects.filter(
            bid__challenge=board, bid__state=BidState.SELECTED, state__in=[AgreementState.SIGNED, AgreementState.REGISTERED]
        )
        if signed.count() != 1:
            yield f"Board {board.pk} is matched without one signed agreement."


def agreements() -> Iterator[str]:
    """Payments and shares each add up to the amount; a signed one carries both signatures under its text."""
    for agreement in Agreement.objects.exclude(state__in=[AgreementState.DRAFT, AgreementState.VOID]):
        for name, parts in (("payments", agreement.payments), ("shares", agreement.shares)):
            if (parts.aggregate(sum=Sum("amount_fen"))["sum"] or 0) != agreement.amount_fen:
                yield f"The {name} of agreement {agreement.pk} do not add up to its amount."
        if agreement.state in (AgreementState.SIGNED, AgreementState.REGISTERED):
            sides = Signature.objects.filter(agreement=agreement, digest=agreement.digest).values_list("side", flat=True)
            if sorted(sides) != ["bidder", "poster"]:
                yield f"Agreement {agreement.pk} is signed without both signatures."


CHECKS = [
    ("money of needs", money_of_needs),
    ("terms of needs", terms_of_needs),
    ("rubrics", rubrics),
    ("seals", seals),
    ("boxes", boxes),
    ("opened bids", opened_bids),
    ("scores and ranks", scores),
    ("selections", selections),
    ("agreement sums and signatures", agreements),
]
