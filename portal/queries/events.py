"""Events about one thing: the last words somebody wrote on it."""

from django.db.models import Model

from portal.models import Event
from portal.record import words_of


def last_words(subject: Model, kind: str) -> str:
    """What a person wrote with the last event of this kind about the subject, or nothing."""
    event = Event.objects.filter(subject_id=subject.pk, kind=kind).order_by("-at", "-pk").first()
    return words_of(event) if event else ""
