"""What the rules ask, said by acts and not by duties, so that the search can hold the table of duties against it."""

from dataclasses import dataclass

from challenges.policy.defaults import RULES
from funding.policy.defaults import FUNDING
from funding.policy.paying import approvers_needed
from portal.management.routes.act import (
    CLOCK,
    DEADLINE,
    DISTRICT,
    EXPERT,
    HEAD,
    PARTIES,
    POSTER,
    Act,
    Fact,
    happened,
    state,
)

NEVER = 0


@dataclass(frozen=True)
class Goal:
    """What must take at least so many different people; ``NEVER`` is what no number of people may reach.

    ``fen`` is the amount paid, which says how many approvers there are; ``without`` names what
    time alone would give and has not given yet, ``given`` from where on people are counted. Every route goes
    ``through`` these acts: without one of them the goal is out of reach.
    """

    words: str
    fact: Fact
    people: int
    because: str
    fen: int = 0
    without: Fact | None = None
    given: tuple[Fact, ...] = ()
    through: tuple[str, ...] = ()

    @property
    def approvers(self) -> int:
        """How many approve a payment of this size by the shipped rules."""
        steps = {name: FUNDING[f"{name}_approvers_from_fen"] for name in ("two", "three")}
        return approvers_needed(self.fen, two_from_fen=steps["two"], three_from_fen=steps["three"])


TWO, THREE = FUNDING["two_approvers_from_fen"], FUNDING["three_approvers_from_fen"]
PAID, PLANNED = state("payment", "confirmed"), (state("instalment", "planned"),)
BOARD = "poster, bidder, district, officer, draw clerk, five experts"
MONEY = "the poster claims, the bureau checks the claim, finance prepares"
EXPERTS = RULES["panel_least"]

TO_SIGN = ("pool_need", "publish_board", "seal_bid", "close_box", "open_box", "qualify_bid", "name_experts", "accept_seat",
           "submit_sheet", "lock_panel", "select_bid", "sign_agreement")
TO_AWARD = ("submit_application", "recommend_application", "check_application", "name_experts", "accept_seat", "submit_sheet",
            "lock_project_panel", "propose_awards", "give_award_notice", "record_decision", "confirm_decision")
TO_PAY = ("claim_instalment", "verify_claim", "enter_bank_account", "confirm_bank_account", "prepare_payment", "approve_payment",
          "send_payments", "import_confirmations")

GOALS = [
    Goal("An agreement is signed", state("agreement", "signed"), 5 + EXPERTS, BOARD, through=TO_SIGN),
    Goal("An award is decided, from the agreement on", state("project", "approved"), 4 + FUNDING["panel_least"],
         "poster, officer, a second person who confirms, draw clerk, five experts",
         given=(state("agreement", "signed"),), through=TO_AWARD),
    Goal("City money is paid, from the first need on", PAID, 5 + EXPERTS, BOARD, fen=TWO - 1,
         through=(*TO_SIGN, *TO_AWARD, "sign_taskbook", *TO_PAY)),
    Goal("City money below 1 million yuan is paid, from the award on", PAID, 4, MONEY + ", one approves",
         fen=TWO - 1, given=PLANNED, through=TO_PAY),
    Goal("City money from 1 million yuan is paid, from the award on", PAID, 5, MONEY + ", two approve",
         fen=TWO, given=PLANNED, through=TO_PAY),
    Goal("City money from 5 million yuan is paid, from the award on", PAID, 6, MONEY + ", three approve",
         fen=THREE, given=PLANNED, through=TO_PAY),
    Goal("A sealed bid is read before its deadline", happened("a sealed bid is read"), NEVER,
         "the clock alone closes the box, and only a closed box opens", without=DEADLINE),
]  # fmt: skip


@dataclass(frozen=True)
class TwoPeople:
    """Acts on one case that the rules give to two people, as (function, whose act); None is anybody's."""

    words: str
    ones: tuple[tuple[str, str | None], ...]
    others: tuple[tuple[str, str | None], ...]


def acts(*names: str) -> tuple[tuple[str, str | None], ...]:
    """Acts by the names of their functions, whoever does them."""
    return tuple((name, None) for name in names)


HANDLING = acts(
    "give_notice", "publish_board", "declare_failed", "qualify_bid", "disqualify_bid", "convene_panel", "lock_panel",
    "register_agreement", "recommend_application", "check_application", "convene_project_panel", "lock_project_panel",
    "propose_awards", "give_award_notice", "end_award", "record_decision", "confirm_decision", "hold_back_instalment",
    "release_instalment", "void_payment",
)  # fmt: skip
VETTING = acts("recommend_need", "pool_need")
INSPECTING = acts("admit_objection", "refuse_objection", "decide_objection")
SIGN = "sign_taskbook"

TWO_PEOPLE = [
    TwoPeople("who draws experts and who handles the case", acts("name_experts"), HANDLING + VETTING),
    TwoPeople("who scores and who decides", acts("accept_seat"), HANDLING + VETTING + acts("name_experts")),
    TwoPeople("the district's look and the bureau's", acts("recommend_need"), acts("pool_need")),
    TwoPeople("the district's look and the bureau's", acts("recommend_application"), acts("check_application")),
    TwoPeople("who records a decision and who confirms it", acts("record_decision"), acts("confirm_decision")),
    TwoPeople("the first decision and the objection to it", INSPECTING,
              HANDLING + VETTING + acts("name_experts", "accept_seat")),
    TwoPeople("who objects and who decides on it", acts("file_objection"), INSPECTING),
    TwoPeople("the two sides of an agreement", (("sign_agreement", "poster"),), (("sign_agreement", "bidder"),)),
    TwoPeople("poster and bidder of a task book", ((SIGN, "poster"),), ((SIGN, "bidder"),)),
    TwoPeople("the parties and the city at a task book", ((SIGN, "poster"), (SIGN, "bidder")), ((SIGN, DISTRICT), (SIGN, HEAD))),
    TwoPeople("district and bureau at a task book", ((SIGN, DISTRICT),), ((SIGN, HEAD),)),
    TwoPeople("who reports a milestone and who accepts it", acts("report_milestone"), acts("accept_milestone", "return_milestone")),
    TwoPeople("who prepares a payment and who approves it", acts("prepare_payment"), acts("approve_payment")),
    TwoPeople("who edits bank details and who pays", acts("enter_bank_account", "confirm_bank_account"),
              acts("prepare_payment", "approve_payment")),
    TwoPeople("who enters an account and who confirms it", acts("enter_bank_account"), acts("confirm_bank_account")),
    TwoPeople("who checks a claim and who pays it", acts("verify_claim"), acts("prepare_payment", "approve_payment")),
    TwoPeople("who pays and who takes over the confirmation", acts("prepare_payment", "approve_payment"),
              acts("import_confirmations")),
]  # fmt: skip


PARTY_AND_OFFICE = "who acts for a party and who holds an office on the case"
BY_A_PARTY = (("submit_need", POSTER),)


def is_of_a_party(act: Act) -> bool:
    """Whether an act is done for poster or bidder."""
    return act.who in PARTIES


def is_of_the_city(act: Act) -> bool:
    """Whether an act is an office on the case; an expert's sheets rest on the seat, which is one."""
    if act.who == EXPERT:
        return act.function == "accept_seat"
    return act.who not in (*PARTIES, CLOCK) and act.function != "file_objection"
