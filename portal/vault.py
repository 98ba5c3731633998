"""The vault: files, texts and draft keys, encrypted before they are stored."""

import secrets
from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID, uuid4

import puremagic
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils.translation import gettext as _

from portal.kernel import sealing
from portal.kernel.errors import Refused
from portal.models import StoredFile, User

LEAST_DRAFT = 32 * 1024


def store(content: bytes, *, name: str, kind: str, by: User | None, now, pk: UUID | None = None) -> StoredFile:
    """Keep a file under the vault's key; ``kind`` is its media type as found by :func:`kind_of`.

    A job that may run twice gives the file's ``pk``: what a killed run left behind is written anew.
    """
    if pk:
        storages["vault"].delete(f"files/{pk}")
    file = StoredFile(
        id=pk or uuid4(),
        name=name,
        kind=kind,
        size_bytes=len(content),
        sha256=sha256(content).hexdigest(),
        created_at=now,
        created_by=by,
    )
    _write(f"files/{file.pk}", sealing.wrap(settings.VAULT_KEY, content, f"file:{file.pk}"))
    file.save(force_insert=True)
    return file


def store_sealed(content: bytes, *, kind: str, recipient: str, by: User, now) -> StoredFile:
    """Keep a file of a bid encrypted to its box; from here on the portal cannot read it before opening."""
    file = StoredFile(
        id=uuid4(),
        name="",
        kind=kind,
        size_bytes=len(content),
        sha256=sha256(content).hexdigest(),
        sealed=True,
        created_at=now,
        created_by=by,
    )
    _write(f"files/{file.pk}", sealing.seal_file(content, recipient))
    file.save(force_insert=True)
    return file


def read(file: StoredFile) -> bytes:
    """The bytes of a file that is not sealed."""
    return sealing.unwrap(settings.VAULT_KEY, _read(f"files/{file.pk}"), f"file:{file.pk}")


def read_ciphertext(file_id: UUID) -> bytes:
    """The encrypted bytes of a sealed file."""
    return _read(f"files/{file_id}")


def kind_of(content: bytes, *, name: str, kinds: Sequence[str], most_mib: int) -> str:
    """The media type of an upload, found in its bytes and not in its name.

    Raises Refused with ``file_empty``, ``file_too_large`` (facts name, most_mib) or
    ``file_kind`` (facts name, kinds) when the rules do not take it.
    """
    if not content:
        raise Refused("file_empty", _("%(name)s is empty. Choose another file.") % {"name": name}, name=name)
    if len(content) > most_mib * 1024 * 1024:
        raise Refused(
            "file_too_large",
            _("%(name)s is larger than %(most)s MiB. Make it smaller or split it, then add it again.")
            % {"name": name, "most": most_mib},
            name=name,
            most_mib=most_mib,
        )
    found = _sniff(content, name)
    if found not in kinds:
        raise Refused(
            "file_kind",
            _("%(name)s is not of a kind that may be added. Allowed: %(kinds)s.")
            % {"name": name, "kinds": ", ".join(kinds)},
            name=name,
            kinds=list(kinds),
        )
    return found


def seal_text(text: str, context: str) -> bytes:
    """A text encrypted under the vault's key, bound to what it belongs to."""
    return sealing.wrap(settings.VAULT_KEY, text.encode(), context)


def unseal_text(ciphertext: bytes, context: str) -> str:
    """The text that :func:`seal_text` encrypted."""
    return sealing.unwrap(settings.VAULT_KEY, bytes(ciphertext), context).decode()


def new_draft_key(draft_id: UUID) -> bytes:
    """Make the data key of a draft; it lies in the store, never in the database."""
    key = secrets.token_bytes(32)
    _write(f"keys/{draft_id}", sealing.wrap(settings.VAULT_KEY, key, f"draft-key:{draft_id}"))
    return key


def draft_key(draft_id: UUID) -> bytes:
    """The data key of a draft; raises FileNotFoundError once it is destroyed."""
    return sealing.unwrap(settings.VAULT_KEY, _read(f"keys/{draft_id}"), f"draft-key:{draft_id}")


def destroy_draft_key(draft_id: UUID) -> None:
    """Remove a draft's key: every copy of the draft, in rows, logs and backups, is unreadable from here on."""
    storages["vault"].delete(f"keys/{draft_id}")


def encrypt_draft(draft_id: UUID, text: bytes, key: bytes | None = None) -> bytes:
    """A draft under its own key, padded with spaces so that its length tells little."""
    padded = text.ljust(sealing.size_class(len(text), LEAST_DRAFT), b" ")
    return sealing.wrap(key or draft_key(draft_id), padded, f"draft:{draft_id}")


def decrypt_draft(draft_id: UUID, ciphertext: bytes) -> bytes:
    """What :func:`encrypt_draft` encrypted; raises FileNotFoundError once the key is destroyed."""
    return sealing.unwrap(draft_key(draft_id), bytes(ciphertext), f"draft:{draft_id}").rstrip(b" ")


def wrap_identity(identity: str, challenge_id: UUID) -> bytes:
    """A box's private key under the escrow key, which is not in the database."""
    return sealing.wrap(settings.ESCROW_KEY, identity.encode(), f"box:{challenge_id}")


def unwrap_identity(wrapped: bytes, challenge_id: UUID) -> str:
    """A box's private key; callers record its use first (KeyUse)."""
    return sealing.unwrap(settings.ESCROW_KEY, bytes(wrapped), f"box:{challenge_id}").decode()


def _sniff(content: bytes, name: str) -> str:
    try:
        found = puremagic.from_string(content, mime=True, filename=name)
    except puremagic.PureError:
        found = ""
    if found:
        return found
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "application/octet-stream"
    return "text/plain"


def _write(path: str, content: bytes) -> None:
    saved = storages["vault"].save(path, ContentFile(content))
    if saved != path:
        raise FileExistsError(path)


def _read(path: str) -> bytes:
    with storages["vault"].open(path) as file:
        return file.read()
