"""What proves a tie or an employment: its source, its day, its document."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from portal import vault
from portal.actions.standing import MOST_MIB, PICTURES, File
from portal.clock import china_date
from portal.kernel.errors import Incomplete, Refused
from portal.models import Source, StoredFile, User

__all__ = ["File", "check_days", "check_source", "keep_document"]


def keep_document(document: File | None, *, by: User, now: datetime) -> StoredFile | None:
    """The document that proves a tie, kept in the vault."""
    if document is None:
        return None
    name, content = document
    media = vault.kind_of(content, name=name, kinds=PICTURES, most_mib=MOST_MIB)
    return vault.store(content, name=name[-200:], kind=media, by=by, now=now)


def check_source(source: str, source_on: date, document: File | None, now: datetime) -> None:
    """A source of documents comes with one, and no source lies in the future."""
    if source == Source.DOCUMENT and document is None:
        raise Incomplete("document_missing", _("Add the document that says so."), field="document")
    if source_on > china_date(now):
        raise Refused("source_in_future", _("%(day)s is not yet here. Enter the day of the source."), field="source_on", day=source_on)


def check_days(from_on: date, until_on: date | None) -> None:
    """Nothing ends before it begins."""
    if until_on is not None and until_on < from_on:
        wrong = _("It would end on %(until_on)s, before it begins on %(from_on)s. Correct the days.")
        raise Refused("ends_before_it_begins", wrong, field="until_on", until_on=until_on, from_on=from_on)
