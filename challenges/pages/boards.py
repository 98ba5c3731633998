"""Pages of boards: the public list, a board, publishing and withdrawing."""

from uuid import UUID

from challenges.queries import boards
from portal.clock import portal_now
from portal.web import find, page


@page("challenges/board.html", public=True)
def show(request, pk: UUID):
    """A board as everybody reads it."""
    return {"now": portal_now(), "board": find(boards.visible_to(request.user), pk=pk)}
