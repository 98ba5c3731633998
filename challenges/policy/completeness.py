"""What is still missing or does not fit: in a need before it is submitted, in a bid before it is sealed."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from challenges.policy.shape import BID_FIELDS, Problem, number_of, shape_problems
from portal.kernel.errors import Incomplete

NEED_FIELDS = (
    "title",
    "field",
    "background",
    "content",
    "indicators",
    "bidder_conditions",
    "ip_choice",
    "contact",
    "months",
    "total_fen",
    "own_fen",
    "declared_unclassified",
    "declared_commitment",
)
SUBJECTS = ("equipment", "business", "labour", "indirect")
PLACES = {name: place for place, name in enumerate(("version", *BID_FIELDS))}


def missing_fields(filled: Mapping[str, object], required: Sequence[str] = NEED_FIELDS) -> list[str]:
    """The names among ``required`` that hold nothing: None, blank text, an empty list, False or 0.

    In the order of ``required``. An amount that may be nothing at all is left out of ``required``.
    Source: the mandatory content of published needs (indicators, content, time, ownership, funds,
    conditions for bidders), and the declaration that nothing is classified.
    """
    return [name for name in required if _is_blank(filled.get(name))]


def require_need(filled: Mapping[str, object], required: Sequence[str] = NEED_FIELDS) -> None:
    """Raise Incomplete ``need_incomplete`` (facts ``missing``, ``count``) unless every field is filled."""
    if missing := missing_fields(filled, required):
        raise Incomplete("need_incomplete", missing=missing, count=len(missing))


def require_bid_document(document: Mapping[str, object], indicators: Mapping[str, str], **limits: int | None) -> None:
    """Raise Incomplete ``bid_document_unsound`` unless :func:`check_bid_document` finds nothing.

    Facts: ``missing`` (fields, each once), ``count``, ``problems`` (list of Problem).
    """
    if problems := check_bid_document(document, indicators, **limits):
        missing = list(dict.fromkeys(problem.field for problem in problems))
        raise Incomplete("bid_document_unsound", missing=missing, count=len(problems), problems=problems)


def check_bid_document(
    document: Mapping[str, object],
    indicators: Mapping[str, str],
    *,
    most_price_fen: int | None = None,
    most_months: int | None = None,
    most_members: int | None = None,
) -> list[Problem]:
    """Everything wrong with a bid document (version 1, see ``shape``), in the order of its fields.

    ``indicators`` are the board's, id to name; each needs exactly one offer. Milestones and
    budget add up to the price each; the shares of a consortium add up to 100 percent. The
    limits come from board and rules; None is no limit.

    Relations between fields are looked at once the fields themselves are sound.
    """
    problems = list(shape_problems(document))
    broken = {_top(problem) for problem in problems}
    sound = {name: document[name] for name in BID_FIELDS if name in document and name not in broken}
    problems += _consortium(sound.get("consortium", ()), most_members)
    problems += _offers(sound["offers"], indicators) if "offers" in sound else ()
    problems += _period(sound, most_months)
    problems += _subjects(sound.get("budget", ()))
    problems += _price(sound, most_price_fen)
    return sorted(problems, key=lambda problem: PLACES.get(_top(problem), len(PLACES)))


def _consortium(members: Sequence[dict], most_members: int | None) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, member in enumerate(members):
        if member["uscc"] in seen:
            yield Problem(f"consortium.{place}.uscc", "member_twice", {"uscc": member["uscc"]})
        seen.add(member["uscc"])
        if not number_of(member["share_percent"]) > 0:
            yield Problem(f"consortium.{place}.share_percent", "share_not_positive", {"name": member["name"]})
    if most_members is not None and len(members) > most_members:
        yield Problem("consortium", "too_many_members", {"count": len(members), "most": most_members})
    total = sum((number_of(member["share_percent"]) for member in members), Decimal(0))
    if members and total != 100:
        yield Problem("consortium", "shares_not_100", {"sum_percent": total})


def _offers(offers: Sequence[dict], indicators: Mapping[str, str]) -> Iterator[Problem]:
    offered: set[str] = set()
    for place, offer in enumerate(offers):
        indicator = offer["indicator"]
        if indicator not in indicators:
            yield Problem(f"offers.{place}.indicator", "unknown_indicator", {"indicator": indicator})
        elif indicator in offered:
            yield Problem(f"offers.{place}.indicator", "offer_twice", {"indicator": indicators[indicator]})
        offered.add(indicator)
    for indicator, name in indicators.items():
        if indicator not in offered:
            yield Problem("offers", "offer_missing", {"indicator": name})


def _period(sound: Mapping[str, object], most_months: int | None) -> Iterator[Problem]:
    if "months" not in sound:
        return
    months = sound["months"]
    if most_months is not None and months > most_months:
        yield Problem("months", "period_too_long", {"months": months, "most_months": most_months})
    for place, milestone in enumerate(sound.get("milestones", ())):
        if not 1 <= milestone["month"] <= months:
            facts = {"title": milestone["title"], "month": milestone["month"], "months": months}
            yield Problem(f"milestones.{place}.month", "milestone_outside_period", facts)


def _subjects(lines: Sequence[dict]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, line in enumerate(lines):
        if line["subject"] not in SUBJECTS:
            yield Problem(f"budget.{place}.subject", "unknown_subject", {"subject": line["subject"]})
        elif line["subject"] in seen:
            yield Problem(f"budget.{place}.subject", "subject_twice", {"subject": line["subject"]})
        seen.add(line["subject"])


def _price(sound: Mapping[str, object], most_price_fen: int | None) -> Iterator[Problem]:
    if "price_fen" not in sound:
        return
    price_fen = sound["price_fen"]
    if most_price_fen is not None and price_fen > most_price_fen:
        yield Problem("price_fen", "price_over_board", {"price_fen": price_fen, "most_price_fen": most_price_fen})
    if facts := _gap(sound.get("milestones"), price_fen):
        yield Problem("milestones", "milestones_not_the_price", facts)
    if facts := _gap(sound.get("budget"), price_fen):
        yield Problem("budget", "budget_not_the_price", facts)


def _gap(rows: Sequence[dict] | None, price_fen: int) -> dict[str, int]:
    sum_fen = price_fen if rows is None else sum(row["amount_fen"] for row in rows)
    if sum_fen == price_fen:
        return {}
    return {"sum_fen": sum_fen, "price_fen": price_fen, "difference_fen": abs(price_fen - sum_fen)}


def _top(problem: Problem) -> str:
    return problem.field.split(".")[0]


def _is_blank(value: object) -> bool:
    return not value.strip() if isinstance(value, str) else not value
