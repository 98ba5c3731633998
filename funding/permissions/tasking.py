"""Who writes a task book, and who signs it for which party."""

from django.utils.translation import gettext_lazy as _

from challenges.queries.programming import programme_of
from funding.models import Project, TaskBook, TaskParty
from funding.queries.places import cases
from funding.states import ProjectState, TaskBookState
from portal.apart import apart
from portal.delegable import done_oneself
from portal.duties import Duty, Scope
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Role
from portal.permissions import holds, is_administrator, is_editor, reviews_district

SIGNS_FOR = {
    TaskParty.POSTER: Duty.SIGNS_TASKBOOK_FOR_POSTER,
    TaskParty.BIDDER: Duty.SIGNS_TASKBOOK_FOR_BIDDER,
    TaskParty.DISTRICT: Duty.SIGNS_TASKBOOK_FOR_DISTRICT,
    TaskParty.BUREAU: Duty.SIGNS_TASKBOOK_FOR_BUREAU,
}
OF_THE_PROJECT = (TaskParty.POSTER, TaskParty.BIDDER)
MOVED_ON = _("The task book has moved on since you opened this page. Open it again to see where it stands.")
GIVEN_UP = _("The award was given up, so its task book is closed. You need not do anything.")
WRITERS = _("Only editors and administrators of the posting organisation write the task book.")


def may_draft_taskbook(user, project: Project) -> Verdict:
    """An editor of the poster, once the award is approved."""
    if not is_editor(user, project.poster_id):
        return no(WRITERS)
    if project.state != ProjectState.APPROVED:
        return no(_("A task book is drafted once the award is approved."), "wrong_state", WrongState)
    return apart(user, Duty.ACTS_FOR_A_PARTY, *cases([project]))


def may_save_taskbook(user, taskbook: TaskBook) -> Verdict:
    """An editor of the poster, while the task book is a draft."""
    if not is_editor(user, taskbook.project.poster_id):
        return no(WRITERS)
    if taskbook.state != TaskBookState.DRAFT:
        return no(_("The task book is being signed, so its text stands. Take it back for correction first."), "wrong_state", WrongState)
    return _not_given_up(taskbook.project) and apart(user, Duty.ACTS_FOR_A_PARTY, *cases([taskbook.project]))


may_send_taskbook = may_save_taskbook


def may_withdraw_taskbook(user, taskbook: TaskBook) -> Verdict:
    """An editor of the poster, or a party that is asked to sign, while it is being signed."""
    if not is_editor(user, taskbook.project.poster_id) and not parties_of(user, taskbook.project):
        return no(_("Only a party of the task book may send it back for correction."))
    if taskbook.state != TaskBookState.SIGNING:
        return no(MOVED_ON, "wrong_state", WrongState)
    duty = duty_to_withdraw_taskbook(user, taskbook.project)
    return _not_given_up(taskbook.project) and apart(user, duty, *cases([taskbook.project]))


def may_sign_taskbook(user, taskbook: TaskBook, party: str) -> Verdict:
    """Somebody of the party, who has not signed for another one, while it is being signed."""
    if party not in parties_of(user, taskbook.project):
        return no(SIGNERS.get(party, MOVED_ON))
    if not (in_person := done_oneself(user, "taskbook.signature")):
        return in_person
    if taskbook.state != TaskBookState.SIGNING:
        return no(MOVED_ON, "wrong_state", WrongState)
    signed = [signature for signature in taskbook.signatures.all() if signature.digest == taskbook.digest]
    if any(signature.party == party for signature in signed):
        return no(_("This party has signed already. You need not do anything."), "taskbook_signed_already", WrongState)
    verdict = apart(user, SIGNS_FOR[party], Scope.TASKBOOK.of(taskbook.pk), *cases([taskbook.project]))
    if verdict and party in OF_THE_PROJECT:
        verdict = apart(user, Duty.ACTS_FOR_A_PARTY, *cases([taskbook.project]))
    return verdict and _not_given_up(taskbook.project)


def may_give_up_award(user, project: Project) -> Verdict:
    """The clock, or an administrator of the poster, until the task book is signed by all four parties."""
    if user is not None and not is_administrator(user, project.poster_id):
        return no(_("Only an administrator of the posting organisation gives up its award."))
    if project.state != ProjectState.APPROVED:
        return no(_("Only an award whose task book is not yet signed by all can be given up."), "wrong_state", WrongState)
    return apart(user, Duty.ACTS_FOR_A_PARTY, *cases([project]))


def duty_to_withdraw_taskbook(user, project: Project) -> Duty:
    """As what a person would send a task book back: for poster or bidder, else for the city."""
    own = is_editor(user, project.poster_id) or is_administrator(user, project.bidder_id)
    return Duty.ACTS_FOR_A_PARTY if own else Duty.HANDLES_CASE


def parties_of(user, project: Project) -> list[str]:
    """The parties a person may sign for."""
    found = []
    if is_administrator(user, project.poster_id):
        found.append(TaskParty.POSTER)
    if is_administrator(user, project.bidder_id):
        found.append(TaskParty.BIDDER)
    if reviews_district(user, project.poster.district_id, programme_of(project)):
        found.append(TaskParty.DISTRICT)
    if holds(user, Role.DIVISION_HEAD, programme_id=programme_of(project)):
        found.append(TaskParty.BUREAU)
    return found


def _not_given_up(project: Project) -> Verdict:
    return no(GIVEN_UP, "wrong_state", WrongState) if project.state == ProjectState.GIVEN_UP else YES


SIGNERS = {
    TaskParty.POSTER: _("An administrator of the posting organisation signs for the poster."),
    TaskParty.BIDDER: _("An administrator of the bidding organisation signs for the bidder."),
    TaskParty.DISTRICT: _("A reviewer of the poster's district signs for the district."),
    TaskParty.BUREAU: _("A division head signs for the bureau."),
}
