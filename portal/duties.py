"""The duties people take on a case, and the pairs of them that may not meet in one hand.

This is the one table of who must not be who. Permissions ask it (``portal/apart.py:apart``),
actions write down each duty they take (``portal/actions/duties.py:take_duty``), and a trigger that
is built from it refuses the row that would let two duties meet (``portal/models/duty.py``).
docs/duties.md is drawn from it; ``search_routes`` looks for a way around it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

Place = tuple[str, UUID]
"""Where a duty is taken: the kind of thing, and which one."""


class Scope(TextChoices):
    """What a pair of duties may not meet on."""

    CASE = "case", _("the case")
    AGREEMENT = "agreement", _("the agreement")
    TASKBOOK = "taskbook", _("the task book")
    DECISION = "decision", _("the decision")
    OBJECTION = "objection", _("the objection")
    MILESTONE = "milestone", _("the milestone")
    CLAIM = "claim", _("the claim")
    ACCOUNT = "account", _("the bank account")
    PAYMENT = "payment", _("the payment")

    def of(self, pk: UUID) -> Place:
        """The place of this kind with this id; a case's is its challenge's, from the need to the last payment."""
        return (self.value, pk)


class Duty(TextChoices):
    """What a person does on a case that somebody else may have to do apart from them."""

    ACTS_FOR_A_PARTY = "acts_for_a_party", _("acts for a party")
    VETS_NEED_FOR_DISTRICT = "vets_need_for_district", _("vets the need for its district")
    VETS_NEED = "vets_need", _("vets the need for the bureau")
    HANDLES_CASE = "handles_case", _("handles the case")
    CONVENES_PANEL = "convenes_panel", _("convenes a panel")
    NAMES_EXPERTS = "names_experts", _("names the experts")
    SCORES = "scores", _("scores")
    LOCKS_SCORES = "locks_scores", _("locks the scores")
    SIGNS_AGREEMENT_FOR_POSTER = "signs_agreement_for_poster", _("signs the agreement for the poster")
    SIGNS_AGREEMENT_FOR_BIDDER = "signs_agreement_for_bidder", _("signs the agreement for the bidder")
    VETS_APPLICATION_FOR_DISTRICT = "vets_application_for_district", _("vets the application for the district")
    CHECKS_APPLICATION = "checks_application", _("checks the application for the bureau")
    PROPOSES_AWARD = "proposes_award", _("proposes the award and gives notice of it")
    RECORDS_DECISION = "records_decision", _("records the decision")
    CONFIRMS_DECISION = "confirms_decision", _("confirms the decision")
    FILES_OBJECTION = "files_objection", _("files an objection")
    HANDLES_OBJECTION = "handles_objection", _("decides on an objection")
    SIGNS_TASKBOOK_FOR_POSTER = "signs_taskbook_for_poster", _("signs the task book for the poster")
    SIGNS_TASKBOOK_FOR_BIDDER = "signs_taskbook_for_bidder", _("signs the task book for the bidder")
    SIGNS_TASKBOOK_FOR_DISTRICT = "signs_taskbook_for_district", _("signs the task book for the district")
    SIGNS_TASKBOOK_FOR_BUREAU = "signs_taskbook_for_bureau", _("signs the task book for the bureau")
    REPORTS_MILESTONE = "reports_milestone", _("reports a milestone")
    DECIDES_ON_MILESTONE = "decides_on_milestone", _("decides on a milestone")
    CHECKS_CLAIM = "checks_claim", _("checks a claim")
    ENTERS_ACCOUNT = "enters_account", _("enters the bank account")
    CONFIRMS_ACCOUNT = "confirms_account", _("confirms the bank account")
    PREPARES_PAYMENT = "prepares_payment", _("prepares the payment")
    APPROVES_PAYMENT = "approves_payment", _("approves the payment")
    SENDS_PAYMENT = "sends_payment", _("sends the payment")
    RECONCILES_PAYMENT = "reconciles_payment", _("takes over the treasury's confirmation")
    OPENS_BOX = "opens_box", _("opens the box")


D = Duty

DECIDING = (
    D.HANDLES_CASE,
    D.CONVENES_PANEL,
    D.LOCKS_SCORES,
    D.VETS_APPLICATION_FOR_DISTRICT,
    D.CHECKS_APPLICATION,
    D.PROPOSES_AWARD,
    D.RECORDS_DECISION,
    D.CONFIRMS_DECISION,
)
"""Handling a case and deciding on it, in whichever office; vetting the need stands beside them."""

VETTING = (D.VETS_NEED_FOR_DISTRICT, D.VETS_NEED)

OFFICIAL = (
    *DECIDING,
    D.NAMES_EXPERTS,
    D.SCORES,
    D.HANDLES_OBJECTION,
    D.SIGNS_TASKBOOK_FOR_DISTRICT,
    D.SIGNS_TASKBOOK_FOR_BUREAU,
    D.DECIDES_ON_MILESTONE,
    D.CHECKS_CLAIM,
    D.PREPARES_PAYMENT,
    D.APPROVES_PAYMENT,
    D.SENDS_PAYMENT,
    D.RECONCILES_PAYMENT,
    D.OPENS_BOX,
)
"""What is done for the city and never for a party; with vetting the need."""


@dataclass(frozen=True)
class Apart:
    """Two duties that no person takes on one ``scope``: the ``code`` and sentence of the refusal, and why."""

    one: Duty
    other: Duty
    scope: Scope
    code: str
    sentence: object
    source: str

    @property
    def name(self) -> str:
        """What the database calls the rule."""
        return f"duty_{self.one.value}_apart_from_{self.other.value}"


def pairs(
    ones: Iterable[Duty], others: Iterable[Duty], scope: Scope, code: str, sentence: object, source: str
) -> list[Apart]:
    """Each of the first duties apart from each of the others."""
    others = tuple(others)
    return [Apart(one, other, scope, code, sentence, source) for one in ones for other in others]


OWN = _("You act for an organisation on this case, or took part in it for the city, so somebody else has to do this.")
OWN_NEED = _("You act for the organisation that posts this need, so somebody else has to vet it.")
CONVENED = _("You convened this panel, so another draw clerk has to name its experts.")
DRAWN = _("Who names the experts does not handle the case. You did one of the two, so somebody else does the other.")
SCORED = _("You score on this case, so somebody else has to decide. Who scores does not decide.")
TWO_CHECKS = _("District and bureau each look for themselves. You did the other check, so somebody else does this one.")
BEFORE = _("You took part in the decision on this item, so somebody else decides on the objection.")
OBJECTED = _("You filed this objection yourself, so somebody else decides on it.")
BOTH_SIDES = _("You signed for the other side. Somebody else has to sign for this one.")
ONE_PARTY = _("You signed for another party of this task book. Somebody else signs for this one.")
RECORDED = _("You recorded this decision, so somebody else has to confirm it.")
REPORTED = _("You reported this milestone yourself. Somebody else decides on it.")
OWN_ACCOUNT = _("You entered this account or act for its holder. Somebody else confirms it.")
PREPARED = _("You prepared this payment, so you cannot approve it, in whichever role.")
EDITED = _("You entered or confirmed the payee's account, so you neither prepare nor approve payments to it.")
CHECKED = _("You checked this claim, so you cannot approve its payment.")
CHECKED_AND_PREPARES = _("You checked this claim for the bureau, so somebody else prepares its payment.")
PAID = _("You prepared or approved a payment of this file, so another reconciler takes it over.")

PARTIES = "Who acts for a party holds no office on the case."
DRAW = "Who draws experts and who handles the case are two people."
SCORE = "Who scores and who decides are two people."
OUTSIDE = "An objection goes to somebody outside the first decision."
MAKER = "Who makes and who checks are two people."
MONEY = "Who prepares a payment, who approves it and who edits bank details are different people."
SIDES = "Every party signs by a person of its own."
BUREAU_AND_FINANCE = "The bureau finds what is payable; the finance side pays it."

TASKBOOK_SIGNERS = (
    D.SIGNS_TASKBOOK_FOR_POSTER,
    D.SIGNS_TASKBOOK_FOR_BIDDER,
    D.SIGNS_TASKBOOK_FOR_DISTRICT,
    D.SIGNS_TASKBOOK_FOR_BUREAU,
)

APART: list[Apart] = [
    *pairs([D.ACTS_FOR_A_PARTY], VETTING, Scope.CASE, "own_need", OWN_NEED, PARTIES),
    *(
        Apart(one, other, Scope.TASKBOOK, "taskbook_one_person_one_party", ONE_PARTY, SIDES)
        for place, one in enumerate(TASKBOOK_SIGNERS)
        for other in TASKBOOK_SIGNERS[place + 1 :]
    ),
    *pairs([D.ACTS_FOR_A_PARTY], OFFICIAL, Scope.CASE, "own_case", OWN, PARTIES),
    *pairs([D.ENTERS_ACCOUNT, D.ACTS_FOR_A_PARTY], [D.CONFIRMS_ACCOUNT], Scope.ACCOUNT, "confirms_own_account",
           OWN_ACCOUNT, MONEY),
    *pairs([D.CONVENES_PANEL], [D.NAMES_EXPERTS], Scope.CASE, "named_by_the_convener", CONVENED, DRAW),
    *pairs([*VETTING, *(each for each in DECIDING if each != D.CONVENES_PANEL)], [D.NAMES_EXPERTS], Scope.CASE,
           "draws_and_handles", DRAWN, DRAW),
    *pairs([D.SCORES], [*VETTING, *DECIDING, D.NAMES_EXPERTS], Scope.CASE, "scores_and_decides", SCORED, SCORE),
    *pairs([D.VETS_NEED_FOR_DISTRICT], [D.VETS_NEED], Scope.CASE, "checks_for_both", TWO_CHECKS, MAKER),
    *pairs([D.VETS_APPLICATION_FOR_DISTRICT], [D.CHECKS_APPLICATION], Scope.CASE, "checks_for_both", TWO_CHECKS, MAKER),
    *pairs([*VETTING, *DECIDING, D.NAMES_EXPERTS, D.SCORES], [D.HANDLES_OBJECTION], Scope.CASE, "decided_before",
           BEFORE, OUTSIDE),
    *pairs([D.FILES_OBJECTION], [D.HANDLES_OBJECTION], Scope.OBJECTION, "own_objection", OBJECTED, OUTSIDE),
    *pairs([D.SIGNS_AGREEMENT_FOR_POSTER], [D.SIGNS_AGREEMENT_FOR_BIDDER], Scope.AGREEMENT, "signs_for_both",
           BOTH_SIDES, SIDES),
    *pairs([D.RECORDS_DECISION], [D.CONFIRMS_DECISION], Scope.DECISION, "recorded_by_the_same", RECORDED, MAKER),
    *pairs([D.REPORTS_MILESTONE], [D.DECIDES_ON_MILESTONE], Scope.MILESTONE, "reported_by_yourself", REPORTED, MAKER),
    *pairs([D.PREPARES_PAYMENT], [D.APPROVES_PAYMENT], Scope.PAYMENT, "prepares_and_approves", PREPARED, MONEY),
    *pairs([D.ENTERS_ACCOUNT, D.CONFIRMS_ACCOUNT], [D.PREPARES_PAYMENT, D.APPROVES_PAYMENT], Scope.ACCOUNT,
           "edits_account", EDITED, MONEY),
    *pairs([D.CHECKS_CLAIM], [D.APPROVES_PAYMENT], Scope.CLAIM, "checks_and_approves", CHECKED, MAKER),
    *pairs([D.CHECKS_CLAIM], [D.PREPARES_PAYMENT], Scope.CLAIM, "checks_and_prepares", CHECKED_AND_PREPARES,
           BUREAU_AND_FINANCE),
    *pairs([D.PREPARES_PAYMENT, D.APPROVES_PAYMENT], [D.RECONCILES_PAYMENT], Scope.PAYMENT, "pays_and_reconciles",
           PAID, MAKER),
]  # fmt: skip
"""Every pair, the narrower rule before the wider one: the first that applies gives the reason."""

COUNTED = {D.APPROVES_PAYMENT: Scope.PAYMENT}
"""Duties of which several are asked for: each by another person, whatever accounts they have."""


def rivals(duty: str) -> list[tuple[str, str, Apart]]:
    """What may not meet a duty, as (other duty, scope, pair), in the order of the table."""
    found = []
    for pair in APART:
        if duty == pair.one:
            found.append((pair.other.value, pair.scope.value, pair))
        elif duty == pair.other:
            found.append((pair.one.value, pair.scope.value, pair))
    return found
