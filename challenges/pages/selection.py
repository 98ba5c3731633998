"""Pages of the decision: ranks before the poster, selecting, and a bidder's own score."""

from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from challenges.actions import selecting
from challenges.forms.selection import SelectForm
from challenges.pages.board_tabs import tabs_of
from challenges.pages.scores import tie_words
from challenges.permissions.agreeing import may_draft_agreement
from challenges.permissions.ranking import may_read_own_score, may_read_ranks
from challenges.permissions.selecting import may_select_bid
from challenges.queries import bidding as bids
from challenges.queries.agreeing import live_agreement
from challenges.queries.drawing import panel_of
from challenges.queries.ranking import comments_on, result_of, score_of
from challenges.queries.selecting import boards_of, scored_bids, selected_bid, selections_of
from challenges.queries.stages import stages_of, standing_of
from portal.clock import portal_now
from portal.kernel.errors import NotFound
from portal.kernel.verdict import require
from portal.permissions import reads_cases
from portal.web import find, page


@page("challenges/results.html")
def results(request, pk: UUID):
    """Total and rank of every bid, for the poster and the bureau; the poster selects from here."""
    now = portal_now()
    board = find(boards_of(request.user), pk=pk)
    require(may_read_ranks(request.user, board))
    panel, selected = panel_of(board), selected_bid(board)
    lines = result_of(panel, with_sheets=False) if panel else []
    for line in lines:
        line.bid.challenge = board
    agreement = live_agreement(selected) if selected else None
    if selected:
        selected.challenge = board
    return {
        "now": now,
        "board": board,
        "panel": panel,
        "standing": standing_of(board, now=now),
        "stages": stages_of(board),
        "tabs": tabs_of(request.user, board, "results"),
        "rows": [(line, may_select_bid(request.user, line.bid, selected=selected)) for line in lines],
        "ties": tie_words(board.rules.tie_chain),
        "any_tie": any(line.score.tied for line in lines if line.score),
        "selected": selected,
        "selections": selections_of(board),
        "agreement": agreement,
        "may_draft": may_draft_agreement(request.user, selected) if selected and not agreement else None,
        "of_bureau": reads_cases(request.user, board.rules.programme_id),
    }


@page("challenges/bid_select.html")
def select(request, pk: UUID):
    """The poster's administrator selects this bid, with a reason if it is not the first in rank."""
    now = portal_now()
    bid = find(scored_bids(request.user), pk=pk)
    score = score_of(bid)
    form = SelectForm(request.POST or None, rank=score.rank)
    if form.is_valid():
        selecting.select_bid(bid.pk, why=form.cleaned_data["why"], by=request.user, now=now)
        messages.success(request, _("%(lead)s is selected. All bidders have been told.") % {"lead": bid.lead.name})
        return redirect("results", pk=bid.challenge_id)
    verdict = may_select_bid(request.user, bid, selected=selected_bid(bid.challenge))
    return {"now": now, "bid": bid, "board": bid.challenge, "score": score, "form": form, "verdict": verdict}


@page("challenges/bid_score.html")
def own_score(request, pk: UUID):
    """A bidder's own score and the experts' comments, once it is decided."""
    now = portal_now()
    bid = find(bids.visible_to(request.user).select_related("lead", "challenge__poster", "challenge__rules"), pk=pk)
    score = score_of(bid)
    if score is None:
        raise NotFound()
    require(may_read_own_score(request.user, bid))
    return {
        "now": now,
        "bid": bid,
        "board": bid.challenge,
        "score": score,
        "comments": comments_on(score),
        "agreement": live_agreement(bid),
    }
