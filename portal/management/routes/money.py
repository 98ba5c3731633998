"""The acts from an application for city money to its confirmed payment."""

from portal.duties import Duty as D
from portal.duties import Scope as S
from portal.management.routes.act import (
    ANYBODY,
    APPROVER,
    BIDDER,
    CLOCK,
    DISTRICT,
    HEAD,
    OFFICER,
    POSTER,
    PREPARER,
    RECONCILER,
    Act,
    happened,
    state,
    step,
)
from portal.management.routes.boards import CASE, HANDLES, MOVED_ON, PARTY, panel_acts

A = "funding.actions."
PROPOSES = (D.PROPOSES_AWARD, CASE)
DECISION = (S.DECISION, S.CASE)
BY_DISTRICT, BY_BUREAU = (D.VETS_APPLICATION_FOR_DISTRICT, CASE), (D.CHECKS_APPLICATION, CASE)
CHECKS = (D.CHECKS_CLAIM, (S.CASE, S.CLAIM))
PAYS = (S.CASE, S.CLAIM, S.ACCOUNT, S.PAYMENT)
MILESTONE = (D.DECIDES_ON_MILESTONE, (S.CASE, S.MILESTONE))
SIGNATURE, ENTERED = ("taskbook.signature",), ("bankaccount.entered",)
VOID = step("payment", "prepared approved", "void")

SIGNERS = (
    (POSTER, D.SIGNS_TASKBOOK_FOR_POSTER),
    (BIDDER, D.SIGNS_TASKBOOK_FOR_BIDDER),
    (DISTRICT, D.SIGNS_TASKBOOK_FOR_DISTRICT),
    (HEAD, D.SIGNS_TASKBOOK_FOR_BUREAU),
)

