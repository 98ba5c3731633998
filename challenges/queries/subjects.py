"""What a panel is about, in words; every kind of review says it for itself, so the engine knows candidates only."""

from collections.abc import Callable
from dataclasses import dataclass

from challenges.models import Candidate, Challenge, Panel, PanelPurpose


@dataclass(frozen=True)
class Subject:
    """The number and title under which people know what a panel reviews; ``page`` names the route of its page."""

    number: str
    title: str
    page: str = "panel"


def board_of(panel: Panel) -> Subject:
    """The board whose bids a panel reviews."""
    challenge = Challenge.objects.filter(bids__candidacies__candidate__panel=panel).only("number", "title").first()
    return Subject(challenge.number or "", challenge.title)


SUBJECTS: dict[str, Callable[[Panel], Subject]] = {PanelPurpose.BID_REVIEW: board_of}


def register(purpose: PanelPurpose, subject: Callable[[Panel], Subject]) -> None:
    """Say how the subject of a kind of review is found."""
    SUBJECTS[purpose] = subject


@dataclass(frozen=True)
class Dossier:
    """What an expert reads of a candidate: the template that draws it, and what it shows."""

    template: str
    facts: object


DOSSIERS: dict[str, Callable[[Candidate], Dossier]] = {}


def register_dossier(purpose: PanelPurpose, dossier: Callable[[Candidate], Dossier]) -> None:
    """Say what experts read in a kind of review; bids have their own page."""
    DOSSIERS[purpose] = dossier


def dossier_of(candidate: Candidate, panel: Panel) -> Dossier | None:
    """What an expert reads of a candidate that is no bid."""
    return DOSSIERS[panel.purpose](candidate) if panel.purpose in DOSSIERS else None


def subject_of(panel: Panel) -> Subject:
    """What a panel is about."""
    return SUBJECTS[panel.purpose](panel)
