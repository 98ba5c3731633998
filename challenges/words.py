"""The sentences for refusals that arise below the pages, by code: what happened and what to do next.

Facts whose name ends in ``_fen`` arrive as amounts with their unit, moments as local times. A
sentence is always filled in with ``%``, also without facts.
"""

from django.utils.translation import gettext_lazy as _

MONEY = {
    "negative_amount": _("An amount cannot be negative. Enter 0 or more."),
    "total_not_positive": _("The total investment is missing. Enter an amount above 0."),
    "sources_do_not_add_up": _(
        "The sources come to %(sum_fen)s, but the total investment is %(total_fen)s: they differ by "
        "%(difference_fen)s. Correct the total or one of the sources."
    ),
    "over_class_cap": _(
        "The city gives at most %(cap_fen)s to a project of this class, and you ask for %(city_fen)s. "
        "With a total investment of %(total_fen)s you can ask for up to %(most_city_fen)s."
    ),
    "own_share_too_small": _(
        "The poster must carry at least %(least_percent)s of the total investment, here %(least_own_fen)s; "
        "you planned %(own_fen)s. With a total of %(total_fen)s the city can give at most %(most_city_fen)s: "
        "ask for less, or raise your own funds."
    ),
    "city_share_too_large": _(
        "The city gives at most %(most_percent)s of the total investment. With a total of %(total_fen)s that "
        "is %(most_city_fen)s, and you ask for %(city_fen)s. Ask for less, or raise your own funds."
    ),
}

DATES = {
    "period_too_short": _("A project lasts at least one month. Enter the number of months."),
    "period_too_long": _(
        "%(months)s months is too long: the limit here is %(most_months)s months. Enter a shorter period."
    ),
    "deadline_passed_already": _("The deadline %(closes_at)s is already past. Choose a later one."),
    "deadline_before_window": _(
        "The deadline %(closes_at)s does not come after the start of bidding %(opens_at)s. Choose a later deadline."
    ),
    "window_too_short": _(
        "Bidding has to stay open for at least %(least_days)s days. Choose a deadline further from %(opens_at)s."
    ),
    "opening_before_deadline": _(
        "The opening %(opening_at)s does not come after the deadline %(closes_at)s. Choose a later opening."
    ),
}

SCORES = {
    "points_missing": _("Points are missing for: %(names)s. Score every criterion before you hand in the sheet."),
    "points_out_of_range": _("%(points)s points for “%(criterion)s” is not between 0 and %(most)s. Correct it."),
    "points_off_step": _("Points for “%(criterion)s” go in steps of %(step)s; %(points)s is between two. Correct it."),
    "unknown_criterion": _("The sheet names a criterion that the rubric does not have. Reload the page and try again."),
    "weight_not_positive": _("A weight of %(weight_percent)s counts for nothing. Give every criterion a weight."),
    "weights_not_100": _("The weights come to %(sum_percent)s. Change them so that they make exactly 100 %%."),
}

CONFLICTS = {
    "own_team": _("The expert belongs to the team of this candidate. Choose another expert."),
    "employer_tied": _("The expert works for an organisation that is affiliated with one that takes part. Choose another expert."),
    "same_organisation": _("The expert works for an organisation that takes part here. Choose another expert."),
    "same_organisation_recently": _(
        "The expert worked for an organisation that takes part here until a short time ago. Choose another expert."
    ),
}

DOCUMENTS = {
    "unreadable": _("This cannot be opened, or it is not what was sealed. The case is kept for a person to look at."),
    "need_incomplete": _("%(count)s fields of the need are not filled in yet. Fill in what is marked."),
    "bid_document_unsound": _("%(count)s things in the bid need attention before it can be sealed. See the list."),
    "field_missing": _("This field is empty. Fill it in."),
    "wrong_kind": _("This is not the kind of content that belongs here. Enter it again."),
    "too_long": _("This text has %(length)s characters; at most %(most)s fit. Shorten it."),
    "unreadable_characters": _("This text contains characters that cannot be stored. Type it in again."),
    "too_many_rows": _("There are %(count)s lines; at most %(most)s fit. Join some of them."),
    "unknown_field": _("“%(field)s” is not part of a bid document. Remove it."),
    "unknown_version": _("This is not a version 1 bid document. Start from an empty one."),
    "not_a_number": _("“%(value)s” is not a number. Use digits and one decimal point."),
    "too_many_places": _("%(value)s has more than %(most)s digits after the point. Round it."),
    "not_a_whole_number": _("“%(value)s” is not a whole number from 0 to %(most)s. Correct it."),
    "milestones_not_the_price": _(
        "The milestones come to %(sum_fen)s, but the price is %(price_fen)s: they differ by %(difference_fen)s. "
        "Correct the price or a milestone."
    ),
    "budget_not_the_price": _(
        "The budget comes to %(sum_fen)s, but the price is %(price_fen)s: they differ by %(difference_fen)s. "
        "Correct the price or a budget line."
    ),
    "price_over_board": _("The price of %(price_fen)s is above the board's %(most_price_fen)s. Lower it."),
    "milestone_outside_period": _(
        "Milestone “%(title)s” falls in month %(month)s; the project runs from month 1 to %(months)s. Move it."
    ),
    "unknown_subject": _("“%(subject)s” is not a budget subject. Use equipment, business, labour or indirect costs."),
    "subject_twice": _("The budget has two lines for “%(subject)s”. Put them together."),
    "member_twice": _("Organisation %(uscc)s is listed twice in the consortium. Remove one of the lines."),
    "share_not_positive": _("%(name)s has no share of the money. Give every member a share above 0 %%."),
    "shares_not_100": _("The shares of the consortium come to %(sum_percent)s. Change them to make exactly 100 %%."),
    "lead_not_a_member": _("The consortium does not list your own organisation. Add it with its share."),
    "poster_is_a_member": _("The poster of the board cannot take part in a bid on it. Remove this line."),
    "files_differ": _("The list of files does not fit the files received. Reload the page, then remove or add files."),
    "too_many_members": _("The consortium has %(count)s members; at most %(most)s are allowed. Remove some."),
    "unknown_indicator": _("An offer is for an indicator that this board does not have. Reload the page."),
    "offer_twice": _("There are two offers for “%(indicator)s”. Keep one."),
    "offer_missing": _("There is no offer for “%(indicator)s” yet. Enter the value you offer."),
}

