"""The acts from a need to a signed agreement."""

from portal.duties import Duty as D
from portal.duties import Scope as S
from portal.management.routes.act import (
    ANYBODY,
    BIDDER,
    CLERK,
    CLOCK,
    DEADLINE,
    DISCIPLINE,
    DISTRICT,
    EXPERT,
    OFFICER,
    POSTER,
    Act,
    happened,
    state,
    step,
)

CASE = (S.CASE,)
PARTY = (D.ACTS_FOR_A_PARTY, CASE)
HANDLES = (D.HANDLES_CASE, CASE)
VETTED_BY_DISTRICT, VETTED = (D.VETS_NEED_FOR_DISTRICT, CASE), (D.VETS_NEED, CASE)
INSPECTS = (D.HANDLES_OBJECTION, (S.OBJECTION, S.CASE))
A = "challenges.actions."
SIGNATURE = ("agreement.signature",)
MOVED_ON = "wrong_state"


def panel_acts(of: str, people: str) -> list[Act]:
    """What happens on any panel between convening and locking; ``of`` is ``board`` or ``project``."""
    seat, sheet = f"{of}_seat", f"{of}_sheet"
    convened = {happened(f"{of} panel convened"): "not_found"}
    return [
        Act(A + "drawing.name_experts", CLERK, duties=((D.NAMES_EXPERTS, CASE),), makes=(seat,), needs=convened),
        Act(A + "reviewing.accept_seat", EXPERT, (step(seat, "invited", "accepted"),), ((D.SCORES, CASE),), people=people),
        Act(A + "reviewing.decline_seat", EXPERT, (step(seat, "invited", "declined"),)),
        Act(A + "reviewing.expire_invitation", CLOCK, (step(seat, "invited", "expired"),)),
        Act(A + "reviewing.recuse", EXPERT,
            (step(seat, "invited accepted", "recused"), step(sheet, "submitted", "set_aside"))),
        Act(A + "reviewing.save_sheet", EXPERT, makes=(sheet,), needs={state(seat, "accepted"): "declaration_missing"}),
        Act(A + "reviewing.submit_sheet", EXPERT, (step(sheet, "draft reopened", "submitted"),),
            needs={state(seat, "accepted"): "declaration_missing"}),
    ]  # fmt: skip


