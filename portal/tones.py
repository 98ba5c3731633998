"""Which tone and icon each state has; the same chip everywhere.

A state is icon, word and tone together. The word is the state's own label. Where two things
use one state name differently, the entry names the thing: ``"agreement.draft"``.
"""

from typing import Final, Literal, get_args

Tone = Literal["draft", "moving", "open", "sealed", "review", "notice", "held", "approved", "paid", "failed"]
TONES: Final = get_args(Tone)

ICONS: Final[dict[str, str]] = {
    "draft": "pencil",
    "moving": "arrow-right",
    "open": "clock-play",
    "sealed": "lock",
    "review": "scale",
    "notice": "speakerphone",
    "held": "hand-stop",
    "approved": "circle-check",
    "paid": "check",
    "failed": "circle-x",
}
"""The icon of a tone, where a state has none of its own."""

ENDED: Final = ("draft", "circle-minus")
"""Ended quietly: a normal ending, so grey and never red."""

STATES: Final[dict[tuple[str, str], str]] = {
    ("draft", "pencil"): "draft planned reopened",
    ENDED: (
        "withdrawn lapsed not_selected unopened not_funded given_up expired removed declined recused set_aside void "
        "cancelled closed_without_pass refuted dismissed written_off dropped replaced undone ended"
    ),
    ("draft", "clock-pause"): "closed",
    ("moving", "arrow-right"): (
        "submitted recommended pooled claimed verified prepared sent invited signing_off signing filed checked reported "
        "registered queued running supportview.open decided notified acceptance_applied waiting admitted asked offered organisation.registered recorded"
    ),
    ("open", "clock-play"): "published open",
    ("sealed", "lock"): "sealed",
    ("review", "scale"): "opened qualified evaluated ranked scoring reviewed proposed locked reserve",
    ("notice", "speakerphone"): "in_notice",
    ("held", "hand-stop"): "returned denied held frozen suspended rework unreadable",
    ("approved", "circle-check"): (
        "selected matched signed approved agreed under_way accepted upheld followed_up repaid repaired active merged "
        "organisation.verified sheet.submitted assignment.accepted"
    ),
    ("paid", "check"): "confirmed paid archived done agreement.registered publicnotice.closed delivery.sent",
    ("failed", "circle-x"): "dishonesty.confirmed failed disqualified rejected overdue terminated revoked refused enforced",
}
"""The states of each tone and icon."""

BY_STATE: Final = {state: look for look, states in STATES.items() for state in states.split()}


def tone_of(state: str, thing: str = "") -> tuple[str, str]:
    """The tone and icon of a state of ``thing`` (a model's name in lower case); draft where none is named."""
    return BY_STATE.get(f"{thing}.{state}") or BY_STATE.get(state, ("draft", ICONS["draft"]))