MONEY_ACTS = [
    Act(A + "applying.start_application", POSTER, duties=(PARTY,), makes=("project",),
        needs={state("agreement", "signed"): MOVED_ON}),
    Act(A + "applying.save_application", POSTER, duties=(PARTY,)),
    Act(A + "applying.attach_labour_contract", POSTER, duties=(PARTY,)),
    Act(A + "applying.submit_application", POSTER, (step("project", "draft returned", "submitted"),), (PARTY,)),
    Act(A + "vetting_projects.recommend_application", DISTRICT, (step("project", "submitted", "recommended"),), (BY_DISTRICT,)),
    Act(A + "vetting_projects.return_application", DISTRICT, (step("project", "submitted", "returned"),), (BY_DISTRICT,)),
    Act(A + "vetting_projects.return_application", OFFICER, (step("project", "recommended", "returned"),), (BY_BUREAU,)),
    Act(A + "vetting_projects.reject_application", DISTRICT, (step("project", "submitted", "rejected"),), (BY_DISTRICT,)),
    Act(A + "vetting_projects.reject_application", OFFICER, (step("project", "recommended", "rejected"),), (BY_BUREAU,)),
    Act(A + "vetting_projects.check_application", OFFICER, (step("project", "recommended", "checked"),), (BY_BUREAU,)),
    Act(A + "reviewing_projects.convene_project_panel", OFFICER, duties=((D.CONVENES_PANEL, CASE),),
        gives=(happened("project panel convened"),), needs={state("project", "checked"): "no_checked_project"}),
    *panel_acts("project", "experts of a project"),
    Act(A + "reviewing_projects.lock_project_panel", OFFICER, (step("project", "checked", "reviewed"),),
        ((D.LOCKS_SCORES, CASE),), needs={state("project_sheet", "submitted"): "sheets_missing"}),
    Act(A + "deciding.propose_awards", OFFICER,
        (step("project", "reviewed", "proposed"), step("project", "reviewed", "not_funded")), (PROPOSES,)),
    Act(A + "deciding.give_award_notice", OFFICER, (step("project", "proposed", "in_notice"),), (PROPOSES,)),
    Act(A + "deciding.end_award", OFFICER, (step("project", "reviewed proposed in_notice", "not_funded"),), (PROPOSES,)),
    Act(A + "approving.record_decision", OFFICER, duties=((D.RECORDS_DECISION, DECISION),),
        gives=(happened("decision recorded"),), needs={state("project", "in_notice"): "award_not_proposed"}),
    Act(A + "approving.confirm_decision", HEAD, (step("project", "in_notice", "approved"),),
        ((D.CONFIRMS_DECISION, DECISION),), needs={happened("decision recorded"): "not_found"}, writes=("decision.confirmed",)),
    Act(A + "tasking.draft_taskbook", POSTER, duties=(PARTY,), makes=("taskbook",),
        needs={state("project", "approved"): MOVED_ON}),
    Act(A + "tasking.save_taskbook", POSTER, duties=(PARTY,)),
    Act(A + "tasking.send_taskbook_to_sign", POSTER, (step("taskbook", "draft", "signing"),), (PARTY,)),
    *(
        Act(A + "tasking.withdraw_taskbook_for_correction", who, (step("taskbook", "signing", "draft"),), (duty,))
        for who, duty in ((POSTER, PARTY), (BIDDER, PARTY), (DISTRICT, HANDLES), (HEAD, HANDLES))
    ),
    *(
        Act(A + "tasking.sign_taskbook", who,
            duties=((duty, (S.TASKBOOK, S.CASE)), *((PARTY,) if who in (POSTER, BIDDER) else ())),
            gives=(happened(f"task book signed by the {who}"),), needs={state("taskbook", "signing"): MOVED_ON}, writes=SIGNATURE)
        for who, duty in SIGNERS
    ),
    Act(A + "tasking.sign_taskbook", POSTER,
        (step("project", "approved", "under_way"), step("taskbook", "signing", "signed")),
        (PARTY, (D.SIGNS_TASKBOOK_FOR_POSTER, (S.TASKBOOK, S.CASE))), makes=("milestone", "instalment"),
        needs={happened(f"task book signed by the {who}"): "taskbook_signed_already" for who, _duty in SIGNERS[1:]}, writes=SIGNATURE),
    Act(A + "giving_up.give_up_award", POSTER, (step("project", "approved", "given_up"),), (PARTY,)),
    *(
        Act(A + "reporting.report_milestone", who, (step("milestone", "planned returned", "reported"),),
            (PARTY, (D.REPORTS_MILESTONE, (S.MILESTONE,))))
        for who in (POSTER, BIDDER)
    ),
    Act(A + "reporting.accept_milestone", OFFICER, (step("milestone", "reported", "accepted"),), (MILESTONE,)),
    Act(A + "reporting.return_milestone", OFFICER, (step("milestone", "reported", "returned"),), (MILESTONE,)),
    Act(A + "disbursing.claiming.add_receipt", POSTER, duties=(PARTY,)),
    Act(A + "disbursing.claiming.claim_instalment", POSTER, (step("instalment", "planned returned", "claimed"),), (PARTY,)),
    Act(A + "disbursing.claiming.verify_claim", OFFICER, (step("instalment", "claimed", "verified"),), (CHECKS,)),
    Act(A + "disbursing.claiming.return_claim", OFFICER, (step("instalment", "claimed verified", "returned"),), (CHECKS,)),
    Act(A + "disbursing.claiming.hold_back_instalment", OFFICER,
        (step("instalment", "planned claimed verified", "held"),), (HANDLES,)),
    Act(A + "disbursing.claiming.release_instalment", OFFICER, duties=(HANDLES,)),
    *(
        Act(A + "disbursing.claiming.release_instalment", OFFICER, (step("instalment", "held", to),), (HANDLES,),
            needs={state("instalment", to): MOVED_ON})
        for to in ("planned", "claimed", "verified")
    ),
    Act(A + "accounts.enter_bank_account", POSTER, duties=((D.ENTERS_ACCOUNT, (S.ACCOUNT,)),),
        gives=(happened("account entered"),), writes=ENTERED),
    Act(A + "accounts.enter_bank_account", POSTER, (VOID,), ((D.ENTERS_ACCOUNT, (S.ACCOUNT,)),), writes=ENTERED),
    Act(A + "accounts.confirm_bank_account", RECONCILER, duties=((D.CONFIRMS_ACCOUNT, (S.ACCOUNT,)),),
        gives=(happened("account confirmed"),), needs={happened("account entered"): "not_found"},
        writes=("bankaccount.confirmed",)),
    Act(A + "disbursing.paying.prepare_payment", PREPARER, duties=((D.PREPARES_PAYMENT, PAYS),), makes=("payment",),
        needs={state("instalment", "verified"): MOVED_ON, happened("account confirmed"): "account_not_confirmed"}),
    Act(A + "disbursing.paying.approve_payment", APPROVER, (step("payment", "prepared", "approved"),),
        ((D.APPROVES_PAYMENT, PAYS),), people="approvers", writes=("payment.approval",)),
    Act(A + "disbursing.paying.void_payment", APPROVER, (VOID,), (HANDLES,)),
    *(
        Act(A + "disbursing.settling.send_payments", who, (step("payment", "approved", "sent"), VOID), duties,
            gives=(happened("the payment list is out"),))
        for who, duties in ((RECONCILER, ((D.SENDS_PAYMENT, PAYS),)), (CLOCK, ()))
    ),
    *(
        Act(A + "disbursing.settling.import_confirmations", who,
            (step("payment", "sent", "confirmed"), step("payment", "sent", "failed"),
             step("instalment", "verified", "paid")), duties)
        for who, duties in ((RECONCILER, ((D.RECONCILES_PAYMENT, PAYS),)), (CLOCK, ()))
    ),
    Act("challenges.actions.objecting.file_objection", ANYBODY, duties=((D.FILES_OBJECTION, (S.OBJECTION,)),),
        makes=("objection",), needs={state("project", "in_notice"): "notice_over"}),
]  # fmt: skip
