"""The sentences for refusals about city money, by code: what happened and what to do next.

Facts whose name ends in ``_fen`` arrive as amounts with their unit, moments as local times.
"""

from django.utils.translation import gettext_lazy as _

PROJECTS = {
    "unknown_project_field": _("“%(name)s” is not part of an application. Remove it."),
    "costs_do_not_add_up": _(
        "The uses of the money come to %(sum_fen)s, but the total investment is %(total_fen)s: they differ by "
        "%(difference_fen)s. Correct the total or one of the lines."
    ),
    "cost_not_positive": _("“%(purpose)s” has no amount. Give every use of the money an amount above 0."),
    "cost_without_purpose": _("A use of the money has no name. Say what the amount is for."),
    "project_indicator_unknown": _("The board has no such indicator. Open the page again."),
    "project_indicator_below_bid": _(
        "“%(indicator)s”: the agreement promises %(offered)s, the application only %(value)s. "
        "Promise at least what was agreed."
    ),
    "project_incomplete": _("%(count)s things are missing in the application: %(missing)s. Add them, then submit."),
}

AWARDS = {
    "award_too_large": _(
        "“%(title)s” can be given at most %(largest_fen)s: class cap, share of the total and request taken together. "
        "You proposed %(proposed_fen)s. Lower the amount."
    ),
    "awards_over_budget": _(
        "The proposed awards come to %(sum_fen)s, but the appropriation has %(left_fen)s left. "
        "Take %(difference_fen)s off, or leave a project out."
    ),
    "budget_taken": _(
        "The appropriation has %(left_fen)s left, and these awards need %(asked_fen)s: another round drew on it "
        "meanwhile. Nothing was approved. Look at the ledger, then decide anew."
    ),
    "award_below_pass_mark": _("“%(title)s” did not reach the pass mark, so no award can be proposed for it."),
    "award_not_proposed": _("“%(title)s” is not among what can be decided here. Open the page again."),
    "award_over_proposal": _(
        "The notice showed %(proposed_fen)s for “%(title)s”; the decision cannot give %(amount_fen)s. "
        "Enter at most what was shown."
    ),
    "nothing_proposed": _("No project has an amount. Enter at least one award, or leave the round as it is."),
    "notice_not_over": _("The public notice of “%(title)s” runs until the end of %(ends_on)s. Decide after it."),
    "item_held": _("An objection to “%(title)s” is open, so it is held. Decide on the others and come back to it later."),
    "objection_upheld": _("An objection to “%(title)s” was upheld, so it cannot be approved. End the award with the reason."),
    "decided_in_future": _("The decision cannot be of %(decided_on)s, which has not come yet. Enter the day it was made."),
    "document_number_missing": _("The document number is missing. Enter the one on the paper."),
    "decision_recorded": _("This decision is recorded already. Confirm it, or look at the list."),
}

TASKBOOKS = {
    "taskbook_still_due": _("The task book may be signed until %(due_at)s. The award cannot lapse before."),
    "taskbook_lower": _(
        "“%(indicator)s”: the application promises %(promised)s, the task book only %(value)s. "
        "A task book may ask for more, never for less."
    ),
    "taskbook_indicator_missing": _("“%(indicator)s” has no value. Enter at least what the application promises."),
    "taskbook_indicator_unknown": _("The board has no such indicator. Open the page again."),
    "instalments_not_the_award": _(
        "The instalments come to %(sum_fen)s, but the award is %(award_fen)s: they differ by %(difference_fen)s. "
        "Correct an instalment; they must add up to the fen."
    ),
    "instalment_not_positive": _("Instalment %(position)s has no amount. Give every instalment an amount above 0."),
    "instalment_milestone_unknown": _("Instalment %(position)s names a milestone that is not there. Choose one of the list."),
    "instalment_trigger_unknown": _("Instalment %(position)s is due for nothing the rules know. Choose one of the list."),
    "milestone_incomplete": _("Milestone %(position)s lacks a title, a deliverable or a date. Fill it in."),
    "milestone_outside_taskbook": _(
        "Milestone %(position)s is due on %(due_on)s; the task book runs from %(starts_on)s to %(ends_on)s. Move it."
    ),
    "milestone_target_unclear": _(
        "Milestone %(position)s names an indicator without a target, or a target without an indicator. Enter both or neither."
    ),
    "milestones_missing": _("There is no milestone yet. Enter at least one."),
    "taskbook_period": _("The task book would end on %(ends_on)s, not after it begins on %(starts_on)s. Choose a later day."),
    "taskbook_too_long": _(
        "The application was for %(months)s months, so the task book ends on %(latest_on)s at the latest. Choose an earlier day."
    ),
}

