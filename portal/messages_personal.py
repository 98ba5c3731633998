"""Who hears of settings, legal texts, copies of one's own data, and requests to be forgotten."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from portal.models import DataExport, LegalText, Role, Setting
from portal.queries.people import holders_of
from portal.rights import DESTROYERS, HEADS
from portal.tell import Kind


def heads_but(*people: UUID | None) -> list[UUID]:
    """Division heads and leaders, without those who have done their part."""
    return sorted({person for role in HEADS for person in holders_of(role)} - set(people))


def destroyers_but(*people: UUID | None) -> list[UUID]:
    """Officials who may confirm that words are destroyed, without those who have done their part."""
    return sorted({person for role in DESTROYERS for person in holders_of(role)} - set(people))


def _setting_page(setting: Setting) -> str:
    return reverse("setting", args=[setting.name])


def _of_setting(setting: Setting) -> dict[str, object]:
    return {"name": setting.name, "starts_on": setting.starts_on.isoformat()}


def _proposer(setting: Setting) -> Iterable[UUID]:
    return [setting.set_by_id]


SETTING_PROPOSED = Kind(
    "setting_proposed", to=lambda setting: heads_but(setting.set_by_id), link=_setting_page, facts=_of_setting
)
SETTING_CONFIRMED = Kind("setting_confirmed", to=_proposer, link=_setting_page, facts=_of_setting)
SETTING_DECLINED = Kind("setting_declined", to=_proposer, link=_setting_page, facts=_of_setting)


def _texts_page(text: LegalText) -> str:
    return reverse("legal-text", args=[text.pk])


def _of_text(text: LegalText) -> dict[str, object]:
    return {"kind": text.kind, "version": text.version, "starts_on": text.starts_on.isoformat()}


LEGAL_TEXT_WRITTEN = Kind(
    "legal_text_written", to=lambda text: heads_but(text.written_by_id), link=_texts_page, facts=_of_text
)
LEGAL_TEXT_PUBLISHED = Kind("legal_text_published", to=lambda text: [text.written_by_id], link=_texts_page, facts=_of_text)
LEGAL_TEXT_DECLINED = Kind("legal_text_declined", to=lambda text: [text.written_by_id], link=_texts_page, facts=_of_text)


def _of_export(export: DataExport) -> dict[str, object]:
    return {"ends_at": export.ends_at.isoformat()}


EXPORT_READY = Kind(
    "export_ready", to=lambda export: [export.person_id], link=lambda export: reverse("my-data"), facts=_of_export
)
CORRECTION_ASKED = Kind(
    "correction_asked",
    to=lambda person: {*holders_of(Role.OFFICER), *holders_of(Role.DIVISION_HEAD)} - {person.pk},
    link=lambda person: reverse("corrections"),
    facts=lambda person: {"name": person.name},
)
CORRECTION_ANSWERED = Kind(
    "correction_answered", to=lambda person: [person.pk], link=lambda person: reverse("my-data")
)
