"""Privacy statement and terms of use: written by one person, published by another, accepted by everybody."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal import messages_personal as messages
from portal.actions.setting import check_first_day
from portal.kernel.canonical import digest
from portal.kernel.errors import Clash, Incomplete, NotFound
from portal.kernel.verdict import require
from portal.models import Acceptance, LegalKind, LegalText, LegalTextDecision, User
from portal.queries import legal
from portal.queries.frame import forget_frame
from portal.record import record
from portal.rights import may_publish_legal_text, may_write_legal_text
from portal.tell import tell

LONGEST = 50_000


@transaction.atomic
def write_legal_text(
    kind: str, *, text_zh: str, text_en: str, starts_on: date, by: User, now: datetime
) -> LegalText:
    """Write the next version of a text in both languages; it counts once a second person publishes it.

    Raises NotFound for an unknown kind, NotAllowed, Refused ``starts_in_the_past``, Incomplete
    (``field_missing``, ``too_long``), Clash ``text_waits`` while another version waits.
    """
    if kind not in LegalKind.values:
        raise NotFound()
    require(may_write_legal_text(by))
    check_first_day(starts_on, now)
    words = {"text_zh": _tidy("text_zh", text_zh), "text_en": _tidy("text_en", text_en)}
    versions = LegalText.objects.filter(kind=kind)
    if versions.filter(decision__isnull=True).exists():
        raise Clash("text_waits", _("A version of this text waits already. Publish or decline it first."))
    last = versions.order_by("-version").values_list("version", flat=True).first() or 0
    text = LegalText(kind=kind, version=last + 1, starts_on=starts_on, **words, written_by=by, written_at=now)
    text.sha256 = digest_of(text)
    try:
        with transaction.atomic():
            text.save(force_insert=True)
    except IntegrityError:
        raise Clash("text_waits", _("A version of this text waits already. Publish or decline it first.")) from None
    event = record("legal_text.written", text, by=by, facts=_facts(text))
    tell(messages.LEGAL_TEXT_WRITTEN, text, because=event)
    return text


def publish_legal_text(text_id: UUID, *, by: User, now: datetime) -> LegalText:
    """Let a version be in force from its first day on; from then on everybody is asked to accept it.

    Raises NotAllowed (``needs_second_person``), WrongState, Refused ``starts_in_the_past``.
    """
    return _decide(text_id, published=True, by=by, now=now)


def decline_legal_text(text_id: UUID, *, by: User, now: datetime) -> LegalText:
    """Never publish this version. Raises NotAllowed (``needs_second_person``), WrongState."""
    return _decide(text_id, published=False, by=by, now=now)


@transaction.atomic
def accept_texts(text_ids: list[UUID], *, by: User, now: datetime) -> list[Acceptance]:
    """Record that a person has read and accepts these texts, which must be all that are asked of them now.

    A second click changes nothing. Raises Clash ``texts_changed`` when another version came into
    force while the person read.
    """
    asked = legal.asked_of(by)
    if not {text.pk for text in asked} <= set(text_ids):
        raise Clash("texts_changed", _("A newer version came into force while you were reading. Read it, then accept it."))
    accepted = []
    for text in asked:
        acceptance, is_new = Acceptance.objects.get_or_create(person=by, text=text, defaults={"at": now})
        if is_new:
            record("legal_text.accepted", acceptance, by=by, facts={"text": str(text.pk), "sha256": text.sha256})
            accepted.append(acceptance)
    return accepted


def digest_of(text: LegalText) -> str:
    """The SHA-256 of what a version says, in both languages, and from when."""
    return digest({
        "kind": text.kind, "version": text.version, "starts_on": text.starts_on.isoformat(),
        "zh": text.text_zh, "en": text.text_en,
    })  # fmt: skip


@transaction.atomic
def _decide(text_id: UUID, *, published: bool, by: User, now: datetime) -> LegalText:
    text = LegalText.objects.select_related("decision").filter(pk=text_id).first()
    if text is None:
        raise NotFound()
    require(may_publish_legal_text(by, text))
    if published:
        check_first_day(text.starts_on, now)
    try:
        with transaction.atomic():
            LegalTextDecision.objects.create(text=text, published=published, by=by, at=now)
    except IntegrityError:
        raise Clash("decided_already", _("Somebody else decided on this just now. Open the page again.")) from None
    forget_frame()
    event = record("legal_text.published" if published else "legal_text.declined", text, by=by, facts=_facts(text))
    tell(messages.LEGAL_TEXT_PUBLISHED if published else messages.LEGAL_TEXT_DECLINED, text, because=event)
    return text


def _facts(text: LegalText) -> dict[str, object]:
    return {"kind": text.kind, "version": text.version, "sha256": text.sha256, "starts_on": text.starts_on.isoformat()}


def _tidy(field: str, text: str) -> str:
    tidied = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not tidied:
        raise Incomplete("field_missing", field=field, missing=[field])
    if len(tidied) > LONGEST:
        raise Incomplete("too_long", field=field, length=len(tidied), most=LONGEST)
    return tidied
