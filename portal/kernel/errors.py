"""Refusals: every way the portal says no, with a code that never changes."""

from collections.abc import Mapping


class PortalError(Exception):
    """A refusal with a stable ``code``, the ``facts`` its sentence names, and an HTTP ``status``.

    ``message`` is a (lazily translated) sentence where the one who refuses already has it;
    otherwise a door finds the words for ``code`` and fills in ``facts``.
    """

    code = "refused"
    status = 400

    def __init__(self, code: str | None = None, message: object = "", **facts: object) -> None:
        self.code = code or self.code
        self.message = message
        self.facts: Mapping[str, object] = facts
        super().__init__(self.code, dict(facts))


class NotAllowed(PortalError):
    """This person may not take this step, or not now."""

    code = "not_allowed"
    status = 403


class NotFound(PortalError):
    """There is no such thing, or this person may not know of it."""

    code = "not_found"
    status = 404


class WrongState(PortalError):
    """The step does not lead from the state the case is in; a second click ends here."""

    code = "wrong_state"
    status = 409


class Clash(PortalError):
    """Somebody else was first, or what exists already excludes this."""

    code = "clash"
    status = 409


class Refused(PortalError):
    """What was asked breaks a rule; the facts say which figure and what the limit is."""

    code = "refused"
    status = 422


class Incomplete(PortalError):
    """Something that must be there is missing; ``facts["missing"]`` lists the fields."""

    code = "incomplete"
    status = 422
