"""Pages of a need: list, start, write, submit, vet."""

from uuid import UUID

from challenges.queries import needs
from portal.clock import portal_now
from portal.web import find, page


@page("challenges/need.html")
def show(request, pk: UUID):
    """A need as its poster, its district and the bureau see it."""
    return {"now": portal_now(), "need": find(needs.visible_to(request.user), pk=pk)}
