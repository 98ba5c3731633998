"""Legal texts: in force, earlier, coming; and what a person has still to accept."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from portal.models import Acceptance, LegalKind, LegalText, User
from portal.queries.frame import present_frame
from portal.queries.settings import setting


@dataclass(frozen=True)
class Block:
    """One heading or paragraph of a text."""

    text: str
    is_heading: bool


def in_force(kind: str) -> LegalText | None:
    """The version of a text in force today, if one is published."""
    found = present_frame().texts.get(kind)
    return LegalText.objects.select_related("decision").get(pk=found) if found else None


def published(kind: str) -> QuerySet[LegalText]:
    """Every published version of a text, the newest first."""
    return LegalText.objects.filter(kind=kind, decision__published=True).select_related("decision").order_by("-version")


def versions() -> QuerySet[LegalText]:
    """Every version of every text, for those who write and publish them: what waits first."""
    found = LegalText.objects.select_related("written_by", "decision__by").defer("text_zh", "text_en")
    return found.order_by("kind", "-version")


def asked_ids() -> frozenset[UUID]:
    """The ids of the texts in force that everybody must accept; none where the city does not ask."""
    frame = present_frame()
    return frozenset(UUID(pk) for pk in frame.texts.values()) if setting("texts_asked") else frozenset()


def asked_of(user: User) -> list[LegalText]:
    """The texts in force that this person has not accepted, the privacy statement first."""
    wanted = asked_ids()
    if not wanted:
        return []
    done = Acceptance.objects.filter(person=user, text__in=wanted).values_list("text_id", flat=True)
    missing = wanted - set(done)
    return sorted(LegalText.objects.filter(pk__in=missing), key=lambda text: LegalKind.values.index(text.kind)) if missing else []


def blocks_of(text: str) -> Iterator[Block]:
    """A text as headings (lines that begin with #) and paragraphs; nothing in it is markup."""
    for paragraph in text.replace("\r\n", "\n").split("\n\n"):
        lines = []
        for line in paragraph.strip().splitlines():
            if line.startswith("#"):
                if lines:
                    yield Block("\n".join(lines), False)
                    lines = []
                yield Block(line.lstrip("# ").strip(), True)
            elif line.strip():
                lines.append(line)
        if lines:
            yield Block("\n".join(lines), False)
