"""The bureau's part of the decision: propose awards, give public notice of them, end an award."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.locks import lock_notice
from challenges.models import NoticeKind, PublicNotice
from challenges.policy.publicity import notice_period
from funding.actions.vetting_projects import require_reason
from funding.locks import lock_project, lock_projects, share_round
from funding.messages import decisions as notices
from funding.messages import projects as messages
from funding.models import NoticeProject, Project, Round
from funding.permissions.deciding import may_end_award, may_give_award_notice, may_propose_awards
from funding.policy.caps import largest_award
from funding.queries.places import cases
from funding.queries.project_panels import scores_of
from funding.queries.rounds import left_of, pending_in
from funding.states import ProjectState
from portal.actions.duties import take_duty
from portal.clock import CLOCK, china_date, portal_now
from portal.duties import Duty
from portal.kernel.errors import NotFound, Refused, WrongState
from portal.kernel.verdict import require
from portal.models import User
from portal.record import record
from portal.tell import tell
from portal.transition import move


@transaction.atomic
def propose_awards(round_id: UUID, *, awards: Mapping[UUID, int], by: User, now: datetime) -> list[Project]:
    """Propose an amount (fen) for each project that shall be funded; the other reviewed ones end here.

    An amount stays within class cap, city share and request, and all together within what the
    appropriation has left. Raises NotAllowed, WrongState, NotFound for a project of another round,
    Refused ``nothing_proposed``, ``award_below_pass_mark``, ``award_too_large``, ``awards_over_budget``.
    """
    opened = share_round(round_id)
    projects = lock_projects(opened.projects.filter(state=ProjectState.REVIEWED).values_list("pk", flat=True))
    projects = [project for project in projects if project.state == ProjectState.REVIEWED]
    require(may_propose_awards(by, projects))
    take_duty(Duty.PROPOSES_AWARD, *cases(projects), by=by, now=now)
    _check_awards(opened, projects, awards)
    for project in projects:
        if project.pk not in awards:
            event = move(project, to=ProjectState.NOT_FUNDED, by=by, facts={"round": str(opened.pk)})
            tell(messages.PROJECT_NOT_FUNDED, project, because=event)
            continue
        project.proposed_fen = awards[project.pk]
        facts = {"round": str(opened.pk), "proposed_fen": project.proposed_fen}
        event = move(project, to=ProjectState.PROPOSED, by=by, also=["proposed_fen"], facts=facts)
        tell(messages.PROJECT_PROPOSED, project, because=event)
    return [project for project in projects if project.state == ProjectState.PROPOSED]


@transaction.atomic
def give_award_notice(
    round_id: UUID, project_ids: Sequence[UUID], *, starts_on: date, by: User, now: datetime
) -> PublicNotice:
    """Put proposed awards before the public for the working days the rules ask for, both ends counted.

    Raises NotAllowed, WrongState, NotFound, Refused ``notice_starts_in_past``, UnknownYear where no
    holiday table is entered.
    """
    opened = share_round(round_id)
    projects = lock_projects(project_ids)
    if len(projects) != len(set(project_ids)) or any(project.round_id != opened.pk for project in projects):
        raise NotFound()
    require(may_give_award_notice(by, projects))
    take_duty(Duty.PROPOSES_AWARD, *cases(projects), by=by, now=now)
    if starts_on < china_date(now):
        raise Refused(
            "notice_starts_in_past",
            _("A public notice cannot begin on %(starts_on)s, which is past. Choose today or a later day."),
            field="starts_on",
            starts_on=starts_on,
        )
    working_days = opened.rules.funding.notice_working_days
    period = notice_period(starts_on, working_days)
    notice = PublicNotice.objects.create(
        kind=NoticeKind.AWARD,
        starts_on=starts_on,
        ends_on=period.last_on,
        ends_at=period.ends_at,
        working_days=working_days,
        published_at=now,
        published_by=by,
    )
    NoticeProject.objects.bulk_create(
        NoticeProject(notice=notice, project=project, amount_fen=project.proposed_fen) for project in projects
    )
    facts = {"notice": str(notice.pk), "starts_on": starts_on.isoformat(), "ends_on": period.last_on.isoformat()}
    for project in projects:
        event = move(project, to=ProjectState.IN_NOTICE, by=by, facts=facts)
        tell(messages.PROJECT_IN_NOTICE, project, because=event)
    return notice


@transaction.atomic
def end_award_notice(notice_id: UUID, *, by: User | None = CLOCK, now: datetime) -> PublicNotice:
    """Bring the record after the fact that a notice's last day is over; the government's decision can follow.

    Done by the clock; running it again changes nothing. Raises NotFound, WrongState ``notice_running``.
    """
    notice = lock_notice(notice_id)
    if notice.kind != NoticeKind.AWARD:
        raise NotFound()
    if notice.ended_at is not None:
        return notice
    ended_at = max(now, portal_now())
    if ended_at < notice.ends_at:
        raise WrongState(
            "notice_running", _("This notice runs until the end of %(ends_on)s."), ends_on=notice.ends_on
        )
    notice.ended_at = ended_at
    notice.save(update_fields=["ended_at"])
    event = record("publicnotice.ended", notice, by=by)
    tell(notices.AWARD_NOTICE_ENDED, notice, because=event)
    return notice


@transaction.atomic
def end_award(project_id: UUID, *, why: str, by: User, now: datetime) -> Project:
    """Take a project out of the decision, with the reason: an upheld objection, or what came to light since.

    Raises NotAllowed, WrongState, Incomplete ``reason_missing``.
    """
    project = lock_project(project_id)
    require(may_end_award(by, project))
    take_duty(Duty.PROPOSES_AWARD, *cases([project]), by=by, now=now)
    require_reason(why)
    event = move(project, to=ProjectState.NOT_FUNDED, by=by, why=why.strip())
    tell(messages.PROJECT_NOT_FUNDED, project, because=event)
    return project


def _check_awards(opened: Round, projects: Iterable[Project], awards: Mapping[UUID, int]) -> None:
    """Each award within its limits, and all together within the money that is left."""
    if not awards:
        raise Refused("nothing_proposed")
    known = {project.pk: project for project in projects}
    scores = scores_of(projects)
    left_fen = left_of(opened.appropriation_id) - pending_in(opened)
    for pk, amount in awards.items():
        if pk not in known:
            raise NotFound()
        project = known[pk]
        if project.pk not in scores or not scores[project.pk].passed:
            raise Refused("award_below_pass_mark", title=project.title)
        if amount <= 0:
            raise Refused("amount_not_positive", field="amount_fen")
        most = largest_award(
            total_fen=project.total_fen,
            requested_fen=project.city_fen,
            cap_fen=project.cap_fen,
            most_percent=project.most_percent,
            budget_left_fen=project.city_fen,
        )
        if amount > most:
            raise Refused("award_too_large", title=project.title, largest_fen=most, proposed_fen=amount)
    sum_fen = sum(awards.values())
    if sum_fen > left_fen:
        raise Refused("awards_over_budget", sum_fen=sum_fen, left_fen=left_fen, difference_fen=sum_fen - left_fen)
