"""The lives of everything that has a state, drawn from the flow tables."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model
from django.utils.translation import override

HEADING = """# States

Drawn by `manage.py draw_states` from the flow tables in `portal/states.py`, `challenges/states.py` and
`funding/states.py`; CI compares. `move()` takes no other step, and a trigger compiled from the same table
refuses one in the database. An arrow to the end marks a state that may be the last.
"""


def models_with_flow() -> list[type[Model]]:
    """Every model that has a state, by app in their order and by name."""
    found = [model for model in apps.get_models() if hasattr(model, "flow")]
    order = [config.label for config in apps.get_app_configs()]
    return sorted(found, key=lambda model: (order.index(model._meta.app_label), model.__name__))


def draw() -> str:
    """All of them as one Markdown document, always the same for the same tables."""
    with override("en"):
        return "\n".join([HEADING, *(line for model in models_with_flow() for line in _life(model))]) + "\n"


def _life(model: type[Model]) -> Iterator[str]:
    flow, field = model.flow, model._meta.get_field("state")
    labels = {str(value): str(label) for value, label in field.flatchoices}
    states = [value for value in labels if value in flow.states]
    yield f"## {model.__name__}\n"
    yield f"{(model.__doc__ or '').strip().splitlines()[0]}\n"
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {flow.born}"
    for state in states:
        yield from (f"    {state} --> {target}" for target in states if flow.leads(state, target))
    yield from (f"    {state} --> [*]" for state in states if state in flow.final)
    yield "```\n"
    yield "| State | Called | Leads to | |"
    yield "| --- | --- | --- | --- |"
    for state in states:
        targets = ", ".join(target for target in states if flow.leads(state, target)) or "–"
        marks = ", ".join(filter(None, ["born" if state == flow.born else "", "may be last" if state in flow.final else ""]))
        yield f"| `{state}` | {labels[state]} | {targets} | {marks} |"
    yield ""
