"""Who may work on a bid, and until when: the lead's people, up to and including the deadline."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from challenges.models import Bid, Challenge
from challenges.states import BidState, ChallengeState
from portal.apart import apart
from portal.delegable import done_oneself
from portal.duties import Duty, Scope
from portal.kernel.errors import NotFound, WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Organisation
from portal.permissions import acts_itself, is_administrator, is_editor, is_member
from portal.permissions_organisations import may_begin_for
from portal.queries.same_organisation import whole_of
from portal.show import show_moment
from portal.states import OrganisationState

WORKED_ON = (BidState.DRAFT, BidState.SIGNING_OFF)


def knows_bid(user, bid: Bid) -> bool:
    """The lead's people; who came to the lead by a merge once the bid is open, not before."""
    if acts_itself(user, bid.lead_id):
        return True
    return is_member(user, bid.lead_id) and bid.state in BidState.after_opening()


def may_start_bid(user, challenge: Challenge, lead: Organisation, *, now: datetime) -> Verdict:
    """An editor of a verified organisation other than the poster, while the board is open."""
    if challenge.state not in ChallengeState.public():
        return _unknown()
    if not is_editor(user, lead.pk):
        return no(_("Only editors and administrators of an organisation may start its bid. Ask your administrator."))
    if lead.pk in whole_of(challenge.poster_id):
        return no(_("This is your own board. A poster does not bid on its own board."), "own_board")
    if lead.state != OrganisationState.VERIFIED:
        return no(
            _("Your organisation is not verified yet. The bureau checks its registration first."),
            "organisation_not_verified",
        )
    if not (free := may_begin_for(lead)):
        return free
    if challenge.state == ChallengeState.PUBLISHED and now < challenge.opens_at:
        return no(
            _("Bidding on this board opens on %(moment)s.") % {"moment": show_moment(challenge.opens_at)},
            "bidding_not_open",
            opens_at=challenge.opens_at,
        )
    return _in_time(challenge, now) and apart(user, Duty.ACTS_FOR_A_PARTY, Scope.CASE.of(challenge.pk))


def may_save_draft(user, bid: Bid, *, now: datetime) -> Verdict:
    """An editor of the lead, while the bid is a draft and its board is open."""
    if not knows_bid(user, bid):
        return _unknown()
    if not is_editor(user, bid.lead_id):
        return no(_("You may read this bid. To change it, ask an administrator of your organisation for the role of editor."))
    if bid.state == BidState.SIGNING_OFF:
        return no(
            _("This bid waits for sign-off and cannot be changed. An administrator can send it back for changes."),
            "awaiting_sign_off",
            WrongState,
        )
    if bid.state != BidState.DRAFT:
        return no(_("This bid can no longer be changed."), "wrong_state", WrongState)
    return _in_time(bid.challenge, now)


def may_ask_sign_off(user, bid: Bid, *, now: datetime) -> Verdict:
    """An editor of the lead, for a draft."""
    return may_save_draft(user, bid, now=now)


def may_send_back(user, bid: Bid, *, now: datetime) -> Verdict:
    """An editor or administrator of the lead, while the bid waits for sign-off."""
    if not knows_bid(user, bid):
        return _unknown()
    if not is_editor(user, bid.lead_id):
        return no(_("Only editors and administrators of the bidding organisation may send a bid back for changes."))
    if bid.state != BidState.SIGNING_OFF:
        return no(_("This bid is not waiting for sign-off."), "wrong_state", WrongState)
    return _in_time(bid.challenge, now)


def may_seal_bid(user, bid: Bid, *, now: datetime) -> Verdict:
    """The lead's administrator, up to and including the deadline."""
    if not knows_bid(user, bid):
        return _unknown()
    if not is_administrator(user, bid.lead_id):
        return no(_("Only an administrator of the bidding organisation may seal this bid."))
    if not (in_person := done_oneself(user, "bid.sealed")):
        return in_person
    if bid.state == BidState.DRAFT:
        return no(_("Nobody has asked for sign-off yet. Check the bid, ask for sign-off, then seal it."), "not_signed_off", WrongState)
    if bid.state == BidState.SEALED:
        return no(_("This bid is sealed already; its receipt is kept with it."), "already_sealed", WrongState)
    if bid.state != BidState.SIGNING_OFF:
        return no(_("This bid can no longer be sealed."), "wrong_state", WrongState)
    return _in_time(bid.challenge, now) and apart(user, Duty.ACTS_FOR_A_PARTY, Scope.CASE.of(bid.challenge_id))


def may_withdraw_bid(user, bid: Bid, *, now: datetime) -> Verdict:
    """Freely before the deadline; not between deadline and opening; after opening with a reason."""
    if not knows_bid(user, bid):
        return _unknown()
    if not is_administrator(user, bid.lead_id) and not (is_editor(user, bid.lead_id) and bid.state == BidState.DRAFT):
        return no(_("Only an administrator of the bidding organisation may withdraw this bid."))
    if not bid.flow.leads(bid.state, BidState.WITHDRAWN):
        return no(_("This bid can no longer be withdrawn."), "wrong_state", WrongState)
    if bid.state == BidState.SEALED and now > bid.challenge.closes_at:
        return no(
            _("The box is closed. A sealed bid can be withdrawn again once it has been opened, with a reason."),
            "box_closed",
        )
    if bid.state == BidState.SELECTED and bid.agreements.exclude(state="void").exists():
        return no(_("There is an agreement on this bid. It has to be void before the bid can be withdrawn."), "agreement_in_hand")
    return YES


def _in_time(challenge: Challenge, now: datetime) -> Verdict:
    """The moment of the deadline is still in time, one microsecond later is not."""
    if challenge.state == ChallengeState.WITHDRAWN:
        return no(_("The board was withdrawn."), "board_withdrawn")
    if now > challenge.closes_at or challenge.state != ChallengeState.PUBLISHED:
        return no(
            _("The deadline has passed: it was %(moment)s. Nothing more can be handed in.")
            % {"moment": show_moment(challenge.closes_at, zone=True)},
            "deadline_passed",
            deadline_at=challenge.closes_at,
        )
    return YES


def _unknown() -> Verdict:
    """The very answer that an id without a row gets: hidden equals absent."""
    return no("", "not_found", NotFound)
