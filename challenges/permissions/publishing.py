"""Who may publish a board, and who may withdraw a case."""

from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge
from challenges.queries.objections import stopping
from challenges.queries.programming import programme_of
from challenges.states import CHALLENGE_FLOW, ChallengeState
from portal.apart import apart
from portal.duties import Duty, Scope
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.permissions import is_administrator, is_officer

OWN_TO_WITHDRAW = (
    ChallengeState.DRAFT,
    ChallengeState.RETURNED,
    ChallengeState.SUBMITTED,
    ChallengeState.RECOMMENDED,
    ChallengeState.POOLED,
    ChallengeState.IN_NOTICE,
)
"""States in which the poster may still withdraw its need by itself."""


def may_publish_board(user, challenge: Challenge) -> Verdict:
    """An officer, for a need in the pool whose public notice has ended where the rules ask for one."""
    if not is_officer(user, programme_of(challenge)):
        return no(_("Only an officer of the bureau may publish a board."))
    if not (verdict := apart(user, Duty.HANDLES_CASE, Scope.CASE.of(challenge.pk))):
        return verdict
    if challenge.published_at is not None:
        return no(_("This board is published already."), "wrong_state", WrongState)
    if challenge.state == ChallengeState.IN_NOTICE:
        return no(
            _("The public notice is still running. The board can be published once it has ended."),
            "notice_running",
            WrongState,
        )
    if challenge.state != ChallengeState.POOLED:
        return no(_("Only a need in the pool can be published as a board."), "wrong_state", WrongState)
    if stopping([challenge.pk]).exists():
        return no(
            _("An objection to the public notice holds this need. It can be published once the objection is dismissed."),
            "item_held",
            WrongState,
        )
    if challenge.rules.notice_before_publishing and not challenge.notices.filter(ended_at__isnull=False).exists():
        return no(
            _("The rules ask for a public notice before a board is published. Give notice first."),
            "notice_missing",
            WrongState,
        )
    return YES


def may_withdraw_challenge(user, challenge: Challenge) -> Verdict:
    """The poster's administrator before the board is published; an officer from submission to the deadline."""
    officer = is_officer(user, programme_of(challenge))
    if not CHALLENGE_FLOW.leads(challenge.state, ChallengeState.WITHDRAWN):
        if is_administrator(user, challenge.poster_id) or officer:
            return no(_("This case can no longer be withdrawn."), "wrong_state", WrongState)
        return no(_("Only the poster's administrator or an officer of the bureau may withdraw a case."))
    if duty_to_withdraw(user, challenge) == Duty.ACTS_FOR_A_PARTY or (officer and challenge.submitted_at is not None):
        return apart(user, duty_to_withdraw(user, challenge), Scope.CASE.of(challenge.pk))
    if not is_administrator(user, challenge.poster_id):
        return no(_("Only the poster's administrator or an officer of the bureau may withdraw a case."))
    return no(_("A published board is withdrawn by the bureau. Write to the officer with your reason."))


def duty_to_withdraw(user, challenge: Challenge) -> Duty:
    """As what a person would withdraw a case: the poster's own people while they may, else for the city."""
    own = is_administrator(user, challenge.poster_id) and challenge.state in OWN_TO_WITHDRAW
    return Duty.ACTS_FOR_A_PARTY if own else Duty.HANDLES_CASE