BOARD_ACTS = [
    Act(A + "drafting.start_need", POSTER, duties=(PARTY,), makes=("challenge",)),
    Act(A + "drafting.save_need", POSTER, duties=(PARTY,)),
    Act(A + "drafting.attach_file", POSTER, duties=(PARTY,)),
    Act(A + "drafting.remove_file", POSTER, duties=(PARTY,)),
    Act(A + "drafting.submit_need", POSTER, (step("challenge", "draft returned", "submitted"),), (PARTY,)),
    Act(A + "vetting.recommend_need", DISTRICT, (step("challenge", "submitted", "recommended"),), (VETTED_BY_DISTRICT,)),
    Act(A + "vetting.return_need", DISTRICT, (step("challenge", "submitted", "returned"),), (VETTED_BY_DISTRICT,)),
    Act(A + "vetting.return_need", OFFICER, (step("challenge", "recommended", "returned"),), (VETTED,)),
    Act(A + "vetting.reject_need", DISTRICT, (step("challenge", "submitted", "rejected"),), (VETTED_BY_DISTRICT,)),
    Act(A + "vetting.reject_need", OFFICER, (step("challenge", "recommended", "rejected"),), (VETTED,)),
    Act(A + "vetting.pool_need", OFFICER, (step("challenge", "recommended", "pooled"),), (VETTED,)),
    Act(A + "publicising.give_notice", OFFICER, (step("challenge", "pooled", "in_notice"),), (HANDLES,)),
    Act(A + "publicising.end_notice", CLOCK, (step("challenge", "in_notice", "pooled"),)),
    Act(A + "publishing.publish_board", OFFICER, (step("challenge", "pooled", "published"),), (HANDLES,)),
    *(
        Act(A + "publishing.withdraw_challenge", who,
            (step("challenge", sources, "withdrawn"), step("bid", "draft signing_off", "lapsed"),
             step("bid", "sealed", "unopened")), (duty,))
        for who, sources, duty in (
            (POSTER, "draft returned submitted recommended pooled in_notice", PARTY),
            (OFFICER, "returned submitted recommended pooled in_notice published failed", HANDLES),
        )
    ),
    Act(A + "bidding.start_bid", BIDDER, makes=("bid",), needs={state("challenge", "published"): "deadline_passed"}),
    Act(A + "bidding.ask_sign_off", BIDDER, (step("bid", "draft", "signing_off"),)),
    Act(A + "bidding.send_back", BIDDER, (step("bid", "signing_off", "draft"),)),
    Act(A + "bidding.withdraw_bid", BIDDER,
        (step("bid", "draft signing_off sealed opened qualified ranked reserve selected", "withdrawn"),)),
    Act(A + "sealing.seal_bid", BIDDER, (step("bid", "signing_off", "sealed"),),
        needs={state("challenge", "published"): "deadline_passed"}),
    Act(A + "opening.close_box", CLOCK, (step("challenge", "published", "closed"), step("bid", "draft signing_off", "lapsed")),
        needs={DEADLINE: ""}, writes=("box.closed",)),
    Act(A + "opening.open_box", CLOCK,
        (step("challenge", "closed", "opened"), step("challenge", "closed", "failed"), step("bid", "sealed", "opened"),
         step("bid", "sealed", "unreadable"), step("bid", "sealed", "unopened")),
        ((D.ACTS_FOR_A_PARTY, CASE),), gives=(happened("a sealed bid is read"),), writes=("key.used",)),
    Act(A + "opening.open_box", ANYBODY,
        (step("challenge", "closed", "opened"), step("challenge", "closed", "failed"), step("bid", "sealed", "opened"),
         step("bid", "sealed", "unreadable"), step("bid", "sealed", "unopened")),
        ((D.OPENS_BOX, CASE),), gives=(happened("a sealed bid is read"),), writes=("key.used",)),
    Act(A + "opening.declare_failed", OFFICER, (step("challenge", "opened evaluated", "failed"),), (HANDLES,)),
    Act(A + "qualifying.qualify_bid", OFFICER, (step("bid", "opened", "qualified"),), (HANDLES,)),
    Act(A + "qualifying.disqualify_bid", OFFICER, (step("bid", "opened qualified", "disqualified"),), (HANDLES,)),
    Act(A + "finding.decide_affiliation", OFFICER, (step("bid", "opened", "disqualified"),), (HANDLES,)),
    Act(A + "drawing.convene_panel", OFFICER, duties=((D.CONVENES_PANEL, CASE),), gives=(happened("board panel convened"),),
        needs={state("challenge", "opened"): MOVED_ON, state("bid", "qualified"): "no_qualified_bid"}),
    *panel_acts("board", "experts of a board"),
    Act(A + "ranking.lock_panel", OFFICER,
        (step("bid", "qualified", "ranked"), step("bid", "qualified", "not_selected"),
         step("challenge", "opened", "evaluated"), step("challenge", "opened", "failed")),
        ((D.LOCKS_SCORES, CASE),), needs={state("board_sheet", "submitted"): "sheets_missing"}),
    Act(A + "selecting.select_bid", POSTER, (step("bid", "ranked reserve", "selected"), step("bid", "ranked", "reserve")),
        (PARTY,), needs={state("challenge", "evaluated"): MOVED_ON}),
    Act(A + "agreeing.draft_agreement", POSTER, duties=(PARTY,), makes=("agreement",),
        needs={state("bid", "selected"): MOVED_ON}),
    Act(A + "agreeing.save_agreement", POSTER, duties=(PARTY,)),
    Act(A + "agreeing.send_to_sign", POSTER, (step("agreement", "draft", "signing"),), (PARTY,)),
    *(
        Act(A + "agreeing.sign_agreement", who, duties=(PARTY, (duty, (S.AGREEMENT,))),
            gives=(happened(f"agreement signed by the {who}"),), needs={state("agreement", "signing"): MOVED_ON}, writes=SIGNATURE)
        for who, duty in ((POSTER, D.SIGNS_AGREEMENT_FOR_POSTER), (BIDDER, D.SIGNS_AGREEMENT_FOR_BIDDER))
    ),
    Act(A + "agreeing.sign_agreement", POSTER,
        (step("agreement", "signing", "signed"), step("challenge", "evaluated", "matched")),
        (PARTY, (D.SIGNS_AGREEMENT_FOR_POSTER, (S.AGREEMENT,))),
        needs={happened("agreement signed by the bidder"): "signed_already"}, writes=SIGNATURE),
    Act(A + "agreeing.register_agreement", OFFICER, (step("agreement", "signed", "registered"),), (HANDLES,)),
    *(
        Act(A + "agreeing.void_agreement", who,
            (step("agreement", sources, "void"), step("bid", "selected", "withdrawn"),
             *((step("challenge", "matched", "evaluated"),) if who == OFFICER else ())), (duty,))
        for who, sources, duty in ((POSTER, "draft signing", PARTY), (BIDDER, "draft signing", PARTY),
                                   (OFFICER, "signed registered", HANDLES))
    ),
    Act(A + "objecting.file_objection", ANYBODY, duties=((D.FILES_OBJECTION, (S.OBJECTION,)),), makes=("objection",),
        needs={state("challenge", "in_notice"): "notice_over"}),
    Act(A + "objecting.admit_objection", DISCIPLINE, (step("objection", "filed", "admitted"),), (INSPECTS,)),
    Act(A + "objecting.refuse_objection", DISCIPLINE, (step("objection", "filed", "refused"),), (INSPECTS,)),
    Act(A + "objecting.decide_objection", DISCIPLINE,
        (step("objection", "admitted", "upheld"), step("objection", "admitted", "dismissed")), (INSPECTS,)),
]  # fmt: skip
