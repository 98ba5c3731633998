"""Who writes an application for city money, and who hands it in."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from challenges.models import Agreement
from challenges.states import AgreementState
from funding.models import Project, Round
from funding.queries.places import cases
from funding.states import ProjectState
from portal.apart import apart
from portal.duties import Duty, Scope
from portal.kernel.errors import WrongState
from portal.kernel.verdict import Verdict, no
from portal.permissions import is_administrator, is_editor

SIGNED = (AgreementState.SIGNED, AgreementState.REGISTERED)
SUBMITTED = _("This application was submitted and cannot be changed now. It can be changed again if it is returned.")


def may_start_application(user, agreement: Agreement, opened: Round, *, now: datetime) -> Verdict:
    """An editor of the poster, on a signed agreement, while the round takes applications."""
    if not is_editor(user, agreement.bid.challenge.poster_id):
        return no(_("Only editors and administrators of the posting organisation may start an application."))
    if agreement.state not in SIGNED:
        return no(_("An application rests on a signed agreement. Have both sides sign first."), "wrong_state", WrongState)
    if now < opened.opens_at:
        return no(_("This round is not open yet. Applications can be started from its opening on."), "round_not_open")
    if now > opened.closes_at:
        return no(_("This round has closed. Wait for the next one."), "round_closed")
    return apart(user, Duty.ACTS_FOR_A_PARTY, Scope.CASE.of(agreement.bid.challenge_id))


def may_save_application(user, project: Project) -> Verdict:
    """An editor of the poster, while the application is a draft or was returned."""
    if not is_editor(user, project.poster_id):
        return no(_("Only editors and administrators of the posting organisation may change this application."))
    if project.state not in ProjectState.editable():
        return no(SUBMITTED, "wrong_state", WrongState)
    return apart(user, Duty.ACTS_FOR_A_PARTY, *cases([project]))


def may_submit_application(user, project: Project, *, now: datetime) -> Verdict:
    """The poster's administrator, up to and including the round's deadline; what was returned may come back after it."""
    if not is_administrator(user, project.poster_id):
        return no(_("Only an administrator of the posting organisation may submit this application. Ask them to."))
    if project.state not in ProjectState.editable():
        return no(_("This application was submitted before. You need not do anything."), "wrong_state", WrongState)
    if project.submitted_at is None and now > project.round.closes_at:
        return no(_("The round's deadline has passed, so this can no longer be submitted."), "deadline_passed")
    return apart(user, Duty.ACTS_FOR_A_PARTY, *cases([project]))
