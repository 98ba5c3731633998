"""How poster and bidder of a case are affiliated, and what was decided about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from challenges.models import AffiliationFinding, Bid, FindingDecision, Rules
from challenges.policy.affiliations import Step, Weight, heaviest, weigh
from challenges.queries.credit import organisations_of_bid
from portal.kernel.canonical import digest
from portal.models import Organisation
from portal.queries.affiliations import Link, Path, affiliations_between, words_of_path


@dataclass(frozen=True)
class Tied:
    """An organisation behind a bid that is tied to the poster: the ways, their weight, and the decision on exactly them."""

    poster: Organisation
    party: Organisation
    paths: tuple[Path, ...]
    weight: Weight
    digest: str
    finding: AffiliationFinding | None

    @property
    def is_open(self) -> bool:
        """Whether a person has still to decide."""
        return self.weight == "flag" and self.finding is None

    @property
    def excludes(self) -> bool:
        """Whether the rules or a person's decision exclude the two from one case."""
        return self.weight == "block" or (self.finding is not None and self.finding.decision == FindingDecision.BLOCKED)

    @property
    def words(self) -> list[str]:
        """Each way in words; what an organisation declared of a person and nobody has confirmed yet is marked."""
        unconfirmed = _("%(tie)s (declared, not confirmed yet)")
        found = ((words_of_path(path), any(link.waiting for link in path)) for path in self.paths)
        return [unconfirmed % {"tie": words} if waits else words for words, waits in found]


def ties_of(bid: Bid, on: date) -> list[Tied]:
    """The organisations behind a bid that are tied to its poster on a day, as the rules of the board weigh it.

    A decision counts for exactly the ties it was taken on; one tie more asks for another. The latest counts.
    """
    challenge, rules = bid.challenge, bid.challenge.rules
    parties = Organisation.objects.in_bulk(organisations_of_bid(bid))
    decided = {
        (finding.party_id, finding.digest): finding
        for finding in AffiliationFinding.objects.filter(bid=bid).select_related("by").order_by("at", "pk")
    }
    found = []
    for pk, party in parties.items():
        between = affiliations_between(challenge.poster_id, pk, on, rules.conflict_years)
        weighed = [(path, weight_of(path, rules)) for path in between]
        paths = tuple(path for path, weight in weighed if weight != "none")
        if paths:
            key = digest(written(paths))
            weight = heaviest([weight for _path, weight in weighed])
            found.append(Tied(challenge.poster, party, paths, weight, key, decided.get((pk, key))))
    return found


def weight_of(path: Path, rules: Rules) -> Weight:
    """What one way means under the rules; a declared tie of which its person has not said yet that it is so never excludes."""
    steps = [Step(link.kind, link.percent) for link in path]
    found = weigh(
        steps, flag_percent=rules.share_flag_percent, block_percent=rules.share_block_percent, blocks=rules.affiliation_blocks
    )
    return "flag" if found == "block" and any(link.waiting for link in path) else found


def written(paths: Iterable[Path]) -> list[list[dict[str, str]]]:
    """Ways as they are kept with a decision: ids, kinds and shares of each tie."""
    return [[_kept(link) for link in path] for path in paths]


def _kept(link: Link) -> dict[str, str]:
    return {
        "id": str(link.id or ""),
        "kind": str(link.kind),
        "holder": str(link.holder.id),
        "target": str(link.target.id),
        "percent": f"{link.percent.normalize():f}" if link.percent is not None else "",
    }
