"""The only way a state changes."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import models

from portal.clock import Moment
from portal.models import Event, User
from portal.record import record


def move(
    subject: models.Model,
    *,
    to: str,
    by: User | None,
    also: Iterable[str] = (),
    why: str = "",
    facts: Mapping[str, object] | None = None,
    case_id: UUID | None = None,
    sealed: bool = False,
    moment: Moment | None = None,
) -> Event:
    """Take one step of the subject's flow: check it, save ``state`` and the fields in ``also``, write the event.

    The caller holds the row's lock. ``why`` is the person's reason, ``facts`` go into the event
    (ids, hashes, numbers). Raises WrongState when the step is not in the flow table.
    """
    source = subject.state
    subject.flow.check(source, to)
    subject.state = to
    subject.save(update_fields=["state", *also])
    return record(
        f"{subject._meta.model_name}.{to}",
        subject,
        by=by,
        facts={"from": str(source), "to": str(to), **(facts or {})},
        why=why,
        case_id=case_id,
        sealed=sealed,
        moment=moment,
    )
