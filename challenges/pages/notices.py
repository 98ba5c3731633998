"""Pages of public notices."""

from uuid import UUID

from challenges.queries import notices
from portal.clock import portal_now
from portal.web import find, page


@page("challenges/notice.html", public=True)
def show(request, pk: UUID):
    """A public notice as everybody reads it."""
    now = portal_now()
    return {"now": now, "notice": find(notices.visible_to(request.user, now=now), pk=pk)}
