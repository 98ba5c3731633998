"""Where duties are taken: the cases that a panel reviews and that an item of a notice belongs to."""

from collections.abc import Callable, Iterable
from uuid import UUID

from challenges.models import Bid, Objection, Panel, PanelPurpose, PublicNotice
from challenges.queries.notice_items import case_of_item
from portal.duties import Place, Scope


def cases_of_bids(panel_id: UUID) -> Iterable[UUID]:
    """The challenge whose bids a panel reviews."""
    return Bid.objects.filter(candidacies__candidate__panel_id=panel_id).values_list("challenge_id", flat=True).distinct()


CASES: dict[str, Callable[[UUID], Iterable[UUID]]] = {PanelPurpose.BID_REVIEW: cases_of_bids}


def register(purpose: PanelPurpose, cases: Callable[[UUID], Iterable[UUID]]) -> None:
    """Say how the challenges behind the candidates of a kind of review are found."""
    CASES[purpose] = cases


def cases_of(panel: Panel) -> list[Place]:
    """The cases that a panel reviews: one board, or every application of a round."""
    return [Scope.CASE.of(pk) for pk in CASES[panel.purpose](panel.pk)]


def places_of(objection: Objection) -> list[Place]:
    """An objection, and the case of the item it is about."""
    notice: PublicNotice = objection.notice
    return [Scope.OBJECTION.of(objection.pk), Scope.CASE.of(case_of_item(notice, objection.item))]
