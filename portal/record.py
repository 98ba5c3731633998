"""The record: write an event with each change, and give committed events their place."""

import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, models, transaction
from django.utils.translation import gettext

from portal import batches
from portal.clock import Moment, read_clock
from portal.delegable import LOOKING_ONLY, why_oneself
from portal.kernel import merkle, signing
from portal.kernel.canonical import canonical
from portal.kernel.errors import NotAllowed
from portal.models import Checkpoint, Entry, Event, EventText, SealedPlace, TreeNode, User
from portal.vault import seal_text, unseal_text

SEQUENCER_LOCK = 0x6A69_6562  # one sequencer at a time, by advisory lock
GENESIS = bytes(32)
BATCH = 500


def record(
    kind: str,
    subject: models.Model,
    *,
    by: User | None,
    facts: Mapping[str, object] | None = None,
    why: str = "",
    case_id: UUID | None = None,
    sealed: bool = False,
    moment: Moment | None = None,
) -> Event:
    """Write one event about ``subject`` in the present transaction.

    ``facts`` hold ids, hashes, numbers and state words, never text; ``why`` is a person's words
    and goes encrypted into a side row, the event keeping only its salted hash. ``case_id`` is the
    challenge whose record it belongs to (taken from the subject where it has one). ``by`` None is
    the clock; ``moment`` is given by who has just read the clock under a lock. Who acts under a
    delegation is written down with the person for whom. A ``sealed`` event is listed for nobody
    outside and stands in a batch of its minute. Raises NotAllowed (``looking_only``) for somebody who only
    looks at another's pages, (``done_oneself``) for what nobody does for somebody else.
    """
    moment = moment or read_clock()
    principal = _for_whom(kind, by)
    event = Event(
        id=uuid4(),
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        case_id=case_id or case_of(subject),
        by=by,
        on_behalf_of=principal,
        at=moment.at,
        sealed=sealed,
        rehearsal=moment.rehearsal,
    )
    salt = secrets.token_hex(16)
    event.body = canonical(
        {
            "v": 1,
            "id": str(event.id),
            "kind": kind,
            "at": written(moment.at),
            "by": str(by.pk) if by else "clock",
            **({"for": str(principal.pk)} if principal else {}),
            "subject": {"type": event.subject_type, "id": str(event.subject_id)},
            "case": str(event.case_id) if event.case_id else None,
            "facts": dict(facts or {}),
            "text": sha256(f"{salt}{why}".encode()).hexdigest() if why else None,
            "sealed": sealed,
            "rehearsal": moment.rehearsal,
        }
    ).decode()
    event.leaf = merkle.leaf_hash(event.body.encode())
    event.save(force_insert=True)
    if why:
        EventText.objects.create(event=event, ciphertext=seal_text(f"{salt}{why}", f"event:{event.id}"))
    return event


def _for_whom(kind: str, by: User | None) -> User | None:
    """The person for whom somebody acts; refused for what is done in person, and for who only looks."""
    if by is None:
        return None
    if by.seen_by is not None:
        raise NotAllowed("looking_only", LOOKING_ONLY)
    principal = by.acting_for
    if principal is not None and (words := why_oneself(kind)):
        raise NotAllowed("done_oneself", words)
    return principal


def words_of(event: Event) -> str:
    """A person's words on an event, or nothing."""
    read = event._state.fields_cache  # a list of events reads its words along
    text = read["text"] if "text" in read else EventText.objects.filter(event=event).first()
    if text is None and json.loads(event.body)["text"]:
        return gettext("(These words were destroyed by two officials.)")
    return unseal_text(text.ciphertext, f"event:{event.id}")[32:] if text else ""


def case_of(subject: models.Model) -> UUID | None:
    """The challenge a row belongs to, by its own columns."""
    if subject._meta.label_lower == "challenges.challenge":
        return subject.pk
    return getattr(subject, "challenge_id", None)


def written(moment: datetime) -> str:
    """A moment as the record writes it: UTC, to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@transaction.atomic
def sequence(batch: int = BATCH) -> int:
    """Give committed events without a number theirs: chain hash, tree nodes and a signed checkpoint.

    Sealed events get no number of their own: once a minute a batch of them does, also an empty one.
    One sequencer works at a time; another returns 0 at once. Returns how many events it numbered.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEQUENCER_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    _make_batch(read_clock())
    waiting = list(Event.objects.filter(sealed=False, entry__isnull=True).order_by("at", "id").only("id", "leaf")[:batch])
    if not waiting:
        return 0
    last = Entry.objects.order_by("-number").first()
    number, chain = (last.number + 1, bytes(last.chain)) if last else (0, GENESIS)
    nodes: dict[tuple[int, int], bytes] = {}
    entries = []

    def read(level: int, index: int) -> bytes:
        if (level, index) not in nodes:
            nodes[level, index] = bytes(TreeNode.objects.get(level=level, index=index).hash)
        return nodes[level, index]

    made = []
    for event in waiting:
        chain = sha256(chain + bytes(event.leaf)).digest()
        entries.append(Entry(number=number, event_id=event.pk, chain=chain))
        for level, index, hashed in merkle.nodes_completed_by(number, bytes(event.leaf), read):
            nodes[level, index] = hashed
            made.append(TreeNode(level=level, index=index, hash=hashed))
        number += 1
    Entry.objects.bulk_create(entries)
    TreeNode.objects.bulk_create(made)
    _checkpoint(number, chain, read)
    return len(entries)


def _make_batch(moment: Moment) -> None:
    if not batches.due(moment.at):
        return
    batch, places = batches.next_batch(moment.at)
    facts = {"number": batch.number, "root": batches.root_of(batch, places).hex()}
    batch.event = record("sealedbatch.made", batch, by=None, facts=facts, moment=moment)
    batch.save(force_insert=True)
    SealedPlace.objects.bulk_create(places)


def read_node(level: int, index: int) -> bytes:
    """A stored node of the record's tree."""
    return bytes(TreeNode.objects.get(level=level, index=index).hash)


def _checkpoint(size: int, chain: bytes, read: merkle.Read) -> None:
    moment = read_clock()
    statement = {
        "v": 1,
        "size": size,
        "root": merkle.root_from(size, read).hex(),
        "chain": chain.hex(),
        "at": written(moment.at),
        "rehearsal": moment.rehearsal,
        "key": signing.key_id(signing.public_key(settings.SIGNING_KEY)),
    }
    Checkpoint.objects.create(
        size=size,
        body=canonical(statement).decode(),
        signature=signing.sign(statement, settings.SIGNING_KEY),
        at=moment.at,
    )
