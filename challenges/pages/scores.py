"""How scores are put before people: on the plot, and the tie chain in words."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from challenges.queries.ranking import Line
from portal.faces import Points, Scored
from portal.show import listed

TIE_WORDS = {"technical": _("the higher technical sub-score"), "price": _("the lower price")}


def plotted(lines: Sequence[Line], *, points: bool = True) -> list[Scored]:
    """The candidates with a score for the plot; without ``points`` only official scores are drawn."""
    return [
        Scored(
            name=f"{line.candidate.label} {line.bid.lead.name}",
            points=[Points(sheet.total, sheet.pk in line.score.dropped) for sheet in line.sheets] if points else [],
            official=line.score.official,
            rank=line.score.rank,
            note=members_of(line),
            plain_mean=line.score.plain_mean if points else None,
        )
        for line in lines
        if line.score
    ]


def members_of(line: Line) -> str:
    """Whether a bid comes from one organisation or a consortium, and of how many."""
    count = sum(not party.lead for party in line.bid.parties.all())
    return str(_("consortium with %(count)s others") % {"count": count}) if count else str(_("single bidder"))


def tie_words(chain: Sequence[str]) -> str:
    """The tie chain of the rules in words."""
    return listed(TIE_WORDS.get(link, link) for link in chain)
