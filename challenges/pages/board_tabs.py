"""The pages of an opened board as tabs, for those who may read more than the board itself."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.models import Challenge
from challenges.permissions.opening import may_see_opened_bids
from challenges.permissions.ranking import may_read_ranks
from portal.faces import Tab


def tabs_of(user, board: Challenge, here: str) -> Sequence[Tab]:
    """Board, opened bids, result and record; none before the opening and none for the public."""
    if not may_see_opened_bids(user, board):
        return []
    pages = [("board", _("Board")), ("board-bids", _("Opened bids"))]
    if may_read_ranks(user, board):
        pages.append(("results", _("Result of the review")))
    pages.append(("case-record", _("Record of the case")))
    return [Tab(word, reverse(name, args=[board.pk]), current=name == here) for name, word in pages]
