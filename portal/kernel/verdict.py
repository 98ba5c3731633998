"""Yes, or no and why: the answer of every permission."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.kernel.errors import NotAllowed, PortalError


@dataclass(frozen=True)
class Verdict:
    """Whether a person may do something; a no carries its ``reason`` and ``code``.

    ``apart`` marks a no to somebody who holds the power, for a duty that may not meet it: pages
    then show the reason where the button would stand.
    """

    allowed: bool
    reason: object = ""
    code: str = ""
    error: type[PortalError] = NotAllowed
    facts: Mapping[str, object] = field(default_factory=dict)
    apart: bool = False

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


def no(reason: object, code: str = "not_allowed", error: type[PortalError] = NotAllowed, **facts: object) -> Verdict:
    """Refuse with a sentence; ``error`` is the class that :func:`require` raises for it."""
    return Verdict(False, reason, code, error, facts)


def require(verdict: Verdict) -> None:
    """Raise the verdict's error unless it is a yes."""
    if not verdict:
        raise verdict.error(verdict.code, verdict.reason, **verdict.facts)
