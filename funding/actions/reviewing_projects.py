"""A panel on the applications of a round: convened on the shared engine, locked, and what becomes of each project."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.actions.drawing import LARGEST_PANEL
from challenges.actions.ranking import outcomes_of, result_digest, write_scores
from challenges.locks import lock_panel
from challenges.messages.panels import PANEL_CONVENED
from challenges.models import Candidate, CandidateParty, Panel, PanelPurpose
from challenges.policy.labels import label
from challenges.policy.marking import Outcome
from challenges.policy.ranking import TieKey, lower_money, rank, split_by_pass_mark, technical_first
from funding.locks import lock_projects, share_round
from funding.messages import projects as messages
from funding.models import Project, ProjectCandidate, Round
from funding.permissions.reviewing_projects import may_convene_project_panel, may_lock_project_panel
from funding.queries.places import cases
from funding.queries.project_panels import checked_in, ids_of, under_review
from funding.states import ProjectState
from portal.actions.duties import take_duty
from portal.clock import china_date
from portal.duties import Duty
from portal.kernel.errors import Clash, Refused
from portal.kernel.verdict import require
from portal.models import Organisation, User
from portal.queries.same_organisation import whole_of_all
from portal.record import record
from portal.tell import tell
from portal.transition import move


@transaction.atomic
def convene_project_panel(round_id: UUID, *, size: int, due_at: datetime, by: User, now: datetime) -> Panel:
    """Convene a panel of ``size`` experts on the checked applications of a round, lettered in a random order.

    Experts are named, seated and heard by the engine of ``challenges``. Raises NotAllowed, Clash
    ``panel_convened``, Refused ``no_checked_project``, ``panel_too_small``, ``panel_too_large``,
    ``due_in_the_past``.
    """
    opened = share_round(round_id)
    projects = lock_projects(checked_in(opened).values_list("pk", flat=True))
    projects = [project for project in projects if project.state == ProjectState.CHECKED]
    require(may_convene_project_panel(by, projects))
    take_duty(Duty.CONVENES_PANEL, *cases(projects), by=by, now=now)
    _check_panel(opened, projects, size, due_at, now)
    panel = Panel.objects.create(
        purpose=PanelPurpose.PROJECT_REVIEW,
        rules=opened.rules,
        rubric=opened.rules.rubrics.get(purpose=PanelPurpose.PROJECT_REVIEW),
        size=size,
        due_at=due_at,
        convened_by=by,
        convened_at=now,
    )
    secrets.SystemRandom().shuffle(projects)
    for place, project in enumerate(projects):
        _stand(panel, place, project)
    facts = {"round": str(opened.pk), "size": size, "candidates": {label(n): str(p.pk) for n, p in enumerate(projects)}}
    event = record("panel.convened", panel, by=by, facts=facts)
    tell(PANEL_CONVENED, panel, because=event)
    return panel


@transaction.atomic
def lock_project_panel(panel_id: UUID, *, by: User, now: datetime) -> Panel:
    """End the scoring of applications and make the official scores and ranks, once and for ever.

    Every project is reviewed from here on; only those at the pass mark may be proposed. Raises
    NotAllowed, WrongState on a second click, Refused ``sheets_missing``, ``too_few_experts``,
    ``too_few_sheets``, ``ties_waiting_at_lock``, ``seats_in_conflict``.
    """
    projects = {project.pk: project for project in lock_projects(ids_of(panel_id))}
    panel = lock_panel(panel_id)
    require(may_lock_project_panel(by, panel))
    take_duty(Duty.LOCKS_SCORES, *cases(projects.values()), by=by, now=now)
    funding = panel.rules.funding
    links = ProjectCandidate.objects.filter(candidate__panel=panel)
    standing = {str(link.candidate_id): projects[link.project_id] for link in links}
    outcomes = outcomes_of(panel, experts_least=funding.panel_least, on=china_date(now))
    officials = {key: outcomes[key].official for key in standing}
    passed, _below, _none = split_by_pass_mark(officials, funding.pass_mark)
    scores = write_scores(outcomes, rank(officials, _tie_chain(outcomes, standing)), passed)
    panel.locked_at = now
    panel.save(update_fields=["locked_at"])
    record("panel.locked", panel, by=by, facts={"candidates": len(scores), "result": result_digest(scores)})
    for candidate, project in sorted(standing.items(), key=lambda pair: pair[1].pk):
        event = move(project, to=ProjectState.REVIEWED, by=by, facts={"candidate": candidate})
        tell(messages.PROJECT_REVIEWED, project, because=event)
    return panel


def _check_panel(opened: Round, projects: list[Project], size: int, due_at: datetime, now: datetime) -> None:
    if under_review(projects):
        raise Clash("panel_convened", _("A panel already reviews applications of this round. See the list of panels."))
    if not projects:
        raise Refused("no_checked_project", _("No application of this round waits for a panel. Finish the formal check first."))
    least = opened.rules.funding.panel_least
    if size < least:
        raise Refused("panel_too_small", size=size, least=least, field="size")
    if size > LARGEST_PANEL:
        raise Refused("panel_too_large", size=size, most=LARGEST_PANEL, field="size")
    if due_at <= now:
        raise Refused("due_in_the_past", due_at=due_at, field="due_at")


def _stand(panel: Panel, place: int, project: Project) -> Candidate:
    """Make a project a candidate, with its parties and documents as they are now."""
    contract = project.labour_contract
    candidate = Candidate.objects.create(
        panel=panel,
        label=label(place),
        title=project.title,
        documents={
            "project": str(project.pk),
            "version": project.version,
            "files": [{"id": str(contract.pk), "sha256": contract.sha256}] if contract else [],
        },
    )
    ProjectCandidate.objects.create(candidate=candidate, project=project)
    members = list(project.agreement.bid.parties.filter(lead=False).values_list("organisation_id", "uscc"))
    known = Organisation.objects.filter(uscc__in=[uscc for _id, uscc in members]).values_list("pk", flat=True)
    parts = dict.fromkeys((*known, *(pk for pk, _uscc in members if pk)), "member")
    parts |= {project.poster_id: "poster", project.bidder_id: "lead"}
    parts = dict.fromkeys(whole_of_all(parts), "same") | parts
    CandidateParty.objects.bulk_create(
        CandidateParty(candidate=candidate, organisation_id=organisation, part=part)
        for organisation, part in parts.items()
    )
    return candidate


def _tie_chain(outcomes: Mapping[str, Outcome], standing: Mapping[str, Project]) -> list[TieKey]:
    """Equal scores are parted by the technical part, then by the lower city money."""
    return [
        technical_first({key: outcomes[key].technical for key in standing}),
        lower_money({key: project.city_fen for key, project in standing.items()}),
    ]
