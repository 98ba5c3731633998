"""Sealed envelopes: what is frozen, what is promised by a hash, and what only the box's key opens.

An envelope is canonical JSON with the document, the list of its files and a random nonce. Its
SHA-256 is the commitment. It is padded with spaces (still the same JSON) to a size class and
encrypted as an age v1 file, so any age tool opens it. Files are padded with zero bytes; their
true size stands in the envelope.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pyrage.x25519 import Identity, Recipient

from portal.kernel.canonical import canonical
from portal.kernel.errors import PortalError

FORMAT = "jiebang-envelope-1"
NONCE_BYTES = 32
LEAST_ENVELOPE = 256 * 1024
LEAST_FILE = 1024 * 1024
WRAP_VERSION = b"\x01"
WRAP_NONCE_BYTES = 12

SealedFile = tuple[str, int, str]


class Unreadable(PortalError):
    """What should open does not, or is not what was promised; ``facts["what"]`` says which part."""

    code = "unreadable"
    status = 422


@dataclass(frozen=True)
class Envelope:
    """An opened envelope: the document, its files (name, size, SHA-256), what it is about, its hash."""

    document: Mapping[str, object]
    files: tuple[SealedFile, ...]
    about: Mapping[str, str]
    nonce: bytes
    commitment: str


def new_box() -> tuple[str, str]:
    """A fresh key pair for one board: (private identity, public recipient), both as age writes them."""
    identity = Identity.generate()
    return str(identity), str(identity.to_public())


def new_nonce() -> bytes:
    """The random 32 bytes that keep anybody from guessing a price out of its hash."""
    return secrets.token_bytes(NONCE_BYTES)


def encrypt(plain: bytes, recipient: str) -> bytes:
    """Encrypt for the holder of the box's private key; raises ValueError for a malformed recipient."""
    try:
        return pyrage.encrypt(plain, [Recipient.from_str(recipient)])
    except pyrage.RecipientError as error:
        raise ValueError(str(error)) from None


def decrypt(cipher: bytes, identity: str) -> bytes:
    """Open with the box's private key; raises Unreadable when key and box do not belong together."""
    try:
        return pyrage.decrypt(cipher, [Identity.from_str(identity)])
    except (pyrage.DecryptError, pyrage.IdentityError):
        raise Unreadable(what="cipher") from None


def commitment(
    document: Mapping[str, object],
    nonce: bytes,
    files: Sequence[SealedFile] = (),
    about: Mapping[str, str] | None = None,
) -> tuple[bytes, str]:
    """Freeze a document: the envelope's canonical bytes, and their SHA-256 in hex.

    ``files`` are (name, size in bytes, SHA-256 in hex), in any order; ``about`` binds the
    envelope to its place (board, bid, version), so that it cannot be passed off as another's.
    Raises ValueError for a nonce that is not 32 bytes.
    """
    if len(nonce) != NONCE_BYTES:
        raise ValueError(f"a nonce has {NONCE_BYTES} bytes")
    content = {
        "format": FORMAT,
        "about": dict(about or {}),
        "document": dict(document),
        "files": [{"name": name, "size": size, "sha256": digest} for name, size, digest in sorted(files)],
        "nonce": nonce.hex(),
    }
    frozen = canonical(content)
    return frozen, sha256(frozen).hexdigest()


def seal_envelope(frozen: bytes, recipient: str) -> bytes:
    """Pad the envelope's bytes to their size class and encrypt them to the box."""
    return encrypt(frozen.ljust(size_class(len(frozen), LEAST_ENVELOPE), b" "), recipient)


def open_envelope(cipher: bytes, identity: str, promised: str) -> Envelope:
    """Open an envelope and hold it against the commitment that was ``promised`` at sealing.

    Raises Unreadable with ``what`` = ``cipher`` (another key, damaged), ``commitment`` (not
    what was promised) or ``envelope`` (not an envelope at all).
    """
    frozen = decrypt(cipher, identity).rstrip(b" ")
    if sha256(frozen).hexdigest() != promised:
        raise Unreadable(what="commitment")
    try:
        content = json.loads(frozen)
        if content["format"] != FORMAT:
            raise Unreadable(what="envelope")
        files = tuple((listed["name"], listed["size"], listed["sha256"]) for listed in content["files"])
        return Envelope(content["document"], files, content["about"], bytes.fromhex(content["nonce"]), promised)
    except (ValueError, KeyError, TypeError):
        raise Unreadable(what="envelope") from None


def seal_file(content: bytes, recipient: str) -> bytes:
    """Pad a file with zero bytes to its size class and encrypt it to the box."""
    return encrypt(content.ljust(size_class(len(content), LEAST_FILE), b"\x00"), recipient)


def open_file(cipher: bytes, identity: str, size: int, digest: str) -> bytes:
    """Open a file, cut it to the ``size`` its envelope names, and check its SHA-256.

    Raises Unreadable with ``what`` = ``cipher`` or ``file``.
    """
    content = decrypt(cipher, identity)[:size]
    if len(content) != size or sha256(content).hexdigest() != digest:
        raise Unreadable(what="file")
    return content


def size_class(size: int, least: int) -> int:
    """The smallest of ``least`` times 1, 2, 4, 8 … that holds ``size``: all that a stranger can tell."""
    room = least
    while room < size:
        room *= 2
    return room


def wrap(key: bytes, secret: bytes, context: str) -> bytes:
    """Lock ``secret`` with AES-256-GCM under a 32-byte ``key``, bound to ``context`` (whose it is)."""
    nonce = secrets.token_bytes(WRAP_NONCE_BYTES)
    return WRAP_VERSION + nonce + AESGCM(_whole_key(key)).encrypt(nonce, secret, context.encode())


def unwrap(key: bytes, wrapped: bytes, context: str) -> bytes:
    """Unlock what :func:`wrap` locked; raises Unreadable for another key, another context or damage."""
    nonce, locked = wrapped[1 : 1 + WRAP_NONCE_BYTES], wrapped[1 + WRAP_NONCE_BYTES :]
    if wrapped[:1] != WRAP_VERSION or len(locked) < 16:
        raise Unreadable(what="wrapped_key")
    try:
        return AESGCM(_whole_key(key)).decrypt(nonce, locked, context.encode())
    except InvalidTag:
        raise Unreadable(what="wrapped_key") from None


def _whole_key(key: bytes) -> bytes:
    if len(key) != 32:
        raise ValueError("a wrapping key has 32 bytes")
    return key
