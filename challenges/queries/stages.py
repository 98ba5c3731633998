"""Where a case stands, in one line and on one ruler: stage, who acts, by when, what comes then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.models import Challenge, PublicNotice
from challenges.states import ChallengeState
from portal.faces import Stage
from portal.show import show_day, show_moment, show_short

C = ChallengeState


@dataclass(frozen=True)
class Standing:
    """The status line of a case."""

    stage: str
    who: str = ""
    expected: str = ""
    next: str = ""


ORDER = (
    (gettext_lazy("Need"), (C.DRAFT, C.RETURNED)),
    (gettext_lazy("District review"), (C.SUBMITTED,)),
    (gettext_lazy("Formal check"), (C.RECOMMENDED,)),
    (gettext_lazy("Public notice"), (C.POOLED, C.IN_NOTICE)),
    (gettext_lazy("Open for bids"), (C.PUBLISHED,)),
    (gettext_lazy("Opening"), (C.CLOSED,)),
    (gettext_lazy("Panel scores"), (C.OPENED,)),
    (gettext_lazy("Selection"), (C.EVALUATED,)),
    (gettext_lazy("Agreement"), (C.MATCHED,)),
)
"""The stages of a case in their order, with the states in which each is going on."""

FIRST_PUBLIC = 3
"""The stage from which the public's ruler begins."""


def stages_of(challenge: Challenge, notice_ends_on: date | None = None, *, public: bool = False) -> list[Stage]:
    """The stage ruler of a case, the public's from the notice on; a case that ended early shows where it stopped."""
    ended = challenge.state in (C.REJECTED, C.WITHDRAWN, C.FAILED)
    at = _reached(challenge) if ended else _place(challenge.state)
    notes = _notes(challenge, notice_ends_on)
    stages = []
    for place, (word, _states) in enumerate(ORDER):
        state = "done" if place < at or challenge.state == C.MATCHED else ("now" if place == at else "")
        if ended and place == at:
            state = "ended"
        note = challenge.get_state_display() if state == "ended" else notes.get(place, "")
        stages.append(Stage(word, note, state))
    return stages[FIRST_PUBLIC:] if public else stages


def standing_of(challenge: Challenge, notice: PublicNotice | None = None, *, now: datetime) -> Standing:
    """The status line of a case: who acts now and what comes then."""
    who, expected, then = _line(challenge, notice, now)
    return Standing(challenge.get_state_display(), who, expected, then)


def _line(challenge: Challenge, notice: PublicNotice | None, now: datetime) -> tuple[str, str, str]:
    poster, district = challenge.poster.name, _("Science department of %(district)s") % {"district": challenge.poster.district}
    officer = _("The bureau's officer")
    match challenge.state:
        case C.DRAFT:
            until = show_moment(challenge.call.closes_at)
            return poster, _("submit by %(moment)s") % {"moment": until}, _("Review by the district")
        case C.RETURNED:
            return poster, _("correct it and submit it again"), _("Review by the district")
        case C.SUBMITTED:
            return district, "", _("Formal check by the bureau")
        case C.RECOMMENDED:
            return officer, "", _("Pool of needs")
        case C.POOLED:
            done = notice is not None and notice.ended_at is not None
            return officer, "", _("Publication as a board") if done else _("Public notice")
        case C.IN_NOTICE:
            last = show_day(notice.ends_on, weekday=True) if notice else ""
            return _("Everybody may object"), _("until the end of %(day)s") % {"day": last}, _("Publication as a board")
        case C.PUBLISHED if now < challenge.opens_at:
            return _("Research teams"), _("from %(moment)s") % {"moment": show_moment(challenge.opens_at)}, _("Bidding opens")
        case C.PUBLISHED:
            return _("Research teams"), _("until %(moment)s") % {"moment": show_moment(challenge.closes_at)}, _("The box is opened")
        case C.CLOSED:
            return _("The portal's clock"), "", _("Qualification of the bids")
        case C.OPENED:
            return officer, "", _("A panel of experts scores")
        case C.EVALUATED:
            return poster, "", _("Selection and agreement")
        case C.MATCHED:
            return poster, "", _("Application for city money")
    return "", "", ""


def _place(state: str) -> int:
    return next(place for place, (_word, states) in enumerate(ORDER) if state in states)


def _reached(challenge: Challenge) -> int:
    """How far an ended case had come, by the moments it carries."""
    passed: Mapping[str, object] = {
        C.EVALUATED: challenge.evaluated_at, C.OPENED: challenge.opened_at, C.CLOSED: challenge.closed_at,
        C.PUBLISHED: challenge.published_at, C.POOLED: challenge.pooled_at, C.SUBMITTED: challenge.submitted_at,
    }  # fmt: skip
    return next((_place(state) for state, moment in passed.items() if moment), 0)


def _notes(challenge: Challenge, notice_ends_on: date | None) -> dict[int, str]:
    notes = {
        _place(C.SUBMITTED): _day(challenge.submitted_at),
        _place(C.CLOSED): _day(challenge.opened_at or challenge.closed_at),
        _place(C.EVALUATED): _day(challenge.evaluated_at),
        _place(C.MATCHED): _day(challenge.matched_at),
    }
    if notice_ends_on is not None:
        notes[_place(C.IN_NOTICE)] = _("to %(day)s") % {"day": show_day(notice_ends_on, year=False)}
    if challenge.closes_at is not None:
        notes[_place(C.PUBLISHED)] = _("to %(moment)s") % {"moment": show_short(challenge.closes_at)}
    return notes


def _day(moment: datetime | None) -> str:
    return show_day(moment, year=False) if moment else ""
