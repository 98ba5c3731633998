"""Who hears of requests to be forgotten, and of words that are to be destroyed."""

from django.urls import reverse

from portal.messages_personal import destroyers_but, heads_but
from portal.models import Erasure, TextDestruction
from portal.queries.people import accounts_of
from portal.tell import Kind

ERASURE_ASKED = Kind(
    "erasure_asked",
    to=lambda erasure: heads_but(*accounts_of(erasure.person_id)),
    link=lambda erasure: reverse("erasure", args=[erasure.pk]),
)


def _own_page(erasure: Erasure) -> str:
    return reverse("own-erasure")


ERASURE_DECLINED = Kind("erasure_declined", to=lambda erasure: [erasure.person_id], link=_own_page)


def _words_page(destruction: TextDestruction) -> str:
    return reverse("words-of-event", args=[destruction.event_id])


DESTRUCTION_ASKED = Kind(
    "destruction_asked", to=lambda destruction: destroyers_but(destruction.asked_by_id), link=_words_page
)
DESTRUCTION_DONE = Kind("destruction_done", to=lambda destruction: [destruction.asked_by_id], link=_words_page)
DESTRUCTION_DECLINED = Kind("destruction_declined", to=lambda destruction: [destruction.asked_by_id], link=_words_page)
