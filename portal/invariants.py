"""What must hold on the floor, derived again from raw rows: rules of the database, lives, record, messages.

Each check is a function that yields one sentence for everything it finds wrong; nothing found is
well. The other apps bring theirs in ``<app>/invariants.py`` as ``CHECKS``.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import connection
from django.db.models import Count, F, Q

from portal.database import faults
from portal.lives import models_with_flow
from portal.models import Delivery, Event, Message
from portal.states import DeliveryState
from portal.verifying import verify

Check = Callable[[], Iterator[str]]
NOT_MOVED = {"portal.delivery"}
"""Rows whose state is no decision and leaves no event."""


def all_checks() -> list[tuple[str, Check]]:
    """What every app checks, the floor first."""
    checks = list(CHECKS)
    for config in apps.get_app_configs():
        if config.label != "portal" and "." not in config.name and find_spec(f"{config.name}.invariants"):
            checks += import_module(f"{config.name}.invariants").CHECKS
    return checks


def database() -> Iterator[str]:
    """The web role owns nothing, pgtrigger's switch is closed, Chinese is understood."""
    yield from faults(connection)


def lives() -> Iterator[str]:
    """Every row stands where its events have led it, by legal steps only, from its first state."""
    moved: dict[str, dict[str, Counter]] = defaultdict(lambda: defaultdict(Counter))
    flows = {model._meta.label_lower: model.flow for model in models_with_flow()}
    events = Event.objects.filter(subject_type__in=flows).values_list("subject_type", "subject_id", "body")
    for label, subject, body in events.iterator():
        facts = json.loads(body)["facts"]
        if "from" not in facts or "to" not in facts:
            continue
        if not flows[label].leads(facts["from"], facts["to"]):
            yield f"{label} {subject}: the record holds the step {facts['from']} to {facts['to']}, which is in no table."
        moved[label][str(subject)].update({facts["to"]: 1})
        moved[label][str(subject)].subtract({facts["from"]: 1})
    for model in models_with_flow():
        label = model._meta.label_lower
        if label not in NOT_MOVED:
            yield from _standing(model, moved[label])


def _standing(model: type, moved: dict[str, Counter]) -> Iterator[str]:
    """Rows whose state is not where the sum of their steps leads."""
    for pk, state in model.objects.values_list("pk", "state").iterator():
        expected = Counter({state: 1})
        expected.subtract({model.flow.born: 1})
        steps = moved.get(str(pk), Counter())
        if {k: v for k, v in expected.items() if v} != {k: v for k, v in steps.items() if v}:
            yield f"{model._meta.label_lower} {pk} is {state}, but its events lead elsewhere."


def record() -> Iterator[str]:
    """Leaves, numbers, chain, tree and checkpoints of the record, made again from the bodies."""
    yield from verify()


def messages() -> Iterator[str]:
    """Every message has its delivery, sent ones their moment, and nobody was told twice."""
    for pk in Message.objects.filter(delivery__isnull=True).values_list("pk", flat=True):
        yield f"Message {pk} has no delivery."
    for pk in Delivery.objects.filter(state=DeliveryState.SENT, sent_at__isnull=True).values_list("pk", flat=True):
        yield f"Delivery {pk} is sent without a moment."
    twice = Message.objects.values("event", "kind", "to").annotate(n=Count("pk")).filter(n__gt=1)
    yield from (f"Event {each['event']} told {each['to']} of {each['kind']} {each['n']} times." for each in twice)
    open_message = Message.objects.filter(~Q(sealed=F("event__sealed")), event__sealed=True)
    yield from (f"Message {pk} of a sealed event is not sealed." for pk in open_message.values_list("pk", flat=True))


CHECKS: list[tuple[str, Check]] = [
    ("rules of the database", database),
    ("lives against the record", lives),
    ("leaves, chain, tree and checkpoints", record),
    ("messages and deliveries", messages),
]
