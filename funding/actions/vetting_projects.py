"""Vetting an application: the district recommends, the bureau checks form, credit and duplicates."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.permissions.standing import credit_in_order
from funding.locks import lock_project
from funding.messages import projects as messages
from funding.models import Project, ProjectVetting
from funding.permissions.vetting_projects import (
    DISTRICT,
    DUTY_OF,
    FORMAL,
    STAGE_OF,
    may_check_application,
    may_recommend_application,
    may_reject_application,
    may_return_application,
)
from funding.queries.places import cases
from funding.states import ProjectState
from portal.actions.duties import take_duty
from portal.clock import china_date
from portal.kernel.errors import Incomplete
from portal.kernel.verdict import require
from portal.models import Event, User
from portal.tell import tell
from portal.transition import move

MOST_REASON = 4000


@transaction.atomic
def recommend_application(project_id: UUID, *, why: str = "", by: User, now: datetime) -> Project:
    """The district vouches for an application and hands it to the bureau. Raises NotAllowed, WrongState."""
    project = lock_project(project_id)
    require(may_recommend_application(by, project))
    event = _decide(project, DISTRICT, "passed", ProjectState.RECOMMENDED, why=why, by=by, now=now)
    tell(messages.PROJECT_RECOMMENDED, project, because=event)
    return project


@transaction.atomic
def return_application(project_id: UUID, *, why: str, by: User, now: datetime) -> Project:
    """Give an application back to its poster to correct, with the reason.

    Raises NotAllowed, WrongState, Incomplete ``reason_missing``.
    """
    project = lock_project(project_id)
    require(may_return_application(by, project))
    require_reason(why)
    event = _decide(project, STAGE_OF[project.state], "returned", ProjectState.RETURNED, why=why, by=by, now=now)
    tell(messages.PROJECT_RETURNED, project, because=event)
    return project


@transaction.atomic
def reject_application(project_id: UUID, *, why: str, by: User, now: datetime) -> Project:
    """End an application that does not fit the round, with the reason; the agreement may carry a new one.

    Raises NotAllowed, WrongState, Incomplete ``reason_missing``.
    """
    project = lock_project(project_id)
    require(may_reject_application(by, project))
    require_reason(why)
    event = _decide(project, STAGE_OF[project.state], "rejected", ProjectState.REJECTED, why=why, by=by, now=now)
    tell(messages.PROJECT_REJECTED, project, because=event)
    return project


@transaction.atomic
def check_application(project_id: UUID, *, why: str, by: User, now: datetime) -> Project:
    """The formal check is passed: the application may go before a panel.

    ``why`` says what was found on credit and on duplicates, with sites, dates and figures.
    Raises NotAllowed, WrongState, Incomplete ``reason_missing``.
    """
    project = lock_project(project_id)
    require(may_check_application(by, project))
    require(credit_in_order("check_application", project.rules, [project.poster_id, project.bidder_id], on=china_date(now)))
    require_reason(why, _("What was found is missing. Write what the credit sites and the duplicate check say, with the day."))
    event = _decide(project, FORMAL, "passed", ProjectState.CHECKED, why=why, by=by, now=now)
    tell(messages.PROJECT_CHECKED, project, because=event)
    return project


def require_reason(why: str, sentence: object = "") -> None:
    """A decision that needs words has them, and not too many."""
    if not why.strip():
        sentence = sentence or _("A reason is missing. Write what is wrong and what should be done.")
        raise Incomplete("reason_missing", sentence, field="why", missing=["why"])
    if len(why) > MOST_REASON:
        raise Incomplete("too_long", field="why", length=len(why), most=MOST_REASON)


def _decide(project: Project, stage: str, outcome: str, to: str, *, why: str, by: User, now: datetime) -> Event:
    """Take the duty, write the decision and take the step it means."""
    take_duty(DUTY_OF[stage], *cases([project]), by=by, now=now)
    vetting = ProjectVetting.objects.create(
        project=project, stage=stage, outcome=outcome, reason=why.strip(), by=by, at=now
    )
    facts = {"vetting": str(vetting.pk), "stage": stage, "outcome": outcome}
    return move(project, to=to, by=by, why=why.strip(), facts=facts)
