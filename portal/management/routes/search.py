"""The search: every route of a case, and the fewest people who could walk it.

A route is a set of acts that carries itself: whatever an act rests on, another act of the route gives.
That a step also leaves a state is forgotten, which only adds routes, so none is missed. Everybody is
thought to hold every role and to be a member of whatever they like; what keeps two acts in two hands
is the table of duties alone. How few people can walk a route is then a question of colours: acts
are dots, two acts that may not meet are joined, and the fewest colours that part all joined dots
are the fewest people.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import permutations, product

from challenges.policy.defaults import RULES
from challenges.states import AGREEMENT_FLOW, ASSIGNMENT_FLOW, BID_FLOW, CHALLENGE_FLOW, OBJECTION_FLOW, SHEET_FLOW
from funding.policy.defaults import FUNDING
from funding.states import INSTALMENT_FLOW, MILESTONE_FLOW, PAYMENT_FLOW, PROJECT_FLOW, TASKBOOK_FLOW
from portal.duties import APART, Apart, Duty, Scope
from portal.kernel.flow import Flow
from portal.management.routes.act import DEADLINE, POSTER, Act, Fact
from portal.management.routes.asked import (
    BY_A_PARTY,
    GOALS,
    NEVER,
    PARTY_AND_OFFICE,
    TWO_PEOPLE,
    Goal,
    TwoPeople,
    is_of_a_party,
    is_of_the_city,
)
from portal.management.routes.boards import BOARD_ACTS
from portal.management.routes.lending import BOTH, Lending, with_lent
from portal.management.routes.money import MONEY_ACTS

FLOWS: dict[str, Flow] = {
    "challenge": CHALLENGE_FLOW,
    "bid": BID_FLOW,
    "board_seat": ASSIGNMENT_FLOW,
    "board_sheet": SHEET_FLOW,
    "agreement": AGREEMENT_FLOW,
    "objection": OBJECTION_FLOW,
    "project": PROJECT_FLOW,
    "project_seat": ASSIGNMENT_FLOW,
    "project_sheet": SHEET_FLOW,
    "taskbook": TASKBOOK_FLOW,
    "milestone": MILESTONE_FLOW,
    "instalment": INSTALMENT_FLOW,
    "payment": PAYMENT_FLOW,
}
ACTS: list[Act] = [*BOARD_ACTS, *MONEY_ACTS]
OF_THE_ACCOUNT = (Scope.CASE, Scope.ACCOUNT)


@dataclass(frozen=True)
class Hand:
    """What one person does at once: duties with their places, as the ``seat``-th of the people an act needs."""

    duties: frozenset[tuple[Duty, tuple[Scope, ...]]]
    seat: int = 0


@dataclass(frozen=True)
class Route:
    """Acts in an order in which they can be done, and the hands they need."""

    acts: tuple[Act, ...]
    hands: frozenset[Hand]


@dataclass(frozen=True)
class World:
    """What is searched: acts, what a delegation lends of them, pairs that stand apart, and how many people an act needs."""

    acts: Sequence[Act] = field(default_factory=lambda: ACTS)
    apart: Sequence[Apart] = field(default_factory=lambda: APART)
    people: Mapping[str, int] = field(
        default_factory=lambda: {
            "one": 1,
            "experts of a board": RULES["panel_least"],
            "experts of a project": FUNDING["panel_least"],
        }
    )
    approvers: int | None = None
    lending: Lending = Lending()

    @property
    def counted(self) -> list["World"]:
        """This world with the acts done under a delegation, for each of the two who may be counted; once where they are alike."""
        one, other = (replace(self, acts=with_lent(self.acts, self.lending, each), lending=NOTHING_LENT) for each in BOTH)
        return [one] if one.acts == other.acts else [one, other]


NOTHING_LENT = Lending(lends=lambda act: False)


@dataclass(frozen=True)
class Fault:
    """A way around the rules: what is reached, by whom, and the route."""

    words: str
    hands: Sequence[tuple[int, Act]]

    def __str__(self) -> str:
        return "\n".join([self.words, *(f"    {told_of(number, act)}" for number, act in self.hands)])


def hands_of(act: Act, world: World, approvers: int) -> list[Hand]:
    """The hands an act needs; an act for a party is one of a member of it, with a row or without, also under a delegation."""
    duties = set(act.duties)
    if is_of_a_party(act):
        duties = {each for each in duties if each[0] != Duty.ACTS_FOR_A_PARTY}
        duties.add((Duty.ACTS_FOR_A_PARTY, OF_THE_ACCOUNT if act.who == POSTER else (Scope.CASE,)))
    if not duties:
        return []
    seats = (world.approvers or approvers) if act.people == "approvers" else world.people[act.people]
    return [Hand(frozenset(duties), seat) for seat in range(seats)]


def joined(one: Hand, other: Hand, apart: Iterable[Apart]) -> bool:
    """Whether one person may not be both: seats of one act are several people, and pairs stand apart."""
    if one.duties == other.duties:
        return one.seat != other.seat
    held = {(duty, scope) for duty, places in one.duties for scope in places}
    asked = {(duty, scope) for duty, places in other.duties for scope in places}
    return any(
        ((pair.one, pair.scope) in held and (pair.other, pair.scope) in asked)
        or ((pair.other, pair.scope) in held and (pair.one, pair.scope) in asked)
        for pair in apart
    )


def routes_to(goal: Goal, world: World) -> list[Route]:
    """Every way to the goal that needs no hand it could do without."""
    hands = tuple((act, frozenset(hands_of(act, world, goal.approvers))) for act in world.acts)
    return _routes(goal.fact, frozenset({*goal.given, DEADLINE} - {goal.without}), hands)


@cache
def _routes(wanted: Fact, begun: frozenset[Fact], hands: tuple[tuple[Act, frozenset[Hand]], ...]) -> list[Route]:
    known = {fact: [Route((), frozenset())] for fact in begun}
    grown = True
    while grown:
        grown = False
        for act, own in hands:
            for target, options in _ways(act):
                for option in options:
                    if any(fact not in known for fact in option):
                        continue
                    for ways in product(*(known[fact] for fact in option)):
                        grown |= _keep(known.setdefault(target, []), ways, act, own)
    return known.get(wanted, [])


def fewest_people(hands: Iterable[Hand], apart: Sequence[Apart]) -> dict[Hand, int]:
    """A number for the person of each hand, with as few people as can be; exact."""
    dots = sorted(hands, key=lambda dot: (str(sorted(dot.duties)), dot.seat))
    edges = {dot: {other for other in dots if other is not dot and joined(dot, other, apart)} for dot in dots}
    core, followers = _core(dots, edges)
    for most in range(1, len(core) + 1):
        if found := _coloured(core, edges, {}, most):
            for dot, leader in reversed(followers):
                found[dot] = found[leader]
            return found
    return {}


def faults(world: World | None = None) -> list[Fault]:
    """Every way around what the rules ask that this world leaves open; none is well."""
    worlds = (world or World()).counted
    return [fault for each in worlds for fault in (*_too_few(each), *_in_one_hand(each))]


def people_needed(goal: Goal, world: World | None = None) -> tuple[int, Route, dict[Hand, int]] | None:
    """The fewest people who can reach a goal, with their route; None when nobody can."""
    found = [
        (fewest_people(route.hands, each.apart), route)
        for each in (world or World()).counted
        for route in routes_to(goal, each)
    ]
    if not found:
        return None
    persons, route = min(found, key=lambda each: (len(set(each[0].values())), len(each[1].acts)))
    return len(set(persons.values())), route, persons


def steps_nobody_takes(world: World | None = None) -> list[tuple[str, str, str]]:
    """Steps of the flows that no act makes, as (object, from, to); they cannot be walked."""
    acts = (world or World()).acts
    made = {(each.of, source, each.target) for act in acts for each in act.steps for source in each.sources}
    return sorted(
        (of, str(source), str(target))
        for of, flow in FLOWS.items()
        for source, targets in flow.steps.items()
        for target in targets
        if (of, str(source), str(target)) not in made
    )


def steps_outside_the_flows(world: World | None = None) -> list[tuple[str, str, str]]:
    """Steps of the acts that the flows do not have."""
    acts = (world or World()).acts
    return [
        (act.name, f"{each.of} {source}", each.target)
        for act in acts
        for each in act.steps
        for source in each.sources
        if not FLOWS[each.of].leads(source, each.target)
    ]


def _ways(act: Act) -> list[tuple[Fact, list[tuple[Fact, ...]]]]:
    """What an act gives, each with the sets of facts from which it gives it."""
    needs = tuple(act.needs)
    first = [((act.steps[0].of, source),) for source in act.steps[0].sources] if act.steps else [()]
    found = [((of, str(FLOWS[of].born)), [(*needs, *begun) for begun in first]) for of in act.makes]
    found += [(fact, [(*needs, *begun) for begun in first]) for fact in act.gives]
    for place, each in enumerate(act.steps):
        begun = first if place else [()]
        options = [(*needs, *start, (each.of, source)) for start in begun for source in each.sources]
        found.append(((each.of, each.target), options))
    return found


def _keep(known: list[Route], ways: Sequence[Route], act: Act, own: frozenset[Hand]) -> bool:
    """Keep these ways with an act on top unless a route that needs no other hands is known; whether it was new."""
    hands = own.union(*(way.hands for way in ways))
    if any(route.hands <= hands for route in known):
        return False
    acts = dict.fromkeys(each for way in ways for each in way.acts if each != act)
    known[:] = [route for route in known if not hands <= route.hands] + [Route((*acts, act), hands)]
    return True


def _core(dots: Sequence[Hand], edges: Mapping) -> tuple[list[Hand], list[tuple[Hand, Hand]]]:
    """The dots that matter, and the others each with one whose person can do them too.

    Where everything that is joined to a dot is joined to another one, which is not joined to it, the
    same person can be both, and no colouring gains by parting them.
    """
    core, followers = list(dots), []
    while pair := next(_followers(core, edges), None):
        followers.append(pair)
        core.remove(pair[0])
    return core, followers


def _followers(core: Sequence[Hand], edges: Mapping) -> Iterator[tuple[Hand, Hand]]:
    for dot, leader in permutations(core, 2):
        if leader not in edges[dot] and edges[dot].intersection(core) <= edges[leader]:
            yield dot, leader


def _coloured(dots: Sequence[Hand], edges: Mapping, given: dict[Hand, int], most: int) -> dict[Hand, int] | None:
    if len(given) == len(dots):
        return given
    dot = max(
        (each for each in dots if each not in given),
        key=lambda each: (len({given[other] for other in edges[each] if other in given}), len(edges[each])),
    )
    taken = {given[other] for other in edges[dot] if other in given}
    for person in range(1, min(most, len(set(given.values())) + 1) + 1):
        if person not in taken and (found := _coloured(dots, edges, {**given, dot: person}, most)):
            return found
    return None


def _too_few(world: World) -> Iterable[Fault]:
    for goal in GOALS:
        found = people_needed(goal, world)
        if found and (goal.people == NEVER or found[0] < goal.people):
            words = f"{goal.words}: {found[0]} people can do it, the rules ask for {goal.people or 'nobody to'}"
            yield Fault(words, told(found[1], found[2], world, goal.approvers))
        for name in goal.through:
            rest = replace(world, acts=[act for act in world.acts if act.function != name])
            if around := people_needed(goal, rest):
                words = f"{goal.words}: it can be reached without {name}"
                yield Fault(words, told(around[1], around[2], rest, goal.approvers))


def _in_one_hand(world: World) -> Iterable[Fault]:
    named: dict[str, list[Act]] = {}
    for act in world.acts:
        named.setdefault(act.function, []).append(act)
    offices = tuple((act.function, act.who) for act in world.acts if is_of_the_city(act))
    for rule in [*TWO_PEOPLE, TwoPeople(PARTY_AND_OFFICE, BY_A_PARTY, offices)]:
        for one, other in product(_chosen(rule.ones, named), _chosen(rule.others, named)):
            mine, theirs = hands_of(one, world, 1), hands_of(other, world, 1)
            if mine and theirs and not any(joined(a, b, world.apart) for a in mine for b in theirs):
                yield Fault(f"One person can be both: {rule.words}", [(1, one), (1, other)])
    for act in world.acts:
        if is_of_the_city(act) and not act.duties and (act.steps or act.gives or act.makes):
            yield Fault("An act for the city takes no duty, so anybody may do it beside any other", [(1, act)])


def _chosen(wanted: Iterable[tuple[str, str | None]], named: Mapping[str, list[Act]]) -> list[Act]:
    return [act for name, who in wanted for act in named.get(name, []) if who is None or act.who == who]


def told(route: Route, persons: Mapping[Hand, int], world: World, approvers: int) -> list[tuple[int, Act]]:
    """The acts of a route in their order, each with who does it; 0 is anybody, where an act under a delegation binds nobody."""
    return [
        (number, act)
        for act in route.acts
        for number in [persons[hand] for hand in hands_of(act, world, approvers)] or ([0] if act.lent else [])
    ]


def told_of(number: int, act: Act) -> str:
    """One act of a route in words."""
    return f"{f'person {number}' if number else 'anybody'}: {act.function} ({act.who}{', delegated' if act.lent else ''})"
