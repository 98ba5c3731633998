"""Operations on organisations, the own account and the own messages."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from portal.actions import correcting, reading, registering
from portal.api.organisation_shapes import CorrectionIn, ReturnIn
from portal.api.shapes import (
    AccountOut,
    DistrictOut,
    MessageOut,
    OrganisationIn,
    OrganisationOut,
)
from portal.api.views import Asked, acts, reads
from portal.delivery import words
from portal.models import District, Organisation, User
from portal.queries import messages, organisations
from portal.web import find

RECENT = 100


@reads(AccountOut)
def show_account(asked: Asked) -> User:
    """Who you are to the portal, and what you may do."""
    return asked.by


@reads(DistrictOut, many=True, public=True)
def list_districts(asked: Asked) -> QuerySet[District]:
    """The districts of the city, in the order of their codes."""
    return District.objects.all()


@reads(OrganisationOut, many=True)
def list_organisations(asked: Asked) -> QuerySet[Organisation]:
    """The organisations you may know about; those that wait for verification first."""
    return organisations.visible_to(asked.by)


@reads(OrganisationOut)
def show_organisation(asked: Asked, pk: UUID) -> Organisation:
    """One organisation."""
    return find(organisations.visible_to(asked.by), pk=pk)


@acts(OrganisationIn, gives=OrganisationOut, status=201, repeatable=True)
def register_organisation(asked: Asked) -> Organisation:
    """Enter an organisation; you become its administrator, and the bureau verifies it."""
    return registering.register_organisation(**asked.given, by=asked.by, now=asked.now)


@acts(CorrectionIn, gives=OrganisationOut)
def correct_organisation(asked: Asked, pk: UUID) -> Organisation:
    """Correct an entry that was returned at the items the bureau marked, and send it in again."""
    organisation = find(organisations.visible_to(asked.by), pk=pk)
    return correcting.correct_organisation(organisation.pk, **asked.given, by=asked.by, now=asked.now)


@acts(gives=OrganisationOut)
def verify_organisation(asked: Asked, pk: UUID) -> Organisation:
    """Find that an entry agrees with the public registers."""
    organisation = find(organisations.visible_to(asked.by), pk=pk)
    return registering.verify_organisation(organisation.pk, by=asked.by, now=asked.now)


@acts(ReturnIn, gives=OrganisationOut)
def return_organisation(asked: Asked, pk: UUID) -> Organisation:
    """Send an entry back with a remark on each item that is wrong, or words on the whole."""
    organisation = find(organisations.visible_to(asked.by), pk=pk)
    return correcting.return_organisation(organisation.pk, **asked.given, by=asked.by, now=asked.now)


@reads(MessageOut, many=True)
def list_messages(asked: Asked) -> list[dict]:
    """Your last hundred messages, the newest first, in the language of the request."""
    found = messages.visible_to(asked.by)[:RECENT]
    return [_worded(message) for message in found]


@acts(gives=MessageOut)
def read_message(asked: Asked, pk: UUID) -> dict:
    """Note that you have read a message."""
    return _worded(reading.read_message(pk, by=asked.by, now=asked.now))


def _worded(message) -> dict:
    subject, text = words(message, get_language() or "zh-hans")
    held = {name: getattr(message, name) for name in ("id", "kind", "link", "created_at", "read_at")}
    return held | {"subject": subject, "text": text}
