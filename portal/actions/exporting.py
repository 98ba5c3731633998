"""Copies of one's own data: asked for by a person, put together by a job, fetched for some days."""

import json
from datetime import datetime, timedelta
from io import BytesIO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from portal import messages_personal as messages
from portal.clock import china_date
from portal.enqueue import enqueue
from portal.kernel.errors import Clash, NotFound
from portal.kernel.verdict import require
from portal.locks import lock_export, lock_person
from portal.models import DataExport, SecurityKind, StoredFile, User
from portal.permissions_personal import may_export
from portal.personal_data import shown
from portal.queries.own_data import entries_of, exports_of
from portal.queries.settings import setting
from portal.record import record, written
from portal.security_log import note
from portal.tell import tell
from portal.vault import store

FORMAT = "jiebang-own-data"
VERSION = 1


@transaction.atomic
def ask_export(*, by: User, now: datetime) -> DataExport:
    """Ask for a copy of one's own data; a job makes it, and a message says when it is ready.

    Raises NotAllowed (``in_person_only``), Clash ``export_waits`` while another one is being made.
    """
    person = lock_person(by.pk)
    require(may_export(by))
    if exports_of(person).filter(file__isnull=True).exists():
        raise Clash("export_waits", _("A copy of your data is being made already. A message says when it is ready."))
    export = DataExport.objects.create(person=person, asked_at=now)
    record("data_export.asked", export, by=by)
    enqueue("portal.make_data_export", export.pk)
    return export


@transaction.atomic
def make_export(export_id: UUID, *, by: User | None, now: datetime) -> DataExport:
    """Put the copy together: the same data for programs and for reading. A second run changes nothing."""
    export = lock_export(export_id)
    if export.file_id:
        return export
    with override(export.person.language):
        content = packed(export.person, now=now)
    name = f"my-data-{china_date(now).isoformat()}.zip"
    export.file = store(content, name=name, kind="application/zip", by=export.person, now=now, pk=export.pk)
    export.ready_at, export.ends_at = now, now + timedelta(days=setting("export_days"))
    export.save(update_fields=["file", "ready_at", "ends_at"])
    event = record("data_export.ready", export, by=by, facts={"sha256": export.file.sha256})
    tell(messages.EXPORT_READY, export, because=event)
    return export


@transaction.atomic
def take_export(export_id: UUID, *, by: User, now: datetime) -> StoredFile:
    """Fetch a copy of one's own data; each time is written down.

    Raises NotFound for somebody else's, for one that is not ready and for one whose days are over; NotAllowed.
    """
    export = lock_export(export_id)
    if export.person_id != by.pk or export.ends_at is None or export.ends_at <= now:
        raise NotFound()
    require(may_export(by))
    record("data_export.taken", export, by=by)
    note(SecurityKind.DATA_EXPORTED, person=by, export=str(export.pk))
    return export.file


def packed(person: User, *, now: datetime) -> bytes:
    """A person's own data as an archive of two files: ``data.json`` for programs, ``data.html`` to read."""
    parts = [_part(line, entries) for line, entries in entries_of(person)]
    copy = {"format": FORMAT, "version": VERSION, "person": str(person.pk), "made_at": written(now), "parts": parts}
    text = json.dumps(copy, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    html = render_to_string("portal/data_copy.html", {"person": person, "now": now, "parts": parts})
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in (("data.json", text), ("data.html", html)):
            info = ZipInfo(name, now.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def _part(line, entries) -> dict[str, object]:
    words = shown(line)
    kept = words.kept or ngettext("%(days)s day", "%(days)s days", words.days) % {"days": words.days}
    return {
        "fields": list(line.fields), "what": str(words.what), "purpose": str(words.purpose), "basis": str(words.basis),
        "kept": str(kept), "entries": entries,
    }  # fmt: skip
