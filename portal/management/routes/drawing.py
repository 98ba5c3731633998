"""docs/duties.md, drawn from the table of duties and from what the search finds."""

from collections.abc import Iterable, Iterator

from django.utils.translation import override

from portal.duties import APART, COUNTED, Duty
from portal.management.routes.asked import GOALS
from portal.management.routes.search import World, people_needed, steps_nobody_takes, told

HEADING = """# Duties that stand apart

Drawn by `manage.py draw_duties` from `portal/duties.py` and from the search in `portal/management/routes/`; a test
compares. An action takes a duty by `take_duty`, a permission asks `apart`, a trigger refuses the row. Who
acts under a delegation counts as both people, and all accounts of one person count as one. A duty is taken for good.
"""

SEARCHED = """## How few people can do it

`manage.py search_routes` looks for the fewest people who could reach each of these, everybody holding every role and
belonging to any organisation and acting under a delegation for whomever they like; it counts once by who does an act and
once by who has lent the power for it. It ends with an error when they are fewer than the rules ask for, and prints who would do
what in which order. Granting a role takes two people of its own and gains nothing here: every role is held already.
"""

UNBUILT = """## Steps that no act takes yet

The flows have these steps; no action makes them, so nobody can walk them. Whoever builds one enters it among the acts.
"""


def draw() -> str:
    """The whole document, always the same for the same tables."""
    with override("en"):
        return "\n".join([HEADING, *_pairs(), *_counted(), SEARCHED, *_goals(), UNBUILT, *_unbuilt()]) + "\n"


def _pairs() -> Iterator[str]:
    yield "## What may not meet\n"
    yield "| Who | does not also | on | What the person is told | Why |"
    yield "| --- | --- | --- | --- | --- |"
    others: dict[tuple, list[Duty]] = {}
    for pair in APART:
        others.setdefault((pair.one, pair.scope, pair.code, str(pair.sentence), pair.source), []).append(pair.other)
    ones: dict[tuple, list[Duty]] = {}
    for (one, *rule), other in others.items():
        ones.setdefault((tuple(other), *rule), []).append(one)
    for (other, scope, code, sentence, source), one in ones.items():
        yield f"| {_words(one)} | {_words(other)} | {scope.label} | {sentence} (`{code}`) | {source} |"
    yield ""


def _words(duties: Iterable[Duty]) -> str:
    return "; ".join(str(duty.label) for duty in duties)


def _counted() -> Iterator[str]:
    for duty, scope in COUNTED.items():
        yield f"Where several are asked for, each is another person: {duty.label}, on {scope.label}.\n"


def _goals() -> Iterator[str]:
    yield "| What | Fewest people | Who they are |"
    yield "| --- | --- | --- |"
    for goal in GOALS:
        found = people_needed(goal)
        yield f"| {goal.words} | {found[0] if found else 'nobody can'} | {goal.because} |"
    yield ""
    yield "The shortest way from an award to its money, as the search prints it:\n"
    goal = GOALS[3]
    _count, route, persons = people_needed(goal)
    yield from (f"- person {number}: `{act.function}` ({act.who})" for number, act in told(route, persons, World(), goal.approvers))
    yield ""


def _unbuilt() -> Iterator[str]:
    rows: dict[str, list[str]] = {}
    for of, source, target in steps_nobody_takes():
        rows.setdefault(of, []).append(f"{source} → {target}")
    yield from (f"- {of}: {', '.join(steps)}" for of, steps in rows.items())