NEEDS = {
    "unknown_need_field": _("“%(field)s” is not part of a need. Remove it."),
    "unknown_technology": _("This call has no such field of technology. Choose one of its fields."),
    "board_money_nothing": _(
        "The money on the board cannot be nothing. Enter the amount, or leave it empty for “negotiable”."
    ),
}

REVIEWS = {
    "bids_undecided": _("%(count)s opened bids are neither qualified nor disqualified yet. Decide on them first."),
    "no_qualified_bid": _("No bid is qualified, so there is nothing for a panel to score."),
    "panel_too_small": _("A panel needs at least %(least)s experts; %(size)s is too few. Enter a larger number."),
    "panel_too_large": _("A panel has at most %(most)s experts; %(size)s is too many. Enter a smaller number."),
    "due_in_the_past": _("%(due_at)s is already past. Choose a later moment by which the sheets are due."),
    "more_experts_than_seats": _("You chose %(chosen)s experts, but only %(free)s seats are free. Choose fewer."),
    "own_panel": _("%(name)s organises this panel and cannot sit on it. Choose another expert."),
    "expert_named_before": _("%(name)s was named for this panel before. Choose another expert."),
    "expert_in_conflict": _("%(name)s has a conflict of interest here: %(reason)s. Choose another expert."),
    "expert_in_conflict_now": _(
        "One of the chosen experts belongs to an organisation that takes part here. Open the list again and choose "
        "another expert."
    ),
    "seat_in_conflict": _(
        "A conflict of interest is known by now: whoever holds this seat %(reason)s. Step back from the panel; the bureau "
        "names another expert."
    ),
    "ties_waiting": _(
        "Declared affiliations of the organisations behind these candidates that nobody has confirmed yet: %(count)s. They "
        "concern somebody who could be named. An officer settles them under “Declared affiliations”; name the experts then."
    ),
    "ties_waiting_at_lock": _(
        "Declared affiliations of the organisations behind these candidates that nobody has confirmed yet: %(count)s. Settle "
        "them under “Declared affiliations”, then lock the scores."
    ),
    "seats_in_conflict": _(
        "A conflict of interest has come up on this panel since its seats were taken. The expert has to step back first; the "
        "draw clerk sees whose seat it is."
    ),
    "declarations_missing": _("Both declarations are needed to take the seat. Tick them, or decline the invitation."),
    "comment_missing": _("The overall comment is missing. Write a few sentences; the bidder will read them unsigned."),
    "sheets_missing": _(
        "%(sheets_in)s of %(sheets_due)s sheets are in and %(invited)s invitations are unanswered. The scores can be "
        "locked when every expert has handed in every sheet."
    ),
    "too_few_experts": _(
        "Only %(accepted)s experts hold a seat; the rules ask for at least %(least)s. Have the draw clerk name more."
    ),
    "too_few_sheets": _("A score needs at least %(least)s valid sheets. Have the draw clerk name more experts."),
}

AGREEMENTS = {
    "nothing_to_pay": _("The price of this bid is zero, so there are no payments to agree on. Ask the bureau."),
    "amount_not_positive": _("Every amount here has to be above zero. Correct it or remove the line."),
    "payment_without_purpose": _("A payment does not say what it is due for. Write it, or remove the line."),
    "share_of_a_stranger": _("A share names somebody who is no party to the bid, or twice. Reload the page."),
    "terms_missing": _("The terms on intellectual property are missing. Write them before it goes to be signed."),
    "payments_not_the_amount": _(
        "The payments come to %(sum_fen)s, but the agreement is over %(amount_fen)s: they differ by "
        "%(difference_fen)s. Correct the amount or a payment."
    ),
    "shares_not_the_amount": _(
        "The shares come to %(sum_fen)s, but the agreement is over %(amount_fen)s: they differ by "
        "%(difference_fen)s. Correct the amount or a share."
    ),
    "registration_number_missing": _("The registration number is missing. Enter the number of the registration."),
    "signed_agreement_ends_selection": _(
        "Both sides have signed, so ending the agreement also ends the selection of this bid."
    ),
}

WORDS = {**MONEY, **DATES, **SCORES, **CONFLICTS, **DOCUMENTS, **NEEDS, **REVIEWS, **AGREEMENTS}