CLAIMS = {
    "receipt_payer_not_poster": _(
        "The receipt names %(payer)s as payer; it must be the poster, %(poster)s. Return the claim and ask for the right receipt."
    ),
    "receipt_payee_not_bidder": _(
        "The receipt names %(payee)s as payee; it must be the bidder, %(bidder)s. Return the claim and ask for the right receipt."
    ),
    "receipt_payer_former_name": _(
        "The receipt names %(payer)s as payer, the name the poster had until it was renamed %(poster)s on %(renamed_on)s, and "
        "too many days lie between. Return the claim and ask for a receipt in the present name."
    ),
    "receipt_payee_former_name": _(
        "The receipt names %(payee)s as payee, the name the bidder had until it was renamed %(bidder)s on %(renamed_on)s, and "
        "too many days lie between. Return the claim and ask for a receipt in the present name."
    ),
    "receipt_before_agreement": _(
        "The receipt is of %(paid_on)s, before the agreement was signed on %(agreed_on)s. Return the claim: only payments "
        "under the agreement count."
    ),
    "receipt_in_future": _("The receipt is of %(paid_on)s, which has not come yet. Check the date on the slip."),
    "receipt_used": _("This bank reference was entered before. A payment can be proved once only; check the slip."),
    "receipt_of_another_claim": _("This receipt proves another instalment already. Add the receipt of this payment."),
    "receipt_missing": _("The bank receipt is missing. Add the receipt of the poster's payment to the bidder, then claim."),
    "receipt_too_small": _("Of this payment the city would pay nothing. Enter the amount as it stands on the slip."),
    "taskbook_not_signed": _("The task book is not signed by all four parties yet. City money is paid after that."),
    "objection_open": _("An objection to this project is open. Nothing is paid before it is decided."),
    "instalment_not_due": _("This instalment is not due yet. It is paid for %(trigger)s."),
    "payment_under_way": _("A payment of this instalment is under way. Declare it void first, or wait for the treasury."),
}

PAYMENTS = {
    "payment_exists": _("A payment of this instalment is prepared already. Open it and go on there."),
    "account_missing": _("The poster has not entered a bank account. Ask its administrator to enter one."),
    "account_not_confirmed": _("The poster's newest bank account is not confirmed. Ask the reconciler to confirm it first."),
    "account_frozen": _(
        "The poster's bank account was changed, so payments to it rest. The first day on which one can be prepared "
        "is %(usable_on)s."
    ),
    "account_changed": _(
        "The payee's bank account was changed after this payment was prepared. Declare the payment void and prepare a new one."
    ),
    "account_unchanged": _("This is the account that is entered already. Nothing was changed."),
    "account_holder_differs": _(
        "The account belongs to %(holder)s; city money goes only to an account in the name of the poster, %(organisation)s."
    ),
    "account_of_another_name": _(
        "The account is in the name of %(holder)s, which is not a name of %(organisation)s today, nor that of who took it in. "
        "Ask its administrator to enter an account in its present name."
    ),
    "account_number_digits": _("An account number has 8 to 34 digits and nothing else. Check the number."),
    "account_replaced": _("A newer version of this account was entered. Confirm that one."),
    "approved_something_else": _(
        "What you approved is not what is prepared. Nothing was approved. Open the page again, read it, and decide anew."
    ),
    "approved_already": _("You have approved this payment already. It waits for somebody else."),
    "payment_changed": _(
        "What this payment rests on is not what was prepared any more. Declare it void and prepare a new one."
    ),
    "nothing_to_send": _("No approved payment waits to be sent."),
}

CONFIRMATIONS = {
    "confirmation_unreadable": _("The file is not readable text (UTF-8). Nothing was taken over. Export it again as CSV."),
    "confirmation_header": _(
        "Line 1 does not name the columns that the rules ask for: %(columns)s. Nothing was taken over. Export the file again."
    ),
    "confirmation_cut": _(
        "The file breaks off at line %(line)s: its closing line is missing or does not fit. Nothing was taken over. "
        "Fetch the whole file again."
    ),
    "confirmation_line": _("Line %(line)s cannot be read: “%(value)s” is no valid %(column)s. Nothing was taken over."),
    "confirmation_unknown_reference": _(
        "Line %(line)s names the payment %(reference)s, which was never sent. Nothing was taken over. Ask the treasury."
    ),
    "confirmation_amount": _(
        "Line %(line)s: the payment %(reference)s was sent over %(sent_fen)s, the treasury says %(confirmed_fen)s. "
        "Nothing was taken over. Ask the treasury."
    ),
    "confirmation_twice": _("Line %(line)s names the payment %(reference)s a second time. Nothing was taken over."),
    "confirmation_contradicts": _(
        "Line %(line)s: the payment %(reference)s was reported otherwise before. Nothing was taken over. Ask the treasury."
    ),
    "confirmation_empty": _("The file confirms nothing. Choose another file."),
}

MILESTONES = {
    "measured_missing": _("The measured value is missing. This milestone has a target; enter what was measured."),
    "evidence_missing": _("The evidence is missing. Add at least one file that proves what the report says."),
    "too_many_evidence_files": _("A report has at most %(most)s files. Put some of them together."),
    "target_missed": _(
        "The measured value %(measured)s does not reach the target %(comparator)s %(target)s. Return the report with the reason."
    ),
    "reported_by_yourself": _("You reported this milestone yourself. Somebody else decides on it."),
}

NAMES = {
    "lead_person": _("project lead"),
    "labour_contract": _("labour contract of the project lead"),
    "months": _("months"),
    "costs": _("uses of the money"),
    "indicators": _("indicators"),
}

WORDS = {**PROJECTS, **AWARDS, **TASKBOOKS, **CLAIMS, **PAYMENTS, **CONFIRMATIONS, **MILESTONES}
