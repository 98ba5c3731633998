"""Looking at a masked value in full: for a purpose that is written down, where its owner and the auditors read it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.kernel.errors import Incomplete, NotFound, Refused
from portal.kernel.verdict import require
from portal.masked import KINDS, Masked, Whose
from portal.models import AccessToPersonalData, SecurityKind, User
from portal.permissions_personal import may_look, purposes_of
from portal.record import record
from portal.security_log import note

LONGEST = 300


@transaction.atomic
def look_at_personal_data(
    code: str, subject_id: UUID, *, purpose: str, words: str, by: User, now: datetime
) -> tuple[AccessToPersonalData, str]:
    """Look at one masked value in full; gives what was written down, and the value.

    Nobody is told at once: the owner reads on “My data” who looked, when and for what. Raises
    NotFound, NotAllowed, Refused ``not_your_purpose``, ``nothing_to_show``, Incomplete
    (``field_missing``, ``too_long``).
    """
    kind = KINDS.get(code)
    if kind is None:
        raise NotFound()
    row = kind.hold(subject_id)
    require(may_look(by, kind, row))
    check_purpose(kind, purpose, by=by)
    value = kind.value(row)
    if not value:
        raise Refused("nothing_to_show", _("Nothing is entered here, so there is nothing to look at."))
    access = note_access(kind.code, kind.whose(row), row.pk, purpose=purpose, words=_tidy(words), by=by, now=now)
    return access, value


def note_access(
    code: str, whose: Whose, subject_id: UUID, *, purpose: str, words: str, by: User, now: datetime
) -> AccessToPersonalData:
    """Write down that somebody reads a value in full: in the log of looks, in the record, in the security log."""
    access = AccessToPersonalData.objects.create(
        by=by, person=whose.person, organisation=whose.organisation, field=code, subject_id=subject_id,
        purpose=purpose, words=words, at=now,
    )  # fmt: skip
    record("personal_data.shown", access, by=by, facts={"what": code, "purpose": purpose})
    note(SecurityKind.DATA_SHOWN, person=by, what=code, access=str(access.pk))
    return access


def check_purpose(kind: Masked, purpose: str, *, by: User) -> None:
    """Each office looks for its own purposes. Raises Refused ``not_your_purpose``."""
    if purpose not in purposes_of(by, kind):
        raise Refused("not_your_purpose", _("Choose one of the purposes that are yours."), field="purpose")


def _tidy(words: str) -> str:
    tidied = words.strip()
    if not tidied:
        raise Incomplete("field_missing", field="words", missing=["words"])
    if len(tidied) > LONGEST:
        raise Incomplete("too_long", field="words", length=len(tidied), most=LONGEST)
    return tidied
