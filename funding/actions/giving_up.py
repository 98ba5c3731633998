"""An award that is given up: by the poster with a reason, or by the clock when its task book was not signed in time."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from funding.actions.bookkeeping import post
from funding.actions.vetting_projects import require_reason
from funding.locks import lock_project
from funding.messages.projects import AWARD_GIVEN_UP, AWARD_LAPSED
from funding.models import AccountKind, Project
from funding.permissions.tasking import may_give_up_award
from funding.queries.places import cases
from funding.queries.taskbooks import due_at
from funding.states import ProjectState
from portal.actions.duties import take_duty
from portal.clock import CLOCK
from portal.duties import Duty
from portal.kernel.errors import WrongState
from portal.kernel.verdict import require
from portal.models import Event, User
from portal.tell import tell
from portal.transition import move


@transaction.atomic
def give_up_award(project_id: UUID, *, why: str = "", by: User | None = CLOCK, now: datetime) -> Project:
    """End an approved project without its award; all of the money goes back to the appropriation.

    The poster's administrator gives a reason, at any time before the task book is signed by four. The
    clock counts the award as given up once the days for signing are over (a signature at the very
    deadline is in time); running it again, or after the last signature, changes nothing. The task
    book stays as it is. Raises NotAllowed, WrongState (``taskbook_still_due`` for the clock),
    Incomplete ``reason_missing``.
    """
    project = lock_project(project_id)
    if by is CLOCK and project.state != ProjectState.APPROVED:
        return project
    require(may_give_up_award(by, project))
    take_duty(Duty.ACTS_FOR_A_PARTY, *cases([project]), by=by, now=now)
    if by is CLOCK:
        if now <= due_at(project):
            raise WrongState("taskbook_still_due", due_at=due_at(project))
    else:
        require_reason(why)
    event = move(
        project, to=ProjectState.GIVEN_UP, by=by, why=why.strip(), facts={"award_fen": project.award_fen}
    )
    _release(project, event, by=by, now=now)
    tell(AWARD_LAPSED if by is CLOCK else AWARD_GIVEN_UP, project, because=event)
    return project


def _release(project: Project, event: Event, *, by: User | None, now: datetime) -> None:
    """The whole award from committed back to the appropriation it came from."""
    post(
        f"award-given-up:{project.pk}",
        kind="award_given_up",
        lines={
            (AccountKind.COMMITTED, project.pk): -project.award_fen,
            (AccountKind.APPROPRIATION, project.round.appropriation_id): project.award_fen,
        },
        by=by,
        now=now,
        project=project,
        because=event,
    )
