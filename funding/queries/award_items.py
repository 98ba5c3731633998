"""What a notice of awards lists, and whose case a project is."""

from uuid import UUID

from challenges.models import NoticeKind, PublicNotice
from challenges.queries.notice_items import Item, Listing
from funding.models import NoticeProject, Project
from funding.queries.project_panels import scores_of


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


def case_of(item: UUID) -> UUID:
    """The challenge that a project grew out of."""
    return Project.objects.values_list("challenge_id", flat=True).get(pk=item)


def answer_days(notice: PublicNotice) -> int:
    """The days of the rules under which the projects were filed."""
    line = NoticeProject.objects.filter(notice=notice).select_related("project__rules__funding").first()
    return line.project.rules.funding.answer_working_days


AWARDS = (NoticeKind.AWARD, Listing(award_items, case_of, answer_days))
"""How notices of awards are read."""
