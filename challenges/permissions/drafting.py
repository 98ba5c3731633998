"""Who may write a need, and who may hand it in."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from challenges.models import Call, Challenge
from challenges.states import ChallengeState
from portal.apart import apart
from portal.duties import Duty, Scope
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Organisation
from portal.permissions import is_administrator, is_editor
from portal.permissions_organisations import may_begin_for
from portal.states import OrganisationState


def may_start_need(user, call: Call, poster: Organisation, *, now: datetime) -> Verdict:
    """An editor or administrator of a verified organisation, while the call is open."""
    if not is_editor(user, poster.pk):
        return no(_("Only editors and administrators of the organisation may start a need. Ask your administrator."))
    if poster.state != OrganisationState.VERIFIED:
        return no(
            _("Your organisation is not verified yet. You can start a need once the bureau has verified it."),
            "organisation_not_verified",
        )
    if not (free := may_begin_for(poster)):
        return free
    if now < call.opens_at:
        return no(_("This call is not open yet. Needs can be started from its opening on."), "call_not_open")
    if now > call.closes_at:
        return no(_("This call has closed. Wait for the next call for needs."), "call_closed")
    return YES


def may_save_need(user, challenge: Challenge) -> Verdict:
    """An editor or administrator of the poster, while the need is a draft or was returned."""
    if not is_editor(user, challenge.poster_id):
        return no(_("Only editors and administrators of the posting organisation may change this need."))
    if challenge.state not in ChallengeState.editable():
        return no(
            _("This need has been submitted and cannot be changed now. It can be changed again if it is returned."),
            "wrong_state",
            WrongState,
        )
    return apart(user, Duty.ACTS_FOR_A_PARTY, Scope.CASE.of(challenge.pk))


def may_submit_need(user, challenge: Challenge, *, now: datetime) -> Verdict:
    """The poster's administrator, up to and including the call's deadline.

    The deadline binds the first submission; a need that was returned may come back after it.
    """
    if not is_administrator(user, challenge.poster_id):
        return no(_("Only an administrator of the posting organisation may submit this need. Ask them to submit it."))
    if challenge.state not in ChallengeState.editable():
        return no(_("This need was submitted before. You need not do anything."), "wrong_state", WrongState)
    if challenge.submitted_at is None and now > challenge.call.closes_at:
        return no(_("The call's deadline has passed, so this need can no longer be submitted."), "deadline_passed")
    return apart(user, Duty.ACTS_FOR_A_PARTY, Scope.CASE.of(challenge.pk))
