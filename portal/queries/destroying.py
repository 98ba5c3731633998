"""Words in the record that may be destroyed, and the proposals to destroy them."""

import json
import re
from uuid import UUID

from django.db.models import Q, QuerySet

from portal.models import Event, Role, TextDestruction
from portal.queries.people import powers_of
from portal.states import DestructionState

DESTROYERS = (Role.DIVISION_HEAD, Role.LEADER, Role.DISCIPLINE)
PROTECTED = ["challenges.objection"]
"""Whose words only discipline inspection reads: they name who objects."""
SHOWN = 50
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def visible_to(user) -> QuerySet[Event]:
    """Events with words whose words a person may have destroyed; what concerns bids before opening is never among them."""
    powers = powers_of(user)
    if not powers.hold(*DESTROYERS) or powers.programmes_of(*DESTROYERS) is not None:
        return Event.objects.none()
    events = Event.objects.filter(Q(text__isnull=False) | Q(destructions__isnull=False), sealed=False).distinct()
    if not powers.hold(Role.DISCIPLINE):
        events = events.exclude(subject_type__in=PROTECTED)
    return events.select_related("by", "on_behalf_of", "text")


def may_reach(user, event: Event) -> bool:
    """Whether the words of an event that a person reads are among those they may have destroyed; without asking the database."""
    powers = powers_of(user)
    here = powers.hold(*DESTROYERS) and powers.programmes_of(*DESTROYERS) is None
    return here and not event.sealed and (powers.hold(Role.DISCIPLINE) or event.subject_type not in PROTECTED)


def proposals(user) -> QuerySet[TextDestruction]:
    """Proposals about words that a person may know of: what waits first, then the newest."""
    rows = TextDestruction.objects.filter(event__in=visible_to(user)).select_related("event", "asked_by", "decided_by")
    return rows.order_by("decided_at", "-asked_at", "pk")


def found_by(user, pasted: str) -> list[Event]:
    """The newest events with words about the thing whose address or number somebody pasted."""
    ids = [UUID(each) for each in ID.findall(pasted)]
    about = Q(pk__in=ids) | Q(subject_id__in=ids) | Q(case_id__in=ids)
    return list(visible_to(user).filter(about).order_by("-at", "pk")[:SHOWN]) if ids else []


def of_event(event: Event) -> list[TextDestruction]:
    """Every proposal about the words of an event, the newest first."""
    return list(event.destructions.select_related("asked_by", "decided_by").order_by("-asked_at"))


def open_proposal(event: Event) -> TextDestruction | None:
    """The proposal that waits for a second official."""
    return event.destructions.filter(state=DestructionState.ASKED).first()


def hash_of(event: Event) -> str:
    """The salted SHA-256 of the words, which stays in the event."""
    return json.loads(event.body)["text"] or ""
