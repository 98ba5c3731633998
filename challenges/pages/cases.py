"""The record of a case: what happened, who did it, and the proof."""

from json import loads
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, JsonResponse

from challenges.pages.board_tabs import tabs_of
from challenges.queries import cases
from portal.models import Checkpoint
from portal.queries.destroying import may_reach
from portal.queries.proofs import last_checkpoint, number_of, proof_of
from portal.record import words_of
from portal.web import Answer, find, page

PER_PAGE = 25


@page("challenges/record.html")
def record(request: HttpRequest, pk: UUID) -> Answer:
    """The events of a case, as far as this person may read them."""
    case = find(cases.visible_to(request.user), pk=pk)
    listed = Paginator(cases.events_of(case, request.user), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "event": event,
            "what": cases.words_for(event.kind),
            "words": words_of(event) if cases.may_read_words(event, case, request.user) else "",
            "number": number_of(event),
            "may_destroy": may_reach(request.user, event),
            "leaf": bytes(event.leaf).hex(),
        }
        for event in listed
    ]
    return {"case": case, "page": listed, "rows": rows, "checkpoint": _readable(last_checkpoint()), "tabs": tabs_of(request.user, case, "case-record")}


@page("challenges/record.html")
def proof(request: HttpRequest, pk: UUID, event: UUID) -> Answer:
    """The proof that one event stands in the record, as a file."""
    case = find(cases.visible_to(request.user), pk=pk)
    found = find(cases.events_of(case, request.user), pk=event)
    answer = JsonResponse(proof_of(found), json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="proof-{found.pk}.json"'
    return answer


def _readable(checkpoint: Checkpoint | None) -> dict | None:
    """What the page shows of a checkpoint."""
    return {"size": checkpoint.size, "at": checkpoint.at, "root": loads(checkpoint.body)["root"]} if checkpoint else None
