"""The organisations of projects that come to a step which rules may close without credit in order."""

from collections.abc import Iterator

from challenges.queries.credit_work import Step
from funding.models import Instalment, Project
from funding.states import InstalmentState, ProjectState

P = ProjectState
AHEAD = {
    P.SUBMITTED: "check_application",
    P.RECOMMENDED: "check_application",
    P.REVIEWED: "approve_project",
    P.PROPOSED: "approve_project",
    P.IN_NOTICE: "approve_project",
    P.APPROVED: "sign_taskbook",
}
"""The gate that a project comes to next."""
MONEY = {InstalmentState.CLAIMED: "verify_claim", InstalmentState.VERIFIED: "prepare_payment"}
"""The gate that an instalment comes to next."""


def steps() -> Iterator[Step]:
    """Poster and bidder of every project before such a step."""
    projects = Project.objects.filter(state__in=AHEAD).values_list("poster_id", "bidder_id", "state", "rules_id")
    for poster, bidder, state, rules in projects:
        yield from ((side, AHEAD[state], rules) for side in (poster, bidder))
    columns = ("project__poster_id", "project__bidder_id", "state", "project__rules_id")
    for poster, bidder, state, rules in Instalment.objects.filter(state__in=MONEY).values_list(*columns):
        yield from ((side, MONEY[state], rules) for side in (poster, bidder))
