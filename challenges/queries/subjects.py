"""What a panel is about, in words; every kind of review says it for itself, so the engine knows candidates only."""

from collections.abc import Callable
from dataclasses import dataclass

from challenges.models import Challenge, Panel, PanelPurpose


@dataclass(frozen=True)
class Subject:
    """The number and title under which people know what a panel reviews."""

    number: str
    title: str


def board_of(panel: Panel) -> Subject:
    """The board whose bids a panel reviews."""
    challenge = Challenge.objects.filter(bids__candidacies__candidate__panel=panel).only("number", "title").first()
    return Subject(challenge.number or "", challenge.title)


SUBJECTS: dict[str, Callable[[Panel], Subject]] = {PanelPurpose.BID_REVIEW: board_of}


def register(purpose: PanelPurpose, subject: Callable[[Panel], Subject]) -> None:
    """Say how the subject of a kind of review is found."""
    SUBJECTS[purpose] = subject


def subject_of(panel: Panel) -> Subject:
    """What a panel is about."""
    return SUBJECTS[panel.purpose](panel)
