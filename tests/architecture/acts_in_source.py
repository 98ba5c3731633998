"""What the actions' source says they do: the states they move to and the duties they take, by reading it."""

import ast
from importlib import import_module
from pathlib import Path

from portal.delegable import why_oneself
from portal.duties import Duty
from portal.management.routes.act import EVENTS_OF

ROOT = Path(__file__).parents[2]
MODULES = {
    ".".join(file.relative_to(ROOT).with_suffix("").parts): ast.parse(file.read_text())
    for app in ("challenges", "funding")
    for file in sorted((ROOT / app / "actions").rglob("*.py"))
}
CLASSES = {
    "challenge": "ChallengeState", "bid": "BidState", "board_seat": "AssignmentState", "project_seat": "AssignmentState",
    "board_sheet": "SheetState", "project_sheet": "SheetState", "agreement": "AgreementState",
    "objection": "ObjectionState", "project": "ProjectState", "taskbook": "TaskBookState", "milestone": "MilestoneState",
    "instalment": "InstalmentState", "payment": "PaymentState",
}  # fmt: skip
"""What the source calls the states of an object."""

READS = {"filter", "exclude", "lock_bids", "count", "exists"}


def functions(module: str) -> dict[str, ast.FunctionDef]:
    """The functions at the top of a module of actions, and those it takes from other such modules."""
    found = {node.name: node for node in MODULES[module].body if isinstance(node, ast.FunctionDef)}
    for node in MODULES[module].body:
        if isinstance(node, ast.ImportFrom) and node.module in MODULES:
            found |= {each.name: functions(node.module)[each.name] for each in node.names if each.name in functions(node.module)}
    return found


def reached(module: str, name: str) -> list[ast.FunctionDef]:
    """A function and every one it calls in the modules of actions."""
    known, seen, ahead = functions(module), {}, [name]
    while ahead:
        at = ahead.pop()
        if at in known and at not in seen:
            seen[at] = known[at]
            ahead += [node.id for node in ast.walk(known[at]) if isinstance(node, ast.Name)]
    return list(seen.values())


def acting(module: str) -> set[str]:
    """The actions of a module that move a state or take a duty."""
    names = [node.name for node in MODULES[module].body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    return {name for name in names if _is_action(module, name) and _calls(module, name) & {"move", "take_duty"}}


def states_of(module: str, name: str) -> set[str]:
    """Every state an action moves to, as ``BidState.OPENED``."""
    found: set[str] = set()
    for function in reached(module, name):
        found |= {ast.unparse(node) for node in _written(function) if _is_state(node)}
        found |= {state for node in _written(function) if isinstance(node, ast.Name) for state in _table(module, node.id)}
    return found


def duties_of(module: str, name: str) -> set[Duty]:
    """Every duty an action takes."""
    found = set()
    for function in reached(module, name):
        for node in ast.walk(function):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Duty":
                if not _is_asked(function, node):
                    found.add(Duty[node.attr])
            elif isinstance(node, ast.Name):
                found |= _named_duties(module, node.id)
    return found


def in_person_of(module: str, name: str) -> set[str]:
    """The kinds of events an action writes that nobody writes for somebody else."""
    objects = {states: EVENTS_OF.get(of, of) for of, states in CLASSES.items()}
    moved = {f"{objects[states]}.{state.lower()}" for states, state in (each.split(".") for each in states_of(module, name))}
    written = {
        node.args[0].value
        for function in reached(module, name)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record" and isinstance(node.args[0], ast.Constant)
    }
    return {kind for kind in moved | written if why_oneself(kind)}


def _is_action(module: str, name: str) -> bool:
    own = {node.name: node for node in MODULES[module].body if isinstance(node, ast.FunctionDef)}
    atomic = {each for each, node in own.items() if any("atomic" in ast.unparse(d) for d in node.decorator_list)}
    called = {node.id for node in ast.walk(own[name]) if isinstance(node, ast.Name)}
    return name in atomic or bool(called & {each for each in atomic if each.startswith("_")})


def _calls(module: str, name: str) -> set[str]:
    return {node.id for function in reached(module, name) for node in ast.walk(function) if isinstance(node, ast.Name)}


def _written(function: ast.FunctionDef) -> list[ast.AST]:
    """The nodes of a function without its comparisons, its reads of rows, and its head."""
    found, ahead = [], list(function.body)
    while ahead:
        node = ahead.pop()
        if isinstance(node, ast.Compare):
            continue
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in READS:
            continue
        found.append(node)
        ahead += ast.iter_child_nodes(node)
    return found


def _is_state(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id.endswith("State")


def _table(module: str, name: str) -> set[str]:
    for node in MODULES[module].body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name and isinstance(node.value, ast.Dict):
            return {ast.unparse(value) for value in node.value.values if _is_state(value)}
    return set()


def _is_asked(function: ast.FunctionDef, wanted: ast.AST) -> bool:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "apart"]
    return any(wanted is inner for call in calls for inner in ast.walk(call))


def _named_duties(module: str, name: str) -> set[Duty]:
    value = getattr(import_module(module), name, None)
    if name in ("SIGNS_FOR", "DUTY_OF"):
        return set(value.values())
    if name.startswith("duty_to_"):
        return {Duty.ACTS_FOR_A_PARTY, Duty.HANDLES_CASE}
    return set()
