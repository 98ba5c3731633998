"""Pages after the opening: a board's bids, and a board without a taker."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from challenges.actions import opening
from challenges.forms.qualifying import FailForm
from challenges.pages.board_tabs import tabs_of
from challenges.permissions.opening import may_declare_failed, may_see_opened_bids
from challenges.queries import boards
from challenges.queries.opening import opened_bids
from portal.clock import portal_now
from portal.kernel.verdict import require
from portal.web import find, page


@page("challenges/opened_bids.html")
def bids(request, pk: UUID):
    """The opened bids of a board, for the bureau and the poster."""
    board = _board(request, pk)
    shown = Paginator(opened_bids(request.user, board.pk), 25).get_page(request.GET.get("page"))
    return {
        "now": portal_now(),
        "board": board,
        "tabs": tabs_of(request.user, board, "board-bids"),
        "page": shown,
        "may_fail": may_declare_failed(request.user, board),
    }


@page("challenges/board_fail.html")
def fail(request, pk: UUID):
    """Say that no bid can be taken."""
    board = _board(request, pk)
    form = FailForm(request.POST or None)
    if form.is_valid():
        opening.declare_failed(board.pk, why=form.cleaned_data["why"], by=request.user, now=portal_now())
        messages.success(request, _("The board is recorded as having no valid taker. The poster has been told."))
        return redirect("board", pk=board.pk)
    return {"now": portal_now(), "board": board, "form": form, "may_fail": may_declare_failed(request.user, board)}


def _board(request, pk: UUID):
    """A board that this person may see the opened bids of; hidden and absent are the same."""
    board = find(boards.visible_to(request.user).select_related("poster", "rules"), pk=pk)
    require(may_see_opened_bids(request.user, board))
    return board
