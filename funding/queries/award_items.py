"""What a notice of awards lists, and who decided on a project."""

from uuid import UUID

from challenges.models import NoticeKind, Panel, PublicNotice
from challenges.queries.notice_items import Item, Listing
from challenges.states import AssignmentState
from funding.models import DecisionItem, NoticeProject, ProjectVetting
from funding.queries.project_panels import scores_of
from portal.models import Event


def award_items(notice: PublicNotice) -> list[Item]:
    """The projects of a notice with the amounts shown, by rank."""
    rows = NoticeProject.objects.filter(notice=notice).select_related("project__poster", "project__bidder")
    lines = list(rows)
    scores = scores_of(line.project for line in lines)
    items = []
    for line in lines:
        project, score = line.project, scores.get(line.project_id)
        items.append(
            Item(
                project.pk, project.title, poster=project.poster.name, bidder=project.bidder.name,
                number=project.number or "", lead_person=project.lead_person, amount_fen=line.amount_fen,
                score=score.official if score else None, rank=score.rank if score else None,
            )
        )  # fmt: skip
    return sorted(items, key=lambda item: (item.rank or 0, item.title))


def deciders(item: UUID) -> set[UUID]:
    """Everybody who vetted, scored, locked, proposed or decided on a project."""
    vetted = ProjectVetting.objects.filter(project_id=item).values_list("by_id", flat=True)
    panels = Panel.objects.filter(candidates__of_project__project_id=item)
    scored = panels.filter(assignments__state=AssignmentState.ACCEPTED).values_list("assignments__expert_id", flat=True)
    decided = DecisionItem.objects.filter(project_id=item).values_list("decision__recorded_by_id", "decision__confirmed_by_id")
    moved = Event.objects.filter(subject_id=item, kind__in=["project.proposed", "project.in_notice"]).values_list("by_id", flat=True)
    locked = Event.objects.filter(subject_id__in=panels.values("pk"), kind="panel.locked").values_list("by_id", flat=True)
    people = {*vetted, *scored, *moved, *locked, *(person for pair in decided for person in pair)}
    return people - {None}


def answer_days(notice: PublicNotice) -> int:
    """The days of the rules under which the projects were filed."""
    line = NoticeProject.objects.filter(notice=notice).select_related("project__rules__funding").first()
    return line.project.rules.funding.answer_working_days


AWARDS = (NoticeKind.AWARD, Listing(award_items, deciders, answer_days))
"""How notices of awards are read."""
