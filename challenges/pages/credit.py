"""What a page shows of credit before a step, and where it sends somebody who has to look an organisation up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from challenges.models import Rules
from challenges.permissions.standing import in_order
from challenges.queries.credit import Standing, checks_of, standing_for
from portal.faces import Check
from portal.kernel.verdict import YES, Verdict
from portal.models import Organisation
from portal.permissions_on_standing import may_see_standing


@dataclass(frozen=True)
class CreditBefore:
    """The credit of a case's organisations before a step: each condition, and whether the step is open."""

    checks: Sequence[Check] = ()
    verdict: Verdict = YES


def credit_before(
    gate: str, rules: Rules, organisation_ids: Iterable[UUID], *, on: date, reader, takes_step: bool = True
) -> CreditBefore:
    """What stands in the way of a step; who does not take the step sees only what they may see anyway."""
    standings = standing_for(gate, rules, organisation_ids, on)
    shown = standings if takes_step else [each for each in standings if may_see_standing(reader, each.organisation)]
    return CreditBefore(_checks(shown, rules, reader), in_order(standings, rules))


def _checks(standings: Iterable[Standing], rules: Rules, reader) -> list[Check]:
    def url_of(organisation: Organisation) -> str:
        return credit_page(organisation) if may_see_standing(reader, organisation) else ""

    return checks_of(standings, rules, url_of=url_of)


def credit_page(organisation: Organisation) -> str:
    """The page on which an organisation's credit is recorded."""
    return reverse("organisation-credit", args=[organisation.pk])
