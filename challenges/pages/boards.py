"""Pages of boards: the public list and a board."""

from uuid import UUID

from django.utils.translation import gettext as _

from challenges.pages.board_tabs import tabs_of
from challenges.permissions.bidding import may_start_bid
from challenges.queries import boards, needs
from challenges.queries.money import money_of
from challenges.queries.stages import stages_of, standing_of
from portal.clock import portal_now
from portal.kernel.verdict import Verdict, no
from portal.show import in_english
from portal.visitors import for_visitors
from portal.web import find, page


@for_visitors
@page("challenges/boards.html", public=True)
def index(request):
    """All boards, with filters; those open for bids on top."""
    now = portal_now()
    wanted = boards.Wanted(
        phases=frozenset(request.GET.getlist("phase")) & frozenset(boards.PHASES),
        classes=frozenset(request.GET.getlist("class")),
        fields=frozenset(request.GET.getlist("field")),
        words=request.GET.get("q", "").strip()[:80],
    )
    facets = boards.facets_of(request.user, wanted, now=now)
    number = boards.page_number(request.GET.get("page"), facets.found)
    found = boards.page_of(request.user, wanted, now=now, start=(number - 1) * boards.PAGE)
    choices = boards.choices_of(facets, wanted, boards.class_words())
    rows = boards.rows_of(found, choices["field_names"], now=now)
    return {
        "now": now,
        "wanted": wanted,
        "filtered": wanted != boards.Wanted(),
        "facets": facets,
        **choices,
        "rows": rows,
        "words": _row_words(),
        "number": number,
        "previous": number - 1,
        "next": number + 1,
        "last": boards.last_page(facets.found),
        "first_row": (number - 1) * boards.PAGE + 1,
        "last_row": (number - 1) * boards.PAGE + len(rows),
    }


@for_visitors
@page("challenges/board.html", public=True)
def show(request, pk: UUID):
    """A board as everybody reads it, and whether this person may start a bid."""
    now = portal_now()
    board = find(boards.with_everything(request.user), pk=pk)
    phase = boards.phase_of(board, now)
    return {
        "now": now,
        "challenge": board,
        "chip": boards.chip_of(board, phase),
        "field": needs.field_of(board),
        "money": money_of(board),
        "stages": stages_of(board, board.notice_ends_on, public=True),
        "standing": standing_of(board, now=now),
        "tabs": tabs_of(request.user, board, "board"),
        "phase": phase,
        "may_bid": _may_bid(request.user, board, now),
    }


def _row_words() -> dict[str, str]:
    """The words that stand in every line of the list, looked up once."""
    return {
        "board": _("For the bidder"),
        "negotiable": _("negotiable"),
        "unit": "RMB million" if in_english() else "万元",
        "city": _("from the city"),
        "closes": _("Closes in"),
        "opens": _("Opens in"),
        "closed": _("Closed"),
    }


def _may_bid(user, board, now) -> Verdict:
    """Whether this person may start a bid for one of their organisations, or the reason that stands most in the way."""
    if not user.is_authenticated:
        return no(_("Sign in as editor or administrator of a verified organisation to start a bid."), "not_signed_in")
    verdict = no(_("Bidding needs an organisation. Register yours, or ask its administrator to add you."), "no_organisation")
    for organisation in needs.organisations_of(user):
        verdict = may_start_bid(user, board, organisation, now=now)
        if verdict:
            break
    return verdict
